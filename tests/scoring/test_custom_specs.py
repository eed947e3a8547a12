"""What a plugin says of its measure and what the workspace says of it, put together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from appraise.model.expression import Expression
from appraise.model.kinds import Kind
from appraise.model.period import Calendar
from appraise.model.place import Place
from appraise.model.workspace import ColumnRead, MeasureSpec, PeopleSpec, SourceSpec, Workspace
from appraise.plugin import CustomMeasure, MeasureColumn, MeasureOption
from appraise.scoring.custom_specs import custom_problems, with_declarations

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest

HERE = Place("appraise.yaml", 9, 3)


def nobody(request: MeasureRequest) -> pl.DataFrame:
    """A measure without figures."""
    return request.rows.select("person", value=pl.lit(None, pl.Float64)).head(0)


KEPT = CustomMeasure(
    name="kept",
    compute=nobody,
    doc="Promises kept.",
    unit="percent",
    definition_id="kept.v1",
    columns=(
        MeasureColumn("due_on", Kind.DATE, ""),
        MeasureColumn("paid_on", Kind.DATE, "", blank=True),
        MeasureColumn("cancelled", Kind.YES_NO, "", needed=False, blank=True),
    ),
    or_columns=(MeasureColumn("month", Kind.TEXT, ""), MeasureColumn("due_on", Kind.DATE, "")),
    options=(MeasureOption("grace_days", 2.0, ""), MeasureOption("strict", default=False, says="")),
    up_to_end=True,
)


def workspace(**said: Any) -> Workspace:
    """A workspace with one measure of a plugin over promises, of which `columns:` renames `faellig`."""
    promises = SourceSpec("promises", HERE, columns={"due": "Fällig am"})
    spec = MeasureSpec("m", "custom", "promises", HERE, expression=Expression("kept", HERE), **said)
    people = PeopleSpec("people", HERE)
    return Workspace(
        Path(), "Acme", Calendar(), people, {"promises": promises}, HERE, measures={"m": spec}, protected={"sex"}
    )


def declared(**said: Any) -> MeasureSpec:
    """The measure with what the plugin says of it."""
    return with_declarations(workspace(**said), {"kept": KEPT}).measures["m"]


def codes(**said: Any) -> list[tuple[str, str]]:
    """Code and hint of what does not fit."""
    ready = with_declarations(workspace(**said), {"kept": KEPT})
    return [(found.code, found.hint) for found in custom_problems(ready, ready.measures["m"], {"kept": KEPT})]


def test_a_column_is_the_sources_of_the_same_name() -> None:
    """Without `columns:` the needed columns are read under their own names, and no others."""
    assert declared().reads == (
        ColumnRead("due_on", "due_on", Kind.DATE),
        ColumnRead("paid_on", "paid_on", Kind.DATE, needed=False),
    )


def test_a_named_column_is_read_as_the_source_calls_it() -> None:
    """A heading is found under the new name that the source gives it; naming an optional column asks for it."""
    reads = declared(columns={"due_on": "Fällig am", "cancelled": "Withdrawn (Y/N)"}).reads
    assert [(read.name, read.column) for read in reads] == [
        ("due_on", "due"),
        ("paid_on", "paid_on"),
        ("cancelled", "withdrawn_y_n"),
    ]


def test_the_other_columns_are_meant_where_one_of_them_is_named() -> None:
    """A column that only the other set has chooses it; one that both have does not."""
    assert [read.name for read in declared(columns={"month": "month"}).reads] == ["month", "due_on"]
    assert [read.name for read in declared(columns={"due_on": "day"}).reads] == ["due_on", "paid_on"]


def test_options_have_their_defaults() -> None:
    """What the workspace sets wins, the rest is as the plugin says."""
    assert declared(options={"grace_days": 5.0}).options == {"grace_days": 5.0, "strict": False}


def test_the_measure_says_what_the_plugin_says() -> None:
    """Unit, meaning, its id and whether earlier rows are wanted come from the plugin; a unit of one's own stays."""
    spec = declared()
    assert (spec.unit, spec.definition, spec.definition_id, spec.as_of) == (
        "percent",
        "Promises kept.",
        "kept.v1",
        "end",
    )
    assert declared(unit="share").unit == "share"


def test_what_fits_is_no_problem() -> None:
    """Columns and options that the plugin knows are fine."""
    assert codes(columns={"due_on": "day"}, options={"grace_days": 3.0, "strict": True}) == []


@pytest.mark.parametrize(
    ("said", "code", "hint"),
    [
        ({"columns": {"due": "day"}}, "measure-column-unknown", "it reads due_on, paid_on, cancelled"),
        ({"columns": {"due_no": "day"}}, "measure-column-unknown", "did you mean 'due_on'?"),
        ({"columns": {"due_on": "Sex"}}, "protected-attribute", "take it out; the fairness report is the only place"),
        ({"options": {"grace_day": 3.0}}, "measure-option-unknown", "did you mean 'grace_days'?"),
        ({"options": {"grace_days": "three"}}, "measure-option-kind", "write it like the default, 2"),
        ({"options": {"grace_days": True}}, "measure-option-kind", "write it like the default, 2"),
        ({"options": {"strict": 1.0}}, "measure-option-kind", "write it like the default, false"),
    ],
)
def test_what_does_not_fit_is_told(said: dict[str, Any], code: str, hint: str) -> None:
    """Each mistake is one problem with its cure."""
    found = codes(**said)
    assert [one for one, _ in found] == [code]
    assert hint in found[0][1]


def test_a_measure_that_no_plugin_brings_stays_as_it_is() -> None:
    """Without the plugin nothing is known of the measure but that it is missing."""
    plain = workspace()
    assert with_declarations(plain, {}) == plain
    assert [found.code for found in custom_problems(plain, plain.measures["m"], {"kept_rate": KEPT})] == [
        "unknown-custom-measure"
    ]


def test_other_measures_are_left_alone() -> None:
    """A count called like a plugin's measure has nothing to do with it."""
    plain = workspace()
    counting = replace(plain, measures={"kept": MeasureSpec("kept", "count", "promises", HERE)})
    assert with_declarations(counting, {"kept": KEPT}) == counting
