"""A decision on the page becomes a case the moment it is known whose it is, in the very reply that says so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import state
from bot.exchange import Exchange
from bot.storage import Connection, cases, conversations, people
from bot.storage.people import Role
from bot.upkeep import Upkeep

from .office import AREA, Office
from .talk import decided

PAGE = "web:b"


@pytest.fixture
def office(exchange: Exchange) -> Office:
    made = Office(exchange)

    def begin(connection: Connection) -> None:
        lee = people.make(connection, exchange.keys, "Lee", made.at)
        for role in ("lead", "administrator"):
            people.grant(connection, exchange.keys, lee, Role(AREA, role), made.at, lee)
        stored = conversations.load(connection, exchange.keys, "web", "b", made.at)
        talk = decided()
        dialog = talk.state.dialog
        assert dialog is not None
        asked = replace(talk.state, dialog=replace(dialog, confirmed=None, confirmed_on="", versions=0))
        conversations.save(connection, exchange.keys, stored, state.to_json(asked), made.at)

    exchange.database.run_now(begin)
    return made


def test_confirming_a_work_e_mail_opens_it_and_says_at_once_that_it_is_no_referral(office: Office) -> None:
    assert "Your partnership's lead cannot see this yet." in office.say(PAGE, "confirm")
    code = office.mailed_code(PAGE, "pat@trust.example.uk")
    reply = office.say(PAGE, code)
    assert "That address is yours to me now." in reply
    assert "Case 26-001 is open. Lee is being told." in reply
    assert "That is not a referral: phone now." in reply
    assert "Owner: Lee" in " ".join(office.say(PAGE, "case 26-001").split())
    assert asyncio.run(Upkeep(office.exchange).look_after(office.at + timedelta(seconds=5))) == 0
    assert office.exchange.database.run_now(lambda c: cases.find(c, AREA, "26-002")) is None


def test_a_wrong_code_opens_nothing_and_it_goes_on_waiting(office: Office) -> None:
    office.say(PAGE, "confirm")
    office.mailed_code(PAGE, "pat@trust.example.uk")
    assert "is open" not in office.say(PAGE, "XXXX-2222")
    assert office.exchange.database.run_now(lambda c: cases.find(c, AREA, "26-001")) is None
    code = office.mailed_code(PAGE, "pat@trust.example.uk")
    assert "Case 26-001 is open." in office.say(PAGE, code)


def test_nothing_more_is_said_where_nothing_waited(office: Office) -> None:
    code = office.mailed_code("web:other", "kim@trust.example.uk")
    assert "is open" not in office.say("web:other", code)
