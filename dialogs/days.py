"""Working days in England with their working shown: what is counted, what is skipped, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files

EARLIEST = date(2018, 1, 1)
LATEST_START = date(2099, 12, 31)
MOST_WORKING_DAYS = 400


@cache
def published_to() -> date:
    """The last day for which England's bank holidays have been published, as dated data says."""
    text = files("dialogs").joinpath("rules/bank_holidays.toml").read_text(encoding="utf-8")
    day = tomllib.loads(text)["published_to"]
    assert isinstance(day, date)
    return day


@dataclass(frozen=True)
class Skipped:
    """A day that is not counted, and why."""

    on: date
    why: str


@dataclass(frozen=True)
class DueDate:
    """When something is due, with its working.

    `latest` is the n-th working day after the start; `aim_for` is the n-th counting the start itself where it is a
    working day, else the same as `latest`. `counted` and `skipped` lead from the day after the start to `latest`.
    `provisional` is true where bank holidays for that time have not been published.
    """

    latest: date
    aim_for: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Working days: Monday to Friday without the bank holidays of England and an area's one-off holidays.

    Source: GOV.UK bank holidays (England and Wales), through the `holidays` library with subdivision ENG, whose
    default without a subdivision would omit Easter Monday and the August holiday.
    """

    extra: tuple[tuple[date, str], ...] = ()
    published_to: date = field(default_factory=published_to)

    def why_not_working(self, day: date) -> str | None:
        """Why a day is not a working day, or None if it is one."""
        if day.weekday() >= 5:
            return f"{day:%A}"
        if name := dict(self.extra).get(day):
            return f"One-off holiday: {name}"
        name = _bank_holidays(day.year).get(day)
        return None if name is None else f"Bank holiday: {name}"

    def is_working(self, day: date) -> bool:
        """Whether a day counts."""
        return self.why_not_working(day) is None

    def due(self, start: date, working_days: int) -> DueDate:
        """The date `working_days` working days after `start`, with its working.

        Raises ValueError for a start outside 2018 to 2099 or a count outside 1 to 400.
        """
        return _due(self, start, working_days)


@lru_cache(maxsize=4096)
def _due(calendar: Calendar, start: date, working_days: int) -> DueDate:
    if not EARLIEST <= start <= LATEST_START:
        raise ValueError(f"start must be from {EARLIEST.year} to {LATEST_START.year}")
    if not 1 <= working_days <= MOST_WORKING_DAYS:
        raise ValueError(f"working_days must be from 1 to {MOST_WORKING_DAYS}")
    counted: list[date] = []
    skipped: list[Skipped] = []
    day = start
    while len(counted) < working_days:
        day += timedelta(days=1)
        why = calendar.why_not_working(day)
        if why is None:
            counted.append(day)
        else:
            skipped.append(Skipped(day, why))
    aim_for = [start, *counted][working_days - 1] if calendar.is_working(start) else day
    return DueDate(day, aim_for, tuple(counted), tuple(skipped), day > calendar.published_to)


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    # Imported late: the library takes a quarter of a second, and most turns count no days.
    from holidays.countries.united_kingdom import UnitedKingdom

    class England(UnitedKingdom):
        # 400 working days from the end of 2099 reach 2101, one year past the library's own bound.
        end_year = 2110

    names = England(  # type: ignore[no-untyped-call]
        subdiv="ENG", years=year, language="en_GB"
    )
    return {day: name.replace("(observed)", "(substitute day)") for day, name in names.items()}
