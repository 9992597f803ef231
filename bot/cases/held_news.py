"""What was told by which less would be owed: what the case is once a lead agrees, and what would end; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.cases.case import Case, Event
from bot.cases.case_event import LEAVES_THE_TEST
from bot.cases.clocks import Clock, clocks_of
from bot.cases.whose_notification import CARE, NOTICES
from bot.clock import london_date
from dialogs.days import Calendar
from dialogs.table import BADGES

Values = tuple[tuple[str, str], ...]


def agreed(case: Case, waits: Event) -> Values:
    """What the decision that was held says; what others added since stays."""
    add_ons = set(waits.value("add_ons").split())
    if case.decisions[-1].event.seq != waits.seq:
        add_ons |= case.add_ons
    own = tuple((name, waits.value(name)) for name in ("would_be", CARE) if waits.value(name))
    said = (("outcome", waits.value("outcome")), ("add_ons", " ".join(sorted(add_ons))))
    told = (("new", waits.value("new")), ("about", waits.value("about")))
    bears = (LEAVES_THE_TEST,) if LEAVES_THE_TEST in waits.values else ()
    return (*said, *own, *told, *bears, ("settles", str(waits.seq)))


def once_agreed(case: Case, waits: Event) -> Case:
    """The case as it would be if a lead agreed."""
    last = case.events[-1]
    later = Event(last.seq + 1, last.at, "decision corrected", "", values=agreed(case, waits))
    return replace(case, events=(*case.events, later))


def would_end_any(case: Case, calendar: Calendar) -> bool:
    """Whether a clock would end if a lead agreed to what waits: one that runs, or waits for the day that starts it.

    So does one that would run if what was done were taken back, as when it was told. False where nothing waits. What
    only begins once something else has happened ends nothing that is asked of anybody.
    """
    waits = case.to_agree
    return waits is not None and any(_would_end(one, waits, calendar) for one in (case, undone(case)))


def undone(case: Case) -> Case:
    """The case as if what was decided and sent were taken back, as it may be: it is owed again then."""
    return replace(case, events=tuple(one for one in case.events if one.kind not in ("partner decision", *NOTICES)))


def _would_end(case: Case, waits: Event, calendar: Calendar) -> bool:
    # What is owed changes by what happens, not as days go by.
    today = london_date(case.events[-1].at)
    left = owed(clocks_of(once_agreed(case, waits), calendar, today))
    return any(ends(one, left) for one in clocks_of(case, calendar, today) if one.is_running or _waits(one))


def _waits(clock: Clock) -> bool:
    """Whether it runs as soon as the day is known on which the council became aware."""
    return clock.state == "not started" and clock.rule.starts == "awareness"


def owed(running: Iterable[Clock], *also: str) -> frozenset[str]:
    """What is owed, each duty by what meets it: that has another name under another outcome, and is owed on.

    `also` are other states of clocks that are to count.
    """
    return frozenset(name for one in running if one.state in ("running", "not started", *also) for name in _duties(one))


def ends(clock: Clock, left: frozenset[str]) -> bool:
    """Whether what a clock asks is not among what is owed on."""
    return not _duties(clock) <= left


def _duties(clock: Clock) -> frozenset[str]:
    """What tells a duty from others, whichever outcome brings it: what must be done is owed as what should be, too."""
    rule = clock.rule
    if rule.met_by in ("done", "acknowledged") or rule.follows:
        return frozenset({clock.id})
    # To tell the Panel is another duty than to tell the Secretary of State and Ofsted, which has two ways to be met.
    met_by = NOTICES[0] if rule.met_by in NOTICES else rule.met_by
    name = f"{met_by} {clock.about} {'criteria not met' in rule.stopped_by}"
    return frozenset(f"{name} {badge}" for badge in BADGES[BADGES.index(rule.badge) :])
