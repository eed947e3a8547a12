"""Workers lose one item where it goes wrong, and nothing else."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from appraise.work.child import memory_is_limited
from appraise.work.local import Crew, Done, Job, Task, work_through

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let children import the jobs of these tests by name."""
    monkeypatch.syspath_prepend(str(HERE))


def job(start: str = "start", settings: Any = None) -> Job:
    """A job of the tests."""
    return Job(f"jobs:{start}", "jobs:do", settings, {"APPRAISE_TEST": "yes"})


def finish(items: list[Any], crew: Crew | None = None, work: Job | None = None) -> dict[str, Done]:
    """Work the items through and give what came of each by its position."""
    done: dict[str, Done] = {}
    tasks = [Task(str(index), item) for index, item in enumerate(items)]

    def keep(one: Done) -> None:
        assert one.key not in done
        done[one.key] = one

    work_through(tasks, work or job(), crew or Crew(workers=2, deadline=20), keep)
    return done


def test_every_item_is_done_once() -> None:
    """Each item is reported once, with its own result."""
    done = finish(list(range(30)))
    assert {key: one.result for key, one in done.items()} == {str(index): index for index in range(30)}
    assert {one.failure for one in done.values()} == {""}


def test_nothing_to_do_starts_nobody() -> None:
    """Without items no process is started."""
    started = time.monotonic()
    assert finish([]) == {}
    assert time.monotonic() - started < 0.05


@pytest.mark.parametrize(
    ("item", "failure", "said"),
    [
        ("exit", "died", "the worker left with code 3"),
        ("crash", "died", "the worker was ended by signal 11"),
        ("raise", "raised", "ValueError: a bad item"),
        ("interrupt", "died", "the worker left with code 1"),
        ("unpicklable", "raised", "the result cannot be sent"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
def test_bad_item_costs_itself(item: str, failure: str, said: str) -> None:
    """An item that exits, crashes or raises is named with the reason; its neighbours finish."""
    done = finish([1, item, 2, 3, item, 4])
    assert {key: one.result for key, one in done.items() if not one.failure} == {"0": 1, "2": 2, "3": 3, "5": 4}
    assert {(done[key].failure, said in done[key].said) for key in ("1", "4")} == {(failure, True)}


def test_hanging_item_is_killed_at_the_deadline() -> None:
    """An item beyond the deadline is stopped and reported, and the others finish meanwhile."""
    started = time.monotonic()
    done = finish(["hang", 1, 2, 3], Crew(workers=2, deadline=1.0))
    assert (done["0"].failure, done["0"].said) == ("deadline", "stopped after 1 seconds")
    assert [done[key].result for key in ("1", "2", "3")] == [1, 2, 3]
    assert time.monotonic() - started < 15


@pytest.mark.skipif(not memory_is_limited(), reason="this system limits no memory")
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses limits on address space")
def test_greedy_item_meets_the_memory_limit() -> None:
    """An item that wants more memory than the crew allows fails; the worker goes on."""
    done = finish(["eat", 1], Crew(workers=1, memory=512))
    assert (done["0"].failure, done["0"].said.startswith("MemoryError"), done["1"].result) == ("raised", True, 1)


def test_workers_are_recycled() -> None:
    """A worker is replaced after as many items as the crew says."""
    done = finish(["pid"] * 7, Crew(workers=1, recycle_after=3))
    lives = Counter(one.result for one in done.values())
    assert sorted(lives.values()) == [1, 3, 3]


def test_state_is_built_once_from_the_settings() -> None:
    """`start` gives each worker its state, and the environment is set in the child alone."""
    done = finish(["settings", "environment"], Crew(workers=1), job(settings=("a", 1)))
    assert [done["0"].result, done["1"].result] == [("a", 1), "yes"]


@pytest.mark.parametrize(
    ("start", "settings", "said"),
    [("start_badly", 4, "ValueError: cannot start with 4"), ("start_deadly", 5, "the worker left with code 5")],
)
def test_workers_that_cannot_start_end_the_batch(start: str, settings: int, said: str) -> None:
    """Where no worker gets ready, every item is reported with the reason instead of trying for ever."""
    done = finish([1, 2, 3], Crew(workers=2), job(start, settings))
    assert {(one.failure, said in one.said) for one in done.values()} == {("not_started", True)}
    assert len(done) == 3


def test_item_that_cannot_be_sent_costs_itself() -> None:
    """An item that does not pickle is reported and the worker goes on with the next."""
    done = finish([lambda: None, 1], Crew(workers=1))
    assert (done["0"].failure, "cannot be sent" in done["0"].said, done["1"].result) == ("raised", True, 1)


def test_unknown_job_is_told() -> None:
    """A job that cannot be imported is named."""
    done = finish([1], Crew(workers=1), Job("no_such_module:start", "jobs:do"))
    assert "no_such_module" in done["0"].said


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ZeroDivisionError])
def test_interrupt_kills_the_workers_at_once(failure: type[BaseException]) -> None:
    """An interrupt, or a failure of the one who listens, is passed on; nobody is left working."""

    def stop(_: Done) -> None:
        raise failure

    started = time.monotonic()
    with pytest.raises(failure):
        work_through([Task("a", 1), *[Task(str(i), "hang") for i in range(4)]], job(), Crew(workers=2), stop)
    assert time.monotonic() - started < 10
    assert multiprocessing.active_children() == []


def test_items_are_reported_as_they_finish() -> None:
    """A finished item is reported while others still run."""
    order: list[str] = []
    tasks = [Task("slow", "hang"), Task("quick", 1)]
    work_through(tasks, job(), Crew(workers=2, deadline=3.0), lambda one: order.append(one.key))
    assert order == ["quick", "slow"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count the pages of memory that it gives")
def test_deep_calls_find_their_room() -> None:
    """Calls deep down the stack do not ask the system for memory again and again."""
    done = finish(["deep"])
    assert (done["0"].failure, done["0"].result < 200) == ("", True)
