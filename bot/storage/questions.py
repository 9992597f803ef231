"""The questions that were asked: how each was answered, without its words, and those that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.storage import data_keys
from bot.storage.crypto import DataKey, KeyRing
from bot.storage.data_keys import Forgotten
from bot.storage.tables import questions


@dataclass(frozen=True)
class Asked:
    """A question as it was answered; `line` is its log line: ids and scores, no words. `at` is in UTC."""

    conversation: str
    seq: int
    at: datetime
    channel: str
    route: str
    topic: str
    line: str
    helped: bool | None


@dataclass(frozen=True)
class Waiting:
    """A question that waits for an answer: of its words, only those that the topics have too.

    `marks` tell whether its other words are ones that a topic comes to have. `wants_answer` is whether the person
    chose to be told at `address` once there is one.
    """

    conversation: str
    seq: int
    at: datetime
    channel: str
    address: str
    route: str
    topic: str
    line: str
    masked: str
    wants_answer: bool
    marks: str = ""


def record(
    connection: Connection,
    conversation_id: str,
    seq: int,
    at: datetime,
    *,
    channel: str,
    address: str,
    route: str,
    topic: str,
    line: str,
) -> None:
    """Keep how a question was answered, under the number of its turn."""
    connection.execute(
        questions.insert().values(
            conversation_id=conversation_id,
            seq=seq,
            at=at,
            channel=channel,
            address=address,
            route=route,
            topic=topic,
            line=line,
        )
    )


def queue(connection: Connection, keys: KeyRing, conversation_id: str, masked: str, marks: str = "") -> None:
    """Let the newest question of a conversation wait for an answer. Raises Forgotten or Unreadable."""
    seq = _newest(connection, conversation_id)
    if seq is not None:
        key = data_keys.hold(connection, keys, conversation_id).key
        sealed = key.seal("questions", "masked", f"{conversation_id}:{seq}", f"{masked}\n{marks}")
        _change(connection, conversation_id, seq, masked=sealed)


def mark_helped(connection: Connection, conversation_id: str, *, helped: bool) -> None:
    """Keep whether the newest answer of a conversation helped."""
    seq = _newest(connection, conversation_id)
    if seq is not None:
        _change(connection, conversation_id, seq, helped=helped)


def want_answer(connection: Connection, conversation_id: str) -> None:
    """Keep that the person wants to be told once their newest waiting question is answered."""
    waiting = (questions.c.conversation_id == conversation_id) & questions.c.masked.is_not(None)
    seq = connection.execute(select(func.max(questions.c.seq)).where(waiting)).scalar()
    if seq is not None:
        _change(connection, conversation_id, seq, wants_answer=True)


def waiting(connection: Connection, keys: KeyRing) -> list[Waiting]:
    """Every question that waits for an answer, the oldest first."""
    found = select(questions).where(questions.c.masked.is_not(None), questions.c.answered_at.is_(None))
    read = []
    for row in connection.execute(found.order_by(questions.c.at, questions.c.conversation_id, questions.c.seq)):
        try:
            key = data_keys.read(connection, keys, row.conversation_id)
        except Forgotten:
            continue
        masked, _, marks = opened(key, row.conversation_id, row.seq, row.masked)
        read.append(
            Waiting(
                row.conversation_id,
                row.seq,
                row.at,
                row.channel,
                row.address,
                row.route,
                row.topic,
                row.line,
                masked,
                row.wants_answer,
                marks,
            )
        )
    return read


def opened(key: DataKey, conversation_id: str, seq: int, sealed: bytes) -> tuple[str, str, str]:
    """The masked words of a question and, last, its marks: sealed as one, so that they are erased as one."""
    return key.open("questions", "masked", f"{conversation_id}:{seq}", sealed).partition("\n")


def close(connection: Connection, one: Waiting, topic: str, at: datetime) -> None:
    """Keep that a waiting question is answered by a topic now."""
    _change(connection, one.conversation, one.seq, answered_at=at, answered_by=topic)


def asked(connection: Connection, since: datetime | None = None) -> list[Asked]:
    """Every question with its log line, the oldest first."""
    found = select(questions).order_by(questions.c.at, questions.c.conversation_id, questions.c.seq)
    if since is not None:
        found = found.where(questions.c.at >= since)
    return [
        Asked(row.conversation_id, row.seq, row.at, row.channel, row.route, row.topic, row.line, row.helped)
        for row in connection.execute(found)
    ]


def _newest(connection: Connection, conversation_id: str) -> int | None:
    found = select(func.max(questions.c.seq)).where(questions.c.conversation_id == conversation_id)
    seq: int | None = connection.execute(found).scalar()
    return seq


def _change(connection: Connection, conversation_id: str, seq: int, **values: object) -> None:
    this = (questions.c.conversation_id == conversation_id) & (questions.c.seq == seq)
    connection.execute(update(questions).where(this).values(**values))
