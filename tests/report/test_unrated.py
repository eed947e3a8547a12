"""Somebody without a rating: the figures that are there, and nothing that judges."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from people import FIVE, areas, blocked, context, kpi, normal, unrated

from appraise.model.status import KpiStatus
from appraise.report.context import Decision
from appraise.report.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.outcome import Appraisal


def texts(thing: Any) -> Iterator[str]:
    """Every text of a view."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)
    elif isinstance(thing, str):
        yield thing


def never_there() -> Appraisal:
    """Somebody who was on leave all quarter."""
    whole = unrated("too_new")
    return replace(whole, person=replace(whole.person, available_days=0))


def test_no_word_of_the_scale_stands_in_a_pack_without_a_rating() -> None:
    """Whoever is not rated reads no word of the scale: not at the figures, not at the overall, not at the rating."""
    said = " ".join(
        text for reason in ("too_new", "low_coverage") for text in texts(view_of(unrated(reason), context()))
    )
    assert [label.label for label in FIVE if re.search(rf"\b{label.label}\b", said)] == []


def test_figures_stand_without_scores_bands_or_points() -> None:
    """Without a score the tables have the figures with their status and the declared weights, and nothing else."""
    view = view_of(unrated("too_new"), context())
    rows = [row for kra in view.detail.kras for row in kra.rows]
    assert {(row.bullet, row.band.words, row.score, row.points) for row in rows} == {(None, "–", "–", "–")}
    assert {row.reason for row in rows} == {
        "Not scored: the figure is for information, since there is no rating.",
        "Not scored: the records it needs were not delivered.",
        "Not scored: there were too few cases to judge it fairly (2 of 20).",
    }
    assert [(kra.share, kra.score, kra.points) for kra in view.detail.kras] == [("25%", "–", "–")] * 4
    assert (view.summary.kras, view.summary.movers, view.working.steps) == ((), (), ())


def test_nothing_would_change_what_is_not_rated() -> None:
    """A pack without a rating has no steps, no note on them, and nothing to decide."""
    for reason in ("too_new", "low_coverage"):
        view = view_of(unrated(reason), context())
        assert (view.changes, view.changes_note, view.conversation.decision) == ((), "", ())


def test_nobody_is_measured_who_was_not_there() -> None:
    """Where no day was available the pack says so, and how many are needed, instead of too few."""
    view = view_of(never_there(), context())
    assert "none of the 66 working days was available, and nobody can be measured" in view.summary.sentences[0]
    assert {fact.term: fact.words for fact in view.identity.facts}["Available"] == ("0 of 66 working days; 30 needed")


def test_target_that_leave_shrank_to_nothing_is_not_called_unset() -> None:
    """Without an available day there is no target left to reach; that is not the same as none that was set."""
    lacking = replace(kpi(0, 3.0, 100, 0, None), status=KpiStatus.NO_TARGET, reason="no_target", score=None, band=None)
    kra = replace(areas(1, 1)[0], kpis=(lacking,), score=None, contribution=None)
    reasons = []
    for whole in (unrated("too_new"), never_there()):
        held = replace(whole, segments=(replace(whole.segments[0], kras=(kra,)),))
        reasons.append(view_of(held, context()).detail.kras[0].rows[0].reason)
    assert reasons == [
        "Not scored: no target was set for it.",
        "Not scored: there were no available working days, so no target was left to reach.",
    ]


def test_notice_does_not_contradict_itself() -> None:
    """What could be judged is counted, and it is said that none of it is scored."""
    assert view_of(unrated("too_new"), context()).summary.notice[0] == (
        "5 of 12 KPIs have a figure that could be judged; none is scored, since there is no rating."
    )


def test_indication_below_the_coverage_floor_shows_how_it_adds_up() -> None:
    """An indicative figure stands with its points and steps, marked as what it is."""
    view = view_of(unrated("low_coverage"), context())
    assert view.summary.overall.words == ("An indication only, not a rating.",)
    assert (view.working.steps[-1].title, view.summary.overall.ticks) == ("Indicative score", ())


def test_held_back_result_shows_no_scores() -> None:
    """Where a problem holds the result back no score is shown that may still change."""
    rows = [row for kra in view_of(blocked(), context()).detail.kras for row in kra.rows]
    assert {row.score for row in rows} == {"–"}


def test_rating_word_and_decision() -> None:
    """The word stands beside the overall as a proposal; the last page has a field for what a named person decides."""
    draft = view_of(normal(), context())
    assert draft.summary.overall.label == "Proposed rating: Meets"
    assert [(fact.term, fact.words) for fact in draft.conversation.decision] == [
        ("Final rating", ""),
        ("By, date", ""),
    ]
    final = view_of(normal(), context(decision=Decision("Exceeds", "Farah Iqbal", "2026-10-12")))
    assert final.summary.overall.label == "Rating: Exceeds"
    assert [fact.words for fact in final.conversation.decision] == ["Exceeds", "Farah Iqbal, 2026-10-12"]


def test_title_of_a_company_without_job_titles_is_the_templates() -> None:
    """Where nobody has a job title the pack is headed by the title of the template."""
    whole = normal()
    bare = replace(whole, person=replace(whole.person, role_title=""))
    assert view_of(bare, context()).identity.role == "Tele Collection Agent"
