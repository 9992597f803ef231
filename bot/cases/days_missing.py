"""Which days a case cannot go on without and does not know: they are asked for each working morning, never invented."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cases.case import Case
from bot.cases.clocks import Clock

ASK_AWARENESS = "awareness"
"""The clock that stands for asking which day the council became aware."""
ASK_REVIEW_DAY = "review_day"
"""The clock that stands for asking which day the partners decided to hold a local review."""
DAYS_ASKED = (ASK_AWARENESS, ASK_REVIEW_DAY)


def days_missing(case: Case, clocks: Iterable[Clock]) -> tuple[str, ...]:
    """The days without which some clock of an open case cannot be counted, as the clocks that stand for asking."""
    if not case.is_open:
        return ()
    waiting = {_STARTED_BY.get(one.rule.starts) for one in clocks if one.state == "not started"}
    known = {ASK_REVIEW_DAY: not case.review_day_is_missing}
    return tuple(one for one in DAYS_ASKED if one in waiting and not known.get(one))


def waits_for(clock: Clock, day: str) -> bool:
    """Whether a clock cannot be counted without one of these days."""
    return clock.state == "not started" and _STARTED_BY.get(clock.rule.starts) == day


_STARTED_BY = {"awareness": ASK_AWARENESS, "decision to review": ASK_REVIEW_DAY}
