"""What is said of a case names its duties in their own words, and those words are understood where they are offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.case_step import CaseAsk, CaseStep
from bot.cases.case import Case, Event
from bot.casework.case_blocks import event_words
from bot.state import Awaited, State
from tests.bot.talk import Talk, definitions

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DONE = Event(2, AT, "done", "ann", AT.date(), "protect_children")
TITLES = {rule.name: rule.title for rule in definitions().plan.rules}
CLOCKS = ("notify_panel", "tell_partners", "decision_meeting")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("notify the panel", "notify_panel"),
        ("the decision meeting", "decision_meeting"),
        ("tell the safeguarding partners", "tell_partners"),
    ],
)
def test_at_which_one_a_duty_is_named_by_its_own_words(typed: str, meant: str) -> None:
    talk = Talk()
    options = tuple((name, f"{TITLES[name]}, latest Mon 30 Nov 2026") for name in CLOCKS)
    step = CaseStep(CaseAsk("done", "26-001"), "clock", "option", "Which one?", options)
    talk.state = State(opened=True, awaited=Awaited("case", step=step))
    assert talk.type(typed).outcome.case == CaseAsk("done", "26-001").having("clock", meant)


def case_of(*events: Event) -> Case:
    return Case("1", "26-001", "exampleshire", AT, definitions().plan, events)


def test_what_was_done_is_named_as_it_was_asked_for() -> None:
    assert event_words(DONE, {}, TITLES) == f"Done: {TITLES['protect_children']} on Mon 23 Nov 2026"
    audited = replace(DONE, clock="action_audit:2")
    assert event_words(audited, {}, TITLES) == "Done: audit action 2 on Mon 23 Nov 2026"


def test_an_entry_that_was_taken_back_is_named() -> None:
    back = Event(3, AT, "taken back", "ann", None, "", "a slip", (("event", "2"),))
    said = event_words(back, {}, TITLES, case_of(DONE, back))
    assert said == f"Taken back: “Done: {TITLES['protect_children']} on Mon 23 Nov 2026”"
