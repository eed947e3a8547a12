"""What the pages of a pack say about a person's result."""

from __future__ import annotations

import pickle
import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from people import (
    adjusted,
    appraisal,
    areas,
    blocked,
    capped,
    context,
    gallery,
    kpi,
    large,
    named,
    normal,
    roleless,
    three_labels,
    unrated,
    with_gaps,
    with_history,
)

from appraise.model.outcome import SeverityStep
from appraise.model.status import KpiStatus
from appraise.report.context import Decision, Previous
from appraise.report.material import shares_of
from appraise.report.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.report.pack import PackView


def leaves(thing: Any) -> Iterator[Any]:
    """Every plain value in a view."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from leaves(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from leaves(part)
    else:
        yield thing


@pytest.mark.parametrize("name", list(gallery()))
def test_view_is_plain_text_that_travels(name: str) -> None:
    """A view holds texts, yes/no and absent charts only: a design has nothing to compute. It survives the wire."""
    view = view_of(*gallery()[name])
    assert {type(leaf) for leaf in leaves(view)} <= {str, bool, type(None)}
    assert pickle.loads(pickle.dumps(view)) == view  # noqa: S301 -- our own bytes


@pytest.mark.parametrize("name", [name for name in gallery() if name != "roleless"])
def test_waterfall_ends_at_the_score(name: str) -> None:
    """The steps start at the middle of the scale, add up, and end exactly at the score that page one shows."""
    view = view_of(*gallery()[name])
    steps = view.working.steps
    if not steps:
        assert view.summary.overall.score == "–"
        return
    moved = sum(round(100 * float(step.points.words.replace("−", "-"))) for step in steps if step.kind == "move")
    start, end = (round(100 * float(steps[index].running)) for index in (0, -1))
    assert start + moved == end
    assert steps[-1].running == view.summary.overall.score


def test_points_of_the_tables_add_up_to_the_overall() -> None:
    """The printed points of all KPIs add up to the printed overall, in hundredths."""
    view = view_of(large(), context())
    points = [row.points for kra in view.detail.kras for row in kra.rows if row.points != "–"]
    assert sum(round(100 * float(one)) for one in points) == round(100 * float(view.summary.overall.score))


@pytest.mark.parametrize(
    ("whole", "weights", "shares"),
    [
        (300, [50, 50], [150, 150]),
        (300, [33.33, 33.33, 33.34], [100, 100, 100]),
        (10, [1, 1, 1], [4, 3, 3]),
        (7, [], []),
        (5, [0], [0]),
    ],
)
def test_shares_add_up(whole: int, weights: list[float], shares: list[int]) -> None:
    """Largest remainder: the shares of a whole number always add up to it, ties go to the first."""
    assert shares_of(whole, weights) == shares


def test_sentences_speak_of_the_work() -> None:
    """Page one says what went well, what fell short and what has changed, in the words of the KPIs."""
    calls = "Average number of calls made per day came to 192, band 4 of 5."
    step = "12 more cases in the window make this band 2."
    assert view_of(normal(), with_history()).summary.sentences == (
        f"Went well: Call quality monitoring score came to 83.2%, band 4 of 5. {calls}",
        f"Fell short: Call-backs made in the window came to 63.0%, band 1 of 5. {step}",
        "Since 2026-Q2 the overall score went up by 0.27 points, from 3.05 to 3.32.",
    )


@pytest.mark.parametrize("name", list(gallery()))
def test_there_are_one_to_four_sentences(name: str) -> None:
    """Page one never has more than four sentences, and never none."""
    assert 1 <= len(view_of(*gallery()[name]).summary.sentences) <= 4


def test_change_is_an_honest_dash_without_history() -> None:
    """Without an earlier result the change is a dash, and the page says why."""
    summary = view_of(normal(), context()).summary
    assert {line.change.words for line in summary.kras} == {"–"}
    assert summary.change_note == "No earlier result was given, so no change is shown."


def test_change_on_another_scale_is_not_shown() -> None:
    """Scores on different scales are never compared."""
    earlier = Previous("2026-Q2", 2.1, {"area_0": 2.0}, lowest=1, highest=3)
    summary = view_of(normal(), context(previous=earlier)).summary
    assert {line.change.words for line in summary.kras} == {"–"}
    assert "another scale" in summary.change_note


def test_change_has_a_glyph_from_half_a_level_on() -> None:
    """Every change is a signed number; half a level or more has an arrow too."""
    changes = {line.title: line.change for line in view_of(normal(), with_history()).summary.kras}
    assert (changes["Target Achievement"].words, changes["Target Achievement"].glyph) == ("+0.79", "▲")
    assert (changes["Compliance"].words, changes["Compliance"].glyph) == ("−0.44", "")


def test_capped_score_stays_visible_uncapped() -> None:
    """A cap is told with its reason, the score without it, and its own step."""
    view = view_of(capped(), context())
    held = "Without this rule the score would be 3.32; it is held at 2.00."
    assert view.summary.sentences[0] == (
        f"A confirmed legal violation caps the rating at 2. {held} While the cap holds, no figure adds anything."
    )
    assert [(step.title, step.points.words) for step in view.working.steps[-2:]] == [
        ("Held by a cap", "−1.32"),
        ("Overall score", ""),
    ]
    assert view.working.gates[0].outcome.words == "triggered: holds the overall score at 2.00"


def test_an_open_allegation_makes_the_first_page_say_provisional() -> None:
    """The reason stands first, in the words of the gate, and the rating is marked; nothing is held down."""
    whole = normal()
    gate = replace(whole.segments[0].gates[0], open=True, says_open="An allegation is not decided yet.")
    open_yet = replace(whole, segments=(replace(whole.segments[0], gates=(gate,)),), provisional=True)
    view = view_of(open_yet, context())
    assert view.summary.sentences[0] == (
        "The rating is provisional: an allegation is open. An allegation is not decided yet."
    )
    assert view.summary.overall.label.startswith("Proposed rating, provisional: ")
    assert view.working.gates[0].outcome.words == "not triggered; an allegation is open"


def test_a_graver_breach_is_told_with_its_severity() -> None:
    """The cap of the severity holds, and what every severity caps at is printed beside it."""
    whole = capped()
    steps = (SeverityStep(1.0, 3.5), SeverityStep(2.0, 2.0))
    graded = replace(whole.segments[0].gates[0], severity=2.0, caps_by_severity=steps, severity_condition="worst")
    view = view_of(replace(whole, segments=(replace(whole.segments[0], gates=(graded,)),)), context())
    assert view.working.gates[0].outcome.words == "triggered: holds the overall score at 2.00"
    assert "severity 2, where 1 caps at 3.50, 2 caps at 2.00" in view.working.gates[0].evidence


def test_decision_of_a_person_replaces_the_proposal() -> None:
    """A pack is final once a named person has decided, and says who, when and why."""
    decision = Decision("Exceeds", "Farah Iqbal", "2026-10-12", "two quarters of mentoring")
    view = view_of(normal(), context(decision=decision))
    assert view.working.result == "Decided: “Exceeds” by Farah Iqbal on 2026-10-12. Two quarters of mentoring."
    assert (view.identity.state, view.working.result_title) == ("Final", "Rating")


def test_adjustment_is_a_step() -> None:
    """A bonus is named and lifts the score by its points."""
    steps = view_of(adjusted(), context()).working.steps
    assert ("Trained a colleague.", "+0.10") in [(step.title, step.points.words) for step in steps]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("low_coverage", "could be scored for a fair rating: 41.67%, where 60% is needed"),
        ("too_new", "too few available working days: 62 of 66; a fair rating needs at least 30"),
        ("no_role", "no role with"),
    ],
)
def test_missing_rating_is_explained(reason: str, words: str) -> None:
    """Somebody who is not rated gets a pack that says so, and why, in plain words, with the figures that decide it."""
    view = view_of(unrated(reason), context())
    assert view.summary.sentences[0].startswith("There is no rating for this period, because ")
    assert words in view.summary.sentences[0]
    assert view.working.result == "No rating is proposed for this period."


def test_blocked_result_names_the_problem() -> None:
    """A blocked person's pack shows no score, and names what has to be cured."""
    view = view_of(blocked(), context())
    assert view.summary.overall.score == "–"
    assert "the source 'violations' was not delivered" in view.summary.sentences[0]
    assert view.working.gates[0].outcome.words == "could not be checked"


def test_person_without_a_role_has_a_pack() -> None:
    """Somebody without a template still has a pack with a conversation."""
    view = view_of(roleless(), context())
    assert (view.detail.kras, view.identity.role, len(view.conversation.agenda)) == ((), "No role on record", 4)


def test_unscored_kpi_gives_its_reason() -> None:
    """In the place of the bar stands why there is none; missing is never zero."""
    rows = {row.title: row for kra in view_of(with_gaps(), context()).detail.kras for row in kra.rows if row.reason}
    assert {(row.score, row.points, row.bullet) for row in rows.values()} == {("–", "–", None)}
    assert rows["Upheld complaints"].reason == "Not scored: there were too few cases to judge it fairly (2 of 20)."
    assert rows["Monthly collection target attainment"].reason == "Not scored: the records it needs were not delivered."


def test_row_puts_the_numbers_in() -> None:
    """The line under a KPI has the formula with its numbers, the starts of its bands, and says when less is more."""
    rows = {row.title: row for kra in view_of(normal(), context()).detail.kras for row in kra.rows}
    put_in = "100 × 73 kept 9 ÷ 100 due 9 · bands 1–5 from 50 · 60 · 70 · 78 · 85% (a, b)"
    assert rows["Promise-to-pay kept rate"].working == put_in
    assert "bands 1–5 from 10 · 8 · 6 · 4 · 2 per 1,000, lower is better" in rows["Upheld complaints"].working
    assert rows["Monthly collection target attainment"].working.startswith(
        "103.31% of target · bands 1–5 from 50 · 80 · 95 · 105 · 120%"
    )


def test_target_or_expected_level() -> None:
    """Without a target the start of the expected level stands in its place."""
    rows = {row.title: row.target for kra in view_of(normal(), context()).detail.kras for row in kra.rows}
    assert rows["Monthly collection target attainment"] == "400,000"
    assert (rows["Promise-to-pay kept rate"], rows["Upheld complaints"]) == ("from 70%", "up to 6")
    assert rows["Average number of calls made per day"] == "110–260"


def test_levels_follow_the_scale() -> None:
    """On a scale with three labels the middle, the words and the bands are those of that scale."""
    view = view_of(three_labels(), context())
    assert view.working.steps[0].running == "2.00"
    assert [label.words for label in view.working.labels] == ["1–1.49", "1.5–2.49", "2.5–3.00"]
    assert [box.shade for box in view.summary.bands] == ["shade-1", "shade-3", "shade-5"]


def test_all_bars_share_one_scale() -> None:
    """The length of a bar depends on the score alone: the same score, the same bar."""
    rows = [row for kra in view_of(large(), context()).detail.kras for row in kra.rows if row.bullet]
    by_score: dict[str, set[str]] = {}
    for row in rows:
        by_score.setdefault(row.score, set()).add(row.bullet.fill if row.bullet else "")
    assert {len(fills) for fills in by_score.values()} == {1}
    assert by_score["3.50"] == {"62.5"}


def test_changes_are_in_real_units_and_best_first() -> None:
    """What would change it: the next band in the KPI's unit, what it takes, and what it adds; the best step first."""
    changes = view_of(normal(), context()).changes
    adds = [float(change.adds) for change in changes]
    assert adds == sorted(adds, reverse=True)
    assert changes[1].takes == "16 more cases in the window make this band 3."


def test_notes_of_the_manager_are_printed_and_blanks_fill_the_rest() -> None:
    """Written actions come first; ruled rows complete them to three at most."""
    talk = view_of(normal(), with_history()).conversation
    assert (len(talk.actions), len(talk.action_blanks)) == (1, 2)
    many = context(notes={"action": tuple("abcde")})
    assert len(view_of(normal(), many).conversation.actions) == 3


def test_question_has_person_route_and_deadline() -> None:
    """The pack says whom to ask, how, and within how many days."""
    assert "HR Operations (hr@example.com) within 10 days" in view_of(normal(), context()).conversation.question


def test_signing_is_not_agreeing() -> None:
    """The acknowledgement says what it is not."""
    assert "this does not mean I agree" in view_of(normal(), context()).conversation.acknowledgement


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\u202eabc\u202c", "abc"),
        ("\ufeffName", "Name"),
        ("a\x00b\x1bc", "abc"),
        ("x\ud800y", "xy"),
        ("\u200b", "\u200b"),
        ("  ", "E0417"),
    ],
)
def test_names_lose_what_would_turn_the_page(name: str, shown: str) -> None:
    """Control, bidirectional and surrogate characters are left out of names; an empty name becomes the id."""
    assert view_of(named(name), context()).identity.name == shown


def test_footer_name_is_cut() -> None:
    """A long name is cut in the footer, with an ellipsis."""
    assert view_of(named("w " * 300), context()).who == "w " * 19 + "w… (E0417)"


def test_period_has_its_own_name() -> None:
    """A quarter is called a quarter, a month a month."""
    month = replace(normal(), period_start=normal().period_end.replace(day=1))
    assert [view_of(one, context()).span for one in (normal(), month)] == ["quarter", "month"]


def test_date_of_the_document_is_the_end_of_the_period() -> None:
    """No clock: a pack bears the period's last day unless a day is given."""
    assert view_of(normal(), context()).created == "2026-09-30"


def test_pack_never_names_the_person_as_the_cause() -> None:
    """Task wording: no generated sentence has a “you” in it that did well or badly."""
    said = " ".join(view_of(normal(), with_history()).summary.sentences)
    assert re.findall(r"\b(you|your|he|she|his|her)\b", said, re.IGNORECASE) == []


def test_every_status_has_words() -> None:
    """Each status of a KPI that is not scored has a sentence."""
    for status in KpiStatus:
        one = replace(kpi(0, 3.0, 100, 0, None), status=status, score=None, band=None, next_band=None)
        kra = replace(areas(1, 1)[0], kpis=(one,), score=None, contribution=None)
        row = _only_row(view_of(appraisal((kra,)), context()))
        assert row.startswith("Not scored: ")


def _only_row(view: PackView) -> str:
    return view.detail.kras[0].rows[0].reason
