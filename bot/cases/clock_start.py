"""What of a case starts, meets and stops a clock: the table's words for it, found in the case's events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from bot.cases.applying import applies, fits, fitted, has_beside, is_among
from bot.cases.case import Action, Case, Event, EventKind, Fact, opens
from bot.cases.whose_notification import is_in_our_care, is_of_another, is_ours, is_ours_instead, meets_ours
from bot.clock import LONDON, london_date
from dialogs.clock_table import ClockRule, Stop


@dataclass(frozen=True)
class Begun:
    """What a clock counts from: which event, its day and time of day, since when it is known, and that event's seq.

    `once_after` is set where only what comes later meets the clock, because it starts anew each time; `due` is the day
    that was agreed on for it.
    """

    by: str
    on: date
    time: time | None
    known_at: datetime
    seq: int
    once_after: int = 0
    due: date | None = None


def begun(rule: ClockRule, case: Case) -> Begun | None:
    """What started a clock; None while that is not known."""
    if is_of_another(rule, case.plan):
        return _from_fact("notification", case.others_notified or (None if is_ours(case) else case.notified))
    if rule.anew and (news := case.decides_anew) is not None:
        return _recorded("known", news, again=True)
    if (suspicion := _suspicion(rule, case)) is not None:
        return suspicion
    if rule.starts == "owner":
        return _recorded("owner", _had(rule, case), again=True)
    return _known(rule, case) if rule.starts == "known" else _STARTS[rule.starts](case)


def _from_fact(by: str, fact: Fact | None) -> Begun | None:
    return None if fact is None else Begun(by, fact.on, fact.time, fact.known_at, fact.seq)


def _recorded(by: str, event: Event | None, *, again: bool = False) -> Begun | None:
    if event is None:
        return None
    here = event.at.astimezone(LONDON)
    return Begun(by, here.date(), here.time(), event.at, event.seq, event.seq if again else 0)


def _opening(case: Case) -> Begun | None:
    return _recorded("opening", next(iter(case.events), None))


def _awareness(case: Case) -> Begun | None:
    return _from_fact("awareness", case.aware)


def _awareness_or_opening(case: Case) -> Begun | None:
    """The day the council became aware; the day of opening where that is not known, or only told and later."""
    aware, opening = _awareness(case), _opening(case)
    if aware is None or opening is None:
        return aware or opening
    if case.aware_is_only_told and opening.on < aware.on:
        return replace(opening, by="opening before")
    return aware


def _suspicion(rule: ClockRule, case: Case) -> Begun | None:
    """The day abuse came to be suspected, for what that first brought: what ran before keeps its own day."""
    is_from_awareness = rule.starts in ("awareness", "awareness or opening") or (
        rule.starts == "rapid review" and case.plan.rapid_review_start == "awareness"
    )
    since, aware = case.suspected, case.aware
    if not is_from_awareness or since is None or aware is None or since.on <= aware.on:
        return None
    before = (one for one in case.decisions if one.event.seq < since.seq)
    ran = any(is_among(case, one, rule.outcomes) or has_beside(rule, case, one) for one in before)
    return None if ran else _from_fact("suspicion", since)


def _known(rule: ClockRule, case: Case) -> Begun | None:
    """Since when what brings the clock has been known: awareness, or the later decision that first said so."""
    since, ran = None, False
    for one in case.decisions:
        runs = fitted(rule, case, one)
        if runs and not ran:
            since = one.event
        ran = runs
    if since is None or since.kind == "opened":
        return _awareness_or_opening(case)
    return _recorded("known", since)


def _given(case: Case) -> Event | None:
    """What last gave a case to somebody; no earlier than the decision by which there was one at all."""
    found = [case.newest("opened", "reassigned")]
    found += [one.event for one in case.decisions if any(opens(each) == "opens" for each in one.outcomes)][:1]
    return max((one for one in found if one is not None), key=lambda one: one.seq, default=None)


def _had(rule: ClockRule, case: Case) -> Event | None:
    """Since when its owner has had a case that they have not said they have: from its reopening, if it was closed."""
    given, again = _given(case), case.newest("reopened")
    if given is None or again is None or again.seq < given.seq:
        return given
    said = (one for one in meetings(rule, case, rule.name, given.seq) if one.seq < again.seq)
    return given if any(said) else again


def _rapid_review(case: Case) -> Begun | None:
    if case.plan.rapid_review_start == "awareness":
        return _awareness(case)
    if case.plan.rapid_review_start == "receipt" and case.received is not None:
        return _from_fact("receipt", case.received)
    return _from_fact("notification", case.notified)


def _not_met_after(case: Case) -> Begun | None:
    """When it was decided that the criteria are not met, where our own council had notified or did before it."""
    last, sent = case.not_met, case.notified
    if last is None or sent is None:
        return None
    return Begun("not met after notifying", last.day, last.time, max(last.at, sent.known_at), last.seq, last.seq)


def _put_off(case: Case) -> Begun | None:
    """When the partners last put off whether to hold a local review, until a day that they gave."""
    last = next((one for one in reversed(case.all_of("review decided")) if one.value("decide_by")), None)
    if last is None:
        return None
    by = date.fromisoformat(last.value("decide_by"))
    return Begun("review put off", last.day, last.time, last.at, last.seq, last.seq, by)


def _no_review_after(case: Case) -> Begun | None:
    """When it was decided to hold no local review, where the rapid review had gone by then without saying so."""
    last, sent = case.newest("review decided"), case.fact("rapid review sent")
    if last is None or last.value("decision") != "no" or sent is None or sent.on > last.day:
        return None
    return Begun("decision not to review", last.day, last.time, max(last.at, sent.known_at), last.seq, last.seq)


def _publication(case: Case) -> Begun | None:
    return _from_fact("published" if case.fact("published") else "publication", case.publication)


def disagreements_open(case: Case) -> int:
    """How many disagreements were raised and not taken further since: one clock stands for all of them."""
    raised: list[Event] = []
    for one in case.all_of("disagreement raised", "done"):
        if one.kind == "disagreement raised":
            raised.append(one)
        elif one.clock == DISAGREEMENT:
            raised = [each for each in raised if each.day > one.day]
    return len(raised)


DISAGREEMENT = "disagreement"
"""The id of the clock of a disagreement."""
_TELLS_NOT_MET = "tell_panel_not_met"
_ONCE_TOLD: Stop = "criteria not met, and told"


def _disagreement(case: Case) -> Begun | None:
    """Counted from the first that was not taken further yet: another beside it is told, and moves no day."""
    first = newest = None
    is_open = False
    for one in case.all_of("disagreement raised", "done"):
        if one.kind == "disagreement raised":
            first, newest, is_open = first if is_open else one, one, True
        elif one.clock == DISAGREEMENT and newest is not None:
            # What was done before the newest was raised answered those before it alone.
            first, is_open = newest, newest.day > one.day
    if first is None or newest is None:
        return None
    return Begun("disagreement", first.day, first.time, newest.at, newest.seq, newest.seq)


_STARTS: Mapping[str, Callable[[Case], Begun | None]] = {
    "opening": _opening,
    "awareness": _awareness,
    "awareness or opening": _awareness_or_opening,
    "notification": lambda case: _from_fact("notification", case.notified),
    "not met after notifying": _not_met_after,
    "receipt": lambda case: _from_fact("receipt", case.received),
    "rapid review": _rapid_review,
    "review sent": lambda case: _from_fact("review sent", case.fact("rapid review sent")),
    "decision to review": lambda case: _from_fact("decision to review", case.review_decided),
    "review put off": _put_off,
    "decision not to review": _no_review_after,
    "publication": _publication,
    "published": lambda case: _from_fact("published", case.fact("published")),
    "disagreement": _disagreement,
    "year": lambda case: _recorded("year", next(iter(case.events), None)),
}


def meeting(rule: ClockRule, case: Case, clock_id: str, after: int = 0) -> Event | None:
    """The event that meets a clock; None while it is not met. `after`: only one with a later seq.

    Of several it is the newest, which puts the others right; but the partners met on the day they first decided,
    whichever decision was recorded first. Of two kinds that both meet it, what was done first did.
    """
    found = meetings(rule, case, clock_id, after)
    if rule.met_by != "partner decision":
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
    found = [one for one in case.standing if one.kind in (rule.met_by, rule.or_by) and one.seq > after]
    if rule.met_by == "done":
        raised = case.newest("disagreement raised") if rule.starts == "disagreement" else None
        return [one for one in found if one.clock == clock_id and (raised is None or one.day >= raised.day)]
    if rule.met_by == "review decided":
        return [one for one in found if one.value("decision") != "later"]
    if rule.met_by == "acknowledged":
        return [one for one in found if one.clock in ("", clock_id)]
    if rule.starts == "action":
        return [one for one in found if one.value("action") == clock_id.partition(":")[2]]
    return [one for one in found if meets_ours(one, rule, case)]


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


def _responsible_notified(case: Case) -> bool:
    """Whether the council responsible for the child notified; what was said of another is none where that is ours."""
    return case.fact("responsible council notified") is not None and not is_in_our_care(case)


_STOPS: Mapping[str, Callable[[Case, Action | None], bool]] = {
    "criteria not met": lambda case, _: case.not_met is not None,
    _ONCE_TOLD: lambda case, _: _not_met_and_told(case),
    "rapid review sent": lambda case, _: case.fact("rapid review sent") is not None,
    "no review": lambda case, _: _no_review(case),
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
    return gone is not None and gone.kind in (rule.met_by, rule.or_by, *_STOPPING) and gone.clock in ("", rule.name)


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


def opened_at(case: Case) -> datetime:
    """When a case opened: by a later decision, where at first there was only one on record."""
    return next((one.event.at for one in case.decisions if opens(one.outcome) == "opens"), case.opened_at)


def opened_on(case: Case) -> date:
    """The day the case opened."""
    return london_date(opened_at(case))
