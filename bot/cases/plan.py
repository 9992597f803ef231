"""What a case's clocks follow, and its text as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cache, cached_property, lru_cache
from typing import Literal

from pydantic import TypeAdapter

from bot.cases.case_event import plain
from bot.cases.working_time import WorkingTime
from dialogs.clock_table import ClockRule
from dialogs.days import Calendar


@dataclass(frozen=True)
class Plan:
    """What a case's clocks follow, snapshotted when it opened: the rules with the area's own numbers, and its ways."""

    version: str
    rules: tuple[ClockRule, ...]
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    count_first_day: bool = False
    rapid_review_start: Literal["notification", "awareness", "receipt"] = "notification"

    @cached_property
    def by_name(self) -> dict[str, ClockRule]:
        """The rules by their names."""
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """Every outcome that a rule names."""
        return frozenset(one for rule in self.rules for one in rule.outcomes)

    def called(self, outcome: str) -> str:
        """What the rules call an outcome: a plan from before some had a name of their own has only that of them all."""
        return outcome if outcome in self.outcomes else plain(outcome)

    def working_time(self, calendar: Calendar) -> WorkingTime:
        """The working time that a case keeps."""
        return WorkingTime(calendar, self.opens, self.closes)


@cache
def _plans() -> TypeAdapter[Plan]:
    # Made when a plan is first read: most commands never do, and it takes a while.
    return TypeAdapter(Plan)


def plan_to_json(plan: Plan) -> str:
    """A plan as text to be kept; the same plan gives the same text."""
    return _plans().dump_json(plan).decode()


@lru_cache(maxsize=64)
def plan_from_json(text: str) -> Plan:
    """A kept plan. Raises pydantic.ValidationError where it is not one."""
    return _plans().validate_json(text)
