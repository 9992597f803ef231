"""Refuses a broken table of clocks: an unknown start, post or outcome, no length or two, a reminder after the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from dialogs.clock_table import ClockRule, ClockTable, Post, Stage, Start, Stop
from dialogs.table import BADGES, OWN_CLOCKS, BrokenTable

OUTCOMES = frozenset("B C D E F G H K".split()) | set(OWN_CLOCKS)
"""The outcomes of the referral that open a case."""
MEETS = frozenset(
    (
        "acknowledged",
        "partner decision",
        "notified",
        "death notified",
        "other areas told",
        "rapid review sent",
        "review decided",
        "reviewer named",
        "published",
        "action audited",
        "impact recorded",
        "done",
        "time",
    )
)
READINGS = ("notification", "awareness", "receipt")


def check(table: ClockTable) -> None:
    """Raises BrokenTable naming the file and the row of the first mistake found."""
    names = [rule.name for rule in table.rules]
    for rule in table.rules:
        place = f"clocks.toml, clock '{rule.name}'"
        for fault in faults(rule, names):
            raise BrokenTable(f"{place}: {fault}")


def faults(rule: ClockRule, names: list[str]) -> Iterator[str]:
    """What is wrong with one clock, given the names of all."""
    if names.count(rule.name) > 1:
        yield "this name is used twice"
    for what, text in (("title", rule.title), ("does", rule.does), ("who", rule.who), ("basis", rule.basis)):
        if not text.strip():
            yield f"{what} is empty"
    if (own := rule.stand_in) is not None and not (own.title.strip() and own.basis.strip() and own.cites):
        yield "stand_in needs a title, a basis and at least one source"
    if not rule.cites:
        yield "a clock needs at least one source"
    for badge in (rule.badge, rule.deadline_badge):
        if badge not in BADGES:
            yield f"'{badge}' is not one of: {', '.join(BADGES)}"
    yield from _belonging(rule)
    yield from _start(rule, names)
    yield from _length(rule)
    yield from _people(rule)
    yield from _reminders(rule, (*rule.nudges, *(tell.when for tell in rule.tell)))


def _belonging(rule: ClockRule) -> Iterator[str]:
    if rule.scope not in ("case", "area"):
        yield f"'{rule.scope}' is not one of: case, area"
    belongs = rule.outcomes + rule.once_decided + rule.once_agreed + rule.add_ons
    if (rule.scope == "case") != bool(belongs):
        yield "a case's clock needs outcomes or add_ons, and an area's has none"
    if rule.beside and not rule.add_ons:
        yield "beside belongs to add_ons"
    for code in sorted({*rule.outcomes, *rule.once_decided, *rule.once_agreed, *rule.beside} - OUTCOMES):
        yield f"'{code}' is not an outcome that opens a case: {', '.join(sorted(OUTCOMES))}"


def _start(rule: ClockRule, names: list[str]) -> Iterator[str]:
    if rule.starts not in get_args(Start):
        yield f"'{rule.starts}' starts nothing; there are: {', '.join(get_args(Start))}"
    if (rule.scope == "area") != (rule.starts == "year"):
        yield "an area's clock starts with the year, and no other does"
    if (rule.starts == "passed") != bool(rule.follows):
        yield "a clock that starts when others have passed names them in follows, and no other does"
    for name in rule.follows:
        if name not in names:
            yield f"no clock is called '{name}'"
    for event in sorted({rule.met_by, rule.or_by or rule.met_by} - MEETS):
        yield f"'{event}' meets nothing; there are: {', '.join(sorted(MEETS))}"
    if (rule.met_by == "time") != rule.keeps:
        yield "a time to let pass (keeps) is met by time, and nothing else is"
    for stop in sorted({*rule.stopped_by} - set(get_args(Stop))):
        yield f"'{stop}' stops nothing; there are: {', '.join(get_args(Stop))}"
    if rule.reading_of and rule.reading_of not in READINGS:
        yield f"'{rule.reading_of}' is not one of: {', '.join(READINGS)}"


def _length(rule: ClockRule) -> Iterator[str]:
    lengths = sum((rule.within is not None, rule.every is not None, bool(rule.by)))
    agreed = rule.starts in ("action", "review put off") and lengths == 0
    if lengths != 1 and not agreed:
        yield "a clock has one length: within, every or by"
    if bool(rule.by) != (rule.starts == "year"):
        yield "by belongs to a clock that starts with the year"
    if rule.times is not None and (rule.every is None or rule.times < 1):
        yield "times belongs to every, and is at least 1"
    if rule.every is not None and (rule.every.unit not in ("weeks", "months") or rule.every.before):
        yield f"every '{rule.every}': write it in weeks or months"
    if rule.aim is not None and rule.within is None:
        yield "aim belongs to within"


def _people(rule: ClockRule) -> Iterator[str]:
    named = (rule.to, *(tell.to for tell in rule.tell), *rule.escalate, *rule.passed)
    for post in named:
        if post not in get_args(Post):
            yield f"'{post}' is nobody; there are: {', '.join(get_args(Post))}"
    if "owner" in rule.escalate + rule.passed or "deputy" in rule.escalate + rule.passed:
        yield "escalate and passed name posts: the owner and the deputy hear first anyway"
    if "action owner" in named and rule.starts != "action":
        yield "only an action has an action owner"


def _reminders(rule: ClockRule, stages: tuple[Stage, ...]) -> Iterator[str]:
    if not rule.nudges:
        yield "a clock needs at least one time to remind"
    counted = rule.within is not None and rule.within.unit == "working days" and not rule.within.before
    for stage in stages:
        if stage.anchor == "day" and not counted:
            yield f"'{stage.text}' needs a clock counted in working days"
        if rule.ends_before(stage):
            yield f"'{stage.text}' comes after the deadline"
        if stage.anchor == "date" and not rule.by:
            yield f"'{stage.text}' needs a clock with a day in the year"
        if stage.anchor == "start" and rule.starts in ("year", "action") and rule.every is None:
            yield f"'{stage.text}' needs a clock with a start"
