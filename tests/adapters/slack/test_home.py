"""The app's page shows somebody their own open cases and clocks, and nobody else's."""

from __future__ import annotations

from bot import wording_cases
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.storage import DatabaseTrouble, people
from bot.storage.people import Role

from .block_kit import read
from .web_api import TEAM

PAT, SAM = "U0PAT0001", "U0SAM0001"


def shown_to(house, person):
    return read(house.api.homes[person]["blocks"])


async def test_the_page_says_where_no_cases_are_kept_and_is_no_turn(house):
    await house.member().open("home")
    assert wording_cases.NO_CASES_HERE in shown_to(house, PAT)
    assert house.api.messages == []
    assert await house.exchange.read("slack", f"{TEAM}/{PAT}") == ()


async def test_a_lead_sees_the_open_cases_and_whoever_is_not_known_sees_none(house):
    keys = house.exchange.keys

    def work(connection):
        ann = people.make(connection, keys, "Ann Archer", house.at)
        people.add_account(connection, keys, ann, "slack", f"{TEAM}/{PAT}", house.at)
        for role in ("lead", "administrator"):
            people.grant(connection, keys, ann, Role("exampleshire", role), house.at, "")

    await house.exchange.database.run(work)
    await house.member().open("home")
    assert wording_cases.NO_CASES in shown_to(house, PAT)

    def add(connection):
        desk = Desk(connection, keys, house.exchange.definitions, house.at)
        ann = people.at_account(connection, keys, "slack", f"{TEAM}/{PAT}")
        return opened_by_hand(desk, ann, "B", "", desk.today, None).stored.ref

    ref = await house.exchange.database.run(add)
    await house.member().open("home")
    assert f"Case {ref}:\n" in shown_to(house, PAT)
    for clock in (
        "notify the Panel, aim for",
        "hold the partners' decision meeting, ",
    ):
        assert clock in shown_to(house, PAT)
    await house.member(SAM).open("home")
    assert wording_cases.NOT_KNOWN in shown_to(house, SAM)
    assert ref not in shown_to(house, SAM)


async def test_what_the_page_shows_is_brought_again_where_the_database_is_away(house):
    database, body = house.exchange.database, house.member().envelope(house.member().opened("home"))
    run = database.run

    async def away(_):
        raise DatabaseTrouble("a statement", None, Exception("gone"))

    database.run = away
    assert (await house.bring(body, "application/json")).status_code == 503
    assert PAT not in house.api.homes
    database.run = run
    assert (await house.bring(body, "application/json")).status_code == 200
    assert wording_cases.NO_CASES_HERE in shown_to(house, PAT)
