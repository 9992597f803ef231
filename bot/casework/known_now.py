"""Puts who somebody turned out to be in the place of the id they had, in what was written before that was known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cases.case import Event
from bot.cases.posts import PERSON, person_in
from bot.storage import Connection, former_ids

_NAMING = frozenset({"owner", "again"})
"""The values of an event that name somebody, by their id or by "person:" and their id."""


def events(connection: Connection, written: Sequence[Event]) -> tuple[Event, ...]:
    """Events, each by and about whoever that is now."""
    known = former_ids.now(connection, (id_ for event in written for id_ in _people_in(event)))
    return tuple(_of_now(one, known) for one in written) if known else tuple(written)


def keys(connection: Connection, noted: Mapping[str, datetime]) -> dict[str, datetime]:
    """The keys of reminders, each naming whoever it is for now; what is one person's is not noted twice for them."""
    ids = {person_in(part) for key in noted for part in key.split("|")} - {""}
    known = former_ids.now(connection, ids) if ids else {}
    if not known:
        return dict(noted)
    return {"|".join(_now(part, known) for part in key.split("|")): at for key, at in noted.items()}


def _people_in(event: Event) -> Iterator[str]:
    yield event.by
    yield from (value.removeprefix(PERSON) for name, value in event.values if name in _NAMING)


def _of_now(event: Event, known: Mapping[str, str]) -> Event:
    values = tuple((name, _now(value, known) if name in _NAMING else value) for name, value in event.values)
    return replace(event, by=known.get(event.by, event.by), values=values)


def _now(named: str, known: Mapping[str, str]) -> str:
    """An id, or "person:" and an id, as of now."""
    id_ = named.removeprefix(PERSON)
    return f"{named.removesuffix(id_)}{known[id_]}" if id_ in known else named
