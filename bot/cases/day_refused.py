"""Refuses days of a case that cannot follow each other, in kind words for the person who tried to record them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.cases.case import Case, Event, EventKind, NotPossible
from bot.cases.case_event import BY_COUNCIL, ONLY_TOLD
from bot.cases.whose_notification import DEATH_NOTIFIED, another_notifies, is_for_the_panel
from bot.clock import london_date
from dialogs.date_words import spoken
from dialogs.days import Calendar

LATER_WHY = (
    "That is later than the day on record, so deadlines would move later. Why did the council only know then? In a few "
    "words, without a child's details. They stay in the record."
)
# What our council can only have done once it knew, and how that is said.
_KNEW_BY: Mapping[EventKind, str] = {
    "partner decision": "The partners decided",
    "death notified": "The Secretary of State and Ofsted were notified",
    "other areas told": "The other councils were told",
    "review decided": "The review was decided on",
}


def awareness(case: Case, event: Event, _calendar: Calendar) -> None:
    """The day our council knew: by all that it has done since, it knew."""
    if event.on is not None:
        _known_by(case, event.on)
    known = case.aware.time if case.aware else None
    # A lead may say that a day which was only told is right: what it would have moved moves then.
    is_given = case.aware_on is None or not case.aware_is_only_told or not case.all_of("awareness corrected")
    if is_given and (event.on, event.value("time")) == (case.aware_on, f"{known:%H:%M}" if known else ""):
        raise NotPossible("That is the day I have already.", "day")
    if ONLY_TOLD not in event.values:
        if (why := known_as_opened(case, event.on)) is not None:
            raise NotPossible(why, "day")
        if is_later(case, event.on) and not event.words:
            raise NotPossible(LATER_WHY, "words")


def is_later(case: Case, day: date | None) -> bool:
    """Whether a day of awareness is later than the one on record: what is counted from it moves later."""
    return day is not None and case.aware_on is not None and day > case.aware_on


def known_as_opened(case: Case, day: date | None) -> str | None:
    """Why the council knew before a day, where it is after the day its own people opened the case; else None."""
    opened, on = case.newest("opened"), london_date(case.opened_at)
    if day is None or opened is None or BY_COUNCIL not in opened.values or day <= on:
        return None
    return f"The case was opened on {spoken(on)}, so the council knew by then. Please check the day."


def done_once_known(case: Case) -> tuple[date, str] | None:
    """The first day of what our council can only have done once it knew, and what that was; its notification apart.

    A death may have been notified before anybody suspected abuse: then the council became aware of both later.
    """
    kinds = [one for one in _KNEW_BY if one != DEATH_NOTIFIED or not is_for_the_panel(case)]
    return min(((one.day, _KNEW_BY[one.kind]) for one in case.all_of(*kinds)), default=None)


def _known_by(case: Case, day: date) -> None:
    done = [found] if (found := done_once_known(case)) else []
    # Where another council notifies, the day that it did says nothing of what ours knew.
    if case.notified_on is not None and not another_notifies(case):
        done.append((case.notified_on, "The notification was sent"))
    if done and (first := min(done))[0] < day:
        raise NotPossible(
            f"{first[1]} on {spoken(first[0])}, so the council knew by then. Please check the day.", "day"
        )


def after_awareness(case: Case, event: Event, _calendar: Calendar) -> None:
    """What our council can only have done once it knew."""
    if case.aware_on is not None:
        before(event, case.aware_on, "the council became aware")


def before(event: Event, day: date, what: str) -> None:
    """Refuses an event of a day before another day, on which something was that it follows."""
    if event.day < day:
        raise NotPossible(f"That is before {what}, on {spoken(day)}. Please check the day.", "day")
