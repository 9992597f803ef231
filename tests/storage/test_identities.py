"""Identities of the sign-in service, and whose a browser's conversation is, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.people.signing_in import Arrival, Doorkeeper
from bot.storage import Connection, Database, KeyRing, conversations, identities, people
from bot.storage.identities import Identity
from bot.storage.people import Person, Role

from .conftest import AT

ISSUER = "https://login.example.gov.uk"
IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=8)
LEAD = Role("exampleshire", "lead")


@pytest.fixture
def ada(db: Database, keys: KeyRing) -> str:
    return db.run_now(lambda connection: registered(connection, keys, "Ada", "Ada.Lead@example.gov.uk"))


@pytest.fixture
def keeper(db: Database, keys: KeyRing) -> Doorkeeper:
    return Doorkeeper(db, keys, LEAD.area, IDLE, WHOLE)


def registered(connection: Connection, keys: KeyRing, name: str, mail: str = "") -> str:
    person_id = people.make(connection, keys, name, AT)
    if mail:
        people.add_account(connection, keys, person_id, "mail", mail, AT)
    people.grant(connection, keys, person_id, LEAD, AT, "")
    return person_id


def recognised(db: Database, keys: KeyRing, subject: str, mail: str = "") -> Person | str:
    who = Identity(ISSUER, subject, mail)
    return db.run_now(lambda connection: identities.recognise(connection, keys, who, AT))


def whose(db: Database, keys: KeyRing, address: str) -> str | None:
    found = db.run_now(lambda connection: people.at_account(connection, keys, "web", address))
    return found.id if found else None


def kept_at(db: Database, keys: KeyRing, address: str) -> str | None:
    found = db.run_now(lambda connection: conversations.peek(connection, keys, "web", address))
    return found.id if found else None


def test_an_identity_is_joined_once_by_an_address_in_capitals_or_not(db: Database, keys: KeyRing, ada: str) -> None:
    assert recognised(db, keys, "s-1") == "nobody"
    assert recognised(db, keys, "s-1", "bo@example.gov.uk") == "nobody"
    for mail in ("ADA.LEAD@EXAMPLE.GOV.UK", "", "bo@example.gov.uk"):
        found = recognised(db, keys, "s-1", mail)
        assert isinstance(found, Person)
        assert found.id == ada
    assert [one.channel for one in found.accounts] == ["mail", "oidc"]


def test_a_second_identity_of_the_same_service_is_not_joined_and_one_of_another_is(
    db: Database, keys: KeyRing, ada: str
) -> None:
    recognised(db, keys, "s-1", "ada.lead@example.gov.uk")
    assert recognised(db, keys, "s-2", "ada.lead@example.gov.uk") == "somebody else's"
    other = Identity("https://login.example.nhs.uk", "s-2", "ada.lead@example.gov.uk")
    found = db.run_now(lambda connection: identities.recognise(connection, keys, other, AT))
    assert isinstance(found, Person)


def test_an_underscore_in_an_address_is_no_wildcard(db: Database, keys: KeyRing) -> None:
    db.run_now(lambda connection: registered(connection, keys, "Bo", "bo_x@example.gov.uk"))
    assert recognised(db, keys, "s-3", "boyx@example.gov.uk") == "nobody"
    assert recognised(db, keys, "s-3", "bo%@example.gov.uk") == "nobody"


def test_of_two_first_sign_ins_at_once_both_are_the_same_person(
    db: Database, another: Callable[[], Database], keys: KeyRing
) -> None:
    second = another()
    with ThreadPoolExecutor(2) as both:
        for number in range(10):
            mail = f"bo-{number}@example.gov.uk"
            person_id = db.run_now(lambda connection, to=mail: registered(connection, keys, "Bo", to))
            first = lambda one, n=number, to=mail: recognised(one, keys, f"bo-{n}", to)  # noqa: E731
            found = [one.id if isinstance(one, Person) else one for one in both.map(first, [db, second])]
            assert found == [person_id, person_id]


async def test_the_conversation_goes_along_to_an_address_nobody_knew_and_waits_there(
    db: Database, keys: KeyRing, keeper: Doorkeeper, ada: str
) -> None:
    kept = db.run_now(lambda connection: conversations.load(connection, keys, "web", "before", AT)).id
    token = (await keeper.sign_in(ada, "oidc", Arrival("", "before", "meanwhile"), AT)).token
    assert (whose(db, keys, "meanwhile"), whose(db, keys, "before")) == (ada, None)
    assert (kept_at(db, keys, "meanwhile"), kept_at(db, keys, "before")) == (kept, None)
    await keeper.sign_out(token, "meanwhile", AT)
    assert (whose(db, keys, "meanwhile"), kept_at(db, keys, "meanwhile")) == (None, kept)
    assert await keeper.visit(token, AT) is None
    await keeper.sign_in(ada, "oidc", Arrival("", "another browser", "after"), AT)
    assert (whose(db, keys, "after"), kept_at(db, keys, "after")) == (ada, kept)
    assert kept_at(db, keys, "meanwhile") is None


async def test_someone_known_by_the_browser_only_becomes_who_signs_in_and_anyone_else_does_not(
    db: Database, keys: KeyRing, keeper: Doorkeeper, ada: str
) -> None:
    def unnamed(connection: Connection, address: str, *, more: bool) -> str:
        made = people.make(connection, keys, "", AT)
        people.add_account(connection, keys, made, "web", address, AT)
        if more:
            people.add_account(connection, keys, made, "mail", f"{address}@example.gov.uk", AT)
        return made

    alone = db.run_now(lambda connection: unnamed(connection, "one", more=False))
    known = db.run_now(lambda connection: unnamed(connection, "two", more=True))
    await keeper.sign_in(ada, "oidc", Arrival("", "one", "one-b"), AT)
    await keeper.sign_in(ada, "oidc", Arrival("", "two", "two-b"), AT)
    now = db.run_now(lambda connection: people.known_as(connection, keys, [alone, known]))
    assert (now[alone].id, now[known].id) == (ada, known)
    assert [one.channel for one in now[known].accounts] == ["mail"]


async def test_someone_without_a_role_here_is_not_let_in(
    db: Database, keys: KeyRing, keeper: Doorkeeper, ada: str
) -> None:
    token = (await keeper.sign_in(ada, "oidc", Arrival("", "a", "b"), AT)).token
    assert await keeper.visit(token, AT) is not None
    elsewhere = Doorkeeper(db, keys, "elsewhere", IDLE, WHOLE)
    assert await elsewhere.visit(token, AT) is None
    assert await elsewhere.recognise(Identity(ISSUER, "s-1", "ada.lead@example.gov.uk"), AT) == "no role"
    assert await elsewhere.registered() == []


async def test_an_attempt_counts_once(keeper: Doorkeeper) -> None:
    assert [await keeper.first_time("state", AT) for _ in range(2)] == [True, False]
    assert await keeper.first_time("another", AT)
