"""Several nudges for one person at one time are one message that says nothing twice; a page offers what it promises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import wording_closed
from bot.cases.digest import Weekly
from bot.cases.nudge_words import SAY_WHETHER, asks_to_agree
from bot.delivering.digests import left_to_say, week_words
from bot.delivering.nudge_message import Line, message, notice
from bot.storage.nudges import Noted
from tests.delivering.stand_in import lines_of

AT = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)


def noted(number: int, line: str, clock: str = "", kind: str = "nudge") -> Noted:
    return Noted(number, "1", str(number), clock, kind, "owner", "ann", line, AT, AT, "waiting", (), None)


def lines(*noted_: Noted, ref: str = "26-001") -> list[Line]:
    return [Line(one, ref) for one in noted_]


PANEL = noted(1, "Case 26-001: notify the Panel. Due today, Mon 30 Nov. Statutory guidance.", "notify_panel", "today")
PARTNERS = noted(2, "Case 26-001: tell the partners. Due today, Mon 30 Nov.", "tell_partners", "today")
MORNING = noted(
    3,
    "This morning:\nCase 26-001: notify the Panel, today.\nCase 26-002: hold the meeting, late by 1 working day.",
    kind="digest",
)


def test_a_page_offers_what_can_be_done_with_any_of_several_duties_of_a_case() -> None:
    offered = notice(lines(PANEL, PARTNERS)).shortcuts
    assert [(one.id, one.label) for one in offered] == [
        ("done-26-001", "Done"),
        ("ack-26-001", "I have it"),
        ("snooze-26-001", "Remind me later"),
        ("case-26-001", "Open case 26-001"),
    ]


def test_what_nobody_can_do_is_not_offered() -> None:
    late = [Line(one, "26-001", acts=("done", "acknowledge", "why")) for one in (PANEL, PARTNERS)]
    assert "Remind me later" not in [one.label for one in notice(late).shortcuts]


def test_of_several_cases_a_page_offers_to_open_each() -> None:
    found = notice([*lines(PANEL), Line(noted(4, "Case 26-002: x.", "x"), "26-002")]).shortcuts
    assert [one.id for one in found] == ["case-26-001", "case-26-002"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_the_morning_comes_last_and_says_nothing_a_second_time(order: tuple[int, ...]) -> None:
    every = (PANEL, PARTNERS, MORNING)
    said = [lines_of(block) for block in message(lines(*(every[at] for at in order))).blocks]
    assert said[-1] == (
        "This morning, beside what stands above:\nCase 26-002: hold the meeting, late by 1 working day."
    )


def test_a_morning_of_which_all_stands_above_is_left_out_and_a_week_keeps_its_counts() -> None:
    assert left_to_say("This morning:\nCase 26-001: notify the Panel, today.", [PANEL.line]) == ""
    week = week_words(Weekly(AT.date(), (), (), (), 0, 0, 0, 0, 0))
    assert left_to_say(week, [PANEL.line]) == week
    lately = "This area's week:\nLate:\nCase 26-001: notify the Panel, late by 1 working day.\nOpen cases: 5."
    assert left_to_say(lately, [PANEL.line]) == "This area's week, beside what stands above:\nOpen cases: 5."


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (asks_to_agree("26-001"), SAY_WHETHER),
        (wording_closed.asks_to_reopen("Case 26-001", "26-001", ()), wording_closed.SAY_IF_REOPENED),
    ],
)
def test_what_a_lead_is_asked_is_not_asked_twice_in_one_message(above: str, title: str) -> None:
    assert left_to_say(f"This morning:\nCase 26-001: {title}.", [above]) == ""
