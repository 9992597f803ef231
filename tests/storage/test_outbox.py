"""The outbox: everything put in is said once, later, or visibly not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, event, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.storage import Database, KeyRing, Unreadable, claims, conversations, outbox
from bot.storage.outbox import Due, Outgoing
from bot.storage.tables import outgoing

from .conftest import AT

LEASE = timedelta(seconds=60)


@pytest.fixture
def id_(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda connection: conversations.load(connection, keys, "web", "a", AT)).id


def put(db: Database, keys: KeyRing, id_: str, key: str, **more: Any) -> int:
    values = {"channel": "web", "address": "a", "body": f"body of {key}", "at": AT, **more}
    return db.run_now(lambda connection: outbox.put(connection, keys, id_, key=key, **values))


def claim(
    db: Database, keys: KeyRing, rows: list[tuple[int, int]], worker: str = "w", at: datetime = AT
) -> list[Outgoing]:
    return db.run_now(lambda c: claims.claim(c, keys, rows, worker=worker, at=at, lease=LEASE))


def sweep(db: Database, at: datetime = AT, limit: int = 100) -> list[tuple[int, int]]:
    def work(connection: Connection) -> list[tuple[int, int]]:
        claims.give_back(connection, at, limit)
        return [(one.id, one.rev) for one in outbox.due(connection, at, limit)]

    return db.run_now(work)


def read(db: Database, keys: KeyRing, id_: str, after: int = 0) -> list[Outgoing]:
    return db.run_now(lambda connection: outbox.read(connection, keys, id_, after))


def test_a_turns_replies_are_claimed_in_order_and_sent(db: Database, keys: KeyRing, id_: str) -> None:
    ids = [put(db, keys, id_, key) for key in "abc"]
    later = put(db, keys, id_, "later", due_at=AT + timedelta(days=1))
    rows = [(one, 0) for one in (later, *reversed(ids))]
    taken = claim(db, keys, rows)
    assert [(o.id, o.body, o.attempts, o.may_repeat) for o in taken] == [
        (i, f"body of {key}", 1, False) for i, key in zip(ids, "abc", strict=True)
    ]
    assert claim(db, keys, rows) == []
    for sent in taken:
        assert db.run_now(lambda connection, s=sent: claims.mark_sent(connection, s, AT, f"platform {s.id}"))
    assert [(o.status, o.platform_id, o.sent_at) for o in read(db, keys, id_)] == [
        *(("sent", f"platform {i}", AT) for i in ids),
        ("waiting", None, None),
    ]
    assert [o.key for o in read(db, keys, id_, after=ids[1])] == ["c", "later"]


def test_what_was_put_in_a_moment_ago_is_claimed_once_and_not_read_again(db: Database, keys: KeyRing, id_: str) -> None:
    take = lambda c, one: claims.claim_put(c, (one, 0), worker="w", at=AT, lease=LEASE)  # noqa: E731
    kept, cancelled = (put(db, keys, id_, key) for key in "ab")
    db.run_now(lambda c: outbox.cancel(c, [cancelled]))
    taken = db.run_now(lambda c: take(c, kept))
    assert taken is not None
    assert (taken.id, taken.body, taken.attempts, taken.status) == (kept, "", 1, "sending")
    assert db.run_now(lambda c: take(c, kept)) is None
    assert db.run_now(lambda c: take(c, cancelled)) is None
    assert db.run_now(lambda c: claims.mark_sent(c, taken, AT, "p"))


def test_what_is_only_read_here_counts_as_sent_and_nobody_carries_it(db: Database, keys: KeyRing, id_: str) -> None:
    one = put(db, keys, id_, "k", said=True)
    assert sweep(db) == claim(db, keys, [(one, 0)]) == []
    assert [(o.status, o.sent_at, o.body) for o in read(db, keys, id_)] == [("sent", AT, "body of k")]


def test_the_same_key_is_put_once_in_a_conversation(db: Database, keys: KeyRing, id_: str) -> None:
    first = put(db, keys, id_, "k", body="first")
    assert put(db, keys, id_, "k", body="second") == first
    other = db.run_now(lambda connection: conversations.load(connection, keys, "web", "b", AT)).id
    assert put(db, keys, other, "k") != first
    assert [o.body for o in read(db, keys, id_)] == ["first"]


def test_what_a_dead_worker_took_comes_back_marked_as_a_possible_repeat(db: Database, keys: KeyRing, id_: str) -> None:
    one = put(db, keys, id_, "k")
    [dead] = claim(db, keys, [(one, 0)], "dead")
    assert sweep(db, AT + LEASE - timedelta(seconds=1)) == []
    assert sweep(db, AT + LEASE) == [(one, 1)]
    assert not db.run_now(lambda connection: claims.mark_sent(connection, dead, AT, "p"))
    assert claim(db, keys, [(one, 0)], at=AT + LEASE) == []
    [alive] = claim(db, keys, [(one, 1)], at=AT + LEASE)
    assert (alive.attempts, alive.may_repeat, alive.body) == (2, True, "body of k")
    for late in (
        lambda connection: claims.mark_sent(connection, dead, AT, "p"),
        lambda connection: claims.mark_failed(connection, dead),
        lambda connection: claims.mark_unknown(connection, dead),
        lambda connection: claims.retry_later(connection, dead, AT),
    ):
        assert not db.run_now(late)
    assert db.run_now(lambda connection: claims.mark_sent(connection, alive, AT, "p"))


def test_a_failed_attempt_is_tried_later_and_not_called_a_repeat(db: Database, keys: KeyRing, id_: str) -> None:
    one = put(db, keys, id_, "k")
    [taken] = claim(db, keys, [(one, 0)])
    later = AT + timedelta(minutes=5)
    assert db.run_now(lambda connection: claims.retry_later(connection, taken, later))
    assert sweep(db) == []
    assert sweep(db, later) == [(one, 1)]
    [again] = claim(db, keys, [(one, 1)], at=later)
    assert not again.may_repeat
    assert db.run_now(lambda connection: claims.retry_later(connection, again, later, may_repeat=True))
    [third] = claim(db, keys, [(one, 2)], at=later)
    assert third.may_repeat


def test_what_was_cancelled_is_not_sent_and_what_was_redated_waits(db: Database, keys: KeyRing, id_: str) -> None:
    one, two = put(db, keys, id_, "a"), put(db, keys, id_, "b")
    later = AT + timedelta(days=1)
    due = sweep(db)
    assert db.run_now(lambda connection: outbox.cancel(connection, [one])) == [one]
    assert db.run_now(lambda connection: outbox.redate(connection, two, later))
    assert claim(db, keys, due) == []
    assert sweep(db) == []
    assert sweep(db, later) == [(two, 1)]
    assert db.run_now(lambda connection: outbox.cancel(connection, [one])) == []
    assert not db.run_now(lambda connection: outbox.redate(connection, one, later))


def test_one_cancelled_while_being_sent_is_recorded_as_sent_if_it_was(db: Database, keys: KeyRing, id_: str) -> None:
    one, two = put(db, keys, id_, "a"), put(db, keys, id_, "b")
    taken = claim(db, keys, [(one, 0), (two, 0)])
    assert db.run_now(lambda connection: outbox.cancel(connection, [one, two])) == [one, two]
    assert db.run_now(lambda connection: claims.mark_sent(connection, taken[0], AT, "p"))
    assert not db.run_now(lambda connection: claims.retry_later(connection, taken[1], AT))
    assert [o.status for o in read(db, keys, id_)] == ["sent", "cancelled"]


def test_workers_at_once_never_take_the_same_row(
    db: Database, another: Callable[[], Database], keys: KeyRing, id_: str
) -> None:
    rows = [(put(db, keys, id_, str(number)), 0) for number in range(30)]
    second = another()
    with ThreadPoolExecutor(2) as both:
        work = lambda one, name: [o.id for row in rows for o in claim(one, keys, [row], name)]  # noqa: E731
        taken = list(both.map(work, [db, second], ["one", "two"]))
    assert sorted(taken[0] + taken[1]) == [row for row, _ in rows]
    names = {o.id: o.claimed_by for o in read(db, keys, id_)}
    assert names == {**dict.fromkeys(taken[0], "one"), **dict.fromkeys(taken[1], "two")}


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"])
def test_two_sweeps_at_once_share_the_work_without_waiting(
    db: Database, another: Callable[[], Database], keys: KeyRing, id_: str, kind: str
) -> None:
    ids = [put(db, keys, id_, str(number)) for number in range(4)]
    second = another()

    def outer(connection: Connection) -> tuple[list[Due], list[Due]]:
        return outbox.due(connection, AT, 2), second.run_now(inner)

    def inner(connection: Connection) -> list[Due]:
        connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        return outbox.due(connection, AT, 100)

    mine, theirs = db.run_now(outer)
    assert [one.id for one in mine + theirs] == ids
    assert len(mine) == 2


def test_a_channel_with_much_to_say_keeps_nothing_of_another_back(db: Database, keys: KeyRing, id_: str) -> None:
    slow = [put(db, keys, id_, f"slow {number}", channel="slow") for number in range(5)]
    [quick] = [put(db, keys, id_, "quick", channel="quick", due_at=AT)]
    [gone] = [put(db, keys, id_, "gone", channel="no longer set up")]
    found = db.run_now(lambda connection: outbox.due_on_each(connection, AT, 2, ("slow", "quick", "idle")))
    assert [(one.id, one.channel) for one in found] == [
        *((one, "slow") for one in slow[:2]),
        (quick, "quick"),
        (gone, "no longer set up"),
    ]
    assert {one.conversation_id for one in found} == {id_}
    assert db.run_now(lambda c: outbox.due_on_each(c, AT - timedelta(seconds=1), 2, ("slow", "quick"))) == []


def test_a_spoilt_row_fails_visibly_and_keeps_no_other_back(db: Database, keys: KeyRing, id_: str) -> None:
    one, two = put(db, keys, id_, "a"), put(db, keys, id_, "b")
    spoil = update(outgoing).where(outgoing.c.id == one).values(body=b"spoilt")
    db.run_now(lambda connection: connection.execute(spoil) and None)
    assert [o.id for o in claim(db, keys, sweep(db))] == [two]
    status = select(outgoing.c.status).where(outgoing.c.id == one)
    assert db.run_now(lambda connection: connection.execute(status).scalar()) == "failed"
    with pytest.raises(Unreadable):
        read(db, keys, id_)


def test_there_is_no_other_status(db: Database, keys: KeyRing, id_: str) -> None:
    put(db, keys, id_, "a")
    with pytest.raises(IntegrityError):
        db.run_now(lambda connection: connection.execute(update(outgoing).values(status="lost")) and None)


def test_a_sweep_reads_only_what_is_due(db: Database, kind: str) -> None:
    """Both its queries are answered from the partial indexes, so many open deadlines cost nothing.

    The status stands in the query itself: PostgreSQL's plan for any value could not use the index for one.
    """
    asked: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    def plans(connection: Connection) -> list[str]:
        event.listen(connection, "before_cursor_execute", listen)
        claims.give_back(connection, AT, 10)
        outbox.due(connection, AT, 10)
        queries = list(asked)
        if kind == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if kind == "sqlite" else "EXPLAIN "
        return [str(connection.exec_driver_sql(explain + sql, given).all()) for sql, given in queries]

    lapsing, due = db.run_now(plans)
    assert ["'sending'" in asked[0][0], "'waiting'" in asked[1][0]] == [True, True]
    assert "outgoing_lapsing" in lapsing
    assert "outgoing_due" in due


@dataclass
class Row:
    status: str
    rev: int
    due_at: datetime
    lease_until: datetime | None = None
    may_repeat: bool = False
    attempts: int = 0


class Life(RuleBasedStateMachine):
    """Whatever is done in whatever order, the table says what a simple account of it says."""

    db: Database
    keys: KeyRing
    id_: str

    def __init__(self) -> None:
        super().__init__()
        self.at = AT
        self.rows: dict[int, Row] = {}
        self.claims: list[Outgoing] = []
        self.db.run_now(lambda connection: connection.execute(outgoing.delete()) and None)

    def due(self) -> list[int]:
        return [i for i, row in self.rows.items() if row.status == "waiting" and row.due_at <= self.at]

    @rule(minutes=st.integers(0, 3))
    def put(self, minutes: int) -> None:
        due_at = self.at + timedelta(minutes=minutes)
        new = put(self.db, self.keys, self.id_, str(len(self.rows)), at=self.at, due_at=due_at)
        assert new > max(self.rows, default=0)
        self.rows[new] = Row("waiting", 0, due_at)

    @rule(minutes=st.integers(0, 3))
    def wait(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        for row in self.rows.values():
            if row.status == "sending" and row.lease_until is not None and row.lease_until <= self.at:
                row.status, row.rev, row.lease_until, row.may_repeat = "waiting", row.rev + 1, None, True
        swept = sweep(self.db, self.at)
        assert sorted(swept) == sorted((i, self.rows[i].rev) for i in self.due())

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), stale=st.integers(0, 1))
    def claim(self, data: st.DataObject, stale: int) -> None:
        chosen = data.draw(st.lists(st.sampled_from(sorted(self.rows)), unique=True))
        taken = claim(self.db, self.keys, [(i, self.rows[i].rev - stale) for i in chosen], "w", self.at)
        assert [o.id for o in taken] == ([] if stale else sorted(set(chosen) & set(self.due())))
        for o in taken:
            row = self.rows[o.id]
            row.status, row.lease_until, row.attempts = "sending", self.at + LEASE, row.attempts + 1
            assert (o.rev, o.attempts, o.may_repeat) == (row.rev, row.attempts, row.may_repeat)
        self.claims += taken

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), end=st.sampled_from(["sent", "failed", "unknown", "retry"]))
    def finish(self, data: st.DataObject, end: str) -> None:
        o = self.claims.pop(data.draw(st.integers(0, len(self.claims) - 1)))
        row = self.rows[o.id]
        mine = row.status == "sending" and row.rev == o.rev
        later = self.at + timedelta(minutes=1)
        if end == "sent":
            mine = mine or (row.status == "cancelled" and row.rev == o.rev + 1 and row.lease_until is not None)
            done = self.db.run_now(lambda c: claims.mark_sent(c, o, self.at, "p"))
        elif end == "retry":
            done = self.db.run_now(lambda c: claims.retry_later(c, o, later))
        else:
            mark = claims.mark_failed if end == "failed" else claims.mark_unknown
            done = self.db.run_now(lambda c: mark(c, o))
        assert done is mine
        if mine and end == "retry":
            row.status, row.rev, row.due_at, row.lease_until = "waiting", row.rev + 1, later, None
        elif mine:
            row.status, row.lease_until = end, None

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.rows)))
        row = self.rows[chosen]
        possible = row.status in ("waiting", "sending")
        assert self.db.run_now(lambda c: outbox.cancel(c, [chosen])) == ([chosen] if possible else [])
        if possible:
            row.status, row.rev = "cancelled", row.rev + 1

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def redate(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.rows)))
        row = self.rows[chosen]
        possible = row.status == "waiting"
        assert self.db.run_now(lambda c: outbox.redate(c, chosen, self.at)) is possible
        if possible:
            row.rev, row.due_at = row.rev + 1, self.at

    @invariant()
    def the_table_agrees(self) -> None:
        found = {
            o.id: (o.status, o.rev, o.due_at, o.may_repeat, o.attempts) for o in read(self.db, self.keys, self.id_)
        }
        assert found == {i: (r.status, r.rev, r.due_at, r.may_repeat, r.attempts) for i, r in self.rows.items()}


def test_any_order_of_doings_leaves_the_table_true(db: Database, keys: KeyRing, id_: str) -> None:
    here = type("Here", (Life,), {"db": db, "keys": keys, "id_": id_})
    run_state_machine_as_test(here, settings=settings(max_examples=25, stateful_step_count=25, deadline=None))
