"""What was said where no browser leads any more: it comes back to its person alone, and goes once they are erased."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from adapters.web.browser import Browser
from bot.people import joining, roles
from bot.storage import conversations
from bot.storage.people_tables import sessions
from bot.storage.tables import conversations as kept
from bot.upkeep import Upkeep

from .client import Client, forms
from .house import AREA, House, sign_in_as


@pytest.fixture
def here(house: House) -> Iterator[Client]:
    with house.client() as made:
        yield made


@pytest.fixture
def there(house: House) -> Iterator[Client]:
    with house.client() as made:
        yield made


def conversation(house: House, client: Client) -> str | None:
    """Which conversation a browser is led to."""
    at = Browser(client.cookies["browser"], fresh=False, left=False).address
    return house.exchange.database.run_now(lambda c: conversations.id_at(c, "web", at))


def readable(house: House) -> set[str]:
    """The conversations that are not erased."""
    found = select(kept.c.id).where(kept.c.state.is_not(None))
    return set(house.exchange.database.run_now(lambda c: c.execute(found).scalars().all()))


def forget(house: House, whose: str) -> None:
    person, keys = house.person(whose), house.exchange.keys
    house.exchange.database.run_now(lambda c: roles.forget(c, keys, AREA, person, house.clock()))


def join_by_code(house: House, client: Client, whose: str) -> None:
    """Join a browser to somebody, who does not sign in with it."""
    at, keys = house.clock(), house.exchange.keys
    code = house.exchange.database.run_now(lambda c: joining.code_for(c, keys, ("mail", "ada@example.gov.uk"), at))
    client.post(f"/join/{code}", data=client.hidden(f"/join/{code}"))
    assert len(house.accounts(whose, "web")) == 1


def sign_out(client: Client) -> str:
    return client.post("/sign-out", data=forms(client.get("/home").text)[0]).text


def led_to(house: House, client: Client, other: Client, how: str) -> None:
    """Lead a browser to the conversation of another one, by a code."""
    at = Browser(other.cookies["browser"], fresh=False, left=False).address
    code = asyncio.run(house.exchange.resume_code("web", at, house.clock()))
    if how == "on its page":
        client.post("/resume", data={**client.hidden("/resume"), "code": code})
    else:
        client.say(f"resume {code}")


def test_what_was_said_where_a_code_joined_it_comes_back_to_its_person_once_somebody_else_signed_in_there(
    house: House, here: Client, there: Client, ada: str, bo: str
) -> None:
    here.say("what is a rapid review?")
    join_by_code(house, here, ada)
    here.say("refer")
    hers, old = conversation(house, here), here.cookies["browser"]
    sign_in_as(here, bo)
    assert conversation(house, here) is None
    assert here.get("/chat").url.path == "/"
    assert house.accounts(ada, "web") == []
    sign_out(here)
    sign_in_as(there, ada)
    assert conversation(house, there) == hers
    with house.client() as looked_before:
        looked_before.cookies.set("browser", old, domain="127.0.0.1")
        assert looked_before.get("/chat").url.path == "/"


def join_with_slack(house: House, client: Client) -> None:
    """Join a browser, or whoever is signed in with it, to whoever is known by an account on Slack alone."""
    keys = house.exchange.keys
    code = house.exchange.database.run_now(lambda c: joining.code_for(c, keys, ("slack", "U1"), house.clock()))
    assert client.post(f"/join/{code}", data=client.hidden(f"/join/{code}")).url.path == "/join/done"


@pytest.mark.parametrize("asked", ["nothing", "a question", "a referral"])
def test_whoever_was_known_by_another_channel_alone_gets_it_back_once_a_code_shows_that_they_are_who_signed_in(
    house: House, here: Client, ada: str, asked: str
) -> None:
    here.say("what is a rapid review?")
    join_with_slack(house, here)
    here.say("refer")
    left = conversation(house, here)
    sign_in_as(here, ada)
    assert conversation(house, here) is None, "it may be somebody else who signs in"
    if asked != "nothing":
        here.say({"a question": "what is a rapid review?", "a referral": "refer"}[asked])
    since = conversation(house, here)
    join_with_slack(house, here)
    assert conversation(house, here) == (since if asked == "a referral" else left)
    if asked != "a referral":
        assert "app-turn--you" in here.get("/chat").text
    forget(house, ada)
    assert readable(house) == set()


def test_nobody_else_gets_it_by_a_code_of_their_own(house: House, here: Client, ada: str, bo: str) -> None:
    here.say("what is a rapid review?")
    join_by_code(house, here, ada)
    here.say("refer")
    hers = conversation(house, here)
    sign_in_as(here, bo)
    join_with_slack(house, here)
    assert conversation(house, here) is None
    assert hers in readable(house)


@pytest.mark.parametrize("signs_in", ["somebody else", "nobody"])
def test_and_goes_once_they_are_forgotten(house: House, here: Client, ada: str, bo: str, signs_in: str) -> None:
    here.say("what is a rapid review?")
    join_by_code(house, here, ada)
    here.say("refer")
    hers = conversation(house, here)
    assert hers in readable(house)
    if signs_in == "somebody else":
        sign_in_as(here, bo)
        here.say("refer")
    forget(house, ada)
    assert hers not in readable(house)
    assert len(readable(house)) == (signs_in == "somebody else")


@pytest.mark.parametrize("how", ["on its page", "in words"])
def test_so_does_what_they_were_led_away_from_by_a_code(
    house: House, here: Client, there: Client, ada: str, how: str
) -> None:
    sign_in_as(here, ada)
    here.say("refer")
    first = conversation(house, here)
    sign_in_as(there, ada)
    there.say("refer")
    second = conversation(house, there)
    led_to(house, here, there, how)
    assert conversation(house, here) == second
    sign_out(here)
    sign_out(there)
    sign_in_as(here, ada)
    assert conversation(house, here) == second
    assert readable(house) == {first, second}
    forget(house, ada)
    assert readable(house) == set()


def test_what_nobody_is_known_to_have_said_stays_when_a_code_leads_away_from_it(
    house: House, here: Client, there: Client, ada: str
) -> None:
    here.say("refer")
    nobodys = conversation(house, here)
    sign_in_as(there, ada)
    there.say("refer")
    led_to(house, here, there, "on its page")
    forget(house, ada)
    assert readable(house) == {nobodys}


def test_so_does_what_they_asked_before_they_signed_in(house: House, here: Client, ada: str) -> None:
    sign_in_as(here, ada)
    here.say("refer")
    left = conversation(house, here)
    sign_out(here)
    here.say("what is a rapid review?")
    asked = conversation(house, here)
    sign_in_as(here, ada)
    assert conversation(house, here) == left
    assert readable(house) == {left, asked}
    forget(house, ada)
    assert readable(house) == set()


def test_so_does_what_they_left_before_their_last_role_was_taken(house: House, here: Client, ada: str) -> None:
    sign_in_as(here, ada)
    here.say("refer")
    house.revoke(ada, "lead")
    forget(house, ada)
    assert readable(house) == set()


@pytest.mark.parametrize("said", ["", "what is a rapid review?", "refer"])
def test_what_was_kept_at_signing_out_comes_back_where_they_had_been_left_alone_before(
    house: House, here: Client, there: Client, ada: str, said: str
) -> None:
    sign_in_as(there, ada)
    if said:
        there.say(said)
    theirs = conversation(house, there)
    sign_in_as(here, ada)
    here.say("refer")
    kept_at_out = conversation(house, here)
    assert "Your conversation is kept" in sign_out(here)
    house.clock.turn(minutes=40)
    sign_in_as(there, ada)
    assert conversation(house, there) == (theirs if said == "refer" else kept_at_out)
    forget(house, ada)
    assert readable(house) == set()


def test_what_is_put_by_is_kept_no_longer_than_any_conversation(house: House, here: Client, ada: str, bo: str) -> None:
    here.say("what is a rapid review?")
    join_by_code(house, here, ada)
    sign_in_as(here, bo)
    house.clock.turn(days=91)
    upkeep, idle = Upkeep(house.exchange), timedelta(minutes=house.settings.session_idle_minutes)
    asyncio.run(upkeep.forget_sessions(house.clock(), idle))
    assert rows(house) == 1
    asyncio.run(upkeep.tidy(house.clock(), timedelta(days=90)))
    asyncio.run(upkeep.forget_sessions(house.clock(), idle))
    assert (readable(house), rows(house)) == (set(), 0)


def rows(house: House) -> int:
    """How many sessions are known of."""
    found = select(func.count()).select_from(sessions)
    return int(house.exchange.database.run_now(lambda c: c.execute(found).scalar_one()))
