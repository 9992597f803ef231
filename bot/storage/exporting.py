"""What an export needs beside what is read one by one: which conversations there are, nudges, and questions asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.storage import data_keys, questions, tables
from bot.storage.case_tables import nudges
from bot.storage.crypto import KeyRing


def conversations(connection: Connection) -> list[str]:
    """Ids of every conversation that is not erased, in the order they began."""
    table = tables.conversations
    found = select(table.c.id).where(table.c.forgotten_at.is_(None)).order_by(table.c.created_at, table.c.id)
    return list(connection.execute(found).scalars())


def nudges_of(connection: Connection, case_id: str) -> list[dict[str, Any]]:
    """Every nudge of a case, as it was noted and what became of it."""
    columns = (nudges.c.key, nudges.c.kind, nudges.c.post, nudges.c.person_id, nudges.c.line)
    times = (nudges.c.due_at, nudges.c.status, nudges.c.settled_at)
    found = select(*columns, *times).where(nudges.c.case_id == case_id).order_by(nudges.c.id)
    return [dict(row._mapping) for row in connection.execute(found)]


def questions_of(connection: Connection, keys: KeyRing) -> list[dict[str, Any]]:
    """Every question that was logged: where it led, whether that helped, and where they are kept its masked words."""
    table = tables.questions
    found = select(table).order_by(table.c.at, table.c.conversation_id, table.c.seq)
    return [
        {
            "at": row.at,
            "channel": row.channel,
            "route": row.route,
            "topic": row.topic,
            "helped": row.helped,
            "to_be_told": row.wants_answer,
            "masked": _masked(connection, keys, row.conversation_id, row.seq, row.masked),
            "answered_at": row.answered_at,
            "answered_by": row.answered_by,
        }
        for row in connection.execute(found).all()
    ]


def _masked(connection: Connection, keys: KeyRing, conversation: str, seq: int, sealed: bytes | None) -> str | None:
    if sealed is None:
        return None
    key = data_keys.read(connection, keys, conversation)
    return questions.opened(key, conversation, seq, sealed)[0]
