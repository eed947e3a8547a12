"""File names from ids: safe on every system, unique, and readable where that is possible."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as draw

from appraise.store.names import file_names

IDS = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_inputs" / "employee_ids.jsonl"
DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def test_blanks_become_hyphens() -> None:
    """A team `West 1` has the folder `West-1`; where both are there, each gets a fingerprint."""
    assert file_names(["West 1", "North"]) == {"West 1": "West-1", "North": "North"}
    assert len({name.casefold() for name in file_names(["West 1", "West-1", "west 1"]).values()}) == 3


@pytest.mark.parametrize("id_", ["E001", "0017", "anna.berg", "a_b-c", "index.html", "x" * 64])
def test_a_safe_id_is_its_own_name(id_: str) -> None:
    """Whoever knows the id finds the file."""
    assert file_names([id_]) == {id_: id_}


@pytest.mark.parametrize(
    ("id_", "readable"),
    [
        pytest.param("../../x", "x", id="climbing out"),
        pytest.param("CON", "CON", id="a device of Windows"),
        pytest.param("a.", "a", id="trailing dot"),
        pytest.param("Müller, Ann", "Muller-Ann", id="accent and blank"),
        pytest.param("हेमा", "person", id="no latin letter"),
        pytest.param("", "person", id="blank"),
    ],
)
def test_an_unsafe_id_keeps_what_can_be_read(id_: str, readable: str) -> None:
    """Other ids become their readable letters and a fingerprint of the whole id."""
    actual = file_names([id_], "person")[id_]

    assert re.fullmatch(rf"{readable}-[0-9a-f]{{12}}", actual)


def test_ids_that_differ_in_capitals_only_get_two_names() -> None:
    """Two people never share a file, also on disks that take Emp1 and emp1 for one."""
    names = file_names(["Emp1", "emp1", "Emp2"])

    assert names["Emp2"] == "Emp2"
    assert len({name.casefold() for name in names.values()}) == 3


def test_an_id_that_imitates_a_fingerprint_cannot_take_a_name() -> None:
    """A name with a fingerprint belongs to the id it was made of."""
    first = file_names(["a/b"])["a/b"]

    names = file_names(["a/b", first])

    assert names["a/b"] == first
    assert names[first] != first


hostile = draw.one_of(
    draw.text(max_size=80),
    draw.sampled_from(
        ["..", ".", "/", "a/b", "A/b", "CON", "con.pdf", "NUL.txt", "a.", "a ", "Emp1", "emp1", "~", "*"]
    ),
    draw.text("aA.-", max_size=5),
)


@given(draw.lists(hostile, max_size=30))
def test_every_name_is_safe_everywhere_and_unique(ids: list[str]) -> None:
    """Plain ASCII, no dot at an end, no device, short and unique, whatever the ids and their order."""
    names = file_names(ids)

    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9_-]|[A-Za-z0-9]", name)
        assert not DEVICE.fullmatch(name)
        assert len(name) <= 105
    folded = [unicodedata.normalize("NFC", name.casefold()) for name in names.values()]
    assert len(set(folded)) == len(set(ids))
    assert file_names(reversed(ids)) == names


def test_hostile_ids_stay_in_their_folder(tmp_path: Path) -> None:
    """Every id of the hostile list resolves to its own file inside the folder."""
    if not IDS.is_file():
        pytest.skip("the shared cases are not beside this checkout")
    ids = [json.loads(line)["value"] for line in IDS.read_text("utf-8").splitlines()]

    paths = [(tmp_path / f"{name}.pdf").resolve() for name in file_names(ids).values()]

    assert {path.parent for path in paths} == {tmp_path.resolve()}
    assert len({path.name.casefold() for path in paths}) == len(set(ids))
    assert max(len(path.name.encode()) for path in paths) <= 255
