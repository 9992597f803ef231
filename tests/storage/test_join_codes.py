"""Join codes: looking spends nothing, spending happens once, and wrong guesses are counted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.storage import Database, KeyRing, codes, join_codes, people, tries
from bot.storage.join_codes import LASTS, JoinCode
from bot.storage.people_tables import join_codes as table
from bot.storage.tries import MOST, WINDOW

from .conftest import AT

MOMENT = timedelta(seconds=1)


@pytest.fixture
def jo(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda c: people.make(c, keys, "Jo Smith", AT))


def for_person(db: Database, keys: KeyRing, who: str, later: timedelta = timedelta()) -> str:
    return db.run_now(lambda c: join_codes.for_person(c, keys, who, "slack", "U1", AT + later))


def for_mail(db: Database, keys: KeyRing, mail: str = "jo@a.gov.uk", address: str = "U1") -> str:
    return db.run_now(lambda c: join_codes.for_mail(c, keys, mail, "slack", address, AT))


def looked(
    db: Database, keys: KeyRing, code: str, later: timedelta = timedelta(), source: str = "s"
) -> JoinCode | None:
    return db.run_now(lambda c: join_codes.look(c, keys, code, AT + later, source=source))


def spent(db: Database, keys: KeyRing, code: str, later: timedelta = timedelta(), source: str = "s") -> JoinCode | None:
    return db.run_now(lambda c: join_codes.spend(c, keys, code, AT + later, source=source))


@given(
    st.lists(st.sampled_from([" ", "-", "\N{EN DASH}", ""]), min_size=8, max_size=8), st.booleans(), st.integers(0, 9)
)
def test_a_code_can_be_looked_at_any_number_of_times_and_spent_once(
    db: Database, keys: KeyRing, jo: str, between: list[str], small: bool, looks: int
) -> None:
    """However it is typed; so a program that opens a link to draw a preview spends nothing."""
    code = for_person(db, keys, jo)
    typed = "".join(letter + mark for letter, mark in zip(code.replace("-", ""), between, strict=True))
    typed = typed.lower() if small else typed
    what = JoinCode(jo, "", "slack", "U1", AT + LASTS)
    for _ in range(looks):
        assert looked(db, keys, typed, source="web:looking") == what
    assert spent(db, keys, typed, source="web:spending") == what
    db.run_now(lambda c: c.execute(tries.wrong_codes.delete()))
    assert spent(db, keys, typed, source="web:again") is None
    assert looked(db, keys, typed, source="web:again") is None
    db.run_now(lambda c: c.execute(tries.wrong_codes.delete()))


def test_a_code_for_an_address_says_who_asked(db: Database, keys: KeyRing) -> None:
    assert spent(db, keys, for_mail(db, keys)) == JoinCode(None, "jo@a.gov.uk", "slack", "U1", AT + LASTS)


@pytest.mark.parametrize("use", [looked, spent])
def test_a_code_lasts_fifteen_minutes(db: Database, keys: KeyRing, jo: str, use) -> None:
    assert timedelta(minutes=15) == LASTS
    assert use(db, keys, for_person(db, keys, jo), LASTS - MOMENT) is not None
    assert use(db, keys, for_person(db, keys, jo), LASTS) is None


def test_a_persons_new_code_voids_their_earlier_one(db: Database, keys: KeyRing, jo: str) -> None:
    old, new = for_person(db, keys, jo), for_person(db, keys, jo)
    assert looked(db, keys, old) is None
    assert looked(db, keys, new) is not None


def test_an_accounts_new_code_to_an_address_voids_its_earlier_one_and_nobody_elses(db: Database, keys: KeyRing) -> None:
    old, others = for_mail(db, keys), for_mail(db, keys, address="U2")
    new = for_mail(db, keys, "jo@b.gov.uk")
    assert looked(db, keys, old) is None
    assert looked(db, keys, others) is not None
    assert looked(db, keys, new) is not None


def test_of_two_who_spend_a_code_at_once_one_has_it(
    db: Database, another: Callable[[], Database], keys: KeyRing, jo: str
) -> None:
    second = another()
    with ThreadPoolExecutor(2) as both:
        for number in range(10):
            code = for_person(db, keys, jo)
            use = lambda one, c=code, n=number: spent(one, keys, c, source=f"{id(one)}:{n}")  # noqa: E731
            assert sorted(found is not None for found in both.map(use, [db, second])) == [False, True]


@pytest.mark.parametrize("use", [looked, spent])
def test_after_five_wrong_guesses_even_the_right_code_waits(db: Database, keys: KeyRing, jo: str, use) -> None:
    for number in range(MOST):
        assert use(db, keys, f"WRONG-{number}") is None
    code = for_person(db, keys, jo, WINDOW - MOMENT)
    assert use(db, keys, code, WINDOW - MOMENT) is None
    assert use(db, keys, code, WINDOW - MOMENT, "another") is not None
    code = for_person(db, keys, jo, WINDOW)
    assert use(db, keys, code, WINDOW) is not None


def test_wrong_guesses_at_either_kind_of_code_count_together(db: Database, keys: KeyRing, jo: str) -> None:
    for number in range(MOST):
        db.run_now(lambda c, n=number: codes.redeem(c, keys, f"WRONG-{n}", AT, source="s"))
    assert looked(db, keys, for_person(db, keys, jo)) is None


def test_the_code_itself_is_not_kept(db: Database, keys: KeyRing, jo: str) -> None:
    code = for_person(db, keys, jo)
    rows = str(db.run_now(lambda c: c.execute(select(table)).all()))
    assert code not in rows
    assert code.replace("-", "") not in rows


def test_codes_that_are_over_are_deleted_when_a_new_one_is_made(db: Database, keys: KeyRing, jo: str) -> None:
    for_mail(db, keys)
    for_person(db, keys, jo, LASTS)
    assert len(db.run_now(lambda c: c.execute(select(table)).all())) == 1


def test_a_code_given_before_a_new_key_still_works(db: Database, jo: str) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    code = for_person(db, KeyRing.from_keys([old]), jo)
    assert looked(db, KeyRing.from_keys([new]), code) is None
    assert looked(db, KeyRing.from_keys([new, old]), code) is not None


def test_a_forgotten_persons_code_is_void(db: Database, keys: KeyRing, jo: str) -> None:
    code = for_person(db, keys, jo)
    db.run_now(lambda c: people.forget(c, keys, jo, AT))
    assert looked(db, keys, code) is None
