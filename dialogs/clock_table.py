"""The clocks as data: what each is for, what starts and meets it, how long it runs, and who is reminded and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Literal

from dialogs.spans import DayOfYear, Span, always_later, read_day_of_year, read_span
from dialogs.table import Badge, Cite

Start = Literal[
    "opening",
    "owner",
    "awareness",
    "awareness or opening",
    "known",
    "another council",
    "answer in writing",
    "notification",
    "not met after notifying",
    "news after notifying",
    "receipt",
    "rapid review",
    "review sent",
    "decision to review",
    "review put off",
    "decision not to review",
    "publication",
    "published",
    "action",
    "disagreement",
    "passed",
    "year",
]
Stop = Literal[
    "criteria not met",
    "criteria not met, and told",
    "Panel notified",
    "our council notified",
    "another council notified",
    "rapid review sent",
    "no review",
    "review put off",
    "published",
    "impact recorded",
    "responsible council notified",
]
Post = Literal[
    "owner",
    "deputy",
    "action owner",
    "duty_manager",
    "head_of_service",
    "director",
    "delegated_partner",
    "lead_partner",
    "scrutineer",
    "business_manager",
]
Anchor = Literal["at once", "day", "start", "due", "hours", "every", "date"]


@dataclass(frozen=True)
class Stage:
    """When to remind: what it is counted from, how far, and at what time of day (None: when the working day opens).

    `any_hour` is for the few that do not wait for working hours. `text` is the stage as written, and its name.
    """

    text: str
    anchor: Anchor
    span: Span | None = None
    day: int = 0
    date: DayOfYear | None = None
    at: time | None = None
    any_hour: bool = False


@dataclass(frozen=True)
class Tell:
    """Somebody else who hears at a stage, whether or not the owner has answered."""

    when: Stage
    to: Post


@dataclass(frozen=True)
class StandIn:
    """How a duty of the responsible council is kept here, where that is another: what it is called, and by what."""

    title: str
    basis: str
    cites: tuple[Cite, ...]
    if_passed: str = ""


@dataclass(frozen=True)
class ClockRule:
    """One row of the table.

    It applies to `outcomes`, to `once_decided` ones after the partners decided to notify (or did), to `once_agreed`
    ones only after they decided to, and beside any of `add_ons`, where `beside` names outcomes only with those. Its
    length is one of `within`, `every` (repeating, at most `times`) or `by` (every year); `aim` is an earlier day to
    work to. `reading_of` names the duty of which this is one way to count. `keeps` marks a time to let pass, which
    nobody has to meet. `anew`: what is new about the test after the partners decided starts it once more, unless they
    decided to notify. `escalate` is who hears after the deputy, in order, while nobody answers; `passed` who hears with
    the deputy when the deadline has passed; `if_passed` what the owner is told then. `guidance` is the length that
    guidance sets, where an area has a stricter one of its own. `or_by` is another event that meets it as well. A clock
    that `follows` others is met and stopped by what meets and stops that one. `stand_in` is how it is kept, as local
    practice, for a child in another council's care. What is optional has a default, so that a plan kept by an earlier
    version can be read.
    """

    name: str
    title: str
    does: str
    who: str
    starts: Start
    badge: Badge
    deadline_badge: Badge
    basis: str
    cites: tuple[Cite, ...]
    met_by: str
    nudges: tuple[Stage, ...]
    scope: Literal["case", "area"] = "case"
    outcomes: tuple[str, ...] = ()
    once_decided: tuple[str, ...] = ()
    add_ons: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    within: Span | None = None
    aim: Span | None = None
    every: Span | None = None
    times: int | None = None
    by: tuple[DayOfYear, ...] = ()
    stopped_by: tuple[Stop, ...] = ()
    reading_of: str = ""
    keeps: bool = False
    to: Post = "owner"
    tell: tuple[Tell, ...] = ()
    escalate: tuple[Post, ...] = ()
    passed: tuple[Post, ...] = ()
    if_passed: str = ""
    note: str = ""
    guidance: Span | None = None
    anew: bool = False
    or_by: str = ""
    once_agreed: tuple[str, ...] = ()
    stand_in: StandIn | None = None
    beside: tuple[str, ...] = ()

    def length(self) -> str:
        """How long it runs, as the table says it."""
        if self.within is not None:
            return str(self.within)
        if self.every is not None:
            return f"every {self.every}" + (f", {self.times} times" if self.times else "")
        return f"by {', '.join(str(day) for day in self.by)}" if self.by else "by the day agreed"

    def ends_before(self, stage: Stage) -> bool:
        """Whether a time to remind can only come after the deadline."""
        if self.within is None:
            return False
        if stage.anchor == "day":
            return self.within.unit == "working days" and stage.day > self.within.count
        if stage.anchor == "every" and self.within.before:
            return False
        return (
            stage.anchor in ("start", "hours", "every")
            and stage.span is not None
            and always_later(stage.span, self.within)
        )


@dataclass(frozen=True)
class ClockTable:
    """Every clock, in the order of the table, and the version it stands at."""

    version: str
    rules: tuple[ClockRule, ...]

    def rule(self, name: str) -> ClockRule | None:
        """The clock of that name."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def cites(self) -> Iterator[tuple[str, Cite]]:
        """Every citation, with the name of the clock that makes it."""
        for rule in self.rules:
            cites = (*rule.cites, *(rule.stand_in.cites if rule.stand_in else ()))
            yield from ((rule.name, cite) for cite in cites)


_AT = re.compile(r"(.+?)(?: at ([01]\d|2[0-3]):([0-5]\d))?")
_COUNTED = re.compile(r"(.+) (after|before) (start|due)")
HOW = (
    'write it like "at once", "day 2", "day 5 at 10:00", "on the day", "4 working hours after start", '
    '"3 months after start", "2 weeks before due", "every month" or "1 June"'
)


def read_stage(text: str) -> Stage:
    """A stage as written. Raises ValueError, saying how to write one."""
    found = _AT.fullmatch(text)
    assert found is not None  # anything at all matches its first part
    what, at = found[1], time(int(found[2]), int(found[3])) if found[2] else None
    if what in {"at once", "at once at any hour"}:
        if at is not None:
            raise ValueError(f'"{text}" says both at once and a time: {HOW}')
        return Stage(text, "at once", any_hour=what != "at once")
    if day := re.fullmatch(r"day ([1-9]\d?)", what):
        return Stage(text, "day", day=int(day[1]), at=at)
    if what == "on the day":
        return Stage(text, "due", Span(0, "days"), at=at)
    if every := re.fullmatch(r"every (day|week|month)", what):
        return Stage(text, "every", read_span(f"1 {every[1]}"), at=at)
    if counted := _COUNTED.fullmatch(what):
        return _counted(text, counted, at)
    try:
        return Stage(text, "date", date=read_day_of_year(what), at=at)
    except ValueError:
        raise ValueError(f'"{text}" is not a time to remind: {HOW}') from None


def _counted(text: str, found: re.Match[str], at: time | None) -> Stage:
    span = read_span(found[1])
    span = Span(span.count, span.unit, before=found[2] == "before")
    if span.unit == "working hours":
        if (found[2], found[3]) != ("after", "start") or at is not None:
            raise ValueError(f'"{text}": working hours are only counted after the start')
        return Stage(text, "hours", span)
    if (found[2], found[3]) == ("after", "due"):
        raise ValueError(f'"{text}" comes after the deadline; what is late is reminded daily without being listed')
    return Stage(text, "start" if found[3] == "start" else "due", span, at=at)
