"""What the one whose clock it is hears, and when: the table's stages, what was put off or lapsed, and what is late."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.cases.answered import Answer, Waited, answers, waited
from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.posts import of_person
from bot.cases.stages import Timed, kept_within, timed
from bot.cases.working_time import WorkingTime
from bot.clock import london_date

Kind = Literal[
    "new case",  # a case is somebody's: it has just opened, or was handed over
    "nudge",
    "at once",  # comes at any hour
    "today",  # the deadline is that day
    "keep",  # of a time to let pass
    "catch-up",  # the bot first knew when earlier ones had passed
    "back",  # it was put off until now
    "stricter passed",  # of two ways to count one duty, the stricter, by which the area is not bound
    "lapsed",  # it was acknowledged, and that has run out
    "overdue",
    "tell",  # somebody else hears, as the table says
    "escalation",  # the next one hears, because nobody has answered
    "passed",  # the next one hears, because the deadline has passed
    "told",  # those who heard before hear who has heard now
    "ask date",
    "ask review day",
    "ask to agree",  # somebody told what ends a duty, and no lead has said whether it holds
    "ask to reopen",  # what came to a closed case may be a reason to open it again
    "ask to join",  # a decision belongs to a case that was notified before
]
AT_ANY_HOUR: frozenset[Kind] = frozenset({"new case", "at once", "today"})
"""The kinds that do not wait for working time."""


@dataclass(frozen=True)
class Due:
    """One reminder of one clock to one recipient: its stage and kind, its moment, and who said what it reminds of."""

    at: datetime
    stage: str
    kind: Kind
    to: str
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reminders:
    """What a clock's own person hears until its deadline, in order; what came of waiting for an answer.

    `first_late` is when it is first said to be late, and then every working morning; None for a clock that never is.
    `answered` is what others said that they have, and was to be asked again.
    """

    dues: tuple[Due, ...]
    waited: Waited
    first_late: datetime | None
    answered: tuple[Due, ...] = ()


NOTHING_WAITED = Waited((), ())


def recipient(clock: Clock) -> str:
    """Who is reminded: a role or post, or "person:" and the id of an action's owner."""
    if clock.rule.to == "action owner":
        return of_person(clock.person) if clock.person else "owner"
    return clock.rule.to


def key_of(clock: Clock, due: Due) -> str:
    """What tells a reminder from every other of its case, however often it is worked out."""
    return "|".join((clock.id, clock.period, str(clock.deadline), due.stage, due.to))


def reminders(
    clock: Clock, case: Case, hours: WorkingTime, rungs: int, noted: Collection[str] | None = None
) -> Reminders:
    """The reminders of a running clock; `rungs` is how many others may hear if nobody answers.

    An answer is waited for from when a reminder was noted, so that nobody is passed over because the bot was not
    running: see `_asked`.
    """
    assert clock.since is not None
    assert clock.passes_at is not None
    given = answers(case, clock.id, hours, clock.since)
    dues = _not_put_off(_coming(clock, case, hours), given, clock)
    dues += (handed := _handed_over(dues, clock, case, hours))
    came = NOTHING_WAITED
    if not clock.rule.keeps:
        asked, ends = _asked(dues, clock, noted), [one.at for one in handed if one.at < clock.passes_at]
        came = _waited(asked, given, rungs, hours, (*ends, clock.passes_at))
        taken = {due.at for due in dues}
        lapsed = (at for at in came.lapsed if at not in taken)
        own = recipient(clock)
        dues += [Due(at, f"lapsed {london_date(at)}", "lapsed", own, _who_have_it(given, at)) for at in lapsed]
    late = None
    if clock.binding and not clock.rule.keeps:
        late = hours.next_open(max(clock.passes_at, clock.since))
    promised = (one for one in given if one.again)
    again = tuple(
        Due(one.until, f"again {london_date(one.until)}", "back" if one.is_snooze else "lapsed", one.again, (one.by,))
        for one in promised
    )
    return Reminders(tuple(sorted(dues, key=lambda due: due.at)), came, late, again)


def _who_have_it(given: tuple[Answer, ...], until: datetime) -> tuple[str, ...]:
    """Who said that they have it until a moment."""
    return tuple(one.by for one in given if one.until == until and not one.is_snooze)


def _asked(dues: list[Due], clock: Clock, noted: Collection[str] | None) -> list[datetime]:
    """Since when an answer to each reminder is waited for: since it was noted, where that is given, else since it fell.

    One that was not noted asks nobody; None for `noted` takes every one for noted when it fell.
    """
    assert clock.passes_at is not None
    found = []
    for due in dues:
        key = key_of(clock, due)
        if noted is None:
            found.append(due.at)
        elif key in noted:
            found.append(max(due.at, noted[key]) if isinstance(noted, Mapping) else due.at)
    return sorted(at for at in found if at < clock.passes_at)


def _waited(
    asked: list[datetime], given: tuple[Answer, ...], rungs: int, hours: WorkingTime, ends: tuple[datetime, ...]
) -> Waited:
    """What came of waiting for each owner's answer: it ends when the case is handed over, and begins again then."""
    parts, begin = [], datetime.min.replace(tzinfo=UTC)
    for end in ends:
        theirs = tuple(one for one in given if begin <= one.at < end)
        parts.append(waited([at for at in asked if begin <= at < end], theirs, rungs, hours, end))
        begin = end
    return Waited(
        tuple(one for part in parts for one in part.next_hears), tuple(one for part in parts for one in part.lapsed)
    )


def _handed_over(dues: list[Due], clock: Clock, case: Case, hours: WorkingTime) -> list[Due]:
    """What whoever is given the case hears of what its owner before had been reminded of, or had been late with."""
    assert clock.since is not None
    assert clock.passes_at is not None
    if recipient(clock) != "owner" or clock.rule.keeps or clock.rule.met_by == "acknowledged":
        return []
    found = []
    for event in case.all_of("reassigned"):
        is_late = event.at >= clock.passes_at
        if not event.value("owner") or event.at <= clock.since or not (is_late or any(d.at <= event.at for d in dues)):
            continue
        at = hours.next_open(event.at) if is_late else kept_within(event.at, clock, hours)
        is_today = london_date(at) == clock.deadline and not is_late
        kind: Kind = "overdue" if is_late else "today" if is_today else "catch-up"
        found.append(Due(at, f"handed over {event.seq}", kind, "owner"))
    return found


def _coming(clock: Clock, case: Case, hours: WorkingTime) -> list[Due]:
    """The table's stages from the moment the bot knew of the clock; one reminder for all that had passed by then."""
    assert clock.since is not None
    assert clock.passes_at is not None
    begins = clock.nudged_from or clock.since
    stages = timed(clock, clock.rule.nudges, hours)
    if clock.since > case.opened_at and clock.since >= clock.passes_at:
        # A day put right later on, and late by it: that is said in working time, and not at night once more.
        stages = [one for one in stages if not one.any_hour]
    dues = [Due(one.at, one.stage, _kind(one, clock), recipient(clock)) for one in stages if one.at >= begins]
    if clock.nudged_from is not None:
        at = hours.next_open(max(clock.nudged_from, clock.since))
        if at < clock.passes_at and not any(due.at == at for due in dues):
            dues.insert(0, Due(at, "stricter date passed", "stricter passed", recipient(clock)))
    if clock.nudged_from is None and clock.since < clock.passes_at and any(one.at < begins for one in stages):
        at = kept_within(clock.since, clock, hours)
        if not any(due.at <= at for due in dues):
            dues.insert(0, Due(at, f"catch-up {london_date(at)}", "catch-up", recipient(clock)))
    return dues


def _kind(one: Timed, clock: Clock) -> Kind:
    if clock.rule.met_by == "acknowledged":
        return "new case"
    if clock.rule.keeps:
        return "keep"
    if london_date(one.at) == clock.deadline:
        return "today"
    return "at once" if one.any_hour else "nudge"


def _not_put_off(dues: list[Due], given: tuple[Answer, ...], clock: Clock) -> list[Due]:
    """The reminders without those that fell while the clock was put off, and one for the moment each ends."""
    assert clock.passes_at is not None
    put_off = [one for one in given if one.is_snooze]
    kept = [due for due in dues if not any(one.at <= due.at < one.until for one in put_off)]
    for until in sorted({one.until for one in put_off}):
        if until < clock.passes_at and not any(due.at == until for due in kept):
            kept.append(Due(until, f"snoozed {london_date(until)}", "back", recipient(clock)))
    return [due for due in kept if not (due.kind == "back" and any(one.at <= due.at < one.until for one in put_off))]
