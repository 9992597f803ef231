"""What a lead says of news by which less would be owed: that it holds, and the case goes by it, or that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot import wording_cases
from bot.cases.case import Case, Event, NotPossible
from bot.cases.clocks import Clock, moved
from bot.casework.casework import Changed, Desk, append, clocks, read
from bot.casework.casework import settled as put_in_step
from bot.storage.cases import Stored
from bot.storage.people import Person

Values = tuple[tuple[str, str], ...]


def held(desk: Desk, before: Case, by: Person, values: Values) -> str:
    """How a decision of somebody who does not act on the case is held, because something owed would end by it.

    "adds" where it brings something too, "waits" where it does not; empty where nothing owed would end.
    """
    later = Event(len(before.events) + 1, desk.at, "decision corrected", by.id, values=values)
    owed = _owed(clocks(desk, before))
    then = _owed(clocks(desk, replace(before, events=(*before.events, later))))
    if owed <= then:
        return ""
    return "adds" if then - owed else "waits"


def settled(desk: Desk, stored: Stored, by: Person, *, holds: bool, words: str) -> Changed:
    """The case once a lead has said whether what was told holds, and why. Raises NotPossible where nothing waits."""
    before = read(desk, stored)
    waits = before.to_agree
    if waits is None:
        raise NotPossible(wording_cases.NOTHING_TO_AGREE)
    was = clocks(desk, before)
    mark = ("settles", str(waits.seq))
    if holds:
        append(desk, stored, "decision corrected", by.id, words=words, values=(*_told(before, waits), mark))
    else:
        append(desk, stored, "noted", by.id, words=words, values=(mark,))
    put_in_step(desk, stored)
    after = read(desk, stored)
    return Changed(after, moved(was, clocks(desk, after)))


def _told(case: Case, waits: Event) -> Values:
    """What the decision that was held says; what others added since stays."""
    add_ons = set(waits.value("add_ons").split())
    if case.decisions[-1].event.seq != waits.seq:
        add_ons |= case.add_ons
    own = (("would_be", waits.value("would_be")),) if waits.value("would_be") else ()
    said = (("outcome", waits.value("outcome")), ("add_ons", " ".join(sorted(add_ons))))
    return (*said, *own, ("new", wording_cases.AGREED))


def _owed(running: Iterable[Clock]) -> frozenset[str]:
    """What is owed, each duty by what meets it: that has another name under another outcome, and is owed on."""
    return frozenset(_duty(one) for one in running if one.state in ("running", "not started"))


def _duty(clock: Clock) -> str:
    rule = clock.rule
    if rule.met_by in ("done", "acknowledged"):
        return clock.id
    # To tell the Panel is another duty than to tell the Secretary of State and Ofsted, which no decision ends.
    return f"{rule.met_by} {clock.about} {'criteria not met' in rule.stopped_by}"
