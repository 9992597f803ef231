"""Lets whoever has a case hear that somebody else added a note to it: by reference alone."""

from __future__ import annotations

from bot import wording_cases
from bot.cases.case import Case
from bot.casework.casework import Desk
from bot.casework.telling import tell_owner
from bot.storage.cases import Stored
from bot.storage.people import Person


def tell_of_note(desk: Desk, stored: Stored, case: Case, by: Person) -> None:
    """Tell whoever has a case, in working time, of the note that was just put on it; nothing where it is their own."""
    lines = (wording_cases.NOTHING_MOVED,)
    tell_owner(desk, stored, case, by, lines, lambda ref, _: wording_cases.note_added(ref))
