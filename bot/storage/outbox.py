"""Everything still to be said or said: put in by a turn, claimed by whoever sends it, never lost in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, Update, and_, bindparam, or_, select, update

from bot.storage import data_keys
from bot.storage.crypto import DataKey, KeyRing, Unreadable
from bot.storage.data_keys import Forgotten
from bot.storage.tables import SENDING, WAITING, insert_once, outgoing

# Put together once: in a turn, building a statement takes longer than running it.
_THIS = outgoing.c.id == bindparam("this")
_SEAL = update(outgoing).where(_THIS)
_CLAIM = (
    update(outgoing)
    .where(outgoing.c.status == WAITING, outgoing.c.due_at <= bindparam("now"))
    .values(
        status="sending",
        claimed_by=bindparam("by"),
        lease_until=bindparam("until"),
        attempts=outgoing.c.attempts + 1,
    )
    .returning(outgoing)
)
_CLAIM_THIS = _CLAIM.where(_THIS, outgoing.c.rev == bindparam("seen"))
_CLAIM_THERE = _CLAIM.where(outgoing.c.conversation_id == bindparam("there"))
# One cancelled meanwhile has the next rev.
_MARK_SENT = (
    update(outgoing)
    .where(
        _THIS,
        outgoing.c.claimed_by == bindparam("by"),
        or_(
            and_(outgoing.c.rev == bindparam("seen"), outgoing.c.status == SENDING),
            and_(outgoing.c.rev == bindparam("seen") + 1, outgoing.c.status == "cancelled"),
        ),
    )
    .values(status="sent", sent_at=bindparam("now"), platform_id=bindparam("platform"), lease_until=None)
    .returning(outgoing.c.id)
)
_NEWEST = (
    select(outgoing)
    .where(outgoing.c.conversation_id == bindparam("there"))
    .order_by(outgoing.c.id.desc())
    .limit(bindparam("most"))
)

Status = Literal["waiting", "sending", "sent", "unknown", "failed", "cancelled"]


@dataclass(frozen=True)
class Outgoing:
    """One thing to say. `may_repeat`: an earlier attempt may have arrived, so say that this may be a repeat."""

    id: int
    rev: int
    conversation_id: str
    channel: str
    address: str
    audience: str
    body: str
    key: str
    status: Status
    created_at: datetime
    due_at: datetime
    attempts: int
    may_repeat: bool
    claimed_by: str | None
    platform_id: str | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Due:
    """Something to be said now, as whoever dispatches it needs it; it holds only while the row has this `rev`.

    `body` is what a turn has just put in, where nothing but its own words is to be said; empty where it is to be read.
    """

    id: int
    rev: int
    conversation_id: str
    channel: str
    body: str = field(default="", repr=False, compare=False)


def put(
    connection: Connection,
    keys: KeyRing,
    conversation_id: str,
    *,
    channel: str,
    address: str,
    body: str,
    at: datetime,
    due_at: datetime | None = None,
    key: str,
    audience: str = "private",
    said: bool = False,
    sealed_by: DataKey | None = None,
) -> int:
    """Put something to be said at `due_at` (at once if None); its id, which grows in the order things are to be said.

    `said`: it counts as sent, because those it is for read it here, as on a page; nobody has to carry it.
    The same key again within a conversation changes nothing and gives the first one's id. `sealed_by` is the data key
    of the conversation, where that is held already. Raises Forgotten.
    """
    data_key = sealed_by or data_keys.hold(connection, keys, conversation_id).key
    values = {
        "conversation_id": conversation_id,
        "key": key,
        "channel": channel,
        "address": address,
        "audience": audience,
        "body": b"",
        "created_at": at,
        "due_at": due_at or at,
        "status": "sent" if said else "waiting",
        "sent_at": at if said else None,
    }
    row = insert_once(connection, outgoing, values, outgoing.c.id)
    if row is None:
        return _id_of(connection, conversation_id, key)
    # Sealed for its place, so it can only be sealed once the database has given it one.
    sealed = data_key.seal("outgoing", "body", str(row.id), body)
    connection.execute(_SEAL, {"this": row.id, "body": sealed})
    return int(row.id)


def _id_of(connection: Connection, conversation_id: str, key: str) -> int:
    same = (outgoing.c.conversation_id == conversation_id) & (outgoing.c.key == key)
    return int(connection.execute(select(outgoing.c.id).where(same)).scalar_one())


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
    for id_, rev in sorted(rows):
        which = {"this": id_, "seen": rev}
        claimed += _claimed(connection, keys, _CLAIM_THIS, which, worker, at, lease)
    return claimed


def claim_put(
    connection: Connection, put: tuple[int, int], body: str, *, worker: str, at: datetime, lease: timedelta
) -> Outgoing | None:
    """Take what was put in a moment ago, whose words are at hand still; None where that is gone or changed since."""
    which = {"this": put[0], "seen": put[1], "by": worker, "now": at, "until": at + lease}
    row = connection.execute(_CLAIM_THIS, which).first()
    return None if row is None else _outgoing(row, body)


def claim_conversation(
    connection: Connection, keys: KeyRing, conversation_id: str, *, worker: str, at: datetime, lease: timedelta
) -> list[Outgoing]:
    """Take everything that is due in one conversation, in order, to send until `at + lease`."""
    return _claimed(connection, keys, _CLAIM_THERE, {"there": conversation_id}, worker, at, lease)


def renew(connection: Connection, sent: Outgoing, until: datetime) -> None:
    """Hold on to a claim until then; nothing happens if it has been lost."""
    _ids(connection, _is_claimed(sent), {"lease_until": until})


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
        _change(connection, outgoing.c.id.in_(ids), status="waiting", may_repeat=True, **_LET_GO)
    return len(ids)


def give_back_of_the_dead(connection: Connection, worker: str) -> list[Due]:
    """Let wait again whatever another than `worker` claimed, where all of those are known to be gone; in order."""
    left = (outgoing.c.status == SENDING) & (outgoing.c.claimed_by != worker)
    return waiting_among(connection, _change(connection, left, status="waiting", may_repeat=True, **_LET_GO))


def due(connection: Connection, at: datetime, limit: int, which: ColumnElement[bool] | None = None) -> list[Due]:
    """What is due and unclaimed, longest due first, kept from every other sweep until the transaction ends."""
    found = select(outgoing.c.id, outgoing.c.rev, outgoing.c.conversation_id, outgoing.c.channel).where(
        outgoing.c.status == WAITING, outgoing.c.due_at <= at
    )
    found = found if which is None else found.where(which)
    ordered = found.order_by(outgoing.c.due_at, outgoing.c.id).limit(limit)
    return [Due(*row) for row in connection.execute(ordered.with_for_update(skip_locked=True))]


def due_on_each(connection: Connection, at: datetime, limit: int, channels: Sequence[str]) -> list[Due]:
    """Up to `limit` due on each channel, and on those not named: a slow channel keeps nothing of another's back."""
    if not due(connection, at, 1):
        return []
    which = [*(outgoing.c.channel == name for name in channels), outgoing.c.channel.not_in(channels)]
    return [one for each in which for one in due(connection, at, limit, each)]


def waiting_among(connection: Connection, ids: Sequence[int]) -> list[Due]:
    """Those of these rows that wait to be sent, to be sent at once."""
    found = select(outgoing.c.id, outgoing.c.rev, outgoing.c.conversation_id, outgoing.c.channel)
    those = found.where(outgoing.c.id.in_(ids), outgoing.c.status == WAITING).order_by(outgoing.c.id)
    return [Due(*row) for row in connection.execute(those)]


def mark_sent(connection: Connection, sent: Outgoing, at: datetime, platform_id: str) -> bool:
    """It arrived; False if the claim has been lost since. One cancelled meanwhile is recorded as sent: it was."""
    which = {"this": sent.id, "seen": sent.rev, "by": sent.claimed_by}
    return connection.execute(_MARK_SENT, {**which, "now": at, "platform": platform_id}).first() is not None


def mark_failed(connection: Connection, sent: Outgoing) -> bool:
    """It will never arrive; False if the claim has been lost since."""
    return bool(_ids(connection, _is_claimed(sent), {"status": "failed", "lease_until": None}))


def mark_unknown(connection: Connection, sent: Outgoing) -> bool:
    """Nobody can say whether it arrived, and it is not safe to repeat; False if the claim has been lost since."""
    return bool(_ids(connection, _is_claimed(sent), {"status": "unknown", "lease_until": None}))


def retry_later(connection: Connection, sent: Outgoing, due_at: datetime, *, may_repeat: bool = False) -> bool:
    """Try again at `due_at`; `may_repeat` if this attempt may have arrived. False if the claim has been lost since."""
    repeat = {"may_repeat": True} if may_repeat else {}
    return bool(_change(connection, _is_claimed(sent), status="waiting", due_at=due_at, **repeat, **_LET_GO))


def cancel(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Leave unsaid; the ids for which that was still possible. One being sent now may still arrive."""
    return _change(
        connection, outgoing.c.id.in_(ids) & outgoing.c.status.in_(("waiting", "sending")), status="cancelled"
    )


def redate(connection: Connection, id_: int, due_at: datetime) -> bool:
    """Say at another moment what is still waiting; False if it is no longer waiting."""
    return bool(_change(connection, (outgoing.c.id == id_) & (outgoing.c.status == WAITING), due_at=due_at))


def read(
    connection: Connection, keys: KeyRing, conversation_id: str, after: int = 0, among: Sequence[str] | None = None
) -> list[Outgoing]:
    """What was put into a conversation after an id, in order, whatever became of it; only `among` these keys, if given.

    Raises Forgotten or Unreadable.
    """
    key = data_keys.read(connection, keys, conversation_id)
    found: Select[Any] = select(outgoing).where(outgoing.c.conversation_id == conversation_id, outgoing.c.id > after)
    if among is not None:
        found = found.where(outgoing.c.key.in_(among))
    return [
        _outgoing(row, key.open("outgoing", "body", str(row.id), row.body))
        for row in connection.execute(found.order_by(outgoing.c.id))
    ]


def newest(connection: Connection, keys: KeyRing, conversation_id: str, most: int) -> Iterator[Outgoing]:
    """The last `most` things put into a conversation, the newest first. Raises Forgotten or Unreadable."""
    key = data_keys.read(connection, keys, conversation_id)
    with connection.execute(_NEWEST, {"there": conversation_id, "most": most}) as rows:
        for row in rows:
            yield _outgoing(row, key.open("outgoing", "body", str(row.id), row.body))


_LET_GO = {"claimed_by": None, "lease_until": None}


def _claimed(
    connection: Connection,
    keys: KeyRing,
    claiming: Update,
    which: dict[str, Any],
    worker: str,
    at: datetime,
    lease: timedelta,
) -> list[Outgoing]:
    claimed = []
    taken = connection.execute(claiming, {**which, "by": worker, "now": at, "until": at + lease}).all()
    for row in sorted(taken, key=lambda row: row.id):
        try:
            body = data_keys.read(connection, keys, row.conversation_id).open("outgoing", "body", str(row.id), row.body)
        except (Forgotten, Unreadable):
            # One row spoilt from outside must not keep the others, nor come back for ever.
            _ids(connection, outgoing.c.id == row.id, {"status": "failed", "lease_until": None})
        else:
            claimed.append(_outgoing(row, body))
    return claimed


def _is_claimed(sent: Outgoing) -> ColumnElement[bool]:
    return and_(outgoing.c.id == sent.id, outgoing.c.rev == sent.rev, outgoing.c.status == SENDING)


def _change(connection: Connection, which: ColumnElement[bool], **values: Any) -> list[int]:
    """Change rows under a new rev, so that whoever holds the old one can no longer act on them; their ids."""
    return _ids(connection, which, {**values, "rev": outgoing.c.rev + 1})


def _ids(connection: Connection, which: ColumnElement[bool], values: dict[str, Any]) -> list[int]:
    return sorted(connection.execute(update(outgoing).where(which).values(values).returning(outgoing.c.id)).scalars())


def _outgoing(row: Row[Any], body: str) -> Outgoing:
    return Outgoing(
        id=row.id,
        rev=row.rev,
        conversation_id=row.conversation_id,
        channel=row.channel,
        address=row.address,
        audience=row.audience,
        body=body,
        key=row.key,
        status=row.status,
        created_at=row.created_at,
        due_at=row.due_at,
        attempts=row.attempts,
        may_repeat=row.may_repeat,
        claimed_by=row.claimed_by,
        platform_id=row.platform_id,
        sent_at=row.sent_at,
    )
