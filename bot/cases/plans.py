"""The plan a case begins with: the clock table with an area's own times and people, and its working hours and ways."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

from bot.cases.case import Plan
from dialogs.clock_check import faults
from dialogs.clock_table import ClockRule, ClockTable, Post, Stage, Tell, read_stage
from dialogs.spans import DayOfYear, Span, read_day_of_year, read_span
from knowledge.area import Area, BrokenArea, ClockChange, Problem

# Settings that an area has had under other names from the first.
_MILESTONES = {
    "agency_summaries": "agency_summaries",
    "draft": "rapid_review_draft",
    "sign_off": "rapid_review_sign_off",
}
_Read = TypeVar("_Read")


class _Slip(Exception):
    """A value of a change is not right; `key` says which."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def plan_of(table: ClockTable, area: Area) -> Plan:
    """The plan of an area. Raises BrokenArea naming file and line where its numbers do not fit the table."""
    rules = {rule.name: rule for rule in table.rules}
    elsewhere = _days(area)
    for name, days in elsewhere.items():
        rules[name] = _with_own_time(rules[name], within=Span(days, "working days"))
    problems = []
    for place, change in enumerate(area.clocks):
        try:
            rules[change.name] = _changed(change, rules, elsewhere)
        except _Slip as slip:
            problems.append(Problem(area.line("clocks", place, slip.key), str(slip)))
    if problems:
        raise BrokenArea(area.file, problems)
    return Plan(
        version=f"{table.version} {area.key} {area.content_version or ''}".strip(),
        rules=tuple(rules.values()),
        opens=area.working_hours.opens,
        closes=area.working_hours.closes,
        count_first_day=area.count_first_day,
        rapid_review_start=area.rapid_review_start,
    )


def _days(area: Area) -> dict[str, int]:
    found = {rule: getattr(area.milestones, name) for name, rule in _MILESTONES.items()}
    found["decision_meeting"] = area.decision_meeting_working_days
    return {name: days for name, days in found.items() if days is not None}


def _changed(change: ClockChange, rules: dict[str, ClockRule], elsewhere: Container[str]) -> ClockRule:
    """A rule with an area's own times, reminders and people. Raises _Slip."""
    rule = rules.get(change.name)
    if rule is None:
        raise _Slip("name", f'no clock is called "{change.name}": see `bot clocks`')
    if change.within and change.name in elsewhere:
        raise _Slip("within", f"{change.name} has its number of days already, elsewhere in this file: keep one of them")
    given = {
        "within": _read("within", read_span, change.within) if change.within else None,
        "every": _read("every", read_span, change.every) if change.every else None,
    }
    for key, span in given.items():
        if span is not None:
            _refuse_less_strict(key, span, rule)
    if change.by and not rule.by:
        raise _Slip("by", f"{rule.name} has no day of the year: it runs {rule.length()}")
    own = _with_own_time(
        rule,
        within=given["within"],
        every=given["every"],
        by=tuple(_read("by", read_day_of_year, day) for day in change.by or ()),
    )
    own = replace(own, **_reminding(change))
    for fault in faults(own, list(rules)):
        raise _Slip(_at_fault(fault, change, own), fault)
    return own


def _reminding(change: ClockChange) -> dict[str, Any]:
    """When an area reminds, and who else hears. Raises _Slip."""
    own: dict[str, Any] = {key: getattr(change, key) for key in change.given() if key in ("escalate", "passed")}
    if change.nudges:
        own["nudges"] = tuple(_read("nudges", read_stage, text) for text in change.nudges)
    if change.tell:
        # Whether there is such a post is checked with the rest of the row.
        own["tell"] = tuple(Tell(_read("tell", read_stage, one.when), cast(Post, one.to)) for one in change.tell)
    return own


def _at_fault(fault: str, change: ClockChange, own: ClockRule) -> str:
    """Which of an area's settings has a fault: the one without which it is gone."""
    for key in ("passed", "escalate", "tell", "nudges", "by"):
        without: dict[str, Any] = {key: ()}
        if key in change.given() and fault not in faults(replace(own, **without), [own.name]):
            return key
    return next((key for key in ("every", "within") if key in change.given()), "name")


def _read(key: str, read: Callable[[str], _Read], text: str) -> _Read:
    try:
        return read(text)
    except ValueError as fault:
        raise _Slip(key, str(fault)) from None


def _refuse_less_strict(key: str, given: Span, rule: ClockRule) -> None:
    national: Span | None = getattr(rule, key)
    if national is None:
        raise _Slip(key, f"{rule.name} is not counted that way: it runs {rule.length()}")
    if given.before != national.before:
        raise _Slip(key, f'"{given}" cannot stand for "{national}": one is before a day, the other after it')
    if rule.deadline_badge == "local":
        return
    if given.unit != national.unit:
        raise _Slip(key, f'write it in {national.unit}, as in "{national}"')
    least = given.before or rule.keeps
    if given.count < national.count if least else given.count > national.count:
        raise _Slip(key, f'the guidance says "{national}": an area may be stricter, not less strict')


def _with_own_time(
    rule: ClockRule, within: Span | None = None, every: Span | None = None, by: tuple[DayOfYear, ...] = ()
) -> ClockRule:
    """The rule with an area's own time, which then stands behind its deadline, and the reminders that fit it."""
    own = replace(rule, within=within or rule.within, every=every or rule.every, by=by or rule.by)
    if own == rule:
        return rule
    guidance = None if rule.deadline_badge == "local" else rule.within
    return _kept_inside(replace(own, deadline_badge="local", basis=_own_basis(rule), guidance=guidance))


def _own_basis(rule: ClockRule) -> str:
    what = "day" if rule.by else "time"
    if rule.deadline_badge != "local":
        return f"This area's own {what}; the guidance says {rule.length()}"
    # What stands behind the duty goes before what stood behind the table's own time for it.
    duty = rule.basis.partition("; ")[0]
    return f"This area's own {what}" if rule.badge == "local" else f"{duty}; the {what} is this area's own"


def _kept_inside(rule: ClockRule) -> ClockRule:
    """The rule without those of the table's reminders that an area's own length leaves after the deadline."""
    tell = (replace(one, when=stage) for one in rule.tell for stage in _inside((one.when,), rule))
    return replace(rule, nudges=_inside(rule.nudges, rule), tell=tuple(tell))


def _inside(stages: Iterable[Stage], rule: ClockRule) -> tuple[Stage, ...]:
    """Stages before the deadline. A numbered day after it becomes the last day, at the same time of day."""
    kept = (_on_last_day(stage, rule) if stage.anchor == "day" else stage for stage in stages)
    return tuple(dict.fromkeys(stage for stage in kept if not rule.ends_before(stage)))


def _on_last_day(stage: Stage, rule: ClockRule) -> Stage:
    if not rule.ends_before(stage) or rule.within is None:
        return stage
    _, at, time = stage.text.partition(" at ")
    return read_stage(f"day {rule.within.count}{at}{time}")
