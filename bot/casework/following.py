"""Following deadlines in a calendar: by a secret address that is one person's, for as long as they may see them."""

from __future__ import annotations

from bot.cases.calendar import deadlines
from bot.casework import board_reading, wording_board
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.storage import feeds
from bot.storage import people as stored_people
from bot.storage.feeds import Feed
from bot.storage.people import Person
from bot.storage.people_tables import POSTS, ROLES

SEE_CASES = frozenset({*ROLES, *POSTS} - {"administrator", "content_owner"})
"""The roles with which there may be cases to follow."""


def followed(desk: Desk, secret: str) -> bytes | None:
    """The deadlines behind a secret address as iCalendar; None where it is none, or its person may not see them."""
    feed = feeds.find(desk.connection, desk.keys, secret, desk.at)
    if feed is None or feed.area != desk.area:
        return None
    person = stored_people.read(desk.connection, desk.keys, feed.person_id)
    if person is None or not person.has(desk.area, *SEE_CASES):
        return None
    _note_daily(desk, feed)
    kept = [row.kept for row in board_reading.running(desk, person)]
    return deadlines(kept, title(desk), desk.at)


def title(desk: Desk) -> str:
    """What the calendar is called."""
    return wording_board.calendar_title(desk.definitions.area.name)


def has(desk: Desk, person: Person) -> Feed | None:
    """The feed somebody has."""
    return feeds.of_person(desk.connection, person.id, desk.area)


def begin(desk: Desk, person: Person) -> str:
    """A new secret for somebody; the earlier one ends."""
    return feeds.make(desk.connection, desk.keys, person.id, desk.area, desk.at)


def end(desk: Desk, person: Person) -> bool:
    """End somebody's feed; False if they had none."""
    return feeds.end(desk.connection, desk.keys, person.id, desk.area, desk.at)


def _note_daily(desk: Desk, feed: Feed) -> None:
    """Puts on its person's record, once a day, that their calendar has looked."""
    if feed.used_at is None or london_date(feed.used_at) != desk.today:
        what = "the deadlines by a calendar that follows them"
        stored_people.note(desk.connection, desk.keys, feed.person_id, desk.at, board_reading.LISTED, what)
