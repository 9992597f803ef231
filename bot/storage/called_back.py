"""Calls back nudges that were noted and have not been sent: for good, or because they are for somebody else now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.storage import nudges, outbox, reminded
from bot.storage.case_tables import nudges as rows
from bot.storage.crypto import KeyRing
from bot.storage.nudges import Noted, noted_from

UNSENT = ("waiting", "handed", "unreached")
"""How a nudge stands that has not been sent."""
_ANEW = "|after "


def unsent_to(connection: Connection, person_id: str, case_id: str | None = None) -> list[Noted]:
    """What has not been sent to somebody yet, of all cases or of one, in order."""
    found = select(rows).where(rows.c.person_id == person_id, rows.c.status.in_(UNSENT))
    if case_id is not None:
        found = found.where(rows.c.case_id == case_id)
    return [noted_from(row) for row in connection.execute(found.order_by(rows.c.due_at, rows.c.id))]


def call_back(connection: Connection, stale: Sequence[Noted], at: datetime) -> None:
    """Let go what was not sent; a message goes with the last nudge that it carried."""
    nudges.settle(connection, [one.id for one in stale], "cancelled", at)
    for message in {one.outgoing_id for one in stale if one.outgoing_id is not None}:
        if all(one.status == "cancelled" for one in nudges.in_message(connection, message)):
            outbox.cancel(connection, [message])


def readdress(
    connection: Connection, keys: KeyRing, case_id: str, found: Sequence[Noted], to: str | None, at: datetime
) -> None:
    """Call back unsent nudges of a case, and note them anew for somebody else; None: for nobody yet.

    The new row is the same reminder of the same stage: its key says only which row it comes after. Who waits to be
    reminded of the same clock already has none.
    """
    waiting = nudges.of_case(connection, case_id, UNSENT)
    has = {one.clock for one in waiting if one.clock and one.person_id == to}
    call_back(connection, found, at)
    reminded.withdrawn(connection, keys, case_id, found, at)
    for one in found:
        if one.clock in has:
            continue
        nudges.note(
            connection,
            case_id,
            f"{one.key.partition(_ANEW)[0]}{_ANEW}{one.id}",
            at,
            clock=one.clock,
            kind=one.kind,
            post=one.post,
            person_id=to,
            line=one.line,
            due_at=one.due_at,
        )
