"""Checking a document against a JSON Schema: every error at once, each at its line and column.

Schemas are draft 2020-12 without any retrieval: a reference to another file or address is an error. Two annotations
are understood, which editors know too: `patternErrorMessage` says what a pattern wants, and `errorMessage` what is
wanted in place of a value of another type.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry

from appraise.documents import faults
from appraise.documents.faults import Fault, Site
from appraise.documents.homes import home_of
from appraise.documents.schema_guard import SchemaUnusable, load_schema
from appraise.documents.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from appraise.documents.faults import Path
    from appraise.documents.nodes import Document
    from appraise.model.problem import Problem

__all__ = ["Fault", "SchemaUnusable", "load_schema", "schema_faults", "schema_problems", "told_faults"]

_LIMITS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_LENGTHS = frozenset({"minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"})
_CHOICES = frozenset({"oneOf", "anyOf"})


def schema_problems(document: Document, schema: Mapping[str, Any], thing_of: Callable[[Path], str]) -> list[Problem]:
    """Every way in which the document breaks the schema, in the order of the file.

    Args:
        document: what was read.
        schema: from `load_schema`.
        thing_of: names the thing that a path lies in (`KPI 'promise_kept'`), or gives the empty text.
    """
    return told_faults(document, schema_faults(document, schema, thing_of))


def told_faults(document: Document, faults: list[Fault]) -> list[Problem]:
    """The problems of faults, without those that follow from others.

    Not told again are values that reading already complained about, and keys that are missing because they are
    misspelt.
    """
    misspelt = {(fault.path[:-1], fault.problem.hint) for fault in faults if fault.problem.code == "unknown-key"}
    told = []
    for fault in faults:
        meant = {(fault.path, f"did you mean '{key}'?") for key in fault.lacking}
        follows = bool(meant & misspelt) or document.place(*fault.path) in document.refused
        told += [] if follows else [fault.problem]
    return told


def schema_faults(document: Document, schema: Mapping[str, Any], thing_of: Callable[[Path], str]) -> list[Fault]:
    """The same with the path of each, so that what is sound can still be used."""
    validator = _validator()(schema, registry=Registry())
    found: dict[tuple[Path, str], Fault] = {}
    for error in validator.iter_errors(document.data):
        for leaf in _leaves(error):
            for fault in _faults_of(leaf, document, thing_of, schema):
                found.setdefault((fault.path, "" if leaf.validator != "required" else fault.problem.message), fault)
    return sorted(found.values(), key=lambda fault: (fault.problem.place, fault.problem.message))


def _validator() -> Any:
    return extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # the stubs leave it untyped


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Like the library's, but `$` does not let a line end through."""
    if not isinstance(instance, str):
        return
    whole = pattern.startswith("^") and pattern.endswith("$")
    if not (re.fullmatch(pattern[1:-1], instance) if whole else re.search(pattern, instance)):
        yield ValidationError("pattern")


def _leaves(error: Any) -> Iterator[Any]:
    """The errors that a person can act on: of a choice, those of the form that was probably meant."""
    if error.validator in _CHOICES and _required_alone(error) and not isinstance(error.instance, dict):
        return  # its type is wrong, which is told anyway
    if error.validator not in _CHOICES or not error.context or _required_alone(error):
        yield error
        return
    branches = [list(group) for _, group in groupby(error.context, key=lambda one: one.schema_path[0])]
    fitting = [branch for branch in branches if not any(_misses(one) for one in branch)]
    if not fitting:
        yield error
        return
    meant = min(fitting, key=len)
    if _another_word(meant[0]) and len(branches) > 1:
        yield error
        return
    for one in meant:
        yield from _leaves(one)


def _misses(error: Any) -> bool:
    """Whether the value is not even of the type that this form of a choice wants."""
    if error.relative_path:
        return False
    if error.validator == "type":
        return True
    if error.validator in ("const", "enum"):
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        return not any(type(error.instance) is type(value) for value in allowed)
    return False


def _another_word(error: Any) -> bool:
    """Whether a text was written that is far from every word allowed there."""
    if error.validator not in ("const", "enum") or error.relative_path:
        return False
    allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
    return not did_you_mean(error.instance, [str(word) for word in allowed])


def _required_alone(error: Any) -> bool:
    return all(set(branch) == {"required"} for branch in error.validator_value)


def _faults_of(
    error: Any, document: Document, thing_of: Callable[[Path], str], schema: Mapping[str, Any]
) -> Iterator[Fault]:
    path: Path = tuple(error.absolute_path)
    thing = thing_of(path)
    prefix = f"{thing}: " if thing else ""
    if error.validator in ("additionalProperties", "propertyNames"):
        known = list(error.schema.get("properties", {}))
        for key in _unknown_keys(error):
            site = Site(document.key_place(*path, key), prefix, (*path, key))
            yield Fault((*path, key), faults.unknown_key(site, key, known, home_of(key, schema)))
    elif error.validator == "required":
        site = Site(document.key_place(*path), prefix, path)
        for key in (key for key in error.validator_value if key not in error.instance):
            if error.message.startswith(f"'{key}' is"):  # one error for each missing key
                yield Fault(path, faults.missing_key(site, key, error.schema), (key,))
    else:
        at_key = error.validator in ("not", *_LENGTHS) or (error.validator in _CHOICES and _required_alone(error))
        place = document.key_place(*path) if at_key else document.place(*path)
        lacking = _choosable(error) if error.validator in _CHOICES and _required_alone(error) else ()
        lacking = () if any(key in error.instance for key in lacking) else lacking
        yield Fault(path, _value_problem(error, Site(place, prefix, path)), lacking)


def _value_problem(error: Any, site: Site) -> Problem:
    keyword, value = str(error.validator), error.instance
    if keyword == "type":
        problem = faults.wrong_type(site, value, _types(error.validator_value))
        return replace(problem, hint=error.schema.get("errorMessage", problem.hint))
    if keyword in ("enum", "const"):
        allowed = error.validator_value if keyword == "enum" else [error.validator_value]
        return faults.not_allowed_value(site, value, allowed)
    if keyword == "pattern":
        return faults.wrong_format(site, value, error.schema.get("patternErrorMessage", ""))
    return _limit_problem(error, site)


def _limit_problem(error: Any, site: Site) -> Problem:
    if error.validator in _LIMITS:
        return faults.out_of_range(site, error)
    if error.validator in _LENGTHS:
        return faults.wrong_length(site, error)
    if error.validator == "uniqueItems":
        return faults.repeated_entry(site, error.instance)
    return _choice_problem(error, site) if error.validator in _CHOICES else faults.unfit(site, error.instance)


def _choice_problem(error: Any, site: Site) -> Problem:
    if _required_alone(error):
        return faults.one_of_keys(site, _choosable(error))
    words = [_form(branch) for branch in error.validator_value]
    return faults.wrong_type(site, error.instance, " or ".join(dict.fromkeys(words)))


def _choosable(error: Any) -> tuple[str, ...]:
    """The keys of which just one may stand."""
    return tuple(key for branch in error.validator_value for key in branch["required"])


def _form(branch: Mapping[str, Any]) -> str:
    if "const" in branch:
        return f"the word {branch['const']}"
    if "enum" in branch:
        return f"one of {', '.join(str(word) for word in branch['enum'])}"
    return _types(branch.get("type", "a value of its own form"))


def _types(names: str | list[str]) -> str:
    return " or ".join(faults.TYPE_WORDS.get(name, name) for name in ([names] if isinstance(names, str) else names))


def _unknown_keys(error: Any) -> list[str]:
    if error.validator == "propertyNames":
        return [str(error.instance)]
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    return [key for key in error.instance if key not in known and not any(re.search(one, key) for one in patterns)]
