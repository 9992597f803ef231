"""The list of cases as a table for a spreadsheet, in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from bot.cases.case import Case
from bot.cases.clock_start import opened_on
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY
from bot.cases.whose_notification import another_notifies, notified_on
from bot.casework.board import Row
from bot.casework.wording_board import OTHER_COUNCIL, OUR_COUNCIL, STATUSES, URGENCIES

TABLE = "text/csv; charset=utf-8"
HEADINGS = (
    "Case",
    "Status",
    "Owner",
    "Opened",
    "Council aware",
    "Panel notified",
    "Notified by",
    "To do",
    "Urgency",
    "Aim for",
    "Latest",
    "Working days late",
    "Duty: must, should or local",
    "Deadline: must, should or local",
    "Rests on",
)
# What a spreadsheet may take for the beginning of a formula, https://owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Without it Excel does not take a file for UTF-8.
_MARK = "\ufeff"


_DAY_TO_SAY = {
    ASK_AWARENESS: "say which day the council became aware",
    ASK_REVIEW_DAY: "say which day the partners decided on a local review",
}


def as_table(rows: Iterable[Row]) -> bytes:
    """The table: a line for each thing to do, and one for each case in which there is nothing to do."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerows([_cell(value) for value in line] for line in _lines(row))
    return f"{_MARK}{text.getvalue()}".encode()


def _lines(row: Row) -> Iterator[tuple[object, ...]]:
    case = row.case
    about = (
        case.ref,
        STATUSES[row.stored.status],
        row.owner,
        opened_on(case),
        case.aware_on,
        *_notified(case),
    )
    for one in row.lines:
        title = _DAY_TO_SAY.get(one.clock, one.title)
        yield (
            *about,
            title,
            URGENCIES[one.urgency],
            one.aim_for,
            one.latest,
            one.late_days or "",
            one.duty_badge,
            one.badge,
            one.basis,
        )
    if not row.lines:
        yield (*about, *[""] * (len(HEADINGS) - len(about)))


def _notified(case: Case) -> tuple[date | None, str]:
    """The day of the notification that the case goes by, and which council's it was."""
    day = notified_on(case)
    return day, "" if day is None else OTHER_COUNCIL if another_notifies(case) else OUR_COUNCIL


def _cell(value: object) -> str:
    """A value as text; one that could be a formula begins with an apostrophe, which spreadsheets do not show."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
