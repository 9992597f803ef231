"""Decisions as they were given: every version of each, and practice ones kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, select

from bot.storage import data_keys, tables
from bot.storage.crypto import KeyRing


@dataclass(frozen=True)
class Decision:
    """One decision; `version` counts from 1 within its conversation and dialog, `at` is in UTC."""

    dialog: str
    version: int
    at: datetime
    flow: str
    outcome: str
    rules_version: str
    body: str
    practice: bool


def record(
    connection: Connection,
    keys: KeyRing,
    conversation_id: str,
    at: datetime,
    *,
    dialog: str,
    flow: str,
    outcome: str,
    rules_version: str,
    body: str,
    practice: bool,
) -> Decision:
    """Keep a decision as the next version for its dialog; earlier versions stay. Raises Forgotten or Unreadable."""
    table = _table(practice)
    key = data_keys.hold(connection, keys, conversation_id).key
    this = (table.c.conversation_id == conversation_id) & (table.c.dialog == dialog)
    version = (connection.execute(select(func.max(table.c.version)).where(this)).scalar() or 0) + 1
    connection.execute(
        table.insert().values(
            conversation_id=conversation_id,
            dialog=dialog,
            version=version,
            at=at,
            flow=flow,
            outcome=outcome,
            rules_version=rules_version,
            body=key.seal(table.name, "body", _row_id(conversation_id, dialog, version), body),
        )
    )
    return Decision(dialog, version, at.astimezone(UTC), flow, outcome, rules_version, body, practice)


def read(connection: Connection, keys: KeyRing, conversation_id: str, *, practice: bool) -> list[Decision]:
    """Every version of every decision of a conversation, in the order given. Raises Forgotten or Unreadable."""
    table = _table(practice)
    key = data_keys.read(connection, keys, conversation_id)
    found = select(table).where(table.c.conversation_id == conversation_id)
    return [
        Decision(
            row.dialog,
            row.version,
            row.at,
            row.flow,
            row.outcome,
            row.rules_version,
            key.open(table.name, "body", _row_id(conversation_id, row.dialog, row.version), row.body),
            practice,
        )
        for row in connection.execute(found.order_by(table.c.at, table.c.dialog, table.c.version))
    ]


def _table(practice: bool) -> Table:
    return tables.practice_decisions if practice else tables.decisions


def _row_id(conversation_id: str, dialog: str, version: int) -> str:
    return f"{conversation_id}:{dialog}:{version}"
