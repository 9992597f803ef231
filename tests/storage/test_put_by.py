"""What is put by: no browser leads to it, whose it is stays known, and only what was left comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import Database, KeyRing, conversations, people, sessions
from bot.storage.people_tables import sessions as rows

from .conftest import AT

IDLE = timedelta(minutes=30)


@pytest.fixture
def ada(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda connection: people.make(connection, keys, "Ada", AT))


def put_by(db: Database, keys: KeyRing, whose: str, how: str, channel: str = "web") -> str:
    """The id of a conversation at an address, put by."""
    made = db.run_now(lambda connection: conversations.load(connection, keys, channel, "here", AT))
    db.run_now(lambda connection: sessions.put_by(connection, keys, whose, channel, "here", AT, how))
    return made.id


@pytest.mark.parametrize("channel", ["web", "slack"])
@pytest.mark.parametrize(("how", "comes_back"), [(sessions.LEFT, True), (sessions.LED_AWAY, False)])
def test_it_is_known_whose_it_is_and_what_was_left_comes_back(
    db: Database, keys: KeyRing, ada: str, how: str, channel: str, comes_back: bool
) -> None:
    kept = put_by(db, keys, ada, how, channel)
    assert db.run_now(lambda connection: conversations.id_at(connection, channel, "here")) is None
    [(on, address)] = db.run_now(lambda connection: sessions.pages_of(connection, ada))
    assert (on, db.run_now(lambda connection: conversations.id_at(connection, on, address))) == ("web", kept)
    assert db.run_now(lambda connection: sessions.left(connection, ada, AT, IDLE)) == [address] * comes_back


def test_where_there_is_no_conversation_nothing_is_noted(db: Database, keys: KeyRing, ada: str) -> None:
    db.run_now(lambda connection: sessions.put_by(connection, keys, ada, "web", "nowhere", AT, sessions.LEFT))
    assert db.run_now(lambda connection: connection.execute(select(rows)).all()) == []


def test_whose_it_was_is_known_for_as_long_as_it_is_kept(db: Database, keys: KeyRing, ada: str) -> None:
    kept = put_by(db, keys, ada, sessions.LED_AWAY)

    def known() -> int:
        db.run_now(lambda connection: sessions.forget_ended(connection, keys, AT + IDLE, IDLE))
        return len(db.run_now(lambda connection: connection.execute(select(rows)).all()))

    assert known() == 1
    db.run_now(lambda connection: conversations.forget(connection, kept, AT))
    assert known() == 0


def test_what_was_left_before_the_last_role_was_taken_is_known(db: Database, keys: KeyRing, ada: str) -> None:
    lead = people.Role("exampleshire", "lead")
    db.run_now(lambda connection: people.grant(connection, keys, ada, lead, AT, ""))
    db.run_now(lambda connection: sessions.begin(connection, keys, ada, "oidc", AT, IDLE, address="here"))
    db.run_now(lambda connection: conversations.load(connection, keys, "web", "here", AT))
    db.run_now(lambda connection: people.revoke(connection, keys, ada, lead, AT, ""))
    assert db.run_now(lambda connection: sessions.pages_of(connection, ada)) == {("web", "here")}
