"""The board: cases with what is to be done in each, the most urgent first, and only those that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot import wording_case_joining, wording_closed
from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.digest import URGENCIES, DigestLine, Kept, by_urgency, lines_of
from bot.cases.nudge_words import SAY_WHETHER, STRICTER_PASSED
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN
from bot.cases.reopening import to_reopen
from bot.casework.case_blocks import until
from bot.storage.cases import Stored
from dialogs.date_words import spoken, working_days
from dialogs.days import Calendar

Status = Literal["open", "closed", "recorded", "all"]
STATUSES: tuple[Status, ...] = get_args(Status)
NOBODY = "nobody"
NOTHING = "nothing"
"""The urgency of a case in which nothing is to be done."""
ORDER = (*URGENCIES, NOTHING)


@dataclass(frozen=True)
class Asked:
    """Which cases are asked for: of one owner (an id, or NOBODY), with one clock running (its rule's name), or late."""

    status: Status = "open"
    owner: str = ""
    clock: str = ""
    late_only: bool = False

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses a case may have."""
        return tuple(one for one in STATUSES if one != "all") if self.status == "all" else (self.status,)


@dataclass(frozen=True)
class Row:
    """A case with its clocks as they stand, what is to be done in it in order, and whose it is by name ("" nobody)."""

    stored: Stored
    case: Case
    clocks: tuple[Clock, ...]
    lines: tuple[DigestLine, ...]
    owner: str

    @property
    def urgency(self) -> str:
        """How urgent its most urgent line is."""
        return self.lines[0].urgency if self.lines else NOTHING

    @property
    def kept(self) -> Kept:
        """The case and its clocks."""
        return self.case, self.clocks

    @property
    def shown(self) -> Kept:
        """The case and those of its clocks that a line is about."""
        about = {line.clock for line in self.lines}
        return self.case, tuple(clock for clock in self.clocks if clock.id in about)


def rows(
    found: Iterable[tuple[Stored, Case, tuple[Clock, ...]]],
    asked: Asked,
    names: Mapping[str, str],
    today: date,
    calendar: Calendar,
) -> tuple[Row, ...]:
    """Those of the cases that are asked for, the most urgent first; `names` says what to call owners by their ids."""
    made = (_row(stored, case, clocks, asked, names, today, calendar) for stored, case, clocks in found)
    return tuple(sorted((row for row in made if _is_asked_for(row, asked)), key=_order))


def grouped(found: Iterable[Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The same under each urgency that occurs, the most urgent first."""
    every = tuple(found)
    groups = ((urgency, tuple(row for row in every if row.urgency == urgency)) for urgency in ORDER)
    return tuple((urgency, group) for urgency, group in groups if group)


def waits_to_join(stored: Stored, case: Case) -> bool:
    """Whether a decision on record has still to be put with the case it belongs to."""
    return stored.status == "recorded" and case.to_join


def waits_to_reopen(stored: Stored, case: Case) -> bool:
    """Whether a lead has still to say of a closed case whether it is opened again."""
    return stored.status == "closed" and to_reopen(case) is not None


def is_to_do(stored: Stored, case: Case) -> bool:
    """Whether a case stands among the open ones: it goes on, or is closed and waits for a lead's word."""
    return stored.goes_on or waits_to_reopen(stored, case)


def is_over(stored: Stored) -> bool:
    """Whether nothing is asked of a closed case, so that it need not be read: it is woken no more."""
    return stored.status == "closed" and stored.wake_at is None


def by_when(clock: Clock, today: date) -> str:
    """By when, in words to stand after how urgent it is; empty where that says it."""
    if clock.deadline is None or clock.deadline == today:
        return ""
    if clock.deadline > today:
        return until(clock, today)
    if not clock.binding:
        return f"{STRICTER_PASSED} on {spoken(clock.deadline)}"
    days = f", {working_days(clock.late_days)} late" if clock.late_days else ""
    return f"due {spoken(clock.deadline)}{days}"


def clocks_among(found: Iterable[Kept]) -> tuple[tuple[str, str], ...]:
    """What can be asked for: the clocks that run in any of these, by name, with their titles; and what waits.

    Of clocks with one title, such as several ways to count one duty, one stands for all.
    """
    listed = list(found)
    every = [(case, clocks) for case, clocks in listed if case.is_open]
    running = (one for _, clocks in every for one in clocks if one.is_running and one.nudged)
    names = {one.rule.title: one.name for one in sorted(running, key=lambda one: one.name, reverse=True)}
    titles = {name: title for title, name in names.items()}
    if any(case.to_agree is not None for case, _ in every):
        titles[ASK_TO_AGREE] = SAY_WHETHER
    if any(to_reopen(case) is not None for case, _ in listed):
        titles[ASK_TO_REOPEN] = wording_closed.WHETHER_TO_OPEN
    return tuple(sorted(titles.items(), key=lambda pair: pair[1]))


def _row(
    stored: Stored,
    case: Case,
    clocks: tuple[Clock, ...],
    asked: Asked,
    names: Mapping[str, str],
    today: date,
    calendar: Calendar,
) -> Row:
    rules = {clock.id: clock.rule.title for clock in clocks}
    rule = case.plan.by_name.get(asked.clock)
    wanted = rule.title if rule is not None else asked.clock
    lines = sorted(lines_of(case, clocks, today, calendar), key=by_urgency)
    if waits_to_join(stored, case):
        # No clock runs for it, and it has no date: that is why it is said before all else of the case.
        lines.insert(0, DigestLine(case.ref, ASK_TO_JOIN, wording_case_joining.TO_JOIN.rstrip("."), "no date"))
    if asked.clock:
        lines = [line for line in lines if rules.get(line.clock, line.clock) == wanted]
    if asked.late_only:
        lines = [line for line in lines if line.urgency == "late"]
    return Row(stored, case, clocks, tuple(lines), names.get(stored.owner_id or "", ""))


def _is_asked_for(row: Row, asked: Asked) -> bool:
    if (asked.clock or asked.late_only) and not row.lines:
        return False
    if asked.owner == NOBODY:
        return row.stored.owner_id is None
    return asked.owner in ("", row.stored.owner_id)


def _order(row: Row) -> tuple[object, ...]:
    first = by_urgency(row.lines[0]) if row.lines else ()
    return (ORDER.index(row.urgency), first, row.stored.ref)
