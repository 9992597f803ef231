"""What was done and looked at on a day, by whom: in cases, for leads; with roles and sign-ins, for administrators."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.cases.case import KINDS
from bot.cases.case import Event as CaseEvent
from bot.cases.working_time import london
from bot.casework import board_reading, case_blocks, casework
from bot.casework import wording_board as wording
from bot.casework.board_reading import LISTED
from bot.casework.casework import Desk
from bot.storage import cases, delivering, reminded, timeline
from bot.storage import people as stored_people
from bot.storage.families import CASES, PEOPLE, Family
from bot.storage.sessions import WEB
from bot.storage.timeline import Event
from bot.wording_people import ROLES, channel

_ACCOUNTS = ("account added", "account removed")
# Only the command line forgets anybody.
_FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class Line:
    """One thing that somebody did: when, who, what; of a case, its reference."""

    at: datetime
    who: str
    what: str
    ref: str = ""


def of_cases(desk: Desk, day: date) -> tuple[Line, ...]:
    """Every event of the area's cases on a day in London, every look at one, and every look at a list of them."""
    found = _between(desk, day, CASES)
    places = delivering.refs(desk.connection, {of for of, _ in found})
    here = [(places[of][1], entry) for of, entry in found if places[of][0] == desk.area]
    lists = [(of, entry) for of, entry in _between(desk, day, PEOPLE) if entry.kind == LISTED]
    events = [(ref, casework.event_of(entry)) for ref, entry in here if entry.kind in (*KINDS, cases.READ)]
    ids = {one.by for _, one in events} | {one.value("owner") for _, one in events} | {of for of, _ in lists}
    called = board_reading.names(desk, ids)
    titles = {rule.name: rule.title for rule in desk.plan.rules}
    theirs = _registered(desk)
    lines = [
        Line(one.at, called.get(of, wording.FORGOTTEN), wording.listed(one.body)) for of, one in lists if of in theirs
    ]
    for ref, one in events:
        nobody = wording.COMMAND_LINE if one.kind == cases.READ else wording.THE_BOT
        who = called.get(one.by, wording.FORGOTTEN) if one.by else nobody
        what = wording.LOOKED if one.kind == cases.READ else _what(desk, ref, one, called, titles)
        lines.append(Line(one.at, who, what, ref))
    lines += [Line(e.at, wording.THE_BOT, _kept(e), ref) for ref, e in here if e.kind in wording.KEEPING]
    return tuple(sorted(lines, key=lambda line: line.at))


def _what(desk: Desk, ref: str, event: CaseEvent, called: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """What happened; what was taken back its case tells, unless it is erased."""
    stored = cases.find(desk.connection, desk.area, ref) if event.kind == "taken back" else None
    return case_blocks.event_words(event, called, titles, casework.read(desk, stored) if stored is not None else None)


def _kept(entry: Event) -> str:
    """What the bot did of itself; of reminders and what it erased, with their number; of a case, its reference."""
    words = wording.KEEPING[entry.kind]
    if entry.kind in (cases.CONVERSATIONS_ERASED, cases.QUESTIONS_ERASED):
        said = json.loads(entry.body)
        return f"{words.format(days=said['days'])}: {said['erased']}"
    if entry.kind == cases.PURGED and entry.body:
        return f"{words}: {entry.body}"
    return f"{words}: {len(reminded.named(entry))}" if entry.kind in reminded.STATUS else words


def of_people(desk: Desk, day: date) -> tuple[Line, ...]:
    """What became of people's roles and accounts on a day, and who signed in or out; nothing of any case."""
    every = _between(desk, day, PEOPLE)
    found = [(of, entry) for of, entry in every if entry.kind in wording.PEOPLE and not _is_a_browser(entry)]
    theirs = _registered(desk) | {of for of, entry in found if _is_role_here(entry, desk.area)}
    givers = {entry.body.split()[2] for _, entry in found if _is_role(entry) and len(entry.body.split()) > 2}
    called = board_reading.names(desk, {of for of, _ in found} | givers)
    lines = (
        Line(entry.at, called.get(of, wording.FORGOTTEN), _words(entry, called))
        for of, entry in found
        if of in theirs and (not _is_role(entry) or not entry.body or _is_role_here(entry, desk.area))
    )
    return tuple(sorted(lines, key=lambda line: line.at))


def _between(desk: Desk, day: date, family: Family) -> list[tuple[str, Event]]:
    start, end = london(day, time(0)), london(day + timedelta(days=1), time(0))
    # Whoever is erased is a number without a name: what they did, and that they were erased, is listed all the same.
    return timeline.between(desk.connection, desk.keys, start, end, family, erased=family == PEOPLE)


def _registered(desk: Desk) -> set[str]:
    """Whoever is registered in the area, and whoever was: where, is erased with them."""
    return {*stored_people.of_area(desk.connection, desk.area), *stored_people.gone(desk.connection)}


def _is_role(entry: Event) -> bool:
    return entry.kind in ("role given", "role taken")


def _is_role_here(entry: Event, area: str) -> bool:
    return _is_role(entry) and entry.body.split()[:1] == [area]


def _is_a_browser(entry: Event) -> bool:
    """Whether it is an account that a browser has only while somebody is signed in with it."""
    return entry.kind in _ACCOUNTS and entry.body == WEB


def _words(entry: Event, called: dict[str, str]) -> str:
    if entry.kind == _FORGOTTEN:
        return f"{wording.PEOPLE[entry.kind]} (by {wording.COMMAND_LINE})"
    if not entry.body or not (_is_role(entry) or entry.kind in _ACCOUNTS):
        return wording.PEOPLE[entry.kind]
    if entry.kind in _ACCOUNTS:
        return f"{wording.PEOPLE[entry.kind]}: {channel(entry.body)}"
    _, role, *by = entry.body.split()
    who = called.get(by[0], wording.FORGOTTEN) if by else wording.COMMAND_LINE
    return f"{wording.PEOPLE[entry.kind]}: {ROLES.get(role, role)} (by {who})"
