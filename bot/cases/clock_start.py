"""What of a case starts a clock: the table's words for it, found in the case's events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from bot.cases.applying import fitted, has_beside, is_among
from bot.cases.case import Case, Event, Fact, opens
from bot.cases.case_event import TO_BE_TOLD
from bot.cases.clock_end import meetings
from bot.cases.whose_notification import is_of_another, is_ours
from bot.clock import LONDON, london_date
from dialogs.clock_table import ClockRule
from dialogs.table import HELD_FOR_ANOTHER


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
    if rule.starts == "another council":
        return _another_council(rule, case)
    return _known(rule, case) if rule.starts == "known" else _STARTS[rule.starts](case)


def _from_fact(by: str, fact: Fact | None) -> Begun | None:
    return None if fact is None else Begun(by, fact.on, fact.time, fact.known_at, fact.seq)


def _recorded(by: str, event: Event | None, *, again: bool = False) -> Begun | None:
    if event is None:
        return None
    here = event.at.astimezone(LONDON)
    return Begun(by, here.date(), here.time(), event.at, event.seq, event.seq if again else 0)


def _anew(by: str, event: Event, known_at: datetime) -> Begun:
    """A start on the day of an event, which what was done before it does not meet."""
    return Begun(by, event.day, event.time, known_at, event.seq, event.seq)


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


def _another_council(rule: ClockRule, case: Case) -> Begun | None:
    """As known; once more where its answer was there, and since then it does not accept, or not in writing."""
    since, held = None, tuple(HELD_FOR_ANOTHER)
    for earlier, later in pairwise(case.decisions):
        turned = is_among(case, later, held) and not is_among(case, earlier, held)
        had = meetings(rule, case, rule.name, since.seq if since else 0)
        if turned and any(one.seq < later.event.seq for one in had):
            since = later.event
    return _known(rule, case) if since is None else _recorded("known", since, again=True)


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
    return _anew("not met after notifying", last, max(last.at, sent.known_at))


LEARNS_WHEN = "learn_when_notified"
"""The id of the clock of learning when the other council notified: done, it says that it did, and on which day."""
_WRITTEN = "written_confirmation"


def _answered_in_writing(case: Case) -> Begun | None:
    """When the other council's answer in writing was last put on record."""
    answered = [one for one in case.all_of("done") if one.clock == _WRITTEN]
    return _anew("answer in writing", answered[-1], answered[-1].at) if answered else None


TELLS_NEWS = "tell_panel_news"
"""The id of the clock of telling the Panel what is new."""


def _news_after(case: Case) -> Begun | None:
    """Counted from the first news after our own notification that the Panel was not told since; more of it is told."""
    if case.notified is None:
        return None
    news = {one.event.seq for one in case.decisions if TO_BE_TOLD in one.event.values and one.until_refused is None}
    first = newest = None
    sent = is_open = False
    for one in case.standing:
        sent = sent or (one.kind == "notified" and not one.is_anothers)
        if one.seq in news and (sent or opens(one.value("outcome")) == "joins"):
            first, newest, is_open = first if is_open else one, one, True
        elif one.kind == "done" and one.clock == TELLS_NEWS:
            is_open = False
    if first is None or newest is None:
        return None
    return Begun("news after notifying", first.day, first.time, newest.at, newest.seq, newest.seq)


def _put_off(case: Case) -> Begun | None:
    """When the partners last put off whether to hold a local review, until a day that they gave."""
    last = next((one for one in reversed(case.all_of("review decided")) if one.value("decide_by")), None)
    if last is None:
        return None
    return replace(_anew("review put off", last, last.at), due=date.fromisoformat(last.value("decide_by")))


def _no_review_after(case: Case) -> Begun | None:
    """When it was decided to hold no local review, where the rapid review had gone by then without saying so."""
    last, sent = case.newest("review decided"), case.fact("rapid review sent")
    if last is None or last.value("decision") != "no" or sent is None or sent.on > last.day:
        return None
    return _anew("decision not to review", last, max(last.at, sent.known_at))


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
    "news after notifying": _news_after,
    "answer in writing": _answered_in_writing,
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


def opened_at(case: Case) -> datetime:
    """When a case opened: by a later decision, where at first there was only one on record."""
    return next((one.event.at for one in case.decisions if opens(one.outcome) == "opens"), case.opened_at)


def opened_on(case: Case) -> date:
    """The day the case opened."""
    return london_date(opened_at(case))
