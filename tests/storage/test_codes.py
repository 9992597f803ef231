"""Resume codes: good once, for a while, and hard to guess."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.short_code import ALPHABET
from bot.storage import Database, Forgotten, KeyRing, codes, conversations, tries
from bot.storage.tables import resume_codes
from bot.storage.tries import MOST, MOST_OF_ALL, WINDOW

from .conftest import AT

DAY = timedelta(days=1)


@pytest.fixture
def id_(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda connection: conversations.load(connection, keys, "web", "a", AT)).id


def issued(db: Database, keys: KeyRing, id_: str) -> str:
    return db.run_now(lambda connection: codes.issue(connection, keys, id_, AT, DAY))


def redeemed(db: Database, keys: KeyRing, code: str, at: timedelta = timedelta(0), source: str = "s") -> str | None:
    return db.run_now(lambda connection: codes.redeem(connection, keys, code, AT + at, source=source))


@given(st.data())
def test_a_code_works_once_however_it_is_typed(db: Database, keys: KeyRing, id_: str, data: st.DataObject) -> None:
    code = issued(db, keys, id_)
    assert len(code) == 9
    assert set(code) - {"-"} <= set(ALPHABET)
    typed = "".join(
        data.draw(st.sampled_from(["", " ", "-", " - ", "\N{EN DASH}"])) + data.draw(st.sampled_from([c, c.lower()]))
        for c in code.replace("-", "")
    )
    source = str(data.draw(st.integers()))
    assert redeemed(db, keys, typed, source=source) == id_
    assert redeemed(db, keys, typed, source=f"{source} again") is None


def test_a_new_code_voids_the_old_one(db: Database, keys: KeyRing, id_: str) -> None:
    old, new = issued(db, keys, id_), issued(db, keys, id_)
    assert redeemed(db, keys, old) is None
    assert redeemed(db, keys, new) == id_


def test_a_code_is_good_until_its_end_and_not_after(db: Database, keys: KeyRing, id_: str) -> None:
    assert redeemed(db, keys, issued(db, keys, id_), at=DAY - timedelta(seconds=1)) == id_
    assert redeemed(db, keys, issued(db, keys, id_), at=DAY) is None


def test_of_two_devices_at_once_one_gets_in(
    db: Database, another: Callable[[], Database], keys: KeyRing, id_: str
) -> None:
    second = another()
    with ThreadPoolExecutor(2) as both:
        for number in range(10):
            code = issued(db, keys, id_)
            use = lambda one, c=code, n=number: redeemed(one, keys, c, source=f"{id(one)} {n}")  # noqa: E731
            assert sorted(both.map(use, [db, second]), key=str) == sorted([id_, None], key=str)


def test_after_five_wrong_guesses_even_the_right_code_waits(db: Database, keys: KeyRing, id_: str) -> None:
    code = issued(db, keys, id_)
    for number in range(MOST):
        assert not db.run_now(lambda connection: tries.too_many(connection, "s", AT))
        assert redeemed(db, keys, f"WRONG-{number}") is None
    assert db.run_now(lambda connection: tries.too_many(connection, "s", AT))
    assert redeemed(db, keys, code) is None
    assert not db.run_now(lambda connection: tries.too_many(connection, "someone else", AT))
    assert redeemed(db, keys, code, at=WINDOW) == id_


def test_a_code_given_before_a_new_key_still_works(db: Database, id_: str, keys: KeyRing) -> None:
    from cryptography.fernet import Fernet

    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    before = KeyRing.from_keys([old])
    other = db.run_now(lambda connection: conversations.load(connection, before, "web", "b", AT)).id
    code = issued(db, before, other)
    assert redeemed(db, keys, code) is None
    assert redeemed(db, KeyRing.from_keys([new, old]), code) == other


def test_the_code_itself_is_not_stored(db: Database, keys: KeyRing, id_: str) -> None:
    code = issued(db, keys, id_)
    row = db.run_now(lambda connection: connection.execute(select(resume_codes)).one())
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)


def test_there_is_no_code_for_a_forgotten_conversation(db: Database, keys: KeyRing, id_: str) -> None:
    db.run_now(lambda connection: conversations.forget(connection, id_, AT))
    with pytest.raises(Forgotten):
        issued(db, keys, id_)


def test_after_a_hundred_wrong_guesses_from_anywhere_every_code_of_the_channel_waits(
    db: Database, keys: KeyRing, id_: str
) -> None:
    """A new cookie for every few guesses is no way around."""
    code = issued(db, keys, id_)
    for number in range(MOST_OF_ALL):
        assert not db.run_now(lambda connection: tries.too_many(connection, "web:new", AT))
        assert redeemed(db, keys, f"WRONG-{number}", source=f"web:{number}") is None
    assert redeemed(db, keys, code, source="web:new") is None
    assert not db.run_now(lambda connection: tries.too_many(connection, "webs:new", AT))
    assert not db.run_now(lambda connection: tries.too_many(connection, "terminal:new", AT))
    assert redeemed(db, keys, code, at=WINDOW, source="web:new") == id_
