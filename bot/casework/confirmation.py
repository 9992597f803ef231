"""That another council says in writing that it notifies: where a lead tells that, getting it in writing is done."""

from __future__ import annotations

from bot import wording_case_news
from bot.cases.case import Case
from bot.casework.casework import Desk, append, clocks, read
from bot.record import Record
from bot.storage.cases import Stored
from bot.storage.people import Person

# The clock for getting it in writing; and what is new, and what was answered, by which that is done.
_CLOCK = "written_confirmation"
_NEWS, _ANSWERED = "what_is_new", "other_council"
_NOTIFIES, _IN_WRITING = "other_notifies", "in_writing"


def done(desk: Desk, stored: Stored, record: Record, by: Person) -> None:
    """Put on record that it is there in writing, where a lead says so and it is still to be got."""
    if _is_told(record) and _is_owed(desk, read(desk, stored)):
        append(desk, stored, "done", by.id, on=desk.today, clock=_CLOCK)


def unrecorded(desk: Desk, ref: str, record: Record, case: Case) -> tuple[str, ...]:
    """Why reminders go on, where somebody said so who does not act on the case."""
    return (wording_case_news.confirmation_unrecorded(ref),) if _is_told(record) and _is_owed(desk, case) else ()


def _is_told(record: Record) -> bool:
    """Whether it is new that the other council notifies, and that it says so in writing."""
    news, said = record.by_name.get(_NEWS), record.by_name.get(_NOTIFIES)
    is_new = news is not None and _ANSWERED in news.answer.split(",")
    return is_new and said is not None and said.answer == _IN_WRITING


def _is_owed(desk: Desk, case: Case) -> bool:
    return any(one.id == _CLOCK and one.is_running for one in clocks(desk, case))
