"""Sessions: found by a cookie that is not kept, ended by time, by signing out, and by losing one's place here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from bot.storage import Database, KeyRing, people, sessions
from bot.storage.families import PEOPLE
from bot.storage.people_tables import sessions as rows
from bot.storage.sessions import FAILURES, WINDOW, Session
from bot.storage.timeline import read

from .conftest import AT

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=8)
LEAD = people.Role("exampleshire", "lead")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ada(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda connection: made(connection, keys, "Ada"))


def made(connection, keys: KeyRing, name: str) -> str:
    person_id = people.make(connection, keys, name, AT)
    people.grant(connection, keys, person_id, LEAD, AT, "")
    return person_id


def begun(db: Database, keys: KeyRing, person_id: str, at: timedelta = timedelta(0)) -> str:
    return db.run_now(lambda connection: sessions.begin(connection, keys, person_id, "oidc", AT + at, WHOLE))


def found(db: Database, keys: KeyRing, token: str, at: timedelta = timedelta(0)) -> Session | None:
    return db.run_now(lambda connection: sessions.find(connection, keys, token, AT + at, IDLE))


def test_a_session_is_found_by_its_cookie_and_by_nothing_else(db: Database, keys: KeyRing, ada: str) -> None:
    token = begun(db, keys, ada)
    assert found(db, keys, token) == Session(ada, "oidc", AT, AT + WHOLE)
    for other in ("", token[:-1], token + "x", token.swapcase(), "x" * 5000):
        assert found(db, keys, other) is None


def test_the_cookie_is_not_stored(db: Database, keys: KeyRing, ada: str) -> None:
    token = begun(db, keys, ada)
    row = db.run_now(lambda connection: connection.execute(select(rows)).one())
    assert token not in str(row)
    assert token.encode() not in row.mac


def test_another_key_finds_nothing_and_a_new_one_beside_the_old_does(db: Database, ada: str) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    ring = KeyRing.from_keys([old])
    person = db.run_now(lambda connection: made(connection, ring, "Bo"))
    token = begun(db, ring, person)
    assert found(db, KeyRing.from_keys([new]), token) is None
    assert found(db, KeyRing.from_keys([new, old]), token) is not None


def test_unused_for_half_an_hour_it_has_ended_for_good(db: Database, keys: KeyRing, ada: str) -> None:
    token = begun(db, keys, ada)
    assert found(db, keys, token, IDLE - MINUTE) is not None
    assert found(db, keys, token, 2 * IDLE - 2 * MINUTE) is not None
    assert found(db, keys, token, 3 * IDLE - 2 * MINUTE) is None
    assert found(db, keys, token) is None


def test_however_much_it_is_used_it_ends_after_eight_hours(db: Database, keys: KeyRing, ada: str) -> None:
    token = begun(db, keys, ada)
    at = timedelta(0)
    while at < WHOLE:
        assert found(db, keys, token, at) is not None
        at += IDLE / 2
    assert found(db, keys, token, WHOLE) is None


def test_signing_out_ends_this_session_only_and_both_are_noted(db: Database, keys: KeyRing, ada: str) -> None:
    here, there = begun(db, keys, ada), begun(db, keys, ada)
    assert db.run_now(lambda connection: sessions.end(connection, keys, here, AT)) == ada
    assert db.run_now(lambda connection: sessions.end(connection, keys, here, AT)) is None
    assert found(db, keys, here) is None
    assert found(db, keys, there) is not None
    kinds = [one.kind for one in db.run_now(lambda connection: read(connection, keys, ada, family=PEOPLE))]
    assert kinds[-3:] == ["signed in", "signed in", "signed out"]


def test_forgetting_a_person_ends_every_session_of_theirs(db: Database, keys: KeyRing, ada: str) -> None:
    tokens = [begun(db, keys, ada) for _ in range(3)]
    other = begun(db, keys, db.run_now(lambda connection: made(connection, keys, "Bo")))
    db.run_now(lambda connection: people.forget(connection, keys, ada, AT))
    assert [found(db, keys, token) for token in tokens] == [None] * 3
    assert found(db, keys, other) is not None


def test_losing_the_last_role_ends_every_session_and_an_earlier_one_none(db: Database, keys: KeyRing, ada: str) -> None:
    deputy = people.Role("exampleshire", "deputy")
    db.run_now(lambda connection: people.grant(connection, keys, ada, deputy, AT, ""))
    token = begun(db, keys, ada)
    db.run_now(lambda connection: people.revoke(connection, keys, ada, deputy, AT, ""))
    assert found(db, keys, token) is not None
    db.run_now(lambda connection: people.revoke(connection, keys, ada, LEAD, AT, ""))
    assert found(db, keys, token) is None
    db.run_now(lambda connection: people.grant(connection, keys, ada, LEAD, AT, ""))
    assert found(db, keys, token) is None


def test_what_has_ended_is_deleted(db: Database, keys: KeyRing, ada: str) -> None:
    begun(db, keys, ada)
    live = begun(db, keys, ada, IDLE)
    db.run_now(lambda connection: sessions.forget_ended(connection, keys, AT + IDLE, IDLE))
    assert len(db.run_now(lambda connection: connection.execute(select(rows)).all())) == 1
    assert found(db, keys, live, IDLE) is not None


def test_after_twenty_failures_from_one_place_it_waits_and_others_do_not(db: Database, keys: KeyRing) -> None:
    def failed(source: str, at: timedelta = timedelta(0)) -> bool:
        return db.run_now(lambda connection: sessions.too_many_failures(connection, keys, source, AT + at))

    for _ in range(FAILURES):
        assert not failed("192.0.2.1")
        db.run_now(lambda connection: sessions.note_failure(connection, keys, "192.0.2.1", AT))
    assert failed("192.0.2.1")
    assert not failed("192.0.2.2")
    assert failed("192.0.2.1", WINDOW - MINUTE)
    assert not failed("192.0.2.1", WINDOW)


def test_found_without_being_used_it_goes_on_no_longer(db: Database, keys: KeyRing, ada: str) -> None:
    token = begun(db, keys, ada)

    def looked(at: timedelta) -> bool:
        return db.run_now(lambda c: sessions.find(c, keys, token, AT + at, IDLE, uses=False)) is not None

    assert [looked(at) for at in (timedelta(0), IDLE - MINUTE)] == [True, True]
    assert found(db, keys, token, IDLE - MINUTE) is not None
    assert [looked(at) for at in (IDLE, 2 * IDLE - 2 * MINUTE, 2 * IDLE - MINUTE)] == [True, True, False]


def test_it_lasts_no_longer_than_it_may_and_nobody_elses_cookie_finds_it(db: Database, keys: KeyRing, ada: str) -> None:
    token = begun(db, keys, ada)
    for cookie, at in ((token + "x", timedelta(0)), ("", timedelta(0)), ("x" * 5000, timedelta(0)), (token, WHOLE)):
        assert db.run_now(lambda c, t=cookie, a=at: sessions.find(c, keys, t, AT + a, 2 * WHOLE, uses=False)) is None
