"""Conversations: found by address, changed by one turn at a time, forgotten for good."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from bot.storage import Database, Forgotten, KeyRing, codes, conversations, decisions, events, outbox, tables, timeline
from bot.storage.conversations import Conflict, Stored

from .conftest import AT

Opener = Callable[[], Database]


def loaded(db: Database, keys: KeyRing, address: str = "a") -> Stored:
    return db.run_now(lambda connection: conversations.load(connection, keys, "web", address, AT))


def saved(db: Database, keys: KeyRing, stored: Stored, state: str) -> Stored:
    return db.run_now(lambda connection: conversations.save(connection, keys, stored, state, AT))


def peeked(db: Database, keys: KeyRing, address: str = "a") -> Stored | None:
    return db.run_now(lambda connection: conversations.peek(connection, keys, "web", address))


def test_a_new_address_starts_a_conversation_and_comes_back_to_it(db: Database, keys: KeyRing) -> None:
    assert peeked(db, keys) is None
    new = loaded(db, keys)
    assert (new.version, new.state) == (0, None)
    changed = saved(db, keys, new, "answers")
    assert changed == Stored(new.id, 1, "answers")
    assert loaded(db, keys) == peeked(db, keys) == changed
    assert loaded(db, keys, "b").id != new.id


def test_a_change_made_meanwhile_is_a_conflict_and_not_overwritten(db: Database, keys: KeyRing) -> None:
    stored = loaded(db, keys)
    saved(db, keys, stored, "mine")
    with pytest.raises(Conflict):
        saved(db, keys, stored, "yours")
    found = peeked(db, keys)
    assert found is not None
    assert found.state == "mine"


def test_what_was_said_is_kept_with_the_state_as_the_next_of_its_timeline(db: Database, keys: KeyRing) -> None:
    def turn(connection: Connection, words: str) -> Stored:
        stored = conversations.load(connection, keys, "web", "a", AT)
        return conversations.save(connection, keys, stored, f"after {words}", AT, said=("answer", words))

    first, second = (db.run_now(lambda c, words=words: turn(c, words)) for words in ("yes", "no"))
    assert [one.held.head_seq for one in (first, second) if one.held is not None] == [1, 2]
    assert loaded(db, keys).state == "after no"
    entries = db.run_now(lambda c: timeline.read(c, keys, first.id))
    assert [(one.seq, one.kind, one.body) for one in entries] == [(1, "answer", "yes"), (2, "answer", "no")]
    assert db.run_now(lambda c: timeline.verify(c, first.id)) is None


def test_what_was_said_where_the_timeline_has_moved_on_is_a_conflict(db: Database, keys: KeyRing) -> None:
    saved(db, keys, loaded(db, keys), "mine")
    stored = loaded(db, keys)
    db.run_now(lambda c: timeline.append(c, keys, stored.id, AT, "reminded", ""))
    with pytest.raises((Conflict, IntegrityError)):
        db.run_now(lambda c: conversations.save(c, keys, stored, "yours", AT, said=("answer", "yes")))
    assert loaded(db, keys).state == "mine"
    assert db.run_now(lambda c: timeline.verify(c, stored.id)) is None


def test_an_address_can_be_led_to_another_conversation(db: Database, keys: KeyRing) -> None:
    one, two = loaded(db, keys, "a"), loaded(db, keys, "b")
    db.run_now(lambda connection: conversations.point(connection, "web", "b", one.id))
    db.run_now(lambda connection: conversations.point(connection, "slack", "c", one.id))
    assert loaded(db, keys, "b").id == one.id != two.id
    assert db.run_now(lambda connection: conversations.load(connection, keys, "slack", "c", AT)).id == one.id


def test_two_connections_take_turns_and_lose_nothing(db: Database, another: Opener, keys: KeyRing) -> None:
    """Even from two addresses that lead to the same conversation."""
    one_id = loaded(db, keys, "a").id
    db.run_now(lambda connection: conversations.point(connection, "web", "b", one_id))

    def turn(connection: Connection, address: str) -> None:
        stored = conversations.load(connection, keys, "web", address, AT)
        timeline.append(connection, keys, stored.id, AT, "you", "one more")
        conversations.save(connection, keys, stored, str(int(stored.state or 0) + 1), AT)

    with ThreadPoolExecutor(2) as both:
        turns = lambda one, name: [one.run_now(lambda c: turn(c, name)) for _ in range(25)]  # noqa: E731
        list(both.map(turns, [db, another()], "ab"))
    found = loaded(db, keys)
    assert found.state == "50"
    entries = db.run_now(lambda connection: timeline.read(connection, keys, found.id))
    assert [entry.seq for entry in entries] == list(range(1, 51))
    assert db.run_now(lambda connection: timeline.verify(connection, found.id)) is None


def test_two_first_turns_of_a_new_address_meet_in_one_conversation(
    db: Database, another: Opener, keys: KeyRing
) -> None:
    together = threading.Barrier(2, timeout=20)

    def first_turn(database: Database, address: str) -> str:
        def turn(connection: Connection) -> str:
            stored = conversations.load(connection, keys, "web", address, AT)
            conversations.save(connection, keys, stored, (stored.state or "") + "x", AT)
            return stored.id

        together.wait()
        return database.run_now(turn)

    second = another()
    with ThreadPoolExecutor(2) as both:
        for number in range(20):
            address = f"new {number}"
            ids = list(both.map(first_turn, [db, second], [address] * 2))
            found = peeked(db, keys, address)
            assert ids == [ids[0]] * 2
            assert found == Stored(ids[0], 2, "xx")
    made = select(func.count()).select_from(tables.conversations)
    assert db.run_now(lambda connection: connection.execute(made).scalar_one()) == 20


@given(st.lists(st.tuples(st.sampled_from(["", "one", "two"]), st.text(max_size=3)), max_size=12))
def test_an_event_is_new_once_in_its_conversation(db: Database, seen: list[tuple[str, str]]) -> None:
    def deliver(connection: Connection) -> list[bool]:
        events.forget_events(connection, AT + timedelta(days=1))
        return [events.first_time(connection, event, id_, AT) for id_, event in seen]

    assert db.run_now(deliver) == [key not in seen[:place] for place, key in enumerate(seen)]


def test_an_event_delivered_twice_at_once_is_new_once(db: Database, another: Opener) -> None:
    second = another()
    with ThreadPoolExecutor(2) as both:
        for number in range(20):
            note = lambda connection, e=f"event {number}": events.first_time(connection, e, "", AT)  # noqa: E731
            assert sorted(both.map(lambda one, n=note: one.run_now(n), [db, second])) == [False, True]


def test_of_several_events_noted_at_once_the_new_ones_are_told(db: Database) -> None:
    for keys, new in (("ab", "ab"), ("bc", "c"), ("cb", ""), ("dd", "d"), ("e", "e")):
        assert db.run_now(lambda c, k=keys: events.newly_noted(c, list(k), "one", AT)) == set(new)


def test_an_event_key_may_be_of_any_length(db: Database) -> None:
    for expected in (True, False):
        assert db.run_now(lambda c: events.first_time(c, "é" * 100_000, "", AT)) is expected


def test_old_event_keys_are_cleared_away(db: Database) -> None:
    db.run_now(lambda connection: events.first_time(connection, "old", "", AT))
    db.run_now(lambda connection: events.first_time(connection, "new", "", AT + timedelta(days=2)))
    db.run_now(lambda connection: events.forget_events(connection, AT + timedelta(days=1)))
    again = [db.run_now(lambda c, e=event: events.first_time(c, e, "", AT)) for event in ("old", "new")]
    assert again == [True, False]


def fill(connection: Connection, keys: KeyRing, secret: str) -> str:
    stored = conversations.load(connection, keys, "web", "a", AT)
    conversations.save(connection, keys, stored, secret, AT)
    timeline.append(connection, keys, stored.id, AT, "you", secret)
    timeline.append(connection, keys, stored.id, AT, "bot", secret)
    for practice in (False, True):
        decisions.record(
            connection,
            keys,
            stored.id,
            AT,
            dialog="d",
            flow="referral",
            outcome="notify",
            rules_version="1",
            body=secret,
            practice=practice,
        )
    outbox.put(connection, keys, stored.id, channel="web", address="a", body=secret, at=AT, key="k")
    return stored.id


def test_forgetting_makes_the_text_unreadable_while_the_chain_still_holds(db: Database, keys: KeyRing) -> None:
    id_ = db.run_now(lambda connection: fill(connection, keys, "words"))
    code = db.run_now(lambda connection: codes.issue(connection, keys, id_, AT, timedelta(days=1)))
    db.run_now(lambda connection: conversations.forget(connection, id_, AT))

    for read in (
        lambda connection: timeline.read(connection, keys, id_),
        lambda connection: outbox.read(connection, keys, id_),
        lambda connection: decisions.read(connection, keys, id_, practice=False),
        lambda connection: decisions.read(connection, keys, id_, practice=True),
        lambda connection: timeline.append(connection, keys, id_, AT, "you", "more"),
    ):
        with pytest.raises(Forgotten):
            db.run_now(read)
    assert db.run_now(lambda connection: timeline.verify(connection, id_)) is None
    assert db.run_now(lambda connection: outbox.due(connection, AT, 10)) == []
    assert db.run_now(lambda connection: codes.redeem(connection, keys, code, AT, source="s")) is None
    assert peeked(db, keys) is None
    assert loaded(db, keys).id != id_


def test_retention_finds_what_is_idle_and_deletes_all_of_it(db: Database, keys: KeyRing) -> None:
    id_ = db.run_now(lambda connection: fill(connection, keys, "words"))
    later = AT + timedelta(days=30)
    fresh = db.run_now(lambda connection: conversations.load(connection, keys, "web", "fresh", later)).id
    assert db.run_now(lambda connection: conversations.idle_since(connection, later)) == []  # something is unsaid
    db.run_now(lambda connection: outbox.cancel(connection, [1]))
    assert db.run_now(lambda connection: conversations.idle_since(connection, AT)) == []
    assert db.run_now(lambda connection: conversations.idle_since(connection, later)) == [id_]
    db.run_now(lambda connection: events.first_time(connection, "e", id_, AT))
    db.run_now(lambda connection: conversations.delete(connection, id_))

    def left(connection: Connection) -> dict[str, int]:
        every = tables.metadata.sorted_tables
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in every}

    counts = {name: number for name, number in db.run_now(left).items() if number}
    assert counts == {"conversations": 1, "data_keys": 1, "addresses": 1}
    assert loaded(db, keys, "fresh").id == fresh


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.name.startswith("bot.db"))


def test_no_text_is_found_in_the_files_of_a_sqlite_database(data_dir: Path, keys: KeyRing) -> None:
    secret = "the marmalade cat sat on the lukewarm radiator"
    database = Database.open("", data_dir)
    try:
        id_ = database.run_now(lambda connection: fill(connection, keys, secret))
        code = database.run_now(lambda connection: codes.issue(connection, keys, id_, AT, timedelta(days=1)))
        assert (data_dir / "bot.db-wal").stat().st_size > 0
        for _ in ("while it is in the log", "when it is in the file"):
            stored = files(data_dir)
            assert id_.encode() in stored
            assert not [w for w in (secret, "marmalade", code, code.replace("-", "")) if w.encode() in stored]
            assert database.checkpoint()
    finally:
        database.close()


def test_a_forgotten_data_key_leaves_the_sqlite_file_with_the_next_checkpoint(data_dir: Path, keys: KeyRing) -> None:
    database = Database.open("", data_dir)
    try:
        id_ = database.run_now(lambda connection: fill(connection, keys, "words"))
        found = select(tables.data_keys.c.wrapped).where(tables.data_keys.c.conversation_id == id_)
        wrapped = database.run_now(lambda connection: connection.execute(found).scalar_one())
        database.checkpoint()
        assert wrapped in files(data_dir)
        database.run_now(lambda connection: conversations.forget(connection, id_, AT))
        database.checkpoint()
        assert wrapped not in files(data_dir)
    finally:
        database.close()
