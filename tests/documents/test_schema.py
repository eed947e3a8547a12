"""How a document that breaks its schema is told."""

from __future__ import annotations

import json

import pytest

from appraise.documents.schema import SchemaUnusable, load_schema, schema_problems
from appraise.documents.text import parse_document

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "patternProperties": {"^x-": {}},
    "required": ["id"],
    "properties": {
        "id": {
            "type": "string",
            "pattern": "^[a-z]+$",
            "patternErrorMessage": "use small letters",
            "examples": ["abc"],
        },
        "title": {"type": "string", "minLength": 1},
        "weight": {"oneOf": [{"type": "number", "minimum": 0}, {"const": "equal"}]},
        "level": {"enum": ["person", "team"]},
        "flag": {"type": "boolean"},
        "bands": {
            "oneOf": [
                {"type": "array", "items": {"type": "number"}, "minItems": 2},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"starts": {"type": "array"}, "ranges": {"type": "array"}},
                    "oneOf": [{"required": ["starts"]}, {"required": ["ranges"]}],
                },
            ]
        },
    },
}


def told(text: str) -> list[str]:
    """Every problem of a text as place, message, hint and code."""
    document, problems = parse_document(text, "f")
    assert document is not None
    found = [
        *problems,
        *schema_problems(document, load_schema(json.dumps(SCHEMA)), lambda path: "thing" if path else ""),
    ]
    return [f"{one.place.line}:{one.place.column} {one.message} | {one.hint} [{one.code}]" for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\nwieght: 1", "2:1 unknown key 'wieght' | did you mean 'weight'? [unknown-key]"),
        (
            "id: a\nqqq: 1",
            "2:1 unknown key 'qqq' | known here: id, title, weight, level, flag, bands [unknown-key]",
        ),
        ("title: b", "1:1 missing key 'id' | add it, for example `id: abc` [missing-key]"),
        ("id: A b", "1:5 thing: 'id' cannot be the text 'A b' | use small letters [wrong-format]"),
        ('id: "a\\n"', "1:5 thing: 'id' cannot be the text 'a\\n' | use small letters [wrong-format]"),
        ("id: a\ntitle:", "2:7 thing: 'title' has no value | write a text, or remove the key [wrong-type]"),
        ("id: a\ntitle: ''", "2:1 thing: 'title' is empty | write something, or remove the key [wrong-length]"),
        ("id: a\ntitle: 5", "2:8 thing: 'title' must be a text, not 5 | put it in quotes: \"5\" [wrong-type]"),
        (
            "id: a\nweight: 1,000",
            "2:9 thing: 'weight' must be a number or the word equal, not the text '1,000' | write 1000 [wrong-type]",
        ),
        (
            "id: a\nweight: 35%",
            (
                "2:9 thing: 'weight' must be a number or the word equal, not the text '35%' "
                "| write 35, without the percent sign [wrong-type]"
            ),
        ),
        (
            "id: a\nweight: eqal",
            "2:9 thing: 'weight' must be equal, not the text 'eqal' | did you mean 'equal'? [not-allowed-value]",
        ),
        (
            "id: a\nweight: -50",
            "2:9 thing: 'weight' must not be negative, it is -50 | change the number [out-of-range]",
        ),
        (
            "id: a\nflag: yes",
            (
                "2:7 thing: 'flag' must be true or false, not the text 'yes' "
                "| write true or false; yes and no are texts [wrong-type]"
            ),
        ),
        (
            "id: a\nlevel: teem",
            (
                "2:8 thing: 'level' must be one of person, team, not the text 'teem' "
                "| did you mean 'team'? [not-allowed-value]"
            ),
        ),
        (
            "id: a\nbands: [1, x]",
            "2:12 thing: an entry of 'bands' must be a number, not the text 'x' | write a number [wrong-type]",
        ),
        ("id: a\nbands: [1]", "2:1 thing: 'bands' must have at least 2 entries | add what is missing [wrong-length]"),
        (
            "id: a\nbands: 3",
            (
                "2:8 thing: 'bands' must be a list or a mapping (keys with values), not 3 "
                "| write a list or a mapping (keys with values) [wrong-type]"
            ),
        ),
        (
            "id: a\nbands: {starts: [], ranges: []}",
            "2:1 thing: 'bands' needs just one of 'starts', 'ranges' | keep one of them [one-of-keys]",
        ),
        ("id: a\nx-note: {any: thing}", ""),
        (
            "id: postgresql://hr@db",
            "1:5 thing: 'id' cannot be the text 'postgresql://…' | use small letters [wrong-format]",
        ),
        (
            "id: .nan",
            (
                "1:5 .nan is no number to calculate with | write a number, or leave the key out where there is "
                "none [not-finite]"
            ),
        ),
    ],
)
def test_an_error_reads_as_a_sentence(text: str, expected: str) -> None:
    """Each way to break a schema has its words, its code and its cure, and is told once."""
    assert told(text) == ([expected] if expected else [])


def test_a_misspelt_key_is_not_missing_too() -> None:
    """Where an unknown key was meant to be a required one, only the unknown key is told."""
    assert told("idd: a") == ["1:1 unknown key 'idd' | did you mean 'id'? [unknown-key]"]


def test_all_errors_are_told_in_the_order_of_the_file() -> None:
    """One mistake does not hide another."""
    assert [line.split(" ")[0] for line in told("level: x\nid: 1\nweight: -1\nfoo: 2\n")] == [
        "1:8",
        "2:5",
        "3:9",
        "4:1",
    ]


@pytest.mark.parametrize(
    ("schema", "word"),
    [
        ('{"$ref": "http://127.0.0.1:9/x.json"}', "leads out"),
        ('{"$ref": "file:///etc/passwd"}', "leads out"),
        ('{"$ref": "#/$defs/none"}', "leads nowhere"),
        ('{"$ref": "#"}', "circle"),
        ('{"type": "string", "pattern": "^(a+)+$"}', "for ever"),
        ('{"type": "array", "uniqueItems": true}', "maxItems"),
        ('{"type": 12}', "no valid schema"),
        ('{"$schema": "http://example.com/evil"}', "dialect"),
        ('{"multipleOf": 0}', "no valid schema"),
        ('{"type": "string", "minLength": 1e30}', "larger"),
        ("[]", "JSON object"),
        ("{", "no JSON"),
    ],
)
def test_a_dangerous_schema_is_refused(schema: str, word: str) -> None:
    """A schema that could fetch, recurse or run for ever is refused when it is loaded."""
    with pytest.raises(SchemaUnusable, match=word):
        load_schema(schema)


def test_a_schema_that_multiplies_is_refused() -> None:
    """Definitions that refer to each other many times are refused before anything is checked."""
    definitions = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n - 1}"}] * 9} for n in range(1, 12)}
    schema = {"$defs": {"a0": {"type": "object"}, **definitions}, "$ref": "#/$defs/a11"}
    with pytest.raises(SchemaUnusable, match="too many steps"):
        load_schema(json.dumps(schema))


NESTED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "people": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"everyone_is": {}, "source": {"type": "string"}},
        },
        "sources": {"type": "object", "additionalProperties": {"$ref": "#/$defs/source"}},
        "period": {},
    },
    "$defs": {
        "source": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"encoding": {}, "per": {"enum": ["month", "day", "period"]}},
        }
    },
}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("everyone_is: agent\n", "it belongs under people:"),
        ("people:\n  period: 2026-Q3\n", "it belongs to the file itself, without blanks before it"),
        ("encoding: utf-16\n", "it belongs under an entry of sources:"),
        ("peopel: {}\n", "did you mean 'people'?"),
        ("nothing: 1\n", "known here: people, sources, period"),
        ("sources: {calls: {per: days}}\n", "did you mean 'day'?"),
        ("sources: {calls: {per: up}}\n", "write one of month, day, period"),
    ],
)
def test_a_key_in_the_wrong_place_is_sent_home(text: str, hint: str) -> None:
    """A key that is known elsewhere is told where; of several words one is to be written."""
    document, _ = parse_document(text, "file.yaml")
    assert document is not None
    (problem,) = schema_problems(document, load_schema(json.dumps(NESTED)), lambda _: "")
    assert problem.hint == hint
