"""The `sources:` part of `appraise.yaml`: where facts stand, and in which layout."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from appraise.app.workspace_credit import credit_of
from appraise.app.workspace_leave_out import leave_out_of
from appraise.app.workspace_paths import written_path_problems
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.model.workspace import Expect, MonthsInColumns, PersonKey, SourceSpec
from appraise.sources.clean.date_words import EXAMPLES, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from appraise.app.workspace_section import Section
    from appraise.model.place import Place

NO_HEADER = "none"
"""What `header_row` says of a file whose first line is a row already."""

_DAYS = re.compile(r"([0-9]{1,3}) days?")
_MONTHS_IN_YEAR = 12
_NOT_OF_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"})


def source_of(name: str, section: Section) -> SourceSpec:
    """A source as declared; the short form is just its file."""
    if isinstance(section.data, str):
        return SourceSpec(name=name, place=section.key_place(), path=section.data, places={"path": section.place()})
    return SourceSpec(
        name=name,
        place=section.key_place(),
        path=section.optional("query") or section.optional("path"),
        url=section.optional("url"),
        adapter="sql" if section.has("url") else section.optional("adapter"),
        sheet=section.optional("sheet"),
        person=_person(section),
        date=section.texts("date"),
        date_format=section.optional("date_format"),
        columns=section.pairs("columns"),
        types=section.pairs("types"),
        missing_marks=section.texts("missing_marks"),
        expect=_expect(section.at("expect")),
        where=section.expression("where"),
        header_row=0 if section.text("header_row") == NO_HEADER else max(1, section.whole("header_row", 1)),
        encoding=section.optional("encoding"),
        separator=section.optional("separator"),
        decimal_comma=section.text("decimal") == "comma",
        company=section.at("company").data is True,
        team=section.optional("team"),
        period=section.optional("period"),
        months_in_columns=_months(section.at("months_in_columns")),
        credit=credit_of(section.at("credit")),
        leave_out=leave_out_of(section.at("leave_out")),
        places=_places(section),
    )


def layout_problems(section: Section, spec: SourceSpec, protected: frozenset[str]) -> list[Problem]:
    """What does not fit together in one source, whatever the others say."""
    thing = f"source '{spec.name}'"
    found = [
        *_path_problems(section, spec),
        *_file_problems(section, spec),
        *_whose_problems(section, spec),
        *_date_format_problems(section, spec),
        *_months_problems(section, spec),
        *_column_problems(section, spec, protected),
    ]
    if spec.encoding is not None and not _is_encoding(spec.encoding):
        message, hint = f"{thing}: there is no encoding '{spec.encoding}'", "write utf-8, utf-16 or cp1252"
        found.append(Problem(section.place("encoding"), code="unknown-encoding", message=message, hint=hint))
    return found


def unowned_problems(specs: Iterable[SourceSpec], exempt: frozenset[str]) -> list[Problem]:
    """Sources that say neither whose nor which team's facts they hold, and are not read as a register."""
    hint = "add 'person: COLUMN', 'team: COLUMN', 'company: true' or 'credit'"
    return [
        Problem(
            spec.place,
            code="source-of-whom",
            message=f"source '{spec.name}': says neither whose facts it holds nor which team's or that they are "
            "the company's",
            hint=hint,
        )
        for spec in specs
        if spec.person is None and spec.team is None and not (spec.company or spec.credit) and spec.name not in exempt
    ]


def _person(section: Section) -> PersonKey | None:
    person = section.at("person")
    if isinstance(person.data, str):
        return PersonKey(person.data)
    return PersonKey(person.text("column"), person.optional("matches")) if person.text("column") else None


def _expect(section: Section) -> Expect | None:
    if not section.names():
        return None
    days = _DAYS.fullmatch(section.text("last_row_within"))
    return Expect(int(days[1]) if days else None, section.number("days_with_rows"))


def _months(section: Section) -> MonthsInColumns | None:
    if not section.names():
        return None
    return MonthsInColumns(section.text("year"), section.texts("months"), section.text("value"))


def _places(section: Section) -> Mapping[str, Place]:
    """The places of every key (`path`, `person`) and of every column (`columns.talk`, `types.talk`)."""
    keys = {name: section.place(name) for name in section.names()}
    keys |= {"path": keys["query"]} if "query" in keys else {}
    inner = {
        f"{key}.{name}": section.place(key, name)
        for key in ("columns", "types", "expect", "months_in_columns", "person", "credit", "leave_out")
        for name in section.at(key).names()
    }
    return keys | inner


def _path_problems(section: Section, spec: SourceSpec) -> list[Problem]:
    """What is wrong with the path, also in the short form of a source, which is its path alone."""
    steps = () if isinstance(section.data, str) else ("query" if section.has("query") else "path",)
    return written_path_problems(section, steps, f"source '{spec.name}'", spec.path or "")


def _file_problems(section: Section, spec: SourceSpec) -> list[Problem]:
    """A source is a file, or a database and a statement."""
    thing, asks = f"source '{spec.name}'", [key for key in ("url", "query") if section.has(key)]
    if asks and section.has("path"):
        message, hint = f"{thing}: says both 'path' and '{asks[0]}'", "it is either a file or a database: keep one"
        return [Problem(section.key_place("path"), code="two-ways-to-say", message=message, hint=hint)]
    if len(asks) == 1:
        lacks, cure = ("query", "queries/NAME.sql") if asks == ["url"] else ("url", "${DATABASE_URL}")
        message, hint = f"{thing}: says '{asks[0]}', but no '{lacks}'", f"add '{lacks}: {cure}'"
        return [Problem(section.key_place(asks[0]), code="half-a-database", message=message, hint=hint)]
    if asks and not (spec.path or "").endswith(".sql"):
        message, hint = f"{thing}: the statement '{spec.path}' is no .sql file", "name a file like queries/payments.sql"
        return [Problem(section.place("query"), code="half-a-database", message=message, hint=hint)]
    if asks or spec.path:
        return []
    message, hint = f"{thing}: names no file", "add 'path: data/FILE.csv'"
    return [Problem(section.key_place(), code="source-without-path", message=message, hint=hint)]


def _whose_problems(section: Section, spec: SourceSpec) -> list[Problem]:
    written = [key for key in ("person", "team", "company", "credit") if section.has(key)]
    said = [key for key in written if section.at(key).data is not False]
    if len(said) < 2:
        return []
    message = f"source '{spec.name}': says both '{said[0]}' and '{said[1]}'"
    hint = "facts belong to persons, to teams or to the company: keep one"
    return [Problem(section.key_place(said[1]), code="two-ways-to-say", message=message, hint=hint)]


def _date_format_problems(section: Section, spec: SourceSpec) -> list[Problem]:
    if spec.date_format is None or shape_of(spec.date_format) is not None:
        return []
    message = f"source '{spec.name}': the date format '{spec.date_format}' is not understood"
    hint = f"write day, month and year once each, as in {EXAMPLES}"
    return [Problem(section.place("date_format"), code="bad-date-format", message=message, hint=hint)]


def _months_problems(section: Section, spec: SourceSpec) -> list[Problem]:
    wide = spec.months_in_columns
    if wide is None or len(wide.months) == _MONTHS_IN_YEAR == len({snake_case(month) for month in wide.months}):
        return []
    message = f"source '{spec.name}': months_in_columns names {len(set(wide.months))} different months"
    hint = "name all twelve columns, January first"
    place = section.place("months_in_columns", "months")
    return [Problem(place, code="twelve-months-needed", message=message, hint=hint)]


def _column_problems(section: Section, spec: SourceSpec, protected: frozenset[str]) -> list[Problem]:
    problems = []
    for name, raw in spec.columns.items():
        hidden = next((word for word in (name, raw) if snake_case(word) in protected), None)
        if hidden is not None:
            message = f"source '{spec.name}': '{hidden}' is a protected attribute, which no expression may use"
            hint = "remove it; it can be joined in the fairness report only"
            place = section.key_place("columns", name)
            problems.append(Problem(place, code="protected-attribute", message=message, hint=hint))
    return [*problems, *_twice_problems(section, spec)]


def _twice_problems(section: Section, spec: SourceSpec) -> list[Problem]:
    """A file's column under two new names would count its values twice."""
    problems = []
    first: dict[str, str] = {}
    for name, raw in spec.columns.items():
        other = first.setdefault(snake_case(raw), name)
        if other != name:
            message = f"source '{spec.name}': the column '{raw}' gets two names, '{other}' and '{name}'"
            place = section.place("columns", name)
            problems.append(Problem(place, code="name-twice", message=message, hint="keep one of them"))
    return problems


def _is_encoding(name: str) -> bool:
    """Whether the texts of files are written so; Python has more, for escapes and for the names of hosts."""
    try:
        "a".encode(name)
        return codecs.lookup(name).name.replace("_", "-") not in _NOT_OF_FILES
    except (LookupError, ValueError):
        return False
