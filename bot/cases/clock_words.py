"""A clock in words: why its date is what it is, how it stands, what a correction moved, and a row of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.cases.clocks import Clock, Moved
from bot.cases.counted_days import runs, short, skipped_words, stretches
from bot.cases.escalation import hear_of_passing, rungs_of
from bot.cases.nudge_words import POSTS, joined
from bot.clock import LONDON
from dialogs.clock_table import ClockRule
from dialogs.date_words import spoken, working_days
from dialogs.spans import Span
from dialogs.table import Badge
from knowledge.area_values import DayOff

STARTED = {
    "opening": "the day the case was opened; the day the council became aware is not known",
    "opening before": (
        "the day the case was opened; the council is said to have become aware later, which moves this only once a "
        "lead gives that day"
    ),
    "owner": "the day the case became its owner's",
    "awareness": "the day the council became aware",
    "suspicion": "the day the council came to suspect abuse or neglect in what it knew before",
    "known": "the day the decision that brought it was put on record",
    "notification": "the day the notification was sent",
    "not met after notifying": "the day the partners decided, after the notification, that the test was not met",
    "answer in writing": "the day the other council's answer in writing was there",
    "news after notifying": "the day what is new was put on record, after the notification",
    "receipt": "the day the business unit had the notification",
    "review sent": "the day the rapid review was sent",
    "decision to review": "the day a local review was decided on",
    "review put off": "the day the partners put off deciding on a local review",
    "decision not to review": "the day it was decided to hold no local review",
    "publication": "the day planned for publication",
    "published": "the day of publication",
    "action": "the day the action was agreed",
    "disagreement": "the day the disagreement was raised",
    "year": "the area's own year",
}
STARTS = {
    **STARTED,
    "opening": "the day the case is opened",
    "awareness or opening": (
        "the day the council became aware; while that is not known, or is later and no lead has given it, the day the "
        "case was opened"
    ),
    "known": (
        "the day the council became aware, or the case was opened; where it came with a later decision, the day "
        "that was put on record"
    ),
    "another council": (
        "the day the council became aware, or the case was opened; where it came with a later decision, or the other "
        "council had answered and then does not accept in writing, the day that was put on record"
    ),
    "rapid review": "the day from which the area counts the rapid review",
    "publication": "the day planned for publication, or of publication",
    "review put off": "the day the partners put off deciding on a local review, until a day that they give",
    "decision not to review": "the day it was decided to hold no local review, after the rapid review was sent",
    "passed": "the morning after a deadline has passed",
}
BADGES: dict[Badge, str] = {"must": "Must", "should": "Should", "local": "Local"}


def explain(clock: Clock, closed: Iterable[DayOff] = ()) -> tuple[str, ...]:
    """Why a clock has the date it has: the start, each day counted and skipped, and what may still move it.

    `closed` are days on which the area's offices are shut, which count all the same.
    """
    if clock.started_on is None or clock.working is None or clock.latest is None:
        return (f"It has not begun. It starts with {STARTS.get(clock.rule.starts, clock.rule.starts)}.",)
    begun = f"Counted from {spoken(clock.started_on)}, {STARTED.get(clock.started_by, _passed(clock))}."
    lines = [*([] if clock.rule.by else [begun]), *_length(clock)]
    lines += _aim(clock)
    if clock.by_guidance is not None:
        lines.append(f"By the guidance alone: {spoken(clock.by_guidance)}.")
    shut = [day for day in closed if day.date in clock.working.counted]
    if shut:
        days = joined(short(day.date) for day in shut)
        lines.append(f"{days} count{'s' if len(shut) == 1 else ''} although offices are closed.")
    if clock.working.provisional:
        lines.append("The bank holidays of that time have not been published yet, so this may move.")
    lines += _reading(clock)
    return (*lines, _standing(clock.rule))


def _standing(rule: ClockRule) -> str:
    """What stands behind the duty and behind its deadline, as the decision says it."""
    duty, deadline = BADGES[rule.badge], BADGES[rule.deadline_badge]
    return f"{duty}: {rule.basis}." if duty == deadline else f"{duty}; deadline: {deadline.lower()}. {rule.basis}."


def _passed(clock: Clock) -> str:
    return f"the working day after another deadline passed ({clock.started_by})"


def _length(clock: Clock) -> Iterator[str]:
    rule, working = clock.rule, clock.working
    assert working is not None
    assert clock.latest is not None
    if rule.by:
        yield f"Every year {rule.length()}."
    elif working.counted and rule.within is not None and rule.within.before:
        yield f"{_capital(_bare(rule.within))} before it, which is itself left out: {stretches(working.counted)}."
    elif working.counted:
        yield f"{_capital(rule.length())}. Counted: {runs(working.counted)}."
    elif rule.within is not None and rule.within.unit == "working hours" and clock.passes_at is not None:
        yield f"{_capital(rule.length())}: {clock.passes_at.astimezone(LONDON):%H:%M} on {spoken(clock.latest)}."
    else:
        yield f"{_capital(rule.length())}, counted in the calendar: every day counts."
    if working.skipped:
        yield f"Not counted: {skipped_words(sorted(working.skipped, key=lambda one: one.on))}."
    yield f"{'Until' if rule.keeps else 'Latest'}: {spoken(clock.latest)}."


def _aim(clock: Clock) -> Iterator[str]:
    if clock.aim_for is None or clock.aim_for == clock.latest or clock.started_on is None:
        return
    if clock.rule.aim is not None:
        yield f"Aim for: {spoken(clock.aim_for)}."
        return
    here = " In this area that is the deadline." if clock.deadline == clock.aim_for else ""
    yield f"Aim for: {spoken(clock.aim_for)}, counting {short(clock.started_on)} as day 1.{here}"


def _reading(clock: Clock) -> Iterator[str]:
    if clock.rule.reading_of:
        yield (
            "This is how this area counts."
            if clock.policy
            else "This area counts another way. Reminders follow whichever known date is earlier."
        )


def _bare(span: Span) -> str:
    return str(span).removesuffix(" before")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def standing(clock: Clock) -> str:
    """How a clock stands, in few words."""
    if clock.state == "not started":
        return "not started"
    if clock.state == "stopped" and clock.stopped_by == "closed":
        # The duty has not gone: nobody is reminded of it here any more.
        return "no longer counted (the case is closed)"
    if clock.state == "stopped":
        return f"no longer needed ({clock.stopped_by})"
    late = _late(clock)
    if clock.state == "met" and clock.met_on is not None:
        return "over" if clock.rule.keeps else f"done {spoken(clock.met_on)}{late}"
    return f"running{late}"


def _late(clock: Clock) -> str:
    """How late it is, or was; where the area holds to another way of counting, only that this one's day had passed."""
    if not clock.late_days or clock.deadline is None:
        return ""
    if not clock.binding:
        return f"; counted this way the day was {spoken(clock.deadline)}, but this area counts another way"
    return f", {working_days(clock.late_days)} late"


def moved_words(moved: Moved) -> str:
    """What a correction did to one clock."""
    title = _capital(moved.clock.title) + _counted_from(moved.clock)
    before, after = moved.before, moved.after
    if after is None or after.latest is None:
        return f"{title}: no longer counted."
    if after.state != "running":
        return f"{title}: {standing(after)}."
    if before is None or before.latest is None or before.state != "running":
        return f"{title}: runs now, latest {spoken(after.latest)}."
    if before.latest == after.latest:
        return f"{title}: latest {spoken(after.latest)} as before, aim for {spoken(after.aim_for or after.latest)}."
    return f"{title}: latest was {spoken(before.latest)}, now {spoken(after.latest)}."


def _counted_from(clock: Clock) -> str:
    return f", counted from {clock.rule.reading_of}" if clock.rule.reading_of else ""


def row_words(rule: ClockRule) -> tuple[str, ...]:
    """A row of the table as its policy owner reads it."""
    lines = [f"{rule.name}: {rule.does}", f"  who: {rule.who}", f"  for: {_belongs(rule)}"]
    lines.append(f"  starts: {STARTS[rule.starts]}{f' ({joined(rule.follows)})' if rule.follows else ''}")
    if rule.anew:
        lines.append("  starts once more: the day something new about the test was put on record, after they decided")
    aim = f"; aim for {rule.aim}" if rule.aim else ""
    lines.append(f"  {'keeps until' if rule.keeps else 'length'}: {rule.length()}{aim}")
    lines.append(f"  standing: duty {rule.badge}, deadline {rule.deadline_badge} ({rule.basis})")
    if rule.stand_in is not None:
        lines.append(f"  for a child in another council's care: {rule.stand_in.title} (local: {rule.stand_in.basis})")
    lines.append(
        f"  met by: {rule.met_by}" + (f"; needless after: {joined(rule.stopped_by)}" if rule.stopped_by else "")
    )
    lines.append(f"  reminds {_post(rule.to)}: {'; '.join(stage.text for stage in rule.nudges)}")
    lines += [f"  also tells {_post(tell.to)}: {tell.when.text}" for tell in rule.tell]
    if rungs := rungs_of(rule):
        lines.append(f"  if nobody answers: {', then '.join(_post(post) for post in rungs)}")
    if not rule.keeps:
        others = f", and at first {joined(_post(post) for post in hear_of_passing(rule))}" if rule.passed else ""
        lines.append(f"  if it passes: {_post(rule.to)} every working morning{others}")
    lines.append(f"  sources: {'; '.join(f'{cite.source}, {cite.place}' for cite in rule.cites)}")
    return (*lines, f"  note: {rule.note}") if rule.note else tuple(lines)


def _belongs(rule: ClockRule) -> str:
    if rule.scope == "area":
        return "the area, in no case"
    parts = [f"outcomes {', '.join(rule.outcomes)}"] if rule.outcomes else []
    parts += [f"{', '.join(rule.once_decided)} once it is to be notified"] if rule.once_decided else []
    parts += [f"{', '.join(rule.once_agreed)} once the partners decide to notify"] if rule.once_agreed else []
    beside = f" beside {', '.join(rule.beside)}" if rule.beside else ""
    parts += [f"add-ons {', '.join(rule.add_ons)}{beside}"] if rule.add_ons else []
    return "; ".join(parts)


def _post(post: str) -> str:
    return POSTS.get(post, f"the {post}")
