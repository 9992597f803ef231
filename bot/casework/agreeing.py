"""What a lead says of news by which less would be owed: that it holds, and the case goes by it, or that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot import wording_agreeing, wording_cases, wording_closed
from bot.cases.case import Case, Event, NotPossible
from bot.cases.clocks import Clock, moved
from bot.cases.reopening import LEFT_CLOSED
from bot.casework import case_blocks
from bot.casework.casework import Changed, Desk, add, append, clocks, read
from bot.casework.casework import settled as put_in_step
from bot.casework.kept_decisions import all_records, gone_on_from, named, taken_away
from bot.casework.telling import tell_owner, tell_person
from bot.storage.cases import Stored
from bot.storage.people import Person

Values = tuple[tuple[str, str], ...]


def held(desk: Desk, before: Case, by: Person, values: Values) -> str:
    """How a decision of somebody who does not act on the case is held, because something owed would end by it.

    "adds" where it brings something too, "waits" where it does not; empty where nothing owed would end.
    """
    case = _as_if_open(desk, before, by)
    later = Event(case.events[-1].seq + 1, desk.at, "decision corrected", by.id, values=values)
    # What was done may be taken back, and is owed again then.
    owed = _owed(clocks(desk, case), "met")
    then = _owed(clocks(desk, replace(case, events=(*case.events, later))), "met")
    if owed <= then:
        return ""
    return "adds" if then - owed else "waits"


def would_owe(desk: Desk, before: Case, by: Person, values: Values) -> tuple[str, ...]:
    """The ids of what more a decision would bring if the closed case it is about were opened again."""
    if before.is_open:
        return ()
    seq = before.events[-1].seq
    case = replace(before, events=(*before.events, Event(seq + 1, desk.at, "reopened", by.id)))
    later = Event(seq + 2, desk.at, "decision corrected", by.id, values=values)
    owed = _owed(clocks(desk, case))
    then = [one for one in clocks(desk, replace(case, events=(*case.events, later))) if not one.rule.keeps]
    return tuple(dict.fromkeys(one.id for one in then if _owed([one]) - owed))


def left_closed(desk: Desk, stored: Stored, by: Person, words: str, came: Event) -> Changed:
    """A closed case once a lead has said why it stays closed although something came; whoever told that hears."""
    changed = add(desk, stored, "noted", by, words=words, values=((LEFT_CLOSED, str(came.seq)),))
    if came.by != by.id:
        tell_person(desk, changed.case, came.by, wording_closed.what_you_told_left_it_closed(stored.ref))
    return changed


def _as_if_open(desk: Desk, case: Case, by: Person) -> Case:
    """The case as it would be if it were opened again, and if what was decided since were taken back: both may be."""
    decided = ("partner decision", "notified")
    events = tuple(one for one in case.events if one.kind not in decided)
    if not case.is_open:
        events = (*events, Event(case.events[-1].seq + 1, desk.at, "reopened", by.id))
    return replace(case, events=events)


def asked(desk: Desk, case: Case) -> str:
    """The question whether what was told holds, with what would end by it; empty where nothing waits."""
    waits = case.to_agree
    return wording_agreeing.asks_whether(waits.value("new"), _would_end(desk, case, waits)) if waits else ""


def _would_end(desk: Desk, case: Case, waits: Event) -> tuple[str, ...]:
    """What would end if a lead agreed, by its titles."""
    later = Event(case.events[-1].seq + 1, desk.at, "decision corrected", "", values=_agreed(case, waits))
    was = clocks(desk, case)
    left = _owed(clocks(desk, replace(case, events=(*case.events, later))))
    return tuple(dict.fromkeys(one.title for one in was if one.is_running and _duty(one) not in left))


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
    if holds and (_is_out_of_date(before, waits) or _stands_on_nothing(desk, stored, before, waits)):
        raise NotPossible(wording_agreeing.tell_it_anew(stored.ref))
    was = clocks(desk, before)
    if holds:
        append(desk, stored, "decision corrected", by.id, words=words, values=_agreed(before, waits))
    else:
        append(desk, stored, "noted", by.id, words=words, values=(("settles", str(waits.seq)),))
    now = put_in_step(desk, stored)
    after = read(desk, now)
    changed = moved(was, clocks(desk, after))
    worded = wording_agreeing.changed_by_agreeing if holds else wording_agreeing.kept_as_it_was
    lines = case_blocks.moved_lines(changed)
    line = worded(now.ref, " ".join(lines or [wording_cases.NOTHING_MOVED]))
    tell_owner(desk, now, after, by, line, at_once=bool(lines))
    if waits.by != by.id:
        tell_person(desk, after, waits.by, wording_agreeing.what_you_told(now.ref, holds=holds))
    return Changed(after, changed)


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


def _agreed(case: Case, waits: Event) -> Values:
    """What the decision that was held says; what others added since stays."""
    add_ons = set(waits.value("add_ons").split())
    if case.decisions[-1].event.seq != waits.seq:
        add_ons |= case.add_ons
    own = (("would_be", waits.value("would_be")),) if waits.value("would_be") else ()
    said = (("outcome", waits.value("outcome")), ("add_ons", " ".join(sorted(add_ons))))
    told = (("new", waits.value("new")), ("about", waits.value("about")))
    return (*said, *own, *told, ("settles", str(waits.seq)))


def _owed(running: Iterable[Clock], *also: str) -> frozenset[str]:
    """What is owed, each duty by what meets it: that has another name under another outcome, and is owed on.

    `also` are other states of clocks that are to count.
    """
    return frozenset(_duty(one) for one in running if one.state in ("running", "not started", *also))


def _duty(clock: Clock) -> str:
    rule = clock.rule
    if rule.met_by in ("done", "acknowledged"):
        return clock.id
    # To tell the Panel is another duty than to tell the Secretary of State and Ofsted, and a must than a should.
    return f"{rule.met_by} {clock.about} {'criteria not met' in rule.stopped_by} {rule.badge}"
