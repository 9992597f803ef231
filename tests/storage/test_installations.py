"""Installations: found again after every key was changed, not readable without one, and forgotten in their turn."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import Database, KeyRing, add_key, create_key_file, data_keys, drop_older_keys, installations
from bot.storage.crypto import Unreadable

from .conftest import AT

LASTS = timedelta(minutes=10)
SECRET = "xoxb-swordfish"


def keep(db: Database, keys: KeyRing, workspace: str = "T1", body: str = SECRET) -> None:
    db.run_now(lambda c: installations.keep(c, keys, "slack", workspace, body, AT))


def find(db: Database, keys: KeyRing, workspace: str = "T1") -> str | None:
    return db.run_now(lambda c: installations.find(c, keys, "slack", workspace))


def test_each_workspace_has_its_own_and_the_newest_counts(db: Database, keys: KeyRing) -> None:
    keep(db, keys)
    keep(db, keys, "T2", "xoxb-other")
    keep(db, keys, body="xoxb-again")
    assert (find(db, keys), find(db, keys, "T2"), find(db, keys, "T3")) == ("xoxb-again", "xoxb-other", None)
    assert db.run_now(lambda c: installations.workspaces(c, "slack")) == ["T1", "T2"]
    assert db.run_now(lambda c: installations.workspaces(c, "teams")) == []


def test_it_outlives_every_key_it_was_sealed_under(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    create_key_file(path)
    keep(db, KeyRing.from_file(path))
    add_key(path)
    assert db.run_now(lambda c: data_keys.rewrap(c, KeyRing.from_file(path))) == 1
    drop_older_keys(path, lambda ring: db.run_now(lambda c: data_keys.check_every(c, ring)))
    assert find(db, KeyRing.from_file(path)) == SECRET


def test_what_is_sealed_without_its_key_is_noticed(db: Database, keys: KeyRing) -> None:
    keep(db, keys)
    with pytest.raises(Unreadable):
        db.run_now(lambda c: data_keys.check_one(c, None))


def test_what_was_installed_again_since_is_not_forgotten(db: Database, keys: KeyRing) -> None:
    keep(db, keys)
    forget = lambda at: db.run_now(lambda c: installations.forget(c, "slack", "T1", at))  # noqa: E731
    assert not forget(AT - timedelta(seconds=1))
    assert find(db, keys) == SECRET
    assert forget(AT + timedelta(seconds=1))
    assert find(db, keys) is None
    assert not forget(AT + timedelta(seconds=1))


def test_a_state_is_good_once_for_its_channel_until_it_expires(db: Database, keys: KeyRing) -> None:
    begin = lambda: db.run_now(lambda c: installations.begin(c, keys, "slack", AT, LASTS))  # noqa: E731
    spend = lambda state, at=AT, channel="slack": db.run_now(  # noqa: E731
        lambda c: installations.spend(c, keys, channel, state, at)
    )
    first, second, third = begin(), begin(), begin()
    assert not spend(first, channel="teams")
    assert spend(first)
    assert not spend(first)
    assert not spend(second, AT + LASTS)
    assert not spend(third + "x")
    assert not spend("x" * 5000)
