"""Days named from today: yesterday, three days ago, last Friday, as patterns and what each means."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.answers import InvalidAnswer
from dialogs.date_reading import Reading
from dialogs.date_words import COUNTS, WEEKDAYS
from dialogs.written_dates import Reader

_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
_WEEK = timedelta(days=7)
_FARTHEST_BACK = date(1900, 1, 1)
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


def _counted_back(match: re.Match[str], today: date) -> Reading:
    count = int(match["digits"]) if match["digits"] else COUNTS[match["count"]]
    start = today - timedelta(days=1) if match["start"] == "yesterday" else today
    back = timedelta(days=count * _DAYS_IN[match["unit"]])
    if back > start - _FARTHEST_BACK:
        raise InvalidAnswer("That is too long ago for me. Please check it and try again.")
    return Reading((start - back,), "ambiguous" if "couple" in (match["count"] or "") else None)


def _days_before_today(days: int) -> Reader:
    return lambda _match, today: Reading((today - timedelta(days=days),))


def _weekday_of_week(weeks_back: int) -> Reader:
    def read(match: re.Match[str], today: date) -> Reading:
        weekday = WEEKDAYS[match["before"] or match["after"]]
        on = today - timedelta(days=today.weekday() - weekday) - weeks_back * _WEEK
        # To some people a week ends on Sunday, to others it begins with it.
        if weekday == 6:
            return Reading((on, on - _WEEK), "ambiguous", weekday)
        if today.weekday() == 6:
            return Reading((on, on + _WEEK), "ambiguous", weekday)
        return Reading((on,), None, weekday)

    return read


def _weekday_week(match: re.Match[str], today: date) -> Reading:
    weekday = WEEKDAYS[match["weekday"]]
    return Reading((_latest(weekday, today) + 2 * _WEEK,), None, weekday)


def _weekday(match: re.Match[str], today: date) -> Reading:
    weekday, which, after = WEEKDAYS[match["weekday"]], match["which"], match["after"]
    latest = _latest(weekday, today)
    if which == "next":
        return Reading((latest + _WEEK,), None, weekday)
    if which in {"last", "this last"} or after == "last":
        return _last(weekday, today)
    if which == "this":
        return _this(weekday, today)
    if which or after:
        return Reading((latest if latest < today else latest - _WEEK,), None, weekday)
    return (
        Reading((latest, latest - _WEEK), "ambiguous", weekday)
        if latest == today
        else Reading((latest,), None, weekday)
    )


def _latest(weekday: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _last(weekday: int, today: date) -> Reading:
    latest = _latest(weekday, today)
    if latest == today:
        return Reading((latest - _WEEK,), None, weekday)
    if weekday < today.weekday():
        # On a Saturday, "last Friday" is yesterday to some people and a week earlier to others.
        return Reading((latest, latest - _WEEK), "ambiguous", weekday)
    return Reading((latest,), None, weekday)


def _this(weekday: int, today: date) -> Reading:
    on = today + timedelta(days=weekday - today.weekday())
    if (today - on).days > 3:
        # On a Sunday, "this Monday" is sooner tomorrow than six days ago.
        return Reading((on, on + _WEEK), "ambiguous", weekday)
    return Reading((on,), None, weekday)


RELATIVE_DAYS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"\b(?:(?P<digits>[0-9]{{1,4}})|(?P<count>{_COUNT})) (?P<unit>day|week|fortnight)s? (?:ago|back)\b"
            r"(?: (?:from )?(?P<start>today|yesterday)\b)?",
            _counted_back,
        ),
        (r"\b(?:the )?(?:day before yesterday|night before last)\b", _days_before_today(2)),
        (r"\b(?:yesterday|yesturday|yesteday|yday|yest|last night)\b", _days_before_today(1)),
        (
            r"\b(?:(?:earlier |just )?today|tonight|just now|this (?:morning|afternoon|evening|lunchtime))\b|^now$",
            _days_before_today(0),
        ),
        (r"\b(?:tomorrow|tomorow|tommorow|tmrw)\b", _days_before_today(-1)),
        (rf"\b(?P<weekday>{_WEEKDAY}) week\b", _weekday_week),
        (
            rf"\b(?:last week (?:on )?(?P<before>{_WEEKDAY})|(?P<after>{_WEEKDAY}) (?:of )?last week)\b",
            _weekday_of_week(1),
        ),
        (
            rf"\b(?:this week (?:on )?(?P<before>{_WEEKDAY})|(?P<after>{_WEEKDAY}) (?:of )?this week)\b",
            _weekday_of_week(0),
        ),
        (
            rf"\b(?:(?P<which>last|this|next|past|this past|this last) )?(?P<weekday>{_WEEKDAY})\b"
            r"(?: (?P<after>last|gone|just gone|past)\b)?",
            _weekday,
        ),
    )
)
