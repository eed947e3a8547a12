"""The hostile YAML files and schemas that were collected: every one gets a clear answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appraise.documents.schema import SchemaUnusable, load_schema
from appraise.documents.text import read_document

HOSTILE = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_inputs"
ABSENT = pytest.mark.skipif(not HOSTILE.is_dir(), reason="the collected hostile inputs are not on this machine")

REFUSED_BY_READING = {
    "02_merge_bomb": "merge-refused",
    "04_recursive_map": "alias-refused",
    "05_benign_anchor": "anchor-refused",
    "07_deep_flow_20000": "too-deep",
    "09_python_object": "tag-refused",
    "16_octal_like": "ambiguous-number",
    "20_nan_target": "not-finite",
    "22_overflow_float": "number-too-large",
    "29_null_key": "key-not-text",
    "30_list_key": "key-not-text",
    "31_int_key": "key-not-text",
    "32_multi_doc": "several-documents",
    "36_tab_indent": "yaml-syntax",
    "37_nul_byte": "invalid-character",
    "38_bell": "invalid-character",
    "40_utf16": "not-utf8",
    "41_latin1": "not-utf8",
    "42_lone_surrogate": "invalid-character",
    "45_many_keys_50k": "too-many-values",
    "46_long_scalar_1_2MB": "file-too-large",
    "59_secret_in_file": "secret-in-file",
}


@ABSENT
@pytest.mark.parametrize("path", sorted((HOSTILE / "yaml").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_hostile_file_gets_a_clear_answer(path: Path) -> None:
    """What reading must refuse is refused with its code, and the rest is read as it stands."""
    document, problems = read_document(path, path.name)
    codes = {problem.code for problem in problems}
    assert REFUSED_BY_READING.get(path.stem) in (codes or {None})
    assert document is not None or problems


@ABSENT
def test_the_same_template_reads_the_same() -> None:
    """A byte order mark and Windows line ends change nothing."""
    files = [HOSTILE / "yaml" / f"{name}.yaml" for name in ("00_good_role", "39_bom", "43_crlf")]
    documents = [read_document(path, path.name)[0] for path in files]
    assert len({json.dumps(document and document.data) for document in documents}) == 1


@ABSENT
@pytest.mark.parametrize("path", sorted((HOSTILE / "schemas").glob("*.json")), ids=lambda path: path.stem)
def test_a_hostile_schema_is_refused(path: Path) -> None:
    """Every collected schema could fetch or run for ever, or is none."""
    with pytest.raises(SchemaUnusable):
        load_schema(path.read_text(encoding="utf-8"))
