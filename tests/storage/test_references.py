"""What a platform needs to reach an address is sealed, found again, and gone with its conversation."""

from __future__ import annotations

from sqlalchemy import select

from bot.storage import Database, KeyRing, conversations, references
from bot.storage.tables import addresses

from .conftest import AT

WORDS = '{"service":"https://smba.example.org/uk"}'


def test_it_is_found_again_newest_first_and_is_not_written_in_clear(db: Database, keys: KeyRing):
    db.run_now(lambda c: references.keep(c, keys, "teams", "a:1", "older", AT))
    db.run_now(lambda c: references.keep(c, keys, "teams", "a:1", WORDS, AT))
    assert db.run_now(lambda c: references.find(c, keys, "teams", "a:1")) == WORDS
    (kept,) = db.run_now(lambda c: c.execute(select(addresses.c.reference)).scalars().all())
    assert b"smba" not in kept


def test_there_is_none_where_none_was_kept(db: Database, keys: KeyRing):
    db.run_now(lambda c: conversations.load(c, keys, "teams", "a:1", AT))
    assert db.run_now(lambda c: references.find(c, keys, "teams", "a:1")) is None
    assert db.run_now(lambda c: references.find(c, keys, "teams", "a:2")) is None


def test_it_goes_with_its_conversation_and_is_not_opened_by_another(db: Database, keys: KeyRing):
    db.run_now(lambda c: references.keep(c, keys, "teams", "a:1", WORDS, AT))
    other = db.run_now(lambda c: conversations.load(c, keys, "web", "b", AT))
    db.run_now(lambda c: conversations.point(c, "teams", "a:1", other.id))
    assert db.run_now(lambda c: references.find(c, keys, "teams", "a:1")) is None
    db.run_now(lambda c: references.keep(c, keys, "teams", "a:1", WORDS, AT))
    assert db.run_now(lambda c: references.find(c, keys, "teams", "a:1")) == WORDS
