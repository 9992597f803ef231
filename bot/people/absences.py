"""Which absences stand once one more is noted, or somebody is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

Days = tuple[date, date]


def to_come(every: Sequence[Days], today: date) -> tuple[Days, ...]:
    """Those that are not over."""
    return tuple(one for one in every if one[1] >= today)


def touched_by(days: Days, every: Sequence[Days]) -> tuple[Days, ...]:
    """Those that share a day with it: it takes their place."""
    return tuple(one for one in every if one[0] <= days[1] and days[0] <= one[1])


def with_one_more(every: Sequence[Days], days: Days, today: date) -> tuple[Days, ...]:
    """What stands once one more is noted."""
    replaced = touched_by(days, every)
    return tuple(sorted({days, *(one for one in to_come(every, today) if one not in replaced)}))


def ends_with_a_return(every: Sequence[Days], today: date) -> tuple[Days, ...]:
    """What may be meant by somebody who is back: the one that runs, else any that is to come."""
    noted = to_come(every, today)
    return tuple(one for one in noted if one[0] <= today) or noted
