"""Whatever is wrong with a template, checking it gives problems and never an exception."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appraise.documents.text import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appraise.model.problem import Problem

    Check: TypeAlias = Callable[[bytes, str], list[Problem]]

EVERY_KEY = Path(__file__).parents[1] / "examples" / "good" / "every_key.yaml"
JUNK = [
    None,
    True,
    -1,
    0,
    7,
    1e-7,
    99999.5,
    "",
    "x",
    "equal",
    "a (",
    "1,000",
    [],
    [1],
    ["x"],
    {},
    {"id": 1},
    {"bands": [3]},
]


def paths_of(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value in a document."""
    yield path
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from paths_of(value, (*path, key))


def broken(data: Any, path: tuple[str | int, ...], junk: Any) -> Any:
    """A copy with something else at the path; with nothing there where the junk is Ellipsis."""
    data = copy.deepcopy(data)
    if not path:
        return None if junk is ... else junk
    above = data
    for step in path[:-1]:
        above = above[step]
    if junk is ...:
        del above[path[-1]]
    else:
        above[path[-1]] = junk
    return data


CHANGE = st.tuples(st.integers(0, 1000), st.sampled_from([..., *JUNK]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@example(changes=((103, None), (1, ...)))
@given(changes=st.tuples(CHANGE, CHANGE))
def test_no_template_breaks_the_check(check: Check, changes: tuple[tuple[int, Any], ...]) -> None:
    """Any two values of a template may be replaced by anything, or be gone: every problem still has its place."""
    document, _ = read_document(EVERY_KEY, "every_key.yaml")
    assert document is not None
    template = document.data
    for number, junk in changes:
        paths = list(paths_of(template))
        template = broken(template, paths[number % len(paths)], junk)
    problems = check(json.dumps(template).encode(), "broken.yaml")
    assert [problem for problem in problems if not problem.place.line or problem.place.file != "broken.yaml"] == []
