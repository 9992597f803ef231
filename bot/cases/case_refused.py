"""Refuses an event that makes no sense for a case as it stands, in kind words for the person who tried to record it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.cases import action_refused, day_refused
from bot.cases.answered import snooze_until
from bot.cases.case import DECISIONS, KINDS, Case, Event, EventKind, NotPossible
from bot.cases.case_event import REVIEW_DECISIONS
from bot.cases.clock_words import STARTS
from bot.cases.clocks import Clock, clocks_of
from bot.cases.days_missing import DAYS_ASKED
from bot.cases.whose_notification import (
    NOTICES,
    another_notifies,
    may_be_a_death_to_notify,
    may_be_the_responsible_councils,
)
from bot.clock import london_date
from bot.wording_reviews import ANOTHERS_REVIEW, NOTIFICATION_FIRST
from dialogs.date_words import spoken
from dialogs.days import EARLIEST, Calendar
from dialogs.spans import working_days_late

ON_A_CLOSED_CASE: frozenset[EventKind] = frozenset(
    {"reopened", "noted", "disagreement raised", "hold placed", "hold lifted", "taken back"}
)
ON_AN_AREA: frozenset[EventKind] = frozenset(
    {"opened", "acknowledged", "reassigned", "noted", "snoozed", "done", "plan moved", "taken back"}
)
MAY_BE_AHEAD: frozenset[EventKind] = frozenset({"publication planned"})
"""Events whose own day may lie in the future."""
CAN_BE_TAKEN_BACK: frozenset[EventKind] = frozenset(
    {
        "partner decision",
        "notified",
        "death notified",
        "responsible council notified",
        "other areas told",
        "rapid review sent",
        "review decided",
        "reviewer named",
        "publication planned",
        "published",
        "action agreed",
        "action changed",
        "action audited",
        "impact recorded",
        "disagreement raised",
        "joined",
        "done",
    }
)


def refuse(case: Case, event: Event, calendar: Calendar) -> None:
    """Raises NotPossible, with a sentence for the person, where an event makes no sense for the case now."""
    today = london_date(event.at)
    if event.kind not in KINDS:
        raise NotPossible("I do not know that kind of event.")
    if (event.kind == "opened") != (not case.events):
        raise NotPossible("This case is open already." if case.events else "This case has not been opened.")
    if not case.is_open and event.kind not in ON_A_CLOSED_CASE:
        raise NotPossible("This case is closed. A lead or deputy can open it again.")
    if case.scope == "area" and event.kind not in ON_AN_AREA:
        raise NotPossible("That belongs to a case, not to the area's own year.")
    if event.on is not None:
        _refuse_day(event, today)
    if check := _CHECKS.get(event.kind):
        check(case, event, calendar)


def _refuse_day(event: Event, today: date) -> None:
    if event.on is None:
        return
    if event.on < EARLIEST:
        raise NotPossible(f"{spoken(event.on)} is too long ago. Please check the year.", "day")
    if event.on > today and event.kind not in MAY_BE_AHEAD:
        raise NotPossible(not_come_yet(event.on), "day")


def not_come_yet(day: date) -> str:
    """Says that what has happened cannot have been on a day to come."""
    return f"{spoken(day)} has not come yet. Please give the day it happened."


def _opened(case: Case, event: Event, _calendar: Calendar) -> None:
    if case.scope == "case" and not event.value("outcome"):
        raise NotPossible("A case opens with a decision. Please answer the referral's questions first.")


def _reassigned(case: Case, event: Event, _calendar: Calendar) -> None:
    if not event.value("owner"):
        raise NotPossible("Please say who takes this case over.", "owner")
    if event.value("owner") == case.owner:
        raise NotPossible("It is theirs already.", "owner")


def _decision(_case: Case, event: Event, _calendar: Calendar) -> None:
    if not event.value("outcome"):
        raise NotPossible("A correction needs the new decision.")


def _partner_decision(case: Case, event: Event, _calendar: Calendar) -> None:
    if event.value("decision") not in DECISIONS:
        raise NotPossible(
            "Please say what the partners decided: to notify, that the test is not met, or no agreement.", "decision"
        )
    if event.value("decision") == "not met" and not event.words:
        raise NotPossible("Please give the partners' reason. It stays in the record.", "words")
    if event.value("decision") == "not agreed" and not event.words:
        raise NotPossible("Please say which partner did not agree, and why. It stays in the record.", "words")
    day_refused.after_awareness(case, event, _calendar)
    _refuse_older_decision(case, event)


_DECIDED = {"notify": "to notify", "not met": "the test is not met", "not agreed": "they could not agree"}


def _refuse_older_decision(case: Case, event: Event) -> None:
    """What counts is what was decided last, and not what was put on record last."""
    said = event.value("decision")
    for one in case.all_of("partner decision"):
        other = one.value("decision")
        if one.day > event.day and other != said and "not met" in (said, other):
            raise NotPossible(
                f"What the partners decided later, on {spoken(one.day)}, is on record: {_DECIDED[other]}. "
                "If that is wrong, take it back first.",
                "day",
            )


def _notified(case: Case, event: Event, calendar: Calendar) -> None:
    is_anothers = event.kind == "notified" and another_notifies(case)
    if case.aware_on is not None and event.day < case.aware_on and not is_anothers:
        raise NotPossible(
            f"The council became aware on {spoken(case.aware_on)}, so it cannot have notified before. "
            "Please check both days.",
            "day",
        )
    if event.value("received_on") and date.fromisoformat(event.value("received_on")) < event.day:
        raise NotPossible(
            "The business unit cannot have had it before it was sent. Please check both days.", "received_on"
        )
    if not is_anothers and notified_late(case, event.day, calendar) and not event.words:
        raise NotPossible("This is late. Please say why in a few words, without a child's details.", "words")


def _death_notified(case: Case, event: Event, calendar: Calendar) -> None:
    if not may_be_a_death_to_notify(case):
        raise NotPossible(
            "That is for where a looked-after child or a care leaver has died, or it is not clear yet whether one has."
        )
    _notified(case, event, calendar)


def _responsible_notified(case: Case, _event: Event, _calendar: Calendar) -> None:
    if not may_be_the_responsible_councils(case):
        raise NotPossible(
            "That is for the death of a looked-after child, while our own council has not notified. Here nothing of "
            "ours would end by it."
        )


def notified_late(case: Case, on: date, calendar: Calendar) -> int:
    """How many working days late a notification of ours of that day is; 0 in time, or with no date known."""
    notices = [one for one in clocks_of(case, calendar, on) if one.rule.met_by in NOTICES and one.deadline]
    counted = (one for one in notices if one.rule.starts == "awareness")
    return max((working_days_late(calendar, one.deadline, on) for one in counted if one.deadline), default=0)


def _review_sent(case: Case, event: Event, _calendar: Calendar) -> None:
    if case.notified_on is None:
        raise NotPossible(NOTIFICATION_FIRST)
    day_refused.before(event, case.notified_on, "the notification was sent")


def _review_decided(case: Case, event: Event, _calendar: Calendar) -> None:
    if another_notifies(case):
        raise NotPossible(ANOTHERS_REVIEW)
    if event.value("decision") not in REVIEW_DECISIONS:
        raise NotPossible("Please say whether there will be a local review: yes or no.", "decision")
    if not event.words:
        raise NotPossible("Please give the partners' reasons. They stay in the record.", "words")
    day_refused.after_awareness(case, event, _calendar)


def _needs_review(case: Case, event: Event, _calendar: Calendar) -> None:
    if not case.has_review:
        raise NotPossible("No local review has been decided on. Please record that decision first.")
    if case.review_decided_on is not None:
        day_refused.before(event, case.review_decided_on, "the review was decided on")


def _planned(case: Case, event: Event, calendar: Calendar) -> None:
    _needs_review(case, event, calendar)
    if event.on is None:
        raise NotPossible("Please give the day on which it is to be published.", "day")
    if event.on < london_date(event.at):
        raise NotPossible(f"{spoken(event.on)} has passed. If the review is published, please record that.", "day")


def _snoozed(case: Case, event: Event, calendar: Calendar) -> None:
    if not event.words:
        raise NotPossible("Please give a reason in a few words. It stays in the record.", "words")
    until = snooze_until(_running(case, event, calendar), case.plan.working_time(calendar), event.at)
    if event.value("until") != until.isoformat():
        raise NotPossible(f"It can be put off to the next working day, {spoken(until)}.")


def _done(case: Case, event: Event, calendar: Calendar) -> None:
    clock = _running(case, event, calendar)
    if clock.rule.met_by != "done":
        raise NotPossible(f"That is met by its own entry: {clock.rule.met_by}. Please record that, with its day.")
    if clock.rule.starts in _FOLLOW and clock.started_on is not None:
        day_refused.before(event, clock.started_on, _FOLLOW[clock.rule.starts])


# What can only be done once this has happened. What is told to others may have been told before the case was opened,
# and what comes before a publication counts back from it.
_FOLLOW = {
    "notification": "the notification was sent",
    "receipt": "the business unit had the notification",
    "rapid review": "the rapid review began to be counted",
    "review sent": "the rapid review was sent",
    "decision to review": "the review was decided on",
    "published": "the review was published",
    "action": "the action was agreed",
    "disagreement": "the disagreement was raised",
}


def not_running(clock: Clock) -> str:
    """Why nothing can be done about a clock that does not run."""
    if clock.state == "not started":
        return f"That has not begun yet. It starts with {STARTS[clock.rule.starts]}: please record that first."
    return {"met": "That is done already."}.get(clock.state, "That is no longer needed here.")


def _running(case: Case, event: Event, calendar: Calendar) -> Clock:
    if event.clock in DAYS_ASKED:
        raise NotPossible("I ask for that day once each working day until I know it. Please give it when you can.")
    clocks = clocks_of(case, calendar, london_date(event.at))
    found = [one for one in clocks if one.id == event.clock]
    if not found:
        raise NotPossible("There is no such deadline in this case.")
    running = next((one for one in found if one.is_running), None)
    if running is None:
        raise NotPossible(not_running(found[-1]))
    return running


def _taken_back(case: Case, event: Event, _calendar: Calendar) -> None:
    found = next((one for one in case.events if str(one.seq) == event.value("event")), None)
    if found is None or found not in case.standing:
        raise NotPossible("There is nothing there to take back.")
    if found.kind not in CAN_BE_TAKEN_BACK:
        raise NotPossible("That cannot be taken back. Please record what is right instead.")
    if not event.words:
        raise NotPossible("Please say in a few words why it is taken back. It stays in the record.", "words")


def _joined(case: Case, event: Event, _calendar: Calendar) -> None:
    if not event.value("to"):
        raise NotPossible("Please choose the case it belongs to.", "to")
    if case.newest("joined") is not None:
        raise NotPossible("It is with its case already.")


def _closed(case: Case, event: Event, calendar: Calendar) -> None:
    if case.to_join and not event.words:
        raise NotPossible("Please say why it is put with no earlier case.", "words")
    running = [one for one in clocks_of(case, calendar, london_date(event.at)) if one.is_running and one.binding]
    if running and not event.words:
        titles = "; ".join(dict.fromkeys(one.title for one in running))
        raise NotPossible(
            f"These are not done yet: {titles}. If it is to be closed all the same, please say why.", "words"
        )


def _reopened(case: Case, _event: Event, _calendar: Calendar) -> None:
    if case.is_open:
        raise NotPossible("This case is open already.")


def _hold(case: Case, event: Event, _calendar: Calendar) -> None:
    if case.is_held == (event.kind == "hold placed"):
        raise NotPossible("There is a hold already." if case.is_held else "There is no hold to lift.")


_CHECKS: Mapping[EventKind, Callable[[Case, Event, Calendar], None]] = {
    "opened": _opened,
    "reassigned": _reassigned,
    "awareness corrected": day_refused.awareness,
    "decision corrected": _decision,
    "partner decision": _partner_decision,
    "other areas told": day_refused.after_awareness,
    "notified": _notified,
    "death notified": _death_notified,
    "responsible council notified": _responsible_notified,
    "rapid review sent": _review_sent,
    "review decided": _review_decided,
    "reviewer named": _needs_review,
    "publication planned": _planned,
    "published": _needs_review,
    "action agreed": action_refused.agreed,
    "action changed": action_refused.changed,
    "action audited": action_refused.audited,
    "impact recorded": action_refused.impact,
    "snoozed": _snoozed,
    "done": _done,
    "taken back": _taken_back,
    "joined": _joined,
    "closed": _closed,
    "reopened": _reopened,
    "hold placed": _hold,
    "hold lifted": _hold,
}
