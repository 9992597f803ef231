"""Calls back reminders that wait to be sent: not owed any more, said otherwise by now, or another person's now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN
from bot.cases.posts import of_person
from bot.cases.reopening import to_reopen
from bot.people.hearing import hearers
from bot.storage import Connection, KeyRing, nudges, reminded
from bot.storage.called_back import UNSENT, call_back, readdress
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from bot.storage.told import GIVEN


def not_owed(connection: Connection, keys: KeyRing, case: Case, running: Sequence[Clock], at: datetime) -> None:
    """What is not owed any more: done, stopped, or for another date now."""
    begins = {f"{one.id}|{one.period}|{one.deadline}|" for one in running if one.is_running} if case.is_open else set()
    if case.is_open and case.aware_on is None:
        begins.add(f"{ASK_AWARENESS}|")
    if case.is_open and case.review_day_is_missing:
        begins.add(f"{ASK_REVIEW_DAY}|")
    if case.to_agree is not None:
        begins.add(f"{ASK_TO_AGREE}|")
    if to_reopen(case) is not None:
        begins.add(f"{ASK_TO_REOPEN}|")
    if case.to_join:
        begins.add(f"{ASK_TO_JOIN}|")
    waiting = nudges.of_case(connection, case.id, UNSENT)
    stale = [
        one
        for one in waiting
        if one.clock and (not any(one.key.startswith(begin) for begin in begins) or _is_given_on(one, running))
    ]
    call_back(connection, stale, at)
    reminded.withdrawn(connection, keys, case.id, stale, at)


def _is_given_on(one: Noted, running: Sequence[Clock]) -> bool:
    """Whether it tells somebody of an action that is another's now."""
    return one.kind == GIVEN and one.post not in {of_person(each.person) for each in running if each.id == one.clock}


def said_otherwise(
    connection: Connection,
    keys: KeyRing,
    case_id: str,
    unsent: Sequence[Noted],
    stages: Sequence[str],
    at: datetime,
) -> None:
    """Those of the `unsent` where something newer of the clock is for the same person or post.

    Otherwise, after an outage, "due tomorrow" would go out beside "late". The `stages` that were never noted are put
    on record too.
    """
    before = {one.id for one in unsent}
    new = [one for one in nudges.of_case(connection, case_id, UNSENT) if one.id not in before]
    same = {(one.clock, one.post) for one in new} | {(one.clock, one.person_id) for one in new}
    stale = [one for one in unsent if one.clock and not same.isdisjoint(_line_of(one))]
    call_back(connection, stale, at)
    reminded.passed_over(connection, keys, case_id, (*(one.key for one in stale), *stages), at)


def of_another(connection: Connection, keys: KeyRing, stored: Stored, owner: str, at: datetime) -> None:
    """What was for the owner goes to whoever hears of it now that the case is another's; `owner` empty: nobody's."""
    heard = hearers(connection, keys, replace(stored, owner_id=owner or None), "owner", at)
    to = heard.people[0].id if heard.people else None
    unsent = nudges.of_case(connection, stored.id, UNSENT)
    theirs = [one for one in unsent if one.post == "owner" and one.person_id != to]
    readdress(connection, keys, stored.id, theirs, to, at)


def _line_of(one: Noted) -> set[tuple[str, str | None]]:
    return {(one.clock, one.post), (one.clock, one.person_id)} if one.person_id else {(one.clock, one.post)}
