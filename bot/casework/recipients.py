"""Who hears a nudge: the person behind a role or post today, or whoever covers for them, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases import nudge_words
from bot.cases.nudges import Nudge
from bot.cases.posts import person_in
from bot.clock import london_date
from bot.definitions import Definitions
from bot.people import need_to_know, people
from bot.people.hearing import Hearers, hearers
from bot.people.people import DUTY
from bot.storage import Connection, KeyRing, cases, nudges, reminded
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person
from bot.storage.people_tables import POSTS

ADMINISTRATOR = "administrator"
_AGAIN = "again since "


@dataclass
class _ToSay:
    """What one person, or nobody yet, is to be told of a nudge; `tail` is what they are to do about a missing post."""

    nudge: Nudge
    key: str
    person: Person | None
    line: str
    tail: str
    is_theirs: bool


def note(
    connection: Connection,
    keys: KeyRing,
    definitions: Definitions,
    stored: Stored,
    owed: Iterable[Nudge],
    at: datetime,
) -> None:
    """Note each nudge once, for each who is to hear it; where that is nobody, for whoever is given the role.

    Where a post is nobody's, administrators hear of that, once; where everybody who has cases is away, each day. Who
    would hear of one duty several times at one moment, because they stand in for others, hears of it once.
    """
    every = [one for nudge in owed for one in _to_say(connection, keys, definitions, stored, nudge, at)]
    firsts: dict[tuple[str, str], _ToSay] = {}
    # What is somebody's own comes before what they hear in another's place.
    for one in sorted(every, key=lambda each: not each.is_theirs):
        if one.person is not None:
            first = firsts.setdefault((one.person.id, one.nudge.clock), one)
            if one.tail and one.tail not in first.line:
                first.line = f"{first.line} {one.tail}"
    said_otherwise = []
    for one in every:
        is_first = one.person is None or firsts[one.person.id, one.nudge.clock] is one
        is_new = nudges.note(
            connection,
            stored.id,
            one.key,
            at,
            clock=one.nudge.clock,
            kind=one.nudge.kind,
            post=one.nudge.to,
            person_id=one.person.id if one.person else None,
            line=one.line,
            due_at=one.nudge.due_at,
            status="waiting" if is_first else "cancelled",
        )
        if is_new is not None and not is_first:
            said_otherwise.append(one.key)
    reminded.passed_over(connection, keys, stored.id, said_otherwise, at)


def _to_say(
    connection: Connection, keys: KeyRing, definitions: Definitions, stored: Stored, nudge: Nudge, at: datetime
) -> Iterator[_ToSay]:
    heard = hearers(connection, keys, stored, nudge.to, at, asked=nudge.asked)
    if heard.missing not in ("", "owner") and not heard.is_away:
        alarm(connection, keys, stored, heard.missing, at, instead=bool(heard.people))
    if heard.missing in DUTY and heard.is_away and not _is_anybody_here(connection, keys, stored, at):
        alarm_all_away(connection, keys, stored, at)
    tail = _tail(heard, stored, definitions)
    for number, person in enumerate(heard.people or [None]):
        if person is not None:
            need_to_know.passed_up(connection, keys, stored, person, nudge.to, at)
        key = nudge.key if number == 0 else f"{nudge.key}|{number + 1}"
        line = words(connection, keys, definitions, stored, nudge, heard, person, at)
        yield _ToSay(nudge, key, person, line, tail, is_theirs=not heard.missing)


def _is_anybody_here(connection: Connection, keys: KeyRing, stored: Stored, at: datetime) -> bool:
    """Whether anybody who has the area's cases is not away today."""
    return people.on_duty(connection, keys, stored.area, london_date(at)) is not None


def words(
    connection: Connection,
    keys: KeyRing,
    definitions: Definitions,
    stored: Stored,
    nudge: Nudge,
    heard: Hearers,
    reader: Person | None,
    at: datetime,
) -> str:
    """What a nudge says at a moment to one of those who hear it."""
    told = _others(connection, keys, stored, nudge, heard, at)
    is_theirs = not heard.people or heard.people[0].id == stored.owner_id
    whose: nudge_words.Whose = "the reader's" if is_theirs else "another's" if stored.owner_id else "nobody's"
    calendar, by_id = definitions.local.calendar, reader.id if reader else ""
    line = nudge_words.line(replace(nudge, heard=tuple(told)), calendar, at, whose=whose, reader=by_id)
    if nudge.to in POSTS and not heard.missing:
        line = f"{line} {nudge_words.whose_case(stored.ref, _owner(connection, keys, stored))}".rstrip()
    tail = _tail(heard, stored, definitions)
    return f"{line} {tail}" if tail else line


def _tail(heard: Hearers, stored: Stored, definitions: Definitions) -> str:
    """What whoever hears in another's place is to do about it."""
    if not heard.missing or heard.missing in DUTY or (heard.missing == "owner" and stored.owner_id is not None):
        return ""
    about = nudge_words.is_away if heard.is_away else nudge_words.nobody_is
    return about(heard.missing, definitions.area)


def still_to_tell(
    connection: Connection, keys: KeyRing, definitions: Definitions, stored: Stored, noted: str, at: datetime
) -> Iterator[str]:
    """What a noted line asks of its reader about a post that is nobody's, or whose holder is away, while it is so."""
    for post in POSTS:
        tail = _tail(hearers(connection, keys, stored, post, at), stored, definitions)
        if tail and tail in noted:
            yield tail


def _owner(connection: Connection, keys: KeyRing, stored: Stored) -> str:
    person = stored_people.read(connection, keys, stored.owner_id) if stored.owner_id else None
    return people.label(person) if person else ""


def _others(
    connection: Connection, keys: KeyRing, stored: Stored, nudge: Nudge, beside: Hearers, at: datetime
) -> Iterator[str]:
    """Those of the roles and posts it goes to for which others hear, in their own right, so that it can be said."""
    here = {one.id for one in beside.people}
    for to in nudge.heard:
        found = hearers(connection, keys, stored, to, at, asked=nudge.asked)
        if not found.missing and any(one.id not in here for one in found.people):
            # Beside whose an action is, somebody may have said that they have it, or put it off.
            is_another = person_in(to) and to != nudge.asked
            yield (found.role or (_role(found.people[0], stored.area) if is_another else "") or to)


def _role(person: Person, area: str) -> str:
    """In which role somebody who took a duty up themselves hears of it."""
    return next((role for role in (*reversed(DUTY), *POSTS) if person.has(area, role)), "")


def alarm(
    connection: Connection, keys: KeyRing, stored: Stored, missing: str, at: datetime, *, instead: bool = True
) -> None:
    """Tell every administrator that nobody holds a role or post to which something was to go: once while that lasts."""
    # While nobody has cases at all, any role whose holders have them ends it.
    ends = (missing,) if instead or missing not in DUTY else DUTY
    key = _vacancy(connection, keys, stored, missing, ends)
    _tell(connection, keys, stored, key, nudge_words.give_the_role(missing, instead=instead), at)


def _vacancy(connection: Connection, keys: KeyRing, stored: Stored, missing: str, ends: Iterable[str]) -> str:
    """The key of the alarm about a role or post: another than the last one's where it was given to anybody since."""
    key = f"nobody is|{missing}"
    area = cases.find(connection, stored.area, cases.AREA_REF)
    last = nudges.newest_of(connection, area.id, key) if area is not None else None
    if last is None:
        return key
    given = stored_people.last_given(connection, keys, stored.area, ends, last.created_at)
    again = f"{_AGAIN}{given.isoformat()}" if given else next((p for p in last.key.split("|") if _AGAIN in p), "")
    return f"{key}|{again}" if again else key


def alarm_all_away(connection: Connection, keys: KeyRing, stored: Stored, at: datetime) -> None:
    """Tell every administrator, once a day for an area, that everybody who has its cases is away."""
    _tell(connection, keys, stored, f"all away|{london_date(at)}", nudge_words.ALL_AWAY, at)


def _tell(connection: Connection, keys: KeyRing, stored: Stored, key: str, line: str, at: datetime) -> None:
    area = cases.of_the_area(connection, keys, stored.area, cases.plan(connection, stored.plan_id), at)
    for number, person in enumerate(stored_people.holders(connection, keys, stored.area, ADMINISTRATOR)):
        nudges.note(
            connection,
            area.id,
            key + (f"|{number + 1}" if number else ""),
            at,
            clock="",
            kind="alarm",
            post=ADMINISTRATOR,
            person_id=person.id,
            line=line,
            due_at=at,
        )
