"""The timeline: in order, sealed, and any change from outside is noticed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from bot.storage import Database, KeyRing, Unreadable, conversations, decisions, people, timeline
from bot.storage.families import PEOPLE
from bot.storage.tables import conversations as conversations_table
from bot.storage.tables import timeline as table
from bot.storage.timeline import Event

from .conftest import AT


def begun(db: Database, keys: KeyRing, *bodies: str) -> str:
    def work(connection: Connection) -> str:
        connection.execute(delete(table))
        new = conversations.load(connection, keys, "web", "a", AT).id
        conversations.delete(connection, new)
        id_ = conversations.load(connection, keys, "web", "a", AT).id
        for number, body in enumerate(bodies):
            timeline.append(connection, keys, id_, AT + timedelta(seconds=number), "you", body)
        return id_

    return db.run_now(work)


bodies = st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=6)


@given(bodies)
def test_it_reads_back_in_order_and_the_chain_holds(db: Database, keys: KeyRing, said: list[str]) -> None:
    id_ = begun(db, keys, *said)
    expected = [Event(n + 1, AT + timedelta(seconds=n), "you", body) for n, body in enumerate(said)]
    assert db.run_now(lambda connection: timeline.read(connection, keys, id_)) == expected
    assert db.run_now(lambda connection: timeline.read(connection, keys, id_, after=2)) == expected[2:]
    assert db.run_now(lambda connection: timeline.verify(connection, id_)) is None


CHANGES: dict[str, Any] = {
    "body": b"\x01something else altogether",
    "at": AT - timedelta(days=1),
    "kind": "bot",
    "hash": bytes(32),
    "prev_hash": b"\x01" * 32,
}


@given(bodies, st.data())
def test_the_first_changed_entry_is_named(db: Database, keys: KeyRing, said: list[str], data: st.DataObject) -> None:
    id_ = begun(db, keys, *said)
    seq = data.draw(st.integers(1, len(said)))
    column = data.draw(st.sampled_from(sorted(CHANGES)))
    changed = update(table).where(table.c.seq == seq).values({column: CHANGES[column]})
    db.run_now(lambda connection: connection.execute(changed) and None)
    assert db.run_now(lambda connection: timeline.verify(connection, id_)) == seq


@given(bodies, st.data())
def test_the_first_removed_entry_is_named_even_the_last(
    db: Database, keys: KeyRing, said: list[str], data: st.DataObject
) -> None:
    id_ = begun(db, keys, *said)
    seq = data.draw(st.integers(1, len(said)))
    db.run_now(lambda connection: connection.execute(delete(table).where(table.c.seq == seq)) and None)
    assert db.run_now(lambda connection: timeline.verify(connection, id_)) == seq


def test_an_entry_added_from_outside_is_named_even_if_it_fits(db: Database, keys: KeyRing) -> None:
    id_ = begun(db, keys, "one", "two")
    head = select(conversations_table.c.head_seq, conversations_table.c.head_hash)
    before = db.run_now(lambda connection: connection.execute(head).one())
    for body in ("three", "four"):
        db.run_now(lambda connection, b=body: timeline.append(connection, keys, id_, AT, "you", b))
    put_back = update(conversations_table).values(head_seq=before.head_seq, head_hash=before.head_hash)
    db.run_now(lambda connection: connection.execute(put_back) and None)
    assert db.run_now(lambda connection: timeline.verify(connection, id_)) == 3


def test_two_connections_adding_at_once_number_their_entries_in_turn(
    db: Database, another: Callable[[], Database], keys: KeyRing
) -> None:
    id_ = begun(db, keys)

    def add(one: Database) -> list[int]:
        return [
            one.run_now(lambda connection: timeline.append(connection, keys, id_, AT, "you", "x")) for _ in "x" * 25
        ]

    with ThreadPoolExecutor(2) as both:
        numbers = list(both.map(add, [db, another()]))
    assert sorted(numbers[0] + numbers[1]) == list(range(1, 51))
    assert db.run_now(lambda connection: timeline.verify(connection, id_)) is None


def test_an_entry_moved_to_another_place_cannot_be_read(db: Database, keys: KeyRing) -> None:
    id_ = begun(db, keys, "one", "two")
    first = db.run_now(lambda c: c.execute(table.select().where(table.c.seq == 1)).one())
    copied = update(table).where(table.c.seq == 2).values(body=first.body)
    db.run_now(lambda connection: connection.execute(copied) and None)
    with pytest.raises(Unreadable):
        db.run_now(lambda connection: timeline.read(connection, keys, id_))


def decide(db: Database, keys: KeyRing, id_: str, dialog: str, body: str, practice: bool) -> decisions.Decision:
    return db.run_now(
        lambda connection: decisions.record(
            connection,
            keys,
            id_,
            AT,
            dialog=dialog,
            flow="referral",
            outcome="notify",
            rules_version="2026-1",
            body=body,
            practice=practice,
        )
    )


def test_each_dialog_counts_its_decisions_and_practice_is_kept_apart(db: Database, keys: KeyRing) -> None:
    id_ = begun(db, keys)
    made = [
        decide(db, keys, id_, dialog, body, practice)
        for dialog, body, practice in [
            ("one", "first", False),
            ("one", "second", False),
            ("two", "other", False),
            ("one", "invented", True),
        ]
    ]
    assert [(d.dialog, d.version) for d in made] == [("one", 1), ("one", 2), ("two", 1), ("one", 1)]
    assert db.run_now(lambda connection: decisions.read(connection, keys, id_, practice=False)) == made[:3]
    assert db.run_now(lambda connection: decisions.read(connection, keys, id_, practice=True)) == made[3:]


def test_of_every_timeline_what_lies_between_two_moments_is_read_and_what_was_erased_is_left_out(
    db: Database, keys: KeyRing
) -> None:
    def work(connection: Connection) -> list[tuple[str, Event]]:
        ids = [people.make(connection, keys, name, AT) for name in ("Ada", "Bo", "Cy")]
        for seconds in (1, 2, 3):
            for id_ in ids:
                people.note(connection, keys, id_, AT + timedelta(seconds=seconds), "noted", f"at {seconds}")
        people.forget(connection, keys, ids[2], AT + timedelta(seconds=9))
        start, end = AT + timedelta(seconds=2), AT + timedelta(seconds=3)
        return [(str(ids.index(of)), entry) for of, entry in timeline.between(connection, keys, start, end, PEOPLE)]

    found = db.run_now(work)
    assert sorted((of, one.body) for of, one in found) == [("0", "at 2"), ("1", "at 2")]
