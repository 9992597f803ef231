"""The list of cases, the month and the week as the templates show them. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.cases.clocks import Clock
from bot.cases.days_missing import ASK_REVIEW_DAY
from bot.cases.digest import DigestLine, Kept, Weekly
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN
from bot.casework.board import Row, by_when
from bot.casework.case_forms import Blank
from bot.casework.form_reading import Filled
from bot.casework.wording_board import URGENCIES, heading
from bot.clock import LONDON
from dialogs.date_words import spoken

SHOWN = 4
"""How many things to do are shown of each case."""


@dataclass(frozen=True)
class LineView:
    """One thing to do: how urgent, what, by when, and what that rests on."""

    urgency: str
    word: str
    title: str
    when: str
    basis: str


@dataclass(frozen=True)
class CaseView:
    """A case in the list."""

    ref: str
    title: str
    owner: str
    status: str
    lines: tuple[LineView, ...]
    more: int


@dataclass(frozen=True)
class GroupView:
    """The cases of one urgency."""

    urgency: str
    word: str
    cases: tuple[CaseView, ...]


def group_views(groups: Iterable[tuple[str, tuple[Row, ...]]], today: date) -> list[GroupView]:
    """The groups of the list."""
    return [GroupView(name, URGENCIES[name], tuple(_case(row, today) for row in rows)) for name, rows in groups]


def due_in_month(cases: Iterable[Kept], first: date) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Each day of a month on which something is due, with the reference, the case's name and what is to be done."""
    due = sorted(
        (clock.deadline, case.ref, clock.title)
        for case, clocks in cases
        for clock in clocks
        if _is_due(clock, first) and case.is_open and clock.deadline is not None
    )
    days: dict[date, list[tuple[str, str, str]]] = {}
    for day, ref, title in due:
        days.setdefault(day, []).append((ref, heading(ref), title))
    return [(spoken(day), found) for day, found in days.items()]


def week_view(week: Weekly | None) -> list[tuple[str, str]]:
    """An area's week in numbers; one to four are not given, since they could point to a family."""
    if week is None:
        return []
    counts = (
        ("Open cases", week.open_cases),
        ("Opened in the last 7 days", week.opened),
        ("Closed in the last 7 days", week.closed),
        ("Done in time in the last 7 days", week.met_in_time),
        ("Done late in the last 7 days", week.met_late),
    )
    return [(name, "fewer than 5" if count is None else str(count)) for name, count in counts]


def problems_of(filled: Filled, blanks: Iterable[Blank], whole: str = "") -> list[tuple[str, str]]:
    """What is wrong with a form, in the order of its fields, each with the id of the field it leads to."""
    found = [(filled.problems[one.name], first_field(one)) for one in blanks if one.name in filled.problems]
    return [*([(whole, "form")] if whole else []), *found]


def first_field(blank: Blank) -> str:
    """The id of the first control of a blank."""
    return f"{blank.name}-day" if blank.takes == "day" else blank.name


def moment(at: datetime) -> str:
    """A moment as it is written here: the day and the time in London."""
    here = at.astimezone(LONDON)
    return f"{spoken(here.date())}, {here:%H:%M}"


def capital(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _is_due(clock: Clock, first: date) -> bool:
    day = clock.deadline
    return clock.is_running and clock.nudged and day is not None and (day.year, day.month) == (first.year, first.month)


def _case(row: Row, today: date) -> CaseView:
    clocks = {clock.id: clock for clock in row.clocks if clock.is_running}
    lines = tuple(_line(line, clocks.get(line.clock), today) for line in row.lines[:SHOWN])
    ref = row.stored.ref
    return CaseView(ref, heading(ref), row.owner, row.stored.status, lines, len(row.lines) - len(lines))


def _line(line: DigestLine, clock: Clock | None, today: date) -> LineView:
    word = URGENCIES[line.urgency]
    if line.clock in (ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN):
        return LineView(line.urgency, word, capital(line.title), "", "")
    if line.clock == ASK_REVIEW_DAY:
        what = "Say which day the partners decided on a local review"
        return LineView(line.urgency, word, what, "none of its deadlines can be counted", "")
    if clock is None:
        return LineView(line.urgency, word, "Say which day the council became aware", "no deadline can be counted", "")
    return LineView(line.urgency, word, capital(line.title), by_when(clock, today), line.basis)
