"""The trace of a result keeps its published schema."""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from appraise import model
from appraise.app.bundled import schema_text
from appraise.app.trace import trace_of
from appraise.cli.main import main
from appraise.documents.schema import load_schema, schema_problems
from appraise.documents.text import parse_document
from appraise.model.outcome import Appraisal

SCHEMA = load_schema(schema_text("trace"))
MODEL = [importlib.import_module(f"appraise.model.{found.name}") for found in pkgutil.iter_modules(model.__path__)]
NOUNS = {"Appraisal": SCHEMA, **SCHEMA["$defs"]}


ADDED = {("Appraisal", "format"), ("Appraisal", "engine")}
"""What a trace says of itself."""


@pytest.mark.parametrize("name", [name for name in NOUNS if name != "Problem"])
def test_the_schema_describes_the_nouns_as_they_are(name: str) -> None:
    """Every field of every noun in a trace is described, in order, and nothing else."""
    noun = next(getattr(module, name) for module in MODEL if hasattr(module, name))
    assert is_dataclass(noun)

    described = [key for key in NOUNS[name]["properties"] if (name, key) not in ADDED]

    assert described == [field.name for field in fields(noun)]
    assert NOUNS[name]["required"] == list(NOUNS[name]["properties"])


def test_a_trace_keeps_the_schema(appraisal: Appraisal) -> None:
    """What `explain --json` and a run write can be read by any program that knows the schema."""
    document, problems = parse_document(json.dumps(trace_of(appraisal), indent=1), "trace.json")

    assert problems == []
    assert document is not None
    assert schema_problems(document, SCHEMA, lambda _: "") == []


def test_days_are_texts_and_the_form_is_named(appraisal: Appraisal) -> None:
    """A trace is plain data under a format name."""
    trace = trace_of(appraisal)

    assert trace["format"] == "appraise.trace/1"
    assert trace["period_end"] == date(2026, 9, 30).isoformat()


def test_the_example_company_keeps_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """A real result keeps the schema, too."""
    company = Path(__file__).parents[2] / "templates" / "examples" / "collections"

    assert main(["explain", "E101", "--json", "-w", str(company)]) == 0

    trace = json.loads(capsys.readouterr().out)
    document, problems = parse_document(json.dumps(trace, indent=1), "trace.json")
    assert problems == []
    assert document is not None
    assert schema_problems(document, SCHEMA, lambda _: "") == []
