"""Passwords are found where they should not stand, and are never shown."""

from __future__ import annotations

import time

import pytest

from appraise.documents.text import parse_document
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.secrets import holds_password, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("url: postgresql://hr:Hunter2@db/hr", "url: postgresql://hr:*******@db/hr"),
        ("x://hr:p@ss/w:d@db", "x://hr:********@db"),
        ("password: Hunter2", "password: *******"),
        ("{api_key: 'abc', b: 1}", "{api_key: '***', b: 1}"),
        ("postgresql://${USER}:${PASSWORD}@db", "postgresql://${USER}:${PASSWORD}@db"),
        ("password: ${PASSWORD}", "password: ${PASSWORD}"),
        ("see https://example.com:8080/x and mail a@b.c", "see https://example.com:8080/x and mail a@b.c"),
        ("unknown key 'password'; remove it", "unknown key 'password'; remove it"),
    ],
)
def test_a_password_is_shown_as_stars(text: str, shown: str) -> None:
    """As many stars as characters; what comes from the environment, and an address without one, stay as they are."""
    assert masked(text) == shown


def test_no_problem_tells_a_password() -> None:
    """Whoever quotes a text in a message need not think of it."""
    problem = Problem(Place("x"), "code", "there is no file 'db://hr:Hunter2@h'", "correct 'db://hr:Hunter2@h'")
    assert "Hunter2" not in f"{problem}{problem.data}"


def test_a_password_in_a_file_is_refused() -> None:
    """Secrets come from the environment."""
    _, problems = parse_document("a: postgresql://hr:Hunter2@db/hr\nb: 'x://${A}:${B}@db'\n", "f.yaml")
    assert [(str(problem.place), problem.code) for problem in problems] == [("f.yaml:1:4", "secret-in-file")]


def test_looking_for_passwords_takes_no_time() -> None:
    """A text that is made to take long takes as long as any other."""
    start = time.process_time()
    assert not holds_password("://a:" * 200_000)
    assert masked("password " * 100_000).startswith("password password")
    assert time.process_time() - start < 2
