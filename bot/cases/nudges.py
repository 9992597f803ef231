"""Which reminders a case owes at a moment, and when it owes the next: pure, from its clocks and its events.

Nothing is remembered but the keys of what was noted already. A reminder that has come and is not noted is owed; of
several that have come for one person and one clock only the newest is, so that a case opened late, or a bot that was
not running, does not send what is stale; the others are passed over. What is done, or stopped, owes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY, days_missing
from bot.cases.escalation import escalations, rungs_of
from bot.cases.held_news import would_end_any
from bot.cases.reminders import AT_ANY_HOUR, Due, Kind, key_of, recipient, reminders
from bot.cases.reopening import to_reopen, would_be_owed
from bot.cases.working_time import WorkingTime, london
from bot.clock import london_date
from dialogs.days import Calendar
from dialogs.table import Badge

LEEWAY = timedelta(minutes=15)
"""How long after its moment a reminder still goes out although working time has ended meanwhile."""
ASK_TO_JOIN = "join"
"""The clock that stands for putting a decision with the case it belongs to."""
ASK_TO_AGREE = "agree"
"""The clock that stands for saying whether what was told holds, by which less is owed."""
ASK_TO_REOPEN = "reopen"
"""The clock that stands for saying whether a closed case is opened again for what came since."""
_ASKED: dict[Kind, str] = {
    "ask date": ASK_AWARENESS,
    "ask review day": ASK_REVIEW_DAY,
    "ask to join": ASK_TO_JOIN,
    "ask to agree": ASK_TO_AGREE,
    "ask to reopen": ASK_TO_REOPEN,
}


@dataclass(frozen=True)
class Nudge:
    """A reminder that is owed: for one clock at one stage, to a role, a post, or "person:" and an id.

    `key` is the same whenever it is worked out again, and another once a corrected date gives another deadline.
    `asked` is whose it is, for whom others hear if nobody answers; `heard` who else hears at that moment;
    `if_passed` what to do now that it is late; `would_owe` what a closed case would owe; `said_by` who said that
    they have it. `provisional`: the bank holidays of that time are not published yet. `due_at` is in UTC.
    """

    key: str
    ref: str
    clock: str
    title: str
    stage: str
    period: str
    kind: Kind
    to: str
    due_at: datetime
    aim_for: date | None = None
    latest: date | None = None
    deadline: date | None = None
    badge: Badge = "local"
    basis: str = ""
    asked: str = "owner"
    heard: tuple[str, ...] = ()
    if_passed: str = ""
    provisional: bool = False
    would_owe: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    """What one recipient hears of one clock: each reminder in order, and from `daily_from` on one each morning.

    `would_owe` is what would be owed by what is asked, by its titles.
    """

    clock: Clock | None
    to: str
    dues: tuple[Due, ...]
    daily_from: datetime | None = None
    daily: Kind = "overdue"
    would_owe: tuple[str, ...] = ()

    def newest(self, at: datetime, hours: WorkingTime) -> Due | None:
        newest = next((due for due in reversed(self.dues) if due.at <= at), None)
        if self.daily_from is not None and self.daily_from <= at:
            morning = max(self.daily_from, hours.last_opening(at))
            return newest if newest is not None and newest.at > morning else self._daily(morning)
        return newest

    def next(self, after: datetime, hours: WorkingTime) -> datetime | None:
        coming = [due.at for due in self.dues if due.at > after]
        if self.daily_from is not None:
            coming.append(self.daily_from if self.daily_from > after else hours.next_opening(after))
        return min(coming, default=None)

    def before(self, due: Due, hours: WorkingTime) -> Iterator[Due]:
        """The reminders of this line that had come before one of them, the newest first."""
        found = [one for one in self.dues if one.at < due.at]
        if self.daily_from is not None and self.daily_from < due.at:
            mornings = [self.daily_from]
            while (morning := hours.next_opening(mornings[-1])) < due.at:
                mornings.append(morning)
            found += map(self._daily, mornings)
        yield from sorted(found, key=lambda one: one.at, reverse=True)

    def _daily(self, at: datetime) -> Due:
        return Due(at, f"{self.daily} {london_date(at)}", self.daily, self.to)


@dataclass(frozen=True)
class Schedule:
    """All that a case has to say as things stand: ask it what is owed at a moment, and when it owes the next."""

    ref: str
    hours: WorkingTime
    lines: tuple[_Line, ...]

    def owed(self, at: datetime, noted: Collection[str] = ()) -> tuple[Nudge, ...]:
        """The reminders whose moment has come and that are not noted, in order.

        Outside working time only what may come at any hour, has just come, or is due that day; and of that, what has
        waited from an earlier day waits for the morning.
        """
        found = [(line, due) for line, due in self._come(at) if self._may_go(line, due, at)]
        new = [(line, due) for line, due in found if _key(line.clock, due) not in noted]
        said = [replace(_nudge(self.ref, line, due), heard=_beside(line, new)) for line, due in new]
        return tuple(sorted(said, key=lambda one: one.due_at))

    def named(self, key: str, at: datetime) -> Nudge | None:
        """The reminder with this key, if it had come by a moment; None where there is none any more."""
        for line, due in self._come(at):
            for one in (due, *line.before(due, self.hours)):
                if _key(line.clock, one) == key:
                    together = [(other, came) for other, came in self._come(one.at) if came.at == one.at]
                    return replace(_nudge(self.ref, line, one), heard=_beside(line, together))
        return None

    def passed_over(self, at: datetime, noted: Collection[str]) -> tuple[str, ...]:
        """The keys of those that came since the last noted and are not owed, because a newer one of their line is."""
        found: list[str] = []
        for line, due in self._come(at):
            if _key(line.clock, due) in noted or not self._may_go(line, due, at):
                continue
            earlier = (_key(line.clock, one) for one in line.before(due, self.hours))
            found += takewhile(lambda key: key not in noted, earlier)
        return tuple(found)

    def next_at(self, after: datetime, noted: Collection[str] | None = None) -> datetime | None:
        """The first moment later than `after` at which something new is owed; None if nothing ever is.

        With `noted`, also when what waits and is not noted yet may go.
        """
        coming = [line.next(after, self.hours) for line in self.lines]
        if noted is not None and not self.hours.is_open(after):
            for line, due in self._come(after):
                if _key(line.clock, due) not in noted and not self._may_go(line, due, after):
                    coming += [self.hours.next_opening(after), self._morning_of(line.clock)]
        return min((at for at in coming if at is not None and at > after), default=None)

    def _come(self, at: datetime) -> Iterator[tuple[_Line, Due]]:
        for line in self.lines:
            if (due := line.newest(at, self.hours)) is not None:
                yield line, due

    def _may_go(self, line: _Line, due: Due, at: datetime) -> bool:
        is_past = due.kind == "today" and london_date(due.at) != london_date(at)
        if (due.kind in AT_ANY_HOUR and not is_past) or at - due.at <= LEEWAY or self.hours.is_open(at):
            return True
        morning = self._morning_of(line.clock)
        is_today = line.clock is not None and line.clock.deadline == london_date(at)
        return is_today and morning is not None and (at >= morning or london_date(due.at) == london_date(at))

    def _morning_of(self, clock: Clock | None) -> datetime | None:
        """The morning of a clock's last day, be it a working day or not."""
        return london(clock.deadline, self.hours.opens) if clock is not None and clock.deadline is not None else None


def schedule_of(
    case: Case, clocks: tuple[Clock, ...], calendar: Calendar, noted: Collection[str] | None = None
) -> Schedule:
    """A case's schedule, from its clocks as they stand on a day, and what was noted; None: all that has come."""
    hours = case.plan.working_time(calendar)
    return Schedule(case.ref, hours, tuple(_lines(case, clocks, hours, noted)))


def owed(
    case: Case, clocks: tuple[Clock, ...], calendar: Calendar, at: datetime, noted: Collection[str] = ()
) -> tuple[Nudge, ...]:
    """The reminders whose moment has come and that are not noted, in order: see Schedule.

    `noted` is every key noted before, best with the moment at which each was: an answer is waited for from then on.
    """
    return schedule_of(case, clocks, calendar, noted).owed(at, noted)


def next_at(
    case: Case, clocks: tuple[Clock, ...], calendar: Calendar, after: datetime, noted: Collection[str] | None = None
) -> datetime | None:
    """The first moment later than `after` at which something new is owed; None if nothing ever is: see Schedule."""
    return schedule_of(case, clocks, calendar, noted).next_at(after, noted)


def asked_next(case: Case, clock: Clock, calendar: Calendar, at: datetime) -> datetime | None:
    """When a running clock's own person next hears of it, at a moment or later; None where they never do."""
    hours = case.plan.working_time(calendar)
    own = next(line for line in _lines_of(clock, case, hours, None) if line.to == recipient(clock))
    return own.next(at - timedelta.resolution, hours)


def _beside(line: _Line, others: Iterable[tuple[_Line, Due]]) -> tuple[str, ...]:
    """Who else hears of a line's clock at the very same moment; that its own person does needs no words."""
    clock = line.clock
    if clock is None:
        return ()
    passed_up = (
        one.to for one, due in others if one.clock is clock and one.to != recipient(clock) and due.kind != "lapsed"
    )
    return tuple(dict.fromkeys(to for to in passed_up if to != line.to))


def _lines(case: Case, clocks: tuple[Clock, ...], hours: WorkingTime, noted: Collection[str] | None) -> Iterator[_Line]:
    if (came := to_reopen(case)) is not None:
        # Whoever has it has heard at once.
        first = hours.next_opening(came.at)
        yield _Line(None, "lead", (), first, "ask to reopen", would_owe=would_be_owed(case, came))
    if not case.is_open:
        return
    for clock in clocks:
        if clock.is_running and clock.nudged:
            yield from _lines_of(clock, case, hours, noted)
    missing = days_missing(case, clocks)
    if ASK_AWARENESS in missing:
        said = case.newest("opened", "awareness corrected")
        since = max(case.opened_at, said.at) if said else case.opened_at
        yield _Line(None, "owner", (), hours.next_open(since), "ask date")
    if ASK_REVIEW_DAY in missing and (decided := case.newest("review decided")) is not None:
        # Whoever put the decision on record was asked there and then.
        yield _Line(None, "owner", (), hours.next_opening(decided.at), "ask review day")
    if case.to_agree is not None and would_end_any(case, hours.calendar):
        # They have heard of it at once, as it was told.
        yield _Line(None, "owner", (), hours.next_opening(case.to_agree.at), "ask to agree")
    if case.to_join:
        # On the day itself it is asked at once, as the decision is put on record.
        newest = case.newest("opened", "decision corrected", "reopened")
        since = newest.at if newest else case.opened_at
        yield _Line(None, "lead", (), hours.next_opening(since), "ask to join")


def _lines_of(clock: Clock, case: Case, hours: WorkingTime, noted: Collection[str] | None) -> Iterator[_Line]:
    of_owner = clock.person in ("", case.owner)
    reminded = reminders(clock, case, hours, len(rungs_of(clock.rule, of_owner=of_owner)), noted)
    own, late = recipient(clock), reminded.first_late
    others: dict[str, list[Due]] = {}
    for due in (*escalations(clock, reminded, hours, of_owner=of_owner), *reminded.answered):
        others.setdefault(due.to, []).append(due)
    told = others.pop(own, [])
    said = {due.at for due in reminded.dues}
    new = (due for due in told if due.at not in said and (late is None or due.at < late))
    yield _Line(clock, own, tuple(sorted((*reminded.dues, *new), key=lambda due: due.at)), late)
    for to, heard_by in others.items():
        yield _Line(clock, to, tuple(sorted(heard_by, key=lambda due: due.at)))


def _key(clock: Clock | None, due: Due) -> str:
    return key_of(clock, due) if clock else "|".join((_ASKED[due.kind], "", "", due.stage, due.to))


def _nudge(ref: str, line: _Line, due: Due) -> Nudge:
    clock, key = line.clock, _key(line.clock, due)
    if clock is None:
        asked = _ASKED[due.kind]
        return Nudge(key, ref, asked, "", due.stage, "", due.kind, due.to, due.at, would_owe=line.would_owe)
    return Nudge(
        key=key,
        ref=ref,
        clock=clock.id,
        title=clock.title,
        stage=due.stage,
        period=clock.period,
        kind=due.kind,
        to=due.to,
        due_at=due.at,
        aim_for=clock.aim_for,
        latest=clock.latest,
        deadline=clock.deadline,
        badge=clock.rule.deadline_badge,
        basis=clock.rule.basis,
        asked=recipient(clock),
        if_passed=clock.rule.if_passed if due.kind in ("overdue", "passed") else "",
        provisional=clock.working is not None and clock.working.provisional,
        said_by=due.said_by,
    )
