"""A day that a case waits for, told in everyday words: in which of somebody's cases it is meant, and as which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.case_step import CaseAsk, CaseStep
from bot.cases.case import Case, NotPossible
from bot.cases.case_refused import not_come_yet
from bot.cases.clocks import Clock
from bot.cases.days_missing import DAYS_ASKED, days_missing
from bot.cases.nudge_words import label
from bot.casework import area_year
from bot.casework.case_steps import day_options, step
from bot.casework.casework import Desk
from bot.plain_words import DAY_TOLD, OF_DAYS
from bot.storage import told
from bot.storage.people import Person
from bot.wording_cases import NOTHING_FOR_THAT, WHICH_CLOCK
from bot.wording_duties import DAY_ASKED, DAY_TITLED
from dialogs.answers import InvalidAnswer
from dialogs.typed_dates import Understood, parse_date, spoken


def is_told(ask: CaseAsk) -> bool:
    """Whether a day was told in everyday words."""
    return bool(ask.value(DAY_TOLD))


def options(found: Iterable[area_year.Found], ask: CaseAsk) -> tuple[tuple[str, str], ...]:
    """The cases that wait for such a day, by reference, each with the day that it waits for."""
    each = ((stored, _waited_for(case, clocks, ask)) for stored, case, clocks in found)
    return tuple((one.ref, f"{label(one.ref)}: {DAY_TITLED[days[0]]}") for one, days in each if days)


def reminded(desk: Desk, person: Person, found: Iterable[area_year.Found]) -> list[area_year.Found]:
    """Those of some cases that wait for a day and of whose day somebody was reminded."""
    return [one for one in found if _was_reminded(desk, person, one)]


def of_case(desk: Desk, case: Case, clocks: Sequence[Clock], ask: CaseAsk) -> CaseAsk | CaseStep:
    """The same of the one day that a case waits for, as it is recorded; else what is asked first.

    Raises NotPossible where it waits for none.
    """
    days = _waited_for(case, clocks, ask)
    if not days:
        raise NotPossible(NOTHING_FOR_THAT)
    if len(days) > 1:
        return step(ask, OF_DAYS, "option", WHICH_CLOCK, tuple((one, DAY_TITLED[one]) for one in days))
    words, of_day = ask.value(DAY_TOLD), CaseAsk("done", ask.ref, days[0])
    asked = DAY_ASKED[days[0]]
    try:
        read = parse_date(words, desk.today)
    except InvalidAnswer as slip:
        return step(of_day, "day", "day", f"{slip.message} {asked}", day_options(desk))
    if isinstance(read, Understood) and set(ask.value(OF_DAYS).split()) == set(DAYS_ASKED):
        # A day alone may answer anything: it is read back.
        return step(of_day, "day", "day", f"{asked} {spoken(read.on)}?", ((read.on.isoformat(), spoken(read.on)),))
    if isinstance(read, Understood):
        return of_day.having("day", read.on.isoformat())
    if read.why == "future":
        return step(of_day, "day", "day", f"{not_come_yet(read.on[0])} {asked}", day_options(desk))
    return step(of_day, "day", "day", read.text, tuple((day.isoformat(), spoken(day)) for day in read.on))


def _waited_for(case: Case, clocks: Sequence[Clock], ask: CaseAsk) -> tuple[str, ...]:
    return tuple(one for one in days_missing(case, clocks) if one in ask.value(OF_DAYS).split())


def _was_reminded(desk: Desk, person: Person, found: area_year.Found) -> bool:
    stored, case, clocks = found
    keys = told.keys(desk.connection, stored.id, person.id)
    return any(key.startswith(f"{day}|") for key in keys for day in days_missing(case, clocks))
