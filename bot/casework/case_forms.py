"""What can be recorded of a case by a form, and what each form asks: values, from the case as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot import wording_agreeing, wording_cases, wording_closed
from bot.cases.case import KINDS, Case, EventKind
from bot.cases.clocks import Clock
from bot.cases.reopening import to_reopen
from bot.cases.whose_notification import (
    another_notifies,
    is_only_a_death_to_notify,
    may_be_a_death_to_notify,
    may_be_the_responsible_councils,
    recorded_as,
    whose_notification_waits,
)
from bot.casework import wording_board as wording
from bot.casework.case_steps import STEPS, open_actions

Options = tuple[tuple[str, str], ...]
_BY_CLOCK: dict[EventKind, tuple[str, ...]] = {
    "done": ("day", "maybe words"),
    "acknowledged": (),
    "snoozed": ("words",),
    "reassigned": ("owner",),
    "joined": ("earlier case",),
    "decision corrected": ("holds or not", "words"),
    "taken back": ("words",),
}
# What the board asks beside the steps of the conversation: there it is asked for where it turns out to be needed.
_BESIDE: dict[EventKind, tuple[str, ...]] = {
    "awareness corrected": ("why later",),
    "partner decision": ("why not met",),
    "notified": ("received", "why late"),
    "death notified": ("why late",),
    "closed": ("why closed",),
}
NEEDS: dict[EventKind, tuple[str, ...]] = {
    kind: (*STEPS.get(kind, _BY_CLOCK.get(kind, ())), *_BESIDE.get(kind, ())) for kind in (*STEPS, *_BY_CLOCK)
}
"""Everything that can be recorded by a form, with what it asks."""


@dataclass(frozen=True)
class Blank:
    """One thing a form asks. `name` is what its answer is kept under; `ahead` lets a day lie in the future.

    `optional`: it may be left empty, and `empty` is what choosing nothing says then; `if_needed`: unless it turns out
    to be needed, and its hint says when that is.
    """

    name: str
    takes: Literal["day", "choice", "many", "words"]
    label: str
    hint: str = ""
    options: Options = ()
    optional: bool = False
    if_needed: bool = False
    ahead: bool = False
    empty: str = ""


@dataclass(frozen=True)
class CaseForm:
    """A form for one kind of event. `about` is the title of the clock, or the words of the entry, that it is about."""

    kind: EventKind
    title: str
    hint: str
    blanks: tuple[Blank, ...]
    about: str = ""


@dataclass(frozen=True)
class People:
    """Who can be chosen, by id with their name: whoever may take a case over, and whose an action may be.

    `cases` are those a decision may be put with.
    """

    owners: Options = ()
    colleagues: Options = ()
    cases: Options = ()


def slug(kind: EventKind) -> str:
    """A kind of event as it stands in an address."""
    return kind.replace(" ", "-")


def kind_of(text: str) -> EventKind | None:
    """The kind that an address names; None where it names none that can be recorded by a form."""
    return next((kind for kind in KINDS if kind in NEEDS and slug(kind) == text), None)


def form_of(kind: EventKind, case: Case, people: People, about: str = "") -> CaseForm:
    """The form for a kind of event in a case as it stands."""
    is_anothers = _is_anothers(kind, case)
    # Another council's five working days are not counted here, nor when the business unit had what it sent.
    needs = STEPS["notified"] if is_anothers else NEEDS[kind]
    made = (_BLANKS[need](case, people) for need in needs)
    blanks = tuple(_asking_what(kind, blank) for blank in made if blank is not None)
    title = title_of(kind, case)
    hint = wording.ABOUT_OTHER_NOTIFIED if is_anothers else wording.ABOUT.get(kind, "")
    if kind == "decision corrected" and to_reopen(case) is not None:
        title, hint = wording_closed.WHETHER_TITLE, ""
        why = wording_closed.WHY_OPEN_OR_NOT
        blanks = tuple(replace(one, label=why) if one.name == "words" else one for one in blanks)
    return CaseForm(kind, title, hint, blanks, about)


def title_of(kind: EventKind, case: Case) -> str:
    """What the form for a kind of event, and the link to it, are called in a case as it stands."""
    if kind == "notified" and whose_notification_waits(case):
        return wording.RECORD_OWN_NOTIFIED
    return wording.RECORD_OTHER_NOTIFIED if _is_anothers(kind, case) else wording.RECORD[kind]


def named(kind: EventKind, case: Case) -> str:
    """What can be recorded of a case, in words."""
    if kind == "notified" and whose_notification_waits(case):
        return wording.OWN_NOTIFIED
    return wording.OTHER_NOTIFIED if _is_anothers(kind, case) else wording_cases.EVENTS[kind]


def _is_anothers(kind: EventKind, case: Case) -> bool:
    """Whether what is recorded would be another council's notification."""
    return kind == "notified" and another_notifies(case)


def _asking_what(kind: EventKind, blank: Blank) -> Blank:
    """A blank for words asks which words are wanted."""
    return (
        replace(blank, label=wording_cases.WORDS_OF.get(kind, blank.label)) if blank.label == wording.WORDS else blank
    )


def event_for(clock: Clock, case: Case) -> EventKind:
    """The kind of event that says that what a clock asks was done."""
    return next((kind for kind in KINDS if kind == recorded_as(clock.rule, case)), "done")


def offered(case: Case, status: str, *, may_act: bool, plan_is_old: bool) -> tuple[EventKind, ...]:
    """What can be recorded of a case now, apart from what belongs to one of its clocks, in the order of its life."""
    if not may_act:
        return ("noted",)
    hold: EventKind = "hold lifted" if case.is_held else "hold placed"
    if case.scope == "area":
        return ("noted", "reassigned", *(("plan moved",) if plan_is_old else ()))
    if not case.is_open:
        return ("reopened", "noted", hold)
    if status == "recorded":
        return (*(("joined", "closed") if case.to_join else ()), "noted", hold)
    unfit = {kind for kind, fits in _FITS.items() if not fits(case)} | ({"hold placed", "hold lifted"} - {hold})
    if not plan_is_old:
        unfit.add("plan moved")
    return tuple(kind for kind in (*STEPS, "reassigned") if kind not in unfit)


# Only where it can make sense; `case_refused` has the last word.
_FITS: Mapping[EventKind, Callable[[Case], bool]] = {
    "notified": lambda case: not is_only_a_death_to_notify(case),
    "death notified": may_be_a_death_to_notify,
    "responsible council notified": may_be_the_responsible_councils,
    "rapid review sent": lambda case: case.notified_on is not None and not another_notifies(case),
    "review decided": lambda case: bool(case.notified or case.death_notified) and not another_notifies(case),
    "reviewer named": lambda case: case.has_review,
    "publication planned": lambda case: case.has_review,
    "published": lambda case: case.has_review,
    "action changed": lambda case: bool(open_actions(case)),
    "action audited": lambda case: bool(open_actions(case)),
    "impact recorded": lambda case: bool(open_actions(case)) or case.fact("published") is not None,
    "reopened": lambda case: not case.is_open,
}


def _received(case: Case, _people: People) -> Blank | None:
    if case.plan.rapid_review_start != "receipt":
        return None
    return Blank("received_on", "day", wording.RECEIVED_WHEN, optional=True)


def _of_which(case: Case, _people: People) -> Blank | None:
    whole = (wording.WHOLE,) if case.fact("published") is not None else ()
    return Blank("action", "choice", wording.WHICH_ACTION, options=(*open_actions(case), *whole))


def _action_owner(_case: Case, people: People) -> Blank | None:
    if not people.colleagues:
        return None
    return Blank(
        "owner", "choice", wording.WHOSE_ACTION, options=people.colleagues, optional=True, empty=wording.NOBODYS
    )


def _holds_or_not(case: Case, _people: People) -> Blank:
    if to_reopen(case) is not None:
        return Blank("holds", "choice", wording_closed.OPEN_IT, options=wording_closed.OPEN_OR_NOT)
    return Blank("holds", "choice", wording.DOES_IT_HOLD, options=wording_agreeing.HOLDS_OR_NOT)


def _fixed(blank: Blank) -> Callable[[Case, People], Blank]:
    return lambda _case, _people: blank


def where_needed(label: str, hint: str) -> Blank:
    """A blank for words that may turn out to be needed; its hint says when."""
    return Blank("words", "words", label, hint, optional=True, if_needed=True)


_WORDS = Blank("words", "words", wording.WORDS, wording.WORDS_HINT)
_BLANKS: Mapping[str, Callable[[Case, People], Blank | None]] = {
    "decision": _fixed(Blank("decision", "choice", wording.DECIDED, options=tuple(wording_cases.DECISIONS.items()))),
    "yes or no": _fixed(Blank("decision", "choice", wording.REVIEW, options=tuple(wording_cases.YES_NO.items()))),
    "day": _fixed(Blank("day", "day", wording.WHEN)),
    "day known": _fixed(Blank("day", "day", wording.AWARE_WHEN)),
    "day ahead": _fixed(Blank("day", "day", wording.PLANNED_FOR, ahead=True)),
    "due or as it is": _fixed(Blank("due", "day", wording.DUE_NOW, optional=True, ahead=True)),
    "owner or as it is": lambda _, people: Blank(
        "owner", "choice", wording.WHOSE_NOW, options=people.colleagues, optional=True, empty=wording_cases.AS_IT_IS
    ),
    "action due": _fixed(Blank("due", "day", wording.DUE_WHEN, ahead=True)),
    "action review": _fixed(
        Blank("review", "choice", wording.HOW_OFTEN, options=(*wording.EVERY, wording.NONE)),
    ),
    "which action": lambda case, _: Blank("action", "choice", wording.WHICH_ACTION, options=open_actions(case)),
    "of which": _of_which,
    "action owner": _action_owner,
    "owner": lambda _, people: Blank("owner", "choice", wording.WHO_NOW, options=people.owners),
    "holds or not": _holds_or_not,
    "earlier case": lambda _, people: Blank("to", "choice", wording.WHICH_CASE, options=people.cases),
    "received": _received,
    "words": _fixed(_WORDS),
    "maybe words": _fixed(replace(_WORDS, label=wording.ANYTHING_TO_ADD, optional=True)),
    "why later": lambda case, _: where_needed(wording.WHY_LATER, wording.WHY_LATER_HINT) if case.aware_on else None,
    "why late": _fixed(where_needed(wording.WHY_LATE, wording.WHY_LATE_HINT)),
    "why not met": _fixed(where_needed(wording.WHY_NOT_MET, wording.WHY_NOT_MET_HINT)),
    "why closed": _fixed(where_needed(wording.WHY_CLOSED, wording.WHY_CLOSED_HINT)),
}
