"""A statement run the short way gives what the library gives: the same rows, defaults, moments and errors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from bot.storage import Database
from bot.storage.prepared import run
from bot.storage.tables import conversations, events, outgoing

AT = datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=ZoneInfo("Europe/London"))
CONVERSATION = {"id": "c", "version": 3, "created_at": AT, "touched_at": AT, "head_seq": 0, "head_hash": b"\0\xff"}
MESSAGE = {
    "conversation_id": "c",
    "key": "k",
    "channel": "slack",
    "address": "a",
    "audience": "private",
    "body": b"words",
    "created_at": AT,
    "due_at": AT,
    "status": "waiting",
    "sent_at": None,
}
_ADD = insert(outgoing).returning(outgoing.c.id)
_ALL = select(outgoing).where(outgoing.c.status == bindparam("which")).limit(bindparam("most"))
_CHANGE = (
    update(outgoing)
    .where(outgoing.c.id == bindparam("this"), outgoing.c.status == "waiting")
    .values(attempts=outgoing.c.attempts + 1)
    .returning(outgoing)
)
_REMOVE = delete(outgoing).where(outgoing.c.id == bindparam("this"))
_AMONG = select(events.c.event).where(events.c.event.in_(bindparam("keys", expanding=True)))


def added(connection: Connection) -> int:
    connection.execute(insert(conversations), CONVERSATION)
    return int(run(connection, _ADD, MESSAGE)[0].id)


def as_the_library_reads(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(select(table))]


def test_what_is_put_in_and_read_is_what_the_library_reads(db: Database) -> None:
    def work(connection: Connection) -> None:
        id_ = added(connection)
        (row,) = run(connection, _ALL, {"which": "waiting", "most": 5})
        assert [tuple(row)] == as_the_library_reads(connection, outgoing)
        assert (row.id, row.body, row.may_repeat, row.attempts, row.sent_at) == (id_, b"words", False, 0, None)
        assert (row.created_at, row.created_at.tzinfo) == (AT, UTC)
        assert run(connection, _ALL, {"which": "sent", "most": 5}) == []

    db.run_now(work)


def test_a_change_gives_the_rows_as_they_are_then(db: Database) -> None:
    def work(connection: Connection) -> None:
        id_ = added(connection)
        (row,) = run(connection, _CHANGE, {"this": id_, "status": "sending", "lease_until": AT})
        assert (row.status, row.attempts, row.lease_until) == ("sending", 1, AT)
        assert [tuple(row)] == as_the_library_reads(connection, outgoing)
        assert run(connection, _CHANGE, {"this": id_, "status": "sent", "lease_until": None}) == []

    db.run_now(work)


def test_what_returns_nothing_gives_no_rows(db: Database) -> None:
    def work(connection: Connection) -> None:
        assert run(connection, _REMOVE, {"this": added(connection)}) == []
        assert as_the_library_reads(connection, outgoing) == []

    db.run_now(work)


def test_it_is_undone_with_its_transaction(db: Database) -> None:
    def work(connection: Connection) -> None:
        added(connection)
        raise KeyError

    with pytest.raises(KeyError):
        db.run_now(work)
    assert db.run_now(lambda connection: as_the_library_reads(connection, outgoing)) == []


def test_what_the_database_refuses_is_said_as_the_library_says_it_without_the_words(db: Database) -> None:
    def work(connection: Connection) -> None:
        added(connection)
        run(connection, _ADD, {**MESSAGE, "body": b"a secret"})

    with pytest.raises(IntegrityError) as caught:
        db.run_now(work)
    assert "a secret" not in str(caught.value).split("DETAIL")[0]


def test_a_moment_without_its_time_zone_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="time zone"):
        db.run_now(lambda connection: run(connection, _ADD, {**MESSAGE, "due_at": datetime(2026, 7, 1)}))


@pytest.mark.parametrize(("statement", "values"), [(_AMONG, {"keys": [b"a"]}), (_ALL, {"which": "sent"})])
def test_on_sqlite_a_list_and_a_missing_value_are_the_authors_fault(
    tmp_path: Any, statement: Any, values: dict[str, Any]
) -> None:
    database = Database.open("", tmp_path)
    with pytest.raises(TypeError):
        database.run_now(lambda connection: run(connection, statement, values))
    database.close()
