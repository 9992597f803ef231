"""Calendar feeds: found by a secret that is not kept, one a person, ended by a new one, by hand or with a role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from bot.storage import Database, KeyRing, feeds, joining, people, timeline
from bot.storage.families import PEOPLE
from bot.storage.feeds import USED_EVERY, Feed
from bot.storage.people_tables import calendar_feeds as rows

from .conftest import AT

AREA = "exampleshire"
LEAD = people.Role(AREA, "lead")
DEPUTY = people.Role(AREA, "deputy")


def made(connection, keys: KeyRing, name: str) -> str:
    person_id = people.make(connection, keys, name, AT)
    people.grant(connection, keys, person_id, LEAD, AT, "")
    return person_id


@pytest.fixture
def ada(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda connection: made(connection, keys, "Ada"))


def begun(db: Database, keys: KeyRing, person_id: str) -> str:
    return db.run_now(lambda connection: feeds.make(connection, keys, person_id, AREA, AT))


def found(db: Database, keys: KeyRing, secret: str, at: timedelta = timedelta(0)) -> Feed | None:
    return db.run_now(lambda connection: feeds.find(connection, keys, secret, AT + at))


def test_it_is_found_by_its_secret_and_by_nothing_else(db: Database, keys: KeyRing, ada: str) -> None:
    secret = begun(db, keys, ada)
    assert found(db, keys, secret) == Feed(ada, AREA, AT, None)
    for other in ("", secret[:-1], secret + "x", secret.swapcase(), "x" * 5000, "\x00"):
        assert found(db, keys, other) is None


def test_the_secret_is_not_stored(db: Database, keys: KeyRing, ada: str) -> None:
    secret = begun(db, keys, ada)
    row = db.run_now(lambda connection: connection.execute(select(rows)).one())
    assert secret not in str(row)
    assert secret.encode() not in row.mac


def test_a_new_one_ends_the_one_before(db: Database, keys: KeyRing, ada: str) -> None:
    first, second = begun(db, keys, ada), begun(db, keys, ada)
    assert first != second
    assert (found(db, keys, first), found(db, keys, second)) == (None, Feed(ada, AREA, AT, None))


def test_it_can_be_ended(db: Database, keys: KeyRing, ada: str) -> None:
    secret = begun(db, keys, ada)
    end = lambda: db.run_now(lambda connection: feeds.end(connection, keys, ada, AREA, AT))  # noqa: E731
    assert (end(), end()) == (True, False)
    assert found(db, keys, secret) is None
    kinds = db.run_now(lambda c: [one.kind for one in timeline.read(c, keys, ada, family=PEOPLE)])
    assert kinds[-2:] == ["calendar link made", "calendar link ended"]


def test_it_ends_when_a_role_in_its_area_is_taken_and_does_not_come_back_with_it(
    db: Database, keys: KeyRing, ada: str
) -> None:
    secret = begun(db, keys, ada)

    def work(connection) -> None:
        people.grant(connection, keys, ada, DEPUTY, AT, "")
        people.revoke(connection, keys, ada, LEAD, AT, "")
        people.grant(connection, keys, ada, LEAD, AT, "")

    db.run_now(work)
    assert found(db, keys, secret) is None


def test_a_role_taken_elsewhere_leaves_it(db: Database, keys: KeyRing, ada: str) -> None:
    secret, elsewhere = begun(db, keys, ada), people.Role("elsewhere", "lead")
    db.run_now(lambda c: people.grant(c, keys, ada, elsewhere, AT, ""))
    db.run_now(lambda c: people.revoke(c, keys, ada, elsewhere, AT, ""))
    assert found(db, keys, secret) is not None


def test_it_ends_with_its_person(db: Database, keys: KeyRing, ada: str) -> None:
    secret = begun(db, keys, ada)
    db.run_now(lambda connection: people.forget(connection, keys, ada, AT))
    assert found(db, keys, secret) is None


def test_it_ends_for_whoever_turns_out_to_be_somebody_else(db: Database, keys: KeyRing, ada: str) -> None:
    kept = db.run_now(lambda connection: made(connection, keys, "Ada again"))
    gone, stays = begun(db, keys, ada), begun(db, keys, kept)
    db.run_now(lambda connection: joining.join(connection, keys, kept, ada, AT))
    assert (found(db, keys, gone), found(db, keys, stays)) == (None, Feed(kept, AREA, AT, None))


def test_being_asked_is_noted_once_an_hour(db: Database, keys: KeyRing, ada: str) -> None:
    secret = begun(db, keys, ada)
    used = []
    for at in (timedelta(0), USED_EVERY / 2, USED_EVERY):
        found(db, keys, secret, at)
        feed = db.run_now(lambda connection: feeds.of_person(connection, ada, AREA))
        assert feed is not None
        used.append(feed.used_at)
    assert used == [AT, AT, AT + USED_EVERY]


def test_it_outlives_the_key_it_was_made_with_once_it_was_asked_under_the_next(db: Database) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    ring = KeyRing.from_keys([old])
    person = db.run_now(lambda connection: made(connection, ring, "Bo"))
    secret = begun(db, ring, person)
    assert found(db, KeyRing.from_keys([new]), secret) is None
    assert found(db, KeyRing.from_keys([new, old]), secret) is not None
    assert found(db, KeyRing.from_keys([new]), secret) is not None


def test_nobody_has_one_they_did_not_ask_for(db: Database, ada: str) -> None:
    assert db.run_now(lambda connection: feeds.of_person(connection, ada, AREA)) is None
