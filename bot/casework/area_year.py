"""The area's own year beside somebody's cases: when an answer that names neither may be meant for it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.casework import case_blocks
from bot.casework.casework import Desk
from bot.storage import told
from bot.storage.cases import Stored
from bot.storage.people import Person

Found = tuple[Stored, Case, Sequence[Clock]]


def beside_cases(desk: Desk, person: Person, found: Sequence[Found]) -> list[Found]:
    """What an answer that names no case may be about: the area's year only after a reminder of what runs in it.

    Its duties run all the time, so whoever answers a case's reminder would be asked each time which is meant. Where
    they have no case, it is about the area's year.
    """
    cases = [one for one in found if one[0].kind == "case"]
    return [one for one in found if one[0].kind == "case" or not cases or reminded(desk, person, one[0], one[2])]


def reminded(desk: Desk, person: Person, stored: Stored, clocks: Sequence[Clock]) -> list[Clock]:
    """The duties that run and of which somebody was reminded, or that were given to them, in the period that runs."""
    keys = told.keys(desk.connection, stored.id, person.id)
    running = case_blocks.urgent(clocks)
    return [one for one in running if any(key.startswith(f"{one.id}|{one.period}|") for key in keys)]
