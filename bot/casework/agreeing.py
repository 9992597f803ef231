"""What a lead says of news by which less would be owed: that it holds, and the case goes by it, or that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot import wording_agreeing, wording_cases, wording_closed
from bot.cases.case import Case, Event, NotPossible
from bot.cases.clocks import Clock, moved
from bot.cases.held_news import Values, agreed, ends, once_agreed, owed, undone
from bot.cases.reopening import LEFT_CLOSED
from bot.casework import case_blocks
from bot.casework.casework import Changed, Desk, add, append, clocks, read
from bot.casework.casework import settled as put_in_step
from bot.casework.kept_decisions import all_records, gone_on_from, named, taken_away
from bot.casework.telling import tell_owner, tell_person
from bot.storage.cases import Stored
from bot.storage.people import Person


def held(desk: Desk, before: Case, by: Person, values: Values) -> str:
    """How a decision of somebody who does not act on the case is held, because something owed would end by it.

    "adds" where it brings something too, "waits" where it does not; empty where nothing owed would end.
    """
    case = undone(_as_if_open(desk, before, by))
    later = Event(case.events[-1].seq + 1, desk.at, "decision corrected", by.id, values=values)
    due = owed(clocks(desk, case), "met")
    then = owed(clocks(desk, replace(case, events=(*case.events, later))), "met")
    if due <= then:
        return ""
    return "adds" if then - due else "waits"


def would_owe(desk: Desk, before: Case, by: Person, values: Values) -> tuple[str, ...]:
    """The ids of what more a decision would bring if the closed case it is about were opened again."""
    if before.is_open:
        return ()
    seq = before.events[-1].seq
    case = replace(before, events=(*before.events, Event(seq + 1, desk.at, "reopened", by.id)))
    later = Event(seq + 2, desk.at, "decision corrected", by.id, values=values)
    due = owed(clocks(desk, case))
    then = [one for one in clocks(desk, replace(case, events=(*case.events, later))) if not one.rule.keeps]
    return tuple(dict.fromkeys(one.id for one in then if owed([one]) - due))


def left_closed(desk: Desk, stored: Stored, by: Person, words: str, came: Event) -> Changed:
    """A closed case once a lead has said why it stays closed although something came; whoever told that hears."""
    changed = add(desk, stored, "noted", by, words=words, values=((LEFT_CLOSED, str(came.seq)),))
    if came.by != by.id:
        tell_person(desk, changed.case, came.by, wording_closed.what_you_told_left_it_closed(stored.ref))
    return changed


def _as_if_open(desk: Desk, case: Case, by: Person) -> Case:
    """The case as it would be if it were opened again."""
    if case.is_open:
        return case
    return replace(case, events=(*case.events, Event(case.events[-1].seq + 1, desk.at, "reopened", by.id)))


def asked(desk: Desk, case: Case) -> str:
    """The question whether what was told holds, with what would end by it; empty where nothing waits."""
    waits = case.to_agree
    return wording_agreeing.asks_whether(waits.value("new"), _would_end(desk, case, waits)) if waits else ""


def _would_end(desk: Desk, case: Case, waits: Event) -> tuple[str, ...]:
    """What would end if a lead agreed, by its titles."""
    was, left = clocks(desk, case), owed(clocks(desk, once_agreed(case, waits)))
    return tuple(dict.fromkeys(one.title for one in was if one.is_running and ends(one, left)))


def settled(desk: Desk, stored: Stored, by: Person, *, holds: bool, words: str, seq: int) -> Changed:
    """The case once a lead has said whether what was told holds, and why; those it concerns hear.

    `seq` is that of the newest decision when it was asked. Raises NotPossible where nothing waits, or something else
    by now.
    """
    before = read(desk, stored)
    waits = before.to_agree
    if waits is None:
        raise NotPossible(wording_agreeing.NOTHING_TO_AGREE if before.is_open else wording_agreeing.CLOSED_FOR_THAT)
    if before.decisions[-1].event.seq != seq:
        raise NotPossible(wording_agreeing.ANOTHER_WAITS)
    if holds:
        refuse_stale(desk, stored, before)
    was, ended = clocks(desk, before), ""
    if holds:
        append(desk, stored, "decision corrected", by.id, words=words, values=agreed(before, waits))
    else:
        values = (("settles", str(waits.seq)),)
        ended = "; ".join(_came_only_with_it(desk, before, was, values))
        append(desk, stored, "noted", by.id, words=words, values=(*values, *((("ended", ended),) if ended else ())))
    now = put_in_step(desk, stored)
    after = read(desk, now)
    changed = moved(was, clocks(desk, after))
    worded = wording_agreeing.changed_by_agreeing if holds else wording_agreeing.kept_as_it_was
    lines = case_blocks.moved_lines(changed)
    line = worded(now.ref, " ".join(lines or [wording_cases.NOTHING_MOVED]))
    tell_owner(desk, now, after, by, line, at_once=bool(lines))
    if waits.by != by.id:
        tell_person(desk, after, waits.by, wording_agreeing.what_you_told(now.ref, holds=holds, ended=ended))
    return Changed(after, changed)


def refuse_stale(desk: Desk, stored: Stored, case: Case) -> None:
    """Raises NotPossible where what waits cannot be agreed to any more as it was told."""
    waits = case.to_agree
    if waits is not None and (_is_out_of_date(case, waits) or _stands_on_nothing(desk, stored, case, waits)):
        raise NotPossible(wording_agreeing.tell_it_anew(stored.ref))


def _came_only_with_it(desk: Desk, case: Case, was: Iterable[Clock], values: Values) -> tuple[str, ...]:
    """What ends once a lead has said that what was told does not hold, by its titles."""
    later = Event(case.events[-1].seq + 1, desk.at, "noted", "", values=values)
    left = {one.id for one in clocks(desk, replace(case, events=(*case.events, later))) if one.state in _IS_OWED}
    return tuple(dict.fromkeys(one.title for one in was if one.state in _IS_OWED and one.id not in left))


_IS_OWED = ("running", "not started")


def _is_out_of_date(case: Case, waits: Event) -> bool:
    """Whether another outcome was decided since: what was told then does not say what it comes to now."""
    at = next(number for number, one in enumerate(case.decisions) if one.event.seq == waits.seq)
    before = case.decisions[at - 1].outcomes[-1] if at else ""
    later = (one.event for one in case.decisions[at + 1 :] if not one.event.value("held"))
    return any(one.value("outcome") != before for one in later)


def _stands_on_nothing(desk: Desk, stored: Stored, case: Case, waits: Event) -> bool:
    """Whether what was told goes on from a decision that was joined to the case and has been taken away again."""
    kept, away = all_records(desk, stored), taken_away(case)
    here = [one for one in kept if one.reference not in away]
    told = next((one for one in here if named(one) == waits.value("decision")), None)
    return told is not None and gone_on_from(told, here) is None and gone_on_from(told, kept) is not None
