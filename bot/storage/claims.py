"""Who sends what is in the outbox, until when, and what became of that: a claim is lost by no more than its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, UpdateBase, and_, bindparam, or_, select, update

from bot.storage import data_keys
from bot.storage.crypto import KeyRing, Unreadable
from bot.storage.data_keys import Forgotten
from bot.storage.outbox import THIS, Due, Outgoing, assign, change, outgoing_of, waiting_among
from bot.storage.prepared import first, run
from bot.storage.tables import SENDING, WAITING, outgoing

# Put together once: in a turn, building a statement takes longer than running it.
_CLAIMING = (
    update(outgoing)
    .where(
        THIS,
        outgoing.c.rev == bindparam("seen"),
        outgoing.c.status == WAITING,
        outgoing.c.due_at <= bindparam("now"),
    )
    .values(
        status="sending",
        claimed_by=bindparam("by"),
        lease_until=bindparam("until"),
        attempts=outgoing.c.attempts + 1,
    )
)
_CLAIM_PUT = _CLAIMING.returning(*(one for one in outgoing.c if one.name != "body"))
_CLAIM = _CLAIMING.returning(outgoing)
# One cancelled meanwhile has the next rev.
_MARK_SENT = (
    update(outgoing)
    .where(
        THIS,
        outgoing.c.claimed_by == bindparam("by"),
        or_(
            and_(outgoing.c.rev == bindparam("seen"), outgoing.c.status == SENDING),
            and_(outgoing.c.rev == bindparam("seen") + 1, outgoing.c.status == "cancelled"),
        ),
    )
    .values(status="sent", sent_at=bindparam("now"), platform_id=bindparam("platform"), lease_until=None)
    .returning(outgoing.c.id)
)
_LET_GO = {"claimed_by": None, "lease_until": None}


def claim(
    connection: Connection,
    keys: KeyRing,
    rows: Sequence[tuple[int, int]],
    *,
    worker: str,
    at: datetime,
    lease: timedelta,
) -> list[Outgoing]:
    """Take (id, rev) pairs to send until `at + lease`; those gone, changed, not due or taken are left out."""
    claimed = []
    for put in sorted(rows):
        row = _taken(connection, put, worker, at, lease)
        if row is None:
            continue
        try:
            body = data_keys.read(connection, keys, row.conversation_id).open("outgoing", "body", str(row.id), row.body)
        except (Forgotten, Unreadable):
            # One row spoilt from outside must not keep the others, nor come back for ever.
            assign(connection, outgoing.c.id == row.id, {"status": "failed", "lease_until": None})
        else:
            claimed.append(outgoing_of(row, body))
    return claimed


def claim_put(
    connection: Connection, put: tuple[int, int], *, worker: str, at: datetime, lease: timedelta
) -> Outgoing | None:
    """Take what was put in a moment ago, whose words are at hand still; None where that is gone or changed since.

    They are not read once more.
    """
    row = _taken(connection, put, worker, at, lease, _CLAIM_PUT)
    return None if row is None else outgoing_of(row, "")


def renew(connection: Connection, sent: Outgoing, until: datetime) -> None:
    """Hold on to a claim until then; nothing happens if it has been lost."""
    assign(connection, _is_claimed(sent), {"lease_until": until})


def give_back(connection: Connection, at: datetime, limit: int) -> int:
    """Let wait again what was claimed until a moment that has passed; how much that was."""
    lapsed = (
        select(outgoing.c.id)
        .where(outgoing.c.status == SENDING, outgoing.c.lease_until <= at)
        .order_by(outgoing.c.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = connection.execute(lapsed).scalars().all()
    if ids:
        change(connection, outgoing.c.id.in_(ids), status="waiting", may_repeat=True, **_LET_GO)
    return len(ids)


def give_back_of_the_dead(connection: Connection, worker: str) -> list[Due]:
    """Let wait again whatever another than `worker` claimed, where all of those are known to be gone; in order."""
    left = (outgoing.c.status == SENDING) & (outgoing.c.claimed_by != worker)
    return waiting_among(connection, change(connection, left, status="waiting", may_repeat=True, **_LET_GO))


def to_be_tried_again(connection: Connection, after: datetime, until: datetime) -> list[tuple[str, str, datetime]]:
    """What was tried and waits for another try between two moments: its channel, its conversation, and when."""
    found = select(outgoing.c.channel, outgoing.c.conversation_id, outgoing.c.due_at).where(
        outgoing.c.status == WAITING, outgoing.c.attempts > 0, outgoing.c.due_at > after, outgoing.c.due_at <= until
    )
    return [tuple(row) for row in connection.execute(found)]


def mark_sent(connection: Connection, sent: Outgoing, at: datetime, platform_id: str) -> bool:
    """It arrived; False if the claim has been lost since. One cancelled meanwhile is recorded as sent: it was."""
    which = {"this": sent.id, "seen": sent.rev, "by": sent.claimed_by}
    return bool(run(connection, _MARK_SENT, {**which, "now": at, "platform": platform_id}))


def mark_failed(connection: Connection, sent: Outgoing) -> bool:
    """It will never arrive; False if the claim has been lost since."""
    return bool(assign(connection, _is_claimed(sent), {"status": "failed", "lease_until": None}))


def mark_unknown(connection: Connection, sent: Outgoing) -> bool:
    """Nobody can say whether it arrived, and it is not safe to repeat; False if the claim has been lost since."""
    return bool(assign(connection, _is_claimed(sent), {"status": "unknown", "lease_until": None}))


def retry_later(connection: Connection, sent: Outgoing, due_at: datetime, *, may_repeat: bool = False) -> bool:
    """Try again at `due_at`; `may_repeat` if this attempt may have arrived. False if the claim has been lost since."""
    repeat = {"may_repeat": True} if may_repeat else {}
    return bool(change(connection, _is_claimed(sent), status="waiting", due_at=due_at, **repeat, **_LET_GO))


def _taken(
    connection: Connection,
    put: tuple[int, int],
    worker: str,
    at: datetime,
    lease: timedelta,
    claiming: UpdateBase = _CLAIM,
) -> Row[Any] | None:
    which = {"this": put[0], "seen": put[1]}
    taken: Row[Any] | None = first(connection, claiming, {**which, "by": worker, "now": at, "until": at + lease})
    return taken


def _is_claimed(sent: Outgoing) -> ColumnElement[bool]:
    return and_(outgoing.c.id == sent.id, outgoing.c.rev == sent.rev, outgoing.c.status == SENDING)
