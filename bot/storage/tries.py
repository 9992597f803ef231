"""How often something was tried lately, from one address and from a whole channel, so that codes cannot be guessed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from bot.storage.tables import wrong_codes

MOST = 5
# However many browsers guess: a year of a hundred each quarter-hour finds an open code with a chance of 1 in 100,000.
MOST_OF_ALL = 100
WINDOW = timedelta(minutes=15)


def too_many(connection: Connection, source: str, at: datetime) -> bool:
    """Whether an address, or its whole channel, has tried too often in the last quarter of an hour.

    `source` is a channel, a colon and the address.
    """
    channel = source.partition(":")[0]
    recent = wrong_codes.c.at > at - WINDOW
    theirs = wrong_codes.c.source == source
    of_all = theirs | wrong_codes.c.source.startswith(f"{channel}:", autoescape=True)
    counts = select(func.count(), func.count().filter(theirs)).select_from(wrong_codes).where(recent, of_all)
    all_, own = connection.execute(counts).one()
    return bool(own >= MOST or all_ >= MOST_OF_ALL)


def note(connection: Connection, source: str, at: datetime) -> None:
    """Count one try against a source, and forget those of the quarter-hour before."""
    connection.execute(delete(wrong_codes).where(wrong_codes.c.at <= at - WINDOW))
    connection.execute(wrong_codes.insert().values(source=source, at=at))
