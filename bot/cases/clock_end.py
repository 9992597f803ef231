"""What of a case meets and stops a clock, and what lets it run again: the table's words, found in the case's events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from bot.cases.applying import applies, fits, is_among
from bot.cases.case import Action, Case, Event, EventKind
from bot.cases.whose_notification import (
    another_notifies,
    is_held_for_another,
    is_in_our_care,
    is_ours_instead,
    meets_ours,
    notified_on,
)
from dialogs.clock_table import ClockRule, Stop

_TELLS_NOT_MET = "tell_panel_not_met"
_ONCE_TOLD: Stop = "criteria not met, and told"
_NOTIFIED: frozenset[Stop] = frozenset({"Panel notified", "our council notified"})


def meeting(rule: ClockRule, case: Case, clock_id: str, after: int = 0) -> Event | None:
    """The event that meets a clock; None while it is not met. `after`: only one with a later seq.

    Of several it is the newest, which puts the others right; but the partners met on the day they first decided,
    whichever decision was recorded first. Of two kinds that both meet it, what was done first did.
    """
    found = meetings(rule, case, clock_id, after)
    if rule.met_by not in ("partner decision", "acknowledged"):
        found = list({one.kind: one for one in found}.values())
    first = min(found, key=lambda one: one.day, default=None)
    return None if first is None or _was_needless(rule, case, first) else first


def _was_needless(rule: ClockRule, case: Case, met: Event) -> bool:
    """Whether the council responsible for the child had notified before: what ours sent later is no late notice."""
    theirs = case.fact("responsible council notified")
    ends = "responsible council notified" in rule.stopped_by and _responsible_notified(case)
    return ends and theirs is not None and theirs.on < met.day


def meetings(rule: ClockRule, case: Case, clock_id: str, after: int = 0) -> list[Event]:
    """Every event that meets a clock, in order."""
    if rule.met_by == "acknowledged":
        return _shown_to_have_it(case, clock_id, after)
    found = [one for one in case.standing if one.kind in (rule.met_by, rule.or_by) and one.seq > after]
    if rule.met_by == "done":
        raised = case.newest("disagreement raised") if rule.starts == "disagreement" else None
        return [one for one in found if one.clock == clock_id and (raised is None or one.day >= raised.day)]
    if rule.met_by == "review decided":
        return [one for one in found if one.value("decision") != "later"]
    if rule.starts == "action":
        return [one for one in found if one.value("action") == clock_id.partition(":")[2]]
    return [one for one in found if meets_ours(one, rule, case)]


def _shown_to_have_it(case: Case, clock_id: str, after: int) -> list[Event]:
    """What shows that a case is had, each on the day it was recorded: that it was said, or whatever its owner did.

    Also what they did and took back, and that they opened the case or took it themselves, by which it became theirs;
    not that they answered the reminder of another duty, closed it or opened it again.
    """
    said = [one for one in case.standing if one.kind == "acknowledged" and one.clock in ("", clock_id)]
    done = [one for one in case.events if case.owner and one.by == case.owner and one.kind not in _NO_ACT]
    every = {one.seq: replace(one, on=None) for one in (*said, *done) if one.seq >= after}
    return [every[seq] for seq in sorted(every)]


_NO_ACT: frozenset[EventKind] = frozenset({"acknowledged", "snoozed", "closed", "reopened"})


def stopped(rule: ClockRule, case: Case, action: Action | None = None) -> str:
    """Why a clock that is not met need not be met any more; empty while it must."""
    if not applies(rule, case) or is_ours_instead(rule, case):
        return "decision corrected"
    for stop in rule.stopped_by:
        if _STOPS[stop](case, action):
            return "criteria not met" if stop == _ONCE_TOLD else stop
    return "" if case.is_open else "closed"


def _not_met_and_told(case: Case) -> bool:
    """Whether the criteria are not met, and the Panel, where it had been notified, has been told so since."""
    last = case.not_met
    if last is None or case.notified is None:
        return last is not None
    return any(one.clock == _TELLS_NOT_MET and one.seq > last.seq for one in case.all_of("done"))


def _no_review(case: Case) -> bool:
    last = case.newest("review decided")
    return last is not None and last.value("decision") == "no"


def _is_put_off(case: Case) -> bool:
    last = case.newest("review decided")
    return last is not None and bool(last.value("decide_by"))


def _responsible_notified(case: Case) -> bool:
    """Whether the council responsible for the child notified; what was said of another is none where that is ours."""
    return case.fact("responsible council notified") is not None and not is_in_our_care(case)


_STOPS: Mapping[str, Callable[[Case, Action | None], bool]] = {
    "criteria not met": lambda case, _: case.not_met is not None,
    _ONCE_TOLD: lambda case, _: _not_met_and_told(case),
    "Panel notified": lambda case, _: case.notified is not None,
    "our council notified": lambda case, _: case.notified is not None and is_held_for_another(case),
    "another council notified": lambda case, _: another_notifies(case) and notified_on(case) is not None,
    "rapid review sent": lambda case, _: case.fact("rapid review sent") is not None,
    "no review": lambda case, _: _no_review(case),
    "review put off": lambda case, _: _is_put_off(case),
    "published": lambda case, _: case.fact("published") is not None,
    "impact recorded": lambda _, action: action is not None and action.impact is not None,
    "responsible council notified": lambda case, _: _responsible_notified(case),
}


def resumed_at(rule: ClockRule, case: Case) -> datetime | None:
    """When a clock that had been met, stopped or not been running last began to run again, or at all, by an event.

    None where it has run from its start: what was to be said before is not stale.
    """
    if len(case.events) == 1:
        return None
    found = [one.at for one in case.events if one.kind == "reopened" or _undoes(one, rule, case)]
    found += _began_to_fit(rule, case)
    found += [one.at for one in case.all_of(*_decided_by(rule, case)) if _notifies(one)][:1]
    if not {"criteria not met", _ONCE_TOLD}.isdisjoint(rule.stopped_by):
        found += _not_met_no_more(case)
    return max(found, default=None)


def _decided_by(rule: ClockRule, case: Case) -> tuple[EventKind, ...]:
    """By what events a clock runs that only runs once it is to be notified."""
    now = case.decisions[-1]
    if is_among(case, now, rule.outcomes):
        return ()
    if is_among(case, now, rule.once_decided):
        return ("partner decision", "notified")
    return ("partner decision",) if is_among(case, now, rule.once_agreed) else ()


def _undoes(event: Event, rule: ClockRule, case: Case) -> bool:
    """Whether an event took back what had met the clock, or had stopped it."""
    if event.kind != "taken back":
        return False
    gone = next((one for one in case.events if str(one.seq) == event.value("event")), None)
    ending = (
        rule.met_by,
        rule.or_by,
        *_STOPPING,
        *(("notified",) if not _NOTIFIED.isdisjoint(rule.stopped_by) else ()),
    )
    return gone is not None and gone.kind in ending and gone.clock in ("", rule.name)


_STOPPING = (
    "partner decision",
    "rapid review sent",
    "review decided",
    "published",
    "impact recorded",
    "responsible council notified",
)


def _began_to_fit(rule: ClockRule, case: Case) -> list[datetime]:
    return [
        later.event.at
        for earlier, later in pairwise(case.decisions)
        if fits(rule, case, later) and not fits(rule, case, earlier)
    ]


def _notifies(event: Event) -> bool:
    return (event.kind == "notified" and not event.is_anothers) or event.value("decision") == "notify"


def _not_met_no_more(case: Case) -> list[datetime]:
    """When something newer overrode the partners' decision that the criteria are not met."""
    return [
        later.at
        for earlier, later in pairwise(case.said_of_the_test)
        if earlier.value("decision") == "not met" and later.value("decision") != "not met"
    ]
