"""Does what a form of the board asks of a case: once, by those who may, and on the case as it was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import wording_case_joining, wording_cases, wording_closed
from bot.cases.answered import snooze_until
from bot.cases.case import Case, Event, EventKind, NotPossible
from bot.cases.clocks import Clock
from bot.cases.reopening import to_reopen, would_be_owed
from bot.cases.whose_notification import recorded_as
from bot.casework import agreeing, board_reading, case_blocks, case_joining, case_moves, casework, promised, telling
from bot.casework import wording_board as wording
from bot.casework.case_forms import CaseForm, Options, People, form_of
from bot.casework.case_steps import colleagues
from bot.casework.casework import Desk
from bot.casework.form_reading import Filled, read
from bot.people import need_to_know, people
from bot.storage.cases import Stored
from bot.storage.people import Person

_VALUES = ("decision", "due", "review", "action", "owner", "received_on")
_NO_VALUE = frozenset({"none", "whole"})
_OWNERS = ("lead", "deputy")


class NoSuchCase(LookupError):
    """There is no case of that reference, or it is not this person's to see."""


class NotTheirs(Exception):
    """Somebody may see the case and not do this."""


@dataclass(frozen=True)
class About:
    """What an event is about: which case, what kind it is to be, of which clock, and which entry it takes back."""

    ref: str
    kind: EventKind
    clock: str = ""
    entry: str = ""


@dataclass(frozen=True)
class Asking:
    """A form to be filled in. `seen` names the state of the case that it was made for; `shown` is what it says.

    `since` are lines of what happened since the form was first shown; `would_move` what moving the plan would do.
    """

    about: About
    form: CaseForm
    seen: str
    filled: Filled
    since: tuple[str, ...] = ()
    would_move: tuple[str, ...] = ()
    whole: str = ""


@dataclass(frozen=True)
class Done:
    """What was recorded, by the `seq` of its event."""

    seq: int


def ask(desk: Desk, person: Person, about: About) -> Asking:
    """The form for something, still empty. Raises NoSuchCase or NotTheirs."""
    stored = _theirs(desk, person, about, lock=False)
    case = casework.look(desk, stored, person)
    # The action whose clock is meant is chosen already.
    _, _, action = about.clock.partition(":")
    return _asking(desk, stored, case, about, Filled(shown={"action": action}))


def do(desk: Desk, person: Person, about: About, sent: Mapping[str, str], seen: str) -> Done | Asking:
    """Record what a form says, or the form again with what is wrong. Raises NoSuchCase or NotTheirs.

    Where the case has changed since it was `seen` nothing is recorded: the form comes back as it was filled in.
    """
    stored = _theirs(desk, person, about, lock=True)
    case = casework.read(desk, stored)
    form = _form(desk, stored, case, about)
    filled = read(form.blanks, sent, desk.today)
    if seen != state_of(case):
        return _asking(desk, stored, case, about, filled, since=_since(desk, case, seen), whole=wording.CHANGED)
    if filled.problems:
        return _asking(desk, stored, case, about, filled)
    try:
        changed = _added(desk, person, stored, case, about, filled.given)
    except NotPossible as why:
        named = {blank.name for blank in form.blanks}
        if why.field not in named:
            return _asking(desk, stored, case, about, filled, whole=str(why))
        filled.problems[why.field] = str(why)
        return _asking(desk, stored, case, about, filled)
    if about.kind == "noted":
        telling.tell_owner(desk, stored, changed.case, person, wording_cases.note_added(stored.ref), at_once=False)
    if about.kind == "reassigned":
        telling.tell_new_owner(desk, changed.case, person)
    telling.tell_action_owner(desk, stored, changed.case, person)
    return Done(changed.case.events[-1].seq)


def again(desk: Desk, person: Person, about: About, sent: Mapping[str, str], seen: str) -> Asking:
    """The form as it was filled in, with nothing recorded: it was sent by nobody. Raises NoSuchCase or NotTheirs."""
    stored = _theirs(desk, person, about, lock=False)
    case = casework.look(desk, stored, person)
    filled = read(_form(desk, stored, case, about).blanks, sent, desk.today)
    return _asking(desk, stored, case, about, filled, since=_since(desk, case, seen), whole=wording.UNSENT)


def state_of(case: Case) -> str:
    """What changes with every event of a case, and never with a look at it."""
    return str(case.events[-1].seq) if case.events else ""


def clock_meant(desk: Desk, case: Case, clock_id: str) -> Clock | None:
    """The clock of an id: the one that runs, of several times of one that repeats."""
    found = [one for one in casework.clocks(desk, case) if one.id == clock_id]
    return next((one for one in found if one.is_running), found[-1] if found else None)


def _theirs(desk: Desk, person: Person, about: About, *, lock: bool) -> Stored:
    stored = board_reading.find(desk, person, about.ref, lock=lock)
    if stored is None:
        raise NoSuchCase(about.ref)
    needed: people.Action = "note on case" if about.kind == "noted" else "act on case"
    may = need_to_know.may(desk.connection, person, needed, stored)
    if not may and not _answers(desk, person, stored, about):
        raise NotTheirs(about.kind)
    return stored


def _answers(desk: Desk, person: Person, stored: Stored, about: About) -> bool:
    """Whether something is an answer about one duty by whoever it came to: they have it, what meets it, it waits."""
    case = casework.read(desk, stored)
    clocks = casework.clocks(desk, case)
    of_theirs = need_to_know.can_put_off if about.kind == "snoozed" else need_to_know.answerable
    theirs = [one for one in of_theirs(desk.connection, person, stored, clocks) if one.id == about.clock]
    return any(about.kind in {"acknowledged", "snoozed", recorded_as(one.rule, case)} for one in theirs)


def _added(
    desk: Desk, person: Person, stored: Stored, case: Case, about: About, given: Mapping[str, str]
) -> casework.Changed:
    if about.kind == "joined":
        return case_joining.joined(desk, stored, given["to"], person).changed
    if about.kind == "decision corrected" and (came := to_reopen(case)) is not None:
        why = given.get("words", "")
        if given["holds"] == "no":
            return agreeing.left_closed(desk, stored, person, why, came)
        return casework.add(desk, stored, "reopened", person, words=why)
    if about.kind == "decision corrected":
        return agreeing.settled(
            desk, stored, person, holds=given["holds"] == "yes", words=given.get("words", ""), seq=_waiting(case)
        )
    if about.kind == "taken back":
        entry = _entry(case, about)
        if entry is not None and entry.kind == "joined" and entry in case.standing:
            return case_joining.unjoined(desk, stored, entry, person, given.get("words", "")).changed
    values = {name: given[name] for name in _VALUES if _is_said(name, given.get(name, ""))}
    if about.kind in ("acknowledged", "snoozed"):
        values |= _promised(desk, person, stored, case, about)
    if about.kind == "taken back":
        values["event"] = about.entry
    if about.kind == "plan moved" and case.plan == desk.plan:
        raise NotPossible(wording.ON_PLAN)
    _, _, action = about.clock.partition(":")
    if values.get("action", action) != action and not people.may(person, desk.area, "act on case", stored):
        raise NotTheirs(about.kind)
    day = given.get("day")
    return casework.add(
        desk,
        stored,
        about.kind,
        person,
        on=date.fromisoformat(day) if day else None,
        clock=about.clock if about.kind in ("done", "acknowledged", "snoozed") else "",
        words=given.get("words", ""),
        values=tuple(values.items()),
    )


def _is_said(name: str, value: str) -> bool:
    """Whether a value is one to keep: that an action need not be looked at is, another that is none is not."""
    return value != "" and (value not in _NO_VALUE or name == "review")


def _promised(desk: Desk, person: Person, stored: Stored, case: Case, about: About) -> dict[str, str]:
    """What an answer to a reminder promises. Raises NotPossible where it is put off and there is no such deadline."""
    clock = clock_meant(desk, case, about.clock)
    values = dict(promised.again(desk, stored, person, clock)) if clock is not None else {}
    if about.kind == "snoozed":
        if clock is None:
            raise NotPossible("There is no such deadline in this case.")
        hours = case.plan.working_time(desk.definitions.local.calendar)
        values["until"] = snooze_until(clock, hours, desk.at).isoformat()
    return values


def _waiting(case: Case) -> int:
    return case.decisions[-1].event.seq if case.to_agree is not None else 0


def _asking(
    desk: Desk,
    stored: Stored,
    case: Case,
    about: About,
    filled: Filled,
    *,
    since: tuple[str, ...] = (),
    whole: str = "",
) -> Asking:
    form = _form(desk, stored, case, about)
    would_move = case_blocks.moved_lines(case_moves.by_plan(desk, case)) if about.kind == "plan moved" else ()
    if about.kind == "reassigned" and not form.blanks[0].options:
        whole = whole or wording.NO_HAND_OVER
    if about.kind == "joined" and not form.blanks[0].options:
        none = wording_case_joining.NONE_TO_JOIN if case.to_join else wording_case_joining.NOTHING_TO_JOIN
        whole = whole or none
    return Asking(about, form, state_of(case), filled, since, tuple(would_move), whole)


def _form(desk: Desk, stored: Stored, case: Case, about: About) -> CaseForm:
    form = form_of(about.kind, case, _people(desk, stored, about.kind), _about_words(desk, case, about))
    clock = clock_meant(desk, case, about.clock) if about.kind == "acknowledged" else None
    # What is done by saying so is not asked about again.
    return replace(form, hint=wording.IN_HAND) if clock and clock.rule.met_by == "acknowledged" else form


def _people(desk: Desk, stored: Stored, kind: EventKind) -> People:
    """Who can be chosen in a form: whoever is not away, as a case is handed over in the conversation."""
    if kind == "joined":
        return People(cases=case_joining.options(desk, stored))
    if kind == "reassigned":
        return People(owners=_options(desk, _OWNERS, without=stored.owner_id))
    return People(colleagues=colleagues(desk)) if kind in ("action agreed", "action changed") else People()


def _options(desk: Desk, posts: Sequence[str], without: str | None = None) -> Options:
    held = (one for post in posts for one in people.in_post(desk.connection, desk.keys, desk.area, post, desk.today))
    return tuple({one.id: people.label(one) for one in held if one.id != without}.items())


def _about_words(desk: Desk, case: Case, about: About) -> str:
    """The clock, the entry or the question a form is about, in words."""
    if about.kind == "decision corrected":
        came = to_reopen(case)
        return wording_closed.to_be_said(would_be_owed(case, came)) if came else agreeing.asked(desk, case)
    if about.entry:
        entry = _entry(case, about)
        return case_blocks.event_line(entry, _names(desk, [entry]), _titles(desk), case) if entry else ""
    clock = clock_meant(desk, case, about.clock) if about.clock else None
    return f"{case_blocks.capital(clock.title)}: {case_blocks.until(clock, desk.today)}" if clock else ""


def _entry(case: Case, about: About) -> Event | None:
    """The entry that a form is about."""
    return next((one for one in case.events if str(one.seq) == about.entry), None)


def _titles(desk: Desk) -> dict[str, str]:
    """Each duty in its own words, by the name of its rule."""
    return {rule.name: rule.title for rule in desk.plan.rules}


def _since(desk: Desk, case: Case, seen: str) -> tuple[str, ...]:
    """What happened since a case was seen, a line for each event."""
    new = [one for one in case.events if seen.isdecimal() and one.seq > int(seen)]
    called = _names(desk, new)
    return tuple(case_blocks.event_line(one, called, _titles(desk), case) for one in new)


def _names(desk: Desk, events: Sequence[Event]) -> dict[str, str]:
    return board_reading.names(desk, {id_ for one in events for id_ in (one.by, one.value("owner"))})
