"""The folder of a run."""

from __future__ import annotations

from pathlib import Path

from appraise.store.packs import JOURNAL, PackRecord, close_packs, finished_packs, record_pack
from appraise.store.runs import Filed, left_over, remove_unfinished, run_folder
from appraise.store.writing import UNFINISHED, sha256_of, write_bytes

PEOPLE = (Filed("E001", "West 1"), Filed("E002", ""), Filed("../x", "con"))


def test_every_file_has_its_place(tmp_path: Path) -> None:
    """Packs stand by team, traces together, all inside out/<period>."""
    folder = run_folder(tmp_path, "2026-Q3", PEOPLE)

    assert (folder.path, folder.shown) == (tmp_path / "out" / "2026-Q3", "out/2026-Q3")
    assert folder.traces["E001"] == "appraisals/E001.json"
    assert folder.packs["E001"] == "packs/West-1/E001.pdf"
    assert folder.packs["E002"].startswith("packs/no-team-")
    assert all(folder.pack(filed.person).resolve().is_relative_to(folder.path.resolve()) for filed in PEOPLE)


def test_files_of_people_who_are_gone_are_listed(tmp_path: Path) -> None:
    """A pack that belongs to nobody in the results is named, and nothing is removed."""
    before = run_folder(tmp_path, "2026-Q3", PEOPLE)
    for filed in PEOPLE:
        write_bytes(before.pack(filed.person), b"pdf")
        write_bytes(before.trace(filed.person), b"{}")

    after = run_folder(tmp_path, "2026-Q3", PEOPLE[1:])

    assert left_over(before) == ()
    assert left_over(after) == ("appraisals/E001.json", before.packs["E001"])
    assert before.pack("E001").is_file()


def test_what_a_killed_run_was_writing_is_removed(tmp_path: Path) -> None:
    """Unfinished files go, finished ones stay."""
    folder = run_folder(tmp_path, "2026-Q3", PEOPLE)
    write_bytes(folder.pack("E001"), b"pdf")
    (folder.pack("E001").parent / f"{UNFINISHED}abc").write_bytes(b"half")

    remove_unfinished(folder)

    assert [path.name for path in folder.path.rglob("*") if path.is_file()] == ["E001.pdf"]


def finished(folder: Path, person: str, content: bytes) -> PackRecord:
    """A pack that was written and recorded."""
    digest = write_bytes(folder / f"{person}.pdf", content)
    record = PackRecord(person, f"{person}.pdf", "view", digest)
    record_pack(folder, record)
    return record


def test_finished_packs_are_remembered_at_once(tmp_path: Path) -> None:
    """A killed run loses no pack it had finished, even when its last line was cut short."""
    first, second = finished(tmp_path, "E2", b"2"), finished(tmp_path, "E1", b"1")
    with (tmp_path / JOURNAL).open("a") as journal:
        journal.write('{"person": "E3", "fi')

    assert finished_packs(tmp_path) == {"E1": second, "E2": first}


def test_the_index_replaces_the_journal(tmp_path: Path) -> None:
    """After a whole run one sorted index remains, the same for any order of finishing."""
    records = [finished(tmp_path, "E2", b"2"), finished(tmp_path, "E1", b"1")]
    close_packs(tmp_path, records)
    once = sha256_of(tmp_path / "packs.json")
    close_packs(tmp_path, reversed(records))

    assert sha256_of(tmp_path / "packs.json") == once
    assert not (tmp_path / JOURNAL).exists()
    assert list(finished_packs(tmp_path)) == ["E1", "E2"]


def test_a_pack_that_was_changed_or_lost_is_not_finished(tmp_path: Path) -> None:
    """A record counts only while its file is there as it was written."""
    finished(tmp_path, "E1", b"1")
    finished(tmp_path, "E2", b"2")
    (tmp_path / "E1.pdf").write_bytes(b"other")
    (tmp_path / "E2.pdf").unlink()

    assert finished_packs(tmp_path) == {}


def test_a_record_that_leads_out_of_the_folder_does_not_count(tmp_path: Path) -> None:
    """An index is data, too: it cannot name files elsewhere."""
    digest = write_bytes(tmp_path / "secret.pdf", b"x")
    record_pack_folder = tmp_path / "run"
    record_pack_folder.mkdir()
    record_pack(record_pack_folder, PackRecord("E1", "../secret.pdf", "view", digest))

    assert finished_packs(record_pack_folder) == {}
