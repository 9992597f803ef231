"""What is asked before something is recorded in a case, and in which order: each step's question and its options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import wording_case_news, wording_cases, wording_duties
from bot.case_step import DUTY, CaseAsk, CaseStep, Takes
from bot.cases.case import Case, Event, EventKind, NotPossible
from bot.casework import wording_board
from bot.casework.casework import Desk
from bot.people import people
from bot.storage.people_tables import POSTS

# What someone may record by hand, in the order of a case's life. Each needs these steps; words only where they are due.
STEPS: dict[EventKind, tuple[str, ...]] = {
    "partner decision": ("decision", "day"),
    "notified": ("day",),
    "death notified": ("day",),
    "responsible council notified": ("day",),
    "other areas told": ("day",),
    "awareness corrected": ("day known",),
    "rapid review sent": ("day",),
    "review decided": ("yes or no", "day", "words"),
    "reviewer named": ("day",),
    "publication planned": ("day ahead",),
    "published": ("day",),
    "action agreed": ("words", "action due", "action review", "action owner"),
    "action changed": ("which action", "due or as it is", "owner or as it is", "words"),
    "action audited": ("which action", "words"),
    "impact recorded": ("of which", "words"),
    "disagreement raised": ("words",),
    "noted": ("words",),
    "hold placed": ("words",),
    "hold lifted": ("words",),
    "closed": (),
    "reopened": ("words",),
    "plan moved": (),
}


_NONE = "none"
"""What leaves a value out."""


def key_of(step: str) -> str:
    """What a step's answer is kept under."""
    keys = {
        "yes or no": "decision",
        "day known": "day",
        "day ahead": "day",
        "action due": "due",
        "action review": "review",
        "which action": "action",
        "of which": "action",
        "action owner": "owner",
        "due or as it is": "due",
        "owner or as it is": "owner",
    }
    return keys.get(step, step)


def question(desk: Desk, case: Case, ask: CaseAsk, name: str) -> CaseStep:
    """What is asked for one step. Raises NotPossible where there is nothing it could be answered with."""
    if name == "decision":
        return step(ask, "decision", "option", "What did they decide?", tuple(wording_cases.DECISIONS.items()))
    if name == "yes or no":
        return step(ask, "decision", "option", "Is there to be a local review?", tuple(wording_cases.YES_NO.items()))
    if name in ("which action", "of which"):
        return _which_action(case, ask, name)
    if name == "action review":
        every = wording_board.EVERY
        return step(ask, "review", "option", "How often is it to be looked at?", (*every, (_NONE, "It need not be")))
    if name == "action owner":
        of_the_case = (_NONE, wording_cases.THE_CASES_OWNER)
        return step(ask, "owner", "option", wording_cases.WHOSE_ACTION, (of_the_case, *colleagues(desk)))
    if name in ("due or as it is", "owner or as it is"):
        return _changing(desk, ask, name)
    if name == "words":
        about = next((words for kind, words in wording_cases.WORDS_OF.items() if kind == ask.value("event")), "")
        return step(ask, "words", "words", f"{about} {wording_cases.WORDS}".strip())
    if name in ("day ahead", "action due"):
        return step(ask, key_of(name), "day", wording_cases.DAY_AHEAD)
    text = wording_cases.AWARE_WHEN if name == "day known" else wording_cases.WHEN
    return step(ask, "day", "day", text, day_options(desk))


def done_when(desk: Desk, ask: CaseAsk) -> CaseStep:
    """Asks on which day something was done."""
    return step(ask, "day", "day", wording_cases.WHEN, day_options(desk))


def why_late(ref: str, sent: Event) -> CaseStep:
    """Asks why a notification on record was late, to be put on record with the same day."""
    ask = CaseAsk("record", ref).having("event", sent.kind).having("day", sent.day.isoformat())
    return step(ask, "words", "words", wording_case_news.late_why(ref, sent.kind))


def asked_again(desk: Desk, case: Case, ask: CaseAsk, field: str) -> CaseStep | None:
    """The step whose answer cannot be right, with all else kept; None where what is wrong was given in no step."""
    if not ask.value(field):
        return None
    ask, kind = ask.having(field, ""), next((one for one in STEPS if one == ask.value("event")), None)
    if kind is None:
        return done_when(desk, ask) if (ask.act, field) == ("done", "day") else None
    name = next((one for one in STEPS[kind] if key_of(one) == field), None)
    return None if name is None else question(desk, case, ask, name)


def _which_action(case: Case, ask: CaseAsk, name: str) -> CaseStep:
    """Which of the actions that go on is meant; where it is of what has changed, it may be the whole review."""
    options = open_actions(case)
    if name == "of which" and case.fact("published") is not None:
        options = (*options, (_NONE, wording_cases.WHOLE_REVIEW))
    if not options:
        raise NotPossible(wording_cases.NO_IMPACT_YET if name == "of which" else wording_cases.NO_ACTION_HERE)
    return step(ask, "action", "option", wording_cases.WHICH_CLOCK, options)


def open_actions(case: Case) -> tuple[tuple[str, str], ...]:
    """The actions that go on, by number: what they have changed is not on record yet."""
    return tuple((one.id, f"Action {one.id}") for one in case.actions if one.impact is None)


def _changing(desk: Desk, ask: CaseAsk, name: str) -> CaseStep:
    """What an action is to have instead; it may stay as it is."""
    if name == "due or as it is":
        return step(ask, "due", "day", wording_cases.DUE_NOW, ((_NONE, wording_cases.AS_IT_IS),))
    return step(ask, "owner", "option", wording_cases.WHOSE_NOW, ((_NONE, wording_cases.AS_IT_IS), *colleagues(desk)))


def colleagues(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Whose an action may be: whoever holds a role or post and is not away, by id with their name."""
    posts = ("lead", "deputy", *POSTS)
    held = (one for post in posts for one in people.in_post(desk.connection, desk.keys, desk.area, post, desk.today))
    return tuple({one.id: people.label(one) for one in held}.items())


def day_options(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The days that are chosen most."""
    yesterday = desk.today - timedelta(days=1)
    return ((desk.today.isoformat(), wording_cases.TODAY), (yesterday.isoformat(), wording_cases.YESTERDAY))


def step(ask: CaseAsk, name: str, takes: Takes, text: str, options: Sequence[tuple[str, str]] = ()) -> CaseStep:
    """A step of what is asked; it says first which case it is about, and which duty where that is known."""
    return CaseStep(ask, name, takes, wording_duties.of_duty(ask.ref, ask.value(DUTY), text), tuple(options))
