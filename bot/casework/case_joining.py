"""Puts a decision that an incident was notified before with the case it belongs to, and takes it away again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import wording_case_joining
from bot.cases.case import Case, Event, NotPossible, opens
from bot.cases.case_event import ONLY_TOLD
from bot.cases.clocks import Clock, Moved, moved
from bot.cases.whose_notification import notified_on
from bot.casework import case_blocks
from bot.casework import wording_board as wording
from bot.casework.casework import Changed, Desk, add, append, clocks, read, settled
from bot.casework.correcting import late_unexplained, put_days
from bot.casework.kept_decisions import JOINED, SOURCE, incidents_own, keep_decision, records_of
from bot.casework.telling import tell_owner
from bot.record import Record
from bot.storage import cases
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.date_words import spoken


@dataclass(frozen=True)
class Joined:
    """What a joining did: to the case that was joined, and to the clocks of the one it was joined to.

    `late` says what that one has still to say of a notification that was late.
    """

    changed: Changed
    moved: tuple[Moved, ...]
    late: tuple[str, ...] = ()


def cases_to_join(desk: Desk, stored: Stored) -> tuple[str, ...]:
    """The references of the cases a decision may belong to, the newest first."""
    kept = cases.listed(desk.connection, desk.area, statuses=("open", "closed"))
    return tuple(one.ref for one in kept if one.id != stored.id)


def options(desk: Desk, stored: Stored) -> tuple[tuple[str, str], ...]:
    """The same to choose from, each with what tells it from the others: what it is about, and its days."""
    kept = cases.listed(desk.connection, desk.area, statuses=("open", "closed"))
    return tuple((one.ref, _told_apart(read(desk, one))) for one in kept if one.id != stored.id)


def _told_apart(case: Case) -> str:
    what = wording.OUTCOMES.get(case.outcome, "")
    aware = spoken(case.aware_on) if case.aware_on else "a day not known yet"
    closed = "" if case.is_open else ", closed"
    return f"{wording.heading(case.ref)}: {f'{what}; ' if what else ''}council aware {aware}{closed}"


def joined_to(desk: Desk, stored: Stored, *, lock: bool = False) -> Stored | None:
    """The case that one was put with; None where it is with none."""
    event = read(desk, stored).newest("joined") if stored.status == "recorded" else None
    return cases.find(desk.connection, desk.area, event.value("to"), lock=lock) if event else None


def joined(desk: Desk, stored: Stored, ref: str, by: Person) -> Joined:
    """Put a decision with the case it belongs to, which takes over its days and what it owes. Raises NotPossible."""
    if stored.status != "recorded":
        raise NotPossible(wording_case_joining.NOTHING_TO_JOIN)
    if ref not in cases_to_join(desk, stored):
        raise NotPossible(wording_case_joining.NONE_TO_JOIN)
    to = cases.find(desk.connection, desk.area, ref, lock=True)
    assert to is not None  # it was listed a moment ago, in this transaction
    case, before = read(desk, stored), read(desk, to)
    records = records_of(desk, stored, case)
    was = clocks(desk, before)
    if not before.is_open and _brings_something(case, before, records):
        raise NotPossible(wording_case_joining.open_it_first(ref), "to")
    changed = add(desk, stored, "joined", by, values=(("to", ref),))
    mark = (JOINED, stored.ref)
    source = ((SOURCE, records[-1].reference),) if records else ()
    append(desk, to, "noted", by.id, words=wording_case_joining.joined(stored.ref, ref), values=(mark, *source))
    for record in records:
        keep_decision(desk, to, record)
    if _adds(case, before, records):
        add_ons = " ".join(sorted(before.add_ons | case.add_ons))
        own = (("would_be", _own(records)),) if _own(records) else ()
        values = (("outcome", case.outcome), ("add_ons", add_ons), *own, mark)
        append(desk, to, "decision corrected", by.id, values=values)
    # Of two days the council became aware the earlier one counts; the day the Panel was told is not told anew.
    known = [day for day in (before.aware_on, case.aware_on) if day is not None]
    sent_on = notified_on(read(desk, to)) or case.notified_on
    put_days(desk, to, by, min(known, default=None), sent_on, (mark,), told=(ONLY_TOLD,))
    return Joined(changed, *_told(desk, to, was, by, wording_case_joining.changed_by_joining))


def unjoined(desk: Desk, stored: Stored, event: Event, by: Person, words: str) -> Joined:
    """Take a decision away from the case it was put with, and with it all that it had brought. Raises NotPossible."""
    changed = add(desk, stored, "taken back", by, words=words, values=(("event", str(event.seq)),))
    to = cases.find(desk.connection, desk.area, event.value("to"), lock=True)
    if to is None:
        return Joined(changed, ())
    before = read(desk, to)
    was = clocks(desk, before)
    for one in before.standing:
        if one.value(JOINED) == stored.ref:
            append(desk, to, "taken back", by.id, words=words, values=(("event", str(one.seq)),))
    return Joined(changed, *_told(desk, to, was, by, wording_case_joining.changed_by_unjoining))


def _told(
    desk: Desk, to: Stored, was: tuple[Clock, ...], by: Person, worded: Callable[[str, str], str]
) -> tuple[tuple[Moved, ...], tuple[str, ...]]:
    """The clocks that moved, and what is still to be said of lateness; whoever has the case hears of both."""
    now = settled(desk, to)
    after = read(desk, now)
    found, late = moved(was, clocks(desk, after)), late_unexplained(desk, after)
    if lines := (*case_blocks.moved_lines(found), *late):
        tell_owner(desk, now, after, by, worded(now.ref, " ".join(lines)), at_once=True)
    return found, late


def _own(records: list[Record]) -> str:
    """The outcome that the incident has by the newest of these, under the notification."""
    return incidents_own(records[-1]) if records and records[-1].decision.would_be else ""


def _adds(case: Case, to: Case, records: list[Record]) -> bool:
    """Whether a decision owes anything that the case it belongs to does not."""
    own = _own(records)
    owed = to.decisions[-1].outcomes if to.decisions else ()
    return (opens(own) == "opens" and own not in owed) or not case.add_ons <= to.add_ons


def _brings_something(case: Case, to: Case, records: list[Record]) -> bool:
    is_earlier = case.aware_on is not None and (to.aware_on is None or case.aware_on < to.aware_on)
    is_sent = case.notified_on is not None and notified_on(to) is None
    return is_earlier or is_sent or _adds(case, to, records)
