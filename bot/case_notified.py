"""That the Panel was notified, said of no case: in which of somebody's cases it may be meant, and of which duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot import wording_cases, wording_duties
from bot.case_step import CaseAsk
from bot.cases.case import Case, NotPossible
from bot.cases.clocks import Clock
from bot.cases.nudge_words import label
from bot.cases.whose_notification import (
    DEATH_NOTIFIED,
    NOTICES,
    another_notifies,
    is_held_for_another,
    is_in_our_care,
    may_be_a_death_to_notify,
    may_be_anothers_instead,
    may_be_the_responsible_councils,
    notified_on,
    recorded_as,
    whose_notification_waits,
)
from bot.casework import area_year, case_blocks
from bot.casework.casework import Desk
from bot.people import people
from bot.plain_words import BY, OF_A_DEATH, OTHERS, SOMEBODY, THEM, US
from bot.storage.cases import Stored
from bot.storage.people import Person

_OURS = (US, OF_A_DEATH)
_MET_BY = "notified"
_MOST = 3


def options(desk: Desk, person: Person, found: Iterable[area_year.Found], by: str) -> tuple[tuple[str, str], ...]:
    """The cases in which it is still to be recorded, by reference, each with that duty.

    Said of ourselves it is our own alone; said of another council, that one's alone; said of others by no name, that
    council's, if any is or was awaited, or may end ours. Where whose it is waits for a lead, only what is said of
    ourselves is ours. One notification that both agree on is either's.
    """
    cases = list(found)
    ours = tuple(_ours(desk, [one for one in cases if by in _OURS or not _may_be_told_by_another(one[1])], by))
    theirs = tuple(_theirs(desk, person, cases)) if by not in _OURS else ()
    is_theirs = by == OTHERS or (by == THEM and any(case.is_open and _may_be_anothers(case) for _, case, _ in cases))
    return theirs if is_theirs else (*ours, *(one for one in theirs if one[0] not in dict(ours)))


def instead(desk: Desk, person: Person, found: Iterable[area_year.Found], by: str) -> tuple[str, ...]:
    """What is said where it is recorded in none of the cases: whose it is waits, a day is kept, ours is owed."""
    cases = list(found)
    if by == OF_A_DEATH:
        return ()
    waiting = [one for one, case, clocks in cases if whose_notification_waits(case) and _owed(case, clocks)]
    if by != US and waiting:
        return tuple(wording_duties.whose_waits(one.ref) for one in waiting[:_MOST])
    doubted = [one for one in cases if by == THEM and may_be_anothers_instead(one[1])]
    if doubted and (lines := _ours_to_notify(doubted)):
        return lines
    told = [(stored, case) for stored, case, _ in cases if _on_record(case) is not None]
    if by != SOMEBODY:
        told = [one for one in told if another_notifies(one[1]) != (by == US)] or (told if by == THEM else [])
    if told or by != OTHERS:
        return tuple(_already(desk, person, *one) for one in told[:_MOST])
    return _ours_to_notify(cases)


def recording(desk: Desk, person: Person, stored: Stored, case: Case, clocks: Sequence[Clock], ask: CaseAsk) -> CaseAsk:
    """What records it in one case: what is done about our own duty, or the entry of another council's.

    Raises NotPossible where it is recorded already, is not theirs to record, or is ours and was said of another's.
    """
    by = ask.value(BY)
    if (clock := _owed(case, clocks, by)) is not None and (by in _OURS or not another_notifies(case)):
        if by not in _OURS and whose_notification_waits(case):
            raise NotPossible(wording_duties.whose_waits(stored.ref))
        if _is_said_of_another(case, by):
            raise NotPossible(*_ours_to_notify([(stored, case, clocks)]))
        return replace(ask, clock=clock.id)
    if not another_notifies(case) or (by in _OURS and may_be_a_death_to_notify(case)):
        said = _already(desk, person, stored, case) if _on_record(case) else wording_cases.NOTHING_FOR_THAT
        raise NotPossible(said)
    if not people.may(person, desk.area, "act on case", stored):
        raise NotPossible(wording_cases.NOT_YOURS)
    return replace(ask, act="record").having("event", _MET_BY)


def _may_be_anothers(case: Case) -> bool:
    return another_notifies(case) or may_be_anothers_instead(case)


def _may_be_told_by_another(case: Case) -> bool:
    return another_notifies(case) or whose_notification_waits(case)


def _is_said_of_another(case: Case, by: str) -> bool:
    """Whether who notified is not our own council, where the notification is ours."""
    return not another_notifies(case) and (by == OTHERS or (by == THEM and may_be_anothers_instead(case)))


def _ours_to_notify(found: Iterable[area_year.Found]) -> tuple[str, ...]:
    return tuple(
        wording_duties.held_for_another(stored.ref)
        if is_held_for_another(case)
        else wording_duties.in_our_care(stored.ref)
        if is_in_our_care(case)
        else wording_duties.ours_to_notify(stored.ref, is_in_care=may_be_the_responsible_councils(case))
        for stored, case, clocks in found
        if _owed(case, clocks) is not None
    )


def _already(desk: Desk, person: Person, stored: Stored, case: Case) -> str:
    found = _on_record(case)
    assert found is not None  # asked only where one is on record
    day, what = found
    may_record = people.may(person, desk.area, "act on case", stored)
    return wording_duties.notified_already(stored.ref, day, what=what, may_record=may_record)


def _on_record(case: Case) -> tuple[date, str] | None:
    """Which notification is on record, with its day; where the Panel was not told, that of a death."""
    if (day := notified_on(case)) is not None:
        return day, wording_duties.THEY_TOLD if another_notifies(case) else wording_duties.PANEL_TOLD
    return (case.death_notified.on, wording_duties.DEATH_TOLD) if case.death_notified else None


def _owed(case: Case, clocks: Sequence[Clock], by: str = US) -> Clock | None:
    """The duty to notify that is owed from here: the Panel first, unless it is said who else was told of a death."""
    owed = [one for one in case_blocks.urgent(clocks) if one.rule.met_by in NOTICES]
    if by == OF_A_DEATH:
        return next((one for one in owed if DEATH_NOTIFIED in (one.rule.met_by, one.rule.or_by)), None)
    # Where one notification covers the death as well, what is asked names the Panel.
    return min(owed, key=lambda one: (one.rule.met_by, recorded_as(one.rule, case)).count(DEATH_NOTIFIED), default=None)


def event_of(clock: Clock, case: Case, ask: CaseAsk) -> str:
    """What is put on record of a duty that is done: who was told, where it is said that they were told of a death."""
    return DEATH_NOTIFIED if ask.value(BY) == OF_A_DEATH else recorded_as(clock.rule, case)


def _ours(desk: Desk, found: Iterable[area_year.Found], by: str) -> Iterator[tuple[str, str]]:
    for stored, case, clocks in found:
        if (clock := _owed(case, clocks, by)) is not None:
            yield stored.ref, f"{label(stored.ref)}: {case_blocks.due(clock, desk.today)}"


def _theirs(desk: Desk, person: Person, found: Iterable[area_year.Found]) -> Iterator[tuple[str, str]]:
    for stored, case, _ in found:
        is_awaited = case.is_open and another_notifies(case) and notified_on(case) is None
        if is_awaited and people.may(person, desk.area, "act on case", stored):
            yield stored.ref, f"{label(stored.ref)}: {wording_duties.THEIR_NOTIFICATION}"
