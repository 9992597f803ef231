"""The first and last day of an absence as people type them: what is not clear is told apart, and never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.answers import InvalidAnswer
from dialogs.coming_days import (
    DAY_AND_MONTH,
    HARDLY_MEANT,
    begun,
    coming_days,
    days_from,
    has_year,
    of_week,
    of_which_week,
    past_days,
    weeks_from,
    which_year,
)
from dialogs.date_words import WEEKDAYS, plain
from dialogs.day_parts import is_only_a_part, whole_day, without_times
from dialogs.split_days import ONE_STRETCH, split_days

Days = tuple[date, date]
_A_DAY = timedelta(days=1)
_FRIDAY = timedelta(days=4)
_MOST_TO_CHOOSE_FROM = 4
# Without a year, "14 August to 3 August" is two days turned round, where "24 December to 4 January" is not.
WHOLE_DAYS = "I can only note whole days."
_LAST_BEFORE_FIRST = "The last day comes before the first. Please check them."
_TURNED_ROUND = (
    "The last day comes before the first. Please check them; if the last is in another year, give both years."
)
_OPENING = re.compile(r"^(?:(?:just|only) )?(?:between|from|on|for|starting|beginning) |^(?:just|only) ")
_KIND_WORDS = re.compile(r" (?:please|thanks|thank you|only|inclusive)$")
_ALL = r"(?:for )?(?:(?:all|(?:the )?(?:whole|rest))(?: of)? )"
_WEEKS = (
    (re.compile(rf"{_ALL}?this week|{_ALL}(?:the )?week"), 0),
    (re.compile(rf"{_ALL}?next week"), 1),
)
_THIS_WEEK_AND_NEXT = re.compile(r"(?:for )?this week and next(?: week)?")
_END_OF_A_WEEK = re.compile(r"(?:the )?end of (?:(?P<next>next)|this|the) week")
_BACK = re.compile(
    r"(?:(?:until )?(?P<me>(?:i am|im|i will be|ill be) )|(?P<first>.+?) (?:and )?)?"
    r"back (?:(?:at work|in|on|from|again) )*(?P<day>.+)"
)
_UNTIL = re.compile(r"(?:until|till|up to|through|to)(?: and including)? (?P<last>.+)")
_FROM_ON = re.compile(
    r"(?:from|starting|beginning|(?P<since>since)) (?P<first>.+?)(?: (?:on|onwards?))?|(?P<onwards>.+) onwards?"
)
_THAT_DAY_ONLY = re.compile(r"(?:just |only )?(?:for )?(?:the |that )?(?:same |one )?day(?: only)?")


@dataclass(frozen=True)
class Unclear:
    """Days that were perhaps meant, the nearest first, and why they are asked for before anything is noted.

    "which": more than one such day comes; "part": only a part of a day was said; "back": a return was said, and no
    absence; "week": this week was said, and it is over.
    """

    days: tuple[Days, ...]
    why: Literal["which", "part", "back", "week"] = "which"


@dataclass(frozen=True)
class Begins:
    """The first days that were perhaps meant, and whether only a part of one was said."""

    days: tuple[date, ...]
    is_part: bool = False


def begins_on(text: str, today: date) -> Begins | None:
    """The first day of "from 3 August", which says nothing of the last; None for anything else.

    Raises InvalidAnswer where it means no day.
    """
    match = _FROM_ON.fullmatch(_tidy(text))
    first = (match["first"] or match["onwards"]) if match else ""
    if match is None or _BACK.fullmatch(first) or len(split_days(first).days) != 1:
        return None
    if week := _week(first, today):
        return Begins(tuple(monday for monday, _ in week))
    said, is_part = whole_day(first, "first")
    if match["since"] or said == "yesterday":
        return Begins(past_days(said, today), is_part)
    return Begins(_first(said, today), is_part)


def ends_on(text: str, first: date, today: date) -> Days | Unclear:
    """The first and last day, where the first is known and the last was asked for: that, or both once more.

    Raises InvalidAnswer where it is none.
    """
    said = _tidy(text)
    if _THAT_DAY_ONLY.fullmatch(said):
        return first, first
    if (match := _BACK.fullmatch(said)) and not match["first"]:
        return _until_back(match["day"], (first,), today)
    if match := _UNTIL.fullmatch(said):
        return _until(match["last"], (first,), today)
    if len(split_days(said).days) > 1:
        return absence(text, today)
    return _until(said, (first,), today)


def absence(text: str, today: date) -> Days | Unclear:
    """The first and last day of "3 to 14 August", "tomorrow until Friday", "until 4/12", "next week" or one day alone.

    Raises InvalidAnswer where it is none, or the last day comes before the first.
    """
    said = _tidy(text)
    if week := _week(said, today):
        is_over = week[0][0] > today and "next" not in said
        return Unclear(tuple(week), "week") if is_over else _told(week)
    if match := _BACK.fullmatch(said):
        return _back(match, today)
    if match := _UNTIL.fullmatch(said):
        return _until(match["last"], (today,), today)
    said = _OPENING.sub("", said.replace(" and ", " to ") if said.startswith("between ") else said)
    said, has_times = without_times(said)
    days, are_all = split_days(said)
    if len(days) == 2 and is_only_a_part(days[1]):
        # "Friday until 2pm" is a part of one day.
        days = (" ".join(days),)
        has_times = True
    if len(days) == 1:
        bare, is_part = whole_day(days[0], "only")
        return _told([(day, day) for day in coming_days(bare, today)], is_part=is_part or has_times)
    first, is_part = whole_day(days[0], "first")
    last = whole_day(days[1], "last")[0]
    firsts = _first_of_week(first, last, today) or _first(first, today)
    found = _until(days[1], firsts, today, is_part=is_part or has_times)
    _refuse_far_ahead(found, first, last, today)
    return _next_to_each_other(found) if are_all else found


def _tidy(text: str) -> str:
    said = plain(re.sub(r"\s*[\u2013\u2014]\s*", " - ", text.replace("&", " and ")))
    while said != (bare := _KIND_WORDS.sub("", said)):
        said = bare
    return said


def _week(said: str, today: date) -> list[Days]:
    """The days of this week that are left, or next week's; two weeks on a Sunday."""
    if _THIS_WEEK_AND_NEXT.fullmatch(said) and today.weekday() < _FRIDAY.days + 1:
        return [(today, weeks_from(today, 1)[0] + _FRIDAY)]
    ahead = next((ahead for pattern, ahead in _WEEKS if pattern.fullmatch(said)), None)
    if ahead is None:
        return []
    weeks = [(max(monday, today), monday + _FRIDAY) for monday in weeks_from(today, ahead)]
    return [(first, last) for first, last in weeks if first <= last] or _week("next week", today)


def _back(match: re.Match[str], today: date) -> Days | Unclear:
    first = match["first"]
    if first is None or first in {"until", "until im", "until i am"}:
        found = _until_back(match["day"], (today,), today)
        if match["me"] and isinstance(found, tuple):
            return Unclear((found,), "back")
        return found
    said, is_part = whole_day(re.sub(r"^(?:from|on) ", "", first), "first")
    return _until_back(match["day"], _first(said, today), today, is_part=is_part)


def _until_back(text: str, firsts: tuple[date, ...], today: date, *, is_part: bool = False) -> Days | Unclear:
    """The days of an absence until the day before somebody is back."""
    said, is_less = whole_day(text, "first")
    days = [(first, day - _A_DAY) for first in firsts for day in _last(said, first, today) if day > first]
    if not days:
        raise InvalidAnswer(WHOLE_DAYS if is_only_a_part(text) else _LAST_BEFORE_FIRST)
    return _told(days, is_part=is_part or is_less)


def _until(text: str, firsts: tuple[date, ...], today: date, *, is_part: bool = False) -> Days | Unclear:
    """The days of an absence until a last day, from each first day that it may begin on."""
    said, is_less = whole_day(without_times(text)[0], "last")
    week = _END_OF_A_WEEK.fullmatch(text)
    days: list[Days] = []
    for first in firsts:
        try:
            lasts = _fridays(today, 1 if week["next"] else 0) if week else _last(said, first, today)
        except InvalidAnswer:
            if first == firsts[-1] and not days:
                raise
        else:
            days += [(first, last) for last in lasts]
    if not (in_order := [(first, last) for first, last in days if first <= last]):
        raise InvalidAnswer(DAY_AND_MONTH if week else _LAST_BEFORE_FIRST)
    return _told(in_order, is_part=is_part or is_less)


def _fridays(today: date, ahead: int) -> tuple[date, ...]:
    return tuple(monday + _FRIDAY for monday in weeks_from(today, ahead))


def _first_of_week(first: str, last: str, today: date) -> tuple[date, ...]:
    """The first days of "Monday to Wednesday next week", which says of both that they are next week's."""
    name, ahead = of_which_week(last) or ("", 0)
    if not name or first not in WEEKDAYS or WEEKDAYS[first] > WEEKDAYS[name]:
        return ()
    return of_week(first, today, ahead)


def _first(said: str, today: date) -> tuple[date, ...]:
    running = begun(said, today)
    return (running,) if running else coming_days(said, today)


def _last(said: str, first: date, today: date) -> tuple[date, ...]:
    """The last days, which may be over too. Raises InvalidAnswer where they are turned round with the first."""
    for start in (max(first, today), first):
        days = days_from(said, today, start)
        if days[0] - start <= HARDLY_MEANT or has_year(said, days[0], today):
            return days
    raise InvalidAnswer(which_year(today) if first == today else _TURNED_ROUND)


def _refuse_far_ahead(found: Days | Unclear, first: str, last: str, today: date) -> None:
    """Raises InvalidAnswer where an absence ends nearly a year ahead, or later, and no year was said."""
    begins, ends = found.days[-1] if isinstance(found, Unclear) else found
    if ends - today > HARDLY_MEANT and not (has_year(first, begins, today) or has_year(last, ends, today)):
        raise InvalidAnswer(which_year(today))


def _next_to_each_other(found: Days | Unclear) -> Days | Unclear:
    """Only two days with none between: "Friday and Monday" names no Saturday."""
    if isinstance(found, Unclear):
        days, is_part = list(found.days), found.why == "part"
    else:
        days, is_part = [found], False
    days = [(first, last) for first, last in days if last - first == _A_DAY]
    if not days:
        raise InvalidAnswer(ONE_STRETCH)
    return _told(days, is_part=is_part)


def _told(days: list[Days], *, is_part: bool = False) -> Days | Unclear:
    """What is noted, or asked for: where more than one absence may be meant, or a part of a day was said."""
    each = tuple(sorted(set(days)))[:_MOST_TO_CHOOSE_FROM]
    if is_part:
        return Unclear(each, "part")
    return each[0] if len(each) == 1 else Unclear(each)
