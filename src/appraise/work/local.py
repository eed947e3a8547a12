"""Works through many items in processes that can be killed: a bad item costs itself and nothing else.

Processes are spawned, never forked. Each worker holds one item at a time, so a worker that dies, hangs or runs out of
memory costs that item alone; it is replaced at once. (`concurrent.futures` loses all
that wait to one dead worker.)
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from appraise.work.child import READY, Spawn, live

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

PATIENCE = 0.2
"""How many seconds a worker that was asked to end may take before it is killed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One item of work: picklable, under a key by which it is reported."""

    key: str
    item: Any


@dataclass(frozen=True, slots=True)
class Job:
    """What workers do, as import paths (`package.module:function`), so that nothing but names and data is sent.

    `start(settings)` runs once per worker and gives its state; `do(state, item)` runs per item and gives a picklable
    result. `environment` is set in the child before anything of the job is imported.
    """

    start: str
    do: str
    settings: Any = None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crew:
    """How many workers, and their limits: seconds per item, seconds to start, items per life, MiB of address space.

    `memory` 0 means no limit; Windows has none (`memory_is_limited` tells).
    """

    workers: int = 2
    deadline: float = 30.0
    start_deadline: float = 60.0
    recycle_after: int = 500
    memory: int = 1536


@dataclass(frozen=True, slots=True)
class Done:
    """A finished item: its result, or why there is none.

    `failure` is empty, `deadline`, `died` (killed, crashed or left), `raised` or `not_started`; `said` tells more.
    """

    key: str
    result: Any = None
    failure: str = ""
    said: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    since: float
    task: Task | None = None
    ready: bool = False
    finished: int = 0


def work_through(tasks: Iterable[Task], job: Job, crew: Crew, on_done: Callable[[Done], None]) -> None:
    """Do every task and report each in this process as soon as it is finished, in the order of finishing.

    Returns when all are reported. Where workers cannot even start, the tasks are reported as `not_started`, one per
    failed start. An exception of `on_done`, and KeyboardInterrupt, kill the workers and are passed on.
    """
    _Floor(deque(tasks), job, crew, on_done).run()


class _Floor:
    """The state of one batch: what waits, and who works."""

    def __init__(self, waiting: deque[Task], job: Job, crew: Crew, on_done: Callable[[Done], None]) -> None:
        self._waiting = waiting
        self._job = job
        self._crew = crew
        self._on_done = on_done
        self._workers: list[_Worker] = []
        self._context = multiprocessing.get_context("spawn")

    def run(self) -> None:
        """Hire, listen and replace until nothing waits and nobody works."""
        try:
            while self._waiting or any(worker.task for worker in self._workers):
                self._hire()
                self._listen()
        except BaseException:
            self._end(patience=0)
            raise
        self._end(patience=PATIENCE)

    def _hire(self) -> None:
        busy = sum(1 for worker in self._workers if worker.task)
        wanted = min(self._crew.workers, busy + len(self._waiting))
        while len(self._workers) < wanted:
            here, there = self._context.Pipe()
            spawn = Spawn(
                self._job.start, self._job.do, self._job.settings, dict(self._job.environment), self._crew.memory
            )
            process = self._context.Process(target=live, args=(there, spawn), daemon=True)
            process.start()
            there.close()
            self._workers.append(_Worker(process, here, time.monotonic()))

    def _listen(self) -> None:
        """Wait for the first message, death or deadline, and act on all that came."""
        pipes = [worker.pipe for worker in self._workers]
        nearest = min(worker.since + self._limit(worker) for worker in self._workers)
        heard = wait(pipes, timeout=max(0.0, nearest - time.monotonic()))
        for worker in list(self._workers):
            if worker.pipe in heard:
                self._hear(worker)
            elif time.monotonic() - worker.since >= self._limit(worker):
                self._lose(worker, "deadline", f"stopped after {self._limit(worker):g} seconds")

    def _limit(self, worker: _Worker) -> float:
        if not worker.ready:
            return self._crew.start_deadline
        return self._crew.deadline if worker.task else float("inf")

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, content = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(PATIENCE)
            self._lose(worker, "died", _how(worker.process.exitcode))
            return
        except Exception as failure:  # noqa: BLE001 -- pickle raises what the objects raise
            kind, content = "raised", f"the result cannot be read: {failure}"
        if kind == READY:
            worker.ready = True
            self._give(worker)
        elif worker.task is None:
            self._lose(worker, "not_started", content)
        else:
            self._finish(worker, kind, content)

    def _finish(self, worker: _Worker, failure: str, content: Any) -> None:
        task, seconds = worker.task, time.monotonic() - worker.since
        worker.task = None
        worker.finished += 1
        if task is not None:
            result, said = (None, content) if failure else (content, "")
            self._on_done(Done(task.key, result, failure, said, seconds))
        if worker.finished >= self._crew.recycle_after:
            self._dismiss(worker)
        else:
            self._give(worker)

    def _give(self, worker: _Worker) -> None:
        if not self._waiting:
            self._dismiss(worker)
            return
        worker.task = self._waiting.popleft()
        worker.since = time.monotonic()
        try:
            worker.pipe.send(worker.task.item)
        except OSError:
            worker.process.join(PATIENCE)
            self._lose(worker, "died", _how(worker.process.exitcode))
        except Exception as failure:  # noqa: BLE001 -- pickle raises what the objects raise
            self._finish(worker, "raised", f"the item cannot be sent: {failure}")

    def _lose(self, worker: _Worker, failure: str, said: str) -> None:
        """Report what the worker held; one that never got ready costs the next waiting task, so that a batch ends."""
        task = worker.task
        if task is None and not worker.ready and self._waiting:
            task, failure = self._waiting.popleft(), "not_started"
        seconds = time.monotonic() - worker.since
        self._workers.remove(worker)
        _kill(worker)
        if task is not None:
            self._on_done(Done(task.key, None, failure, said, seconds))

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(PATIENCE)
        _kill(worker)

    def _end(self, patience: float) -> None:
        for worker in self._workers:
            worker.pipe.close()
        until = time.monotonic() + patience
        for worker in self._workers:
            worker.process.join(max(0.0, until - time.monotonic()))
            _kill(worker)
        self._workers.clear()


def _kill(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()
    worker.process.close()


def _how(code: int | None) -> str:
    if code is None:
        return "the worker closed its pipe"
    return f"the worker was ended by signal {-code}" if code < 0 else f"the worker left with code {code}"
