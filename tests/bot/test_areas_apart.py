"""Areas that share a database: each keeps, shows and comes back to what was said where it is served, no other's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.knowledge_queue import queue_lines
from bot.casework import retention
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.exchange import Exchange
from bot.storage import areas, people, questions, tables
from bot.storage.people import Role
from bot.upkeep import Upkeep

from .case_office import AREA, LEE, Office, elsewhere, staffed

THERE = "barnsley"
ASKED = ("are snorkels allowed at the swimming gala", "that did not help", "tell me when there is an answer")


@pytest.fixture
async def here(exchange: Exchange) -> Office:
    return await staffed(exchange, LEE)


async def tidied(office: Office, days: int, keep: int) -> int:
    """How many conversations an area erases after so many days, by so long a period."""
    return await Upkeep(office.exchange).tidy(office.at + timedelta(days=days), timedelta(days=keep))


async def nobodys(office: Office) -> None:
    """Let all that was said be from before areas were noted."""

    def work(desk: Desk) -> None:
        for table in (tables.conversations, tables.questions):
            desk.connection.execute(table.update().values(area=areas.UNKNOWN))

    await office.desk(work)


async def words_left(office: Office, days: int, kept: int) -> int:
    """How many questions keep their words once an area has tidied after so many days, by so long a period."""

    def work(desk: Desk) -> object:
        area = desk.definitions.area
        periods = replace(area, retention=replace(area.retention, questions_days=kept))
        served = replace(desk.definitions, area=periods)
        retention.tidy(Desk(desk.connection, desk.keys, served, desk.at + timedelta(days=days)))
        found = tables.questions.select().where(tables.questions.c.masked.is_not(None))
        return len(desk.connection.execute(found).all())

    found = await office.desk(work)
    assert isinstance(found, int)
    return found


async def test_each_area_erases_its_own_conversations_by_its_own_period(here: Office) -> None:
    there = elsewhere(here)
    await here.says("Lee", "refer")
    await there.says("Bo", "refer")
    assert await tidied(here, 31, keep=30) == 1
    assert await here.exchange.read("slack", "Lee") == ()
    assert await tidied(here, 100, keep=30) == 0
    assert len(await there.exchange.read("slack", "Bo")) == 2
    assert await tidied(there, 364, keep=365) == 0
    assert await tidied(there, 366, keep=365) == 1


async def test_an_area_that_nothing_looks_after_any_more_keeps_nothing_for_ever(here: Office) -> None:
    await elsewhere(here).says("Bo", "refer")
    assert await tidied(elsewhere(here), 20, keep=365) == 0
    assert await tidied(here, 109, keep=30) == 0
    assert await tidied(here, 111, keep=30) == 1


async def test_what_could_be_any_areas_goes_by_the_period_of_the_only_one(here: Office) -> None:
    await here.says("Lee", "refer")
    await nobodys(here)
    assert await tidied(here, 29, keep=30) == 0
    assert await tidied(here, 31, keep=30) == 1


async def test_what_could_be_another_areas_is_not_erased_before_that_was_given_time(here: Office) -> None:
    await here.says("Lee", "refer")
    await nobodys(here)
    await elsewhere(here).says("Bo", "refer")
    assert await tidied(here, 31, keep=30) == 0
    assert await tidied(elsewhere(here), 50, keep=365) == 0
    assert await tidied(here, 122, keep=30) == 1


async def test_each_area_erases_its_own_questions_by_its_own_period_whoever_asked(here: Office) -> None:
    """Bo's only role ends: what they asked stays their area's."""
    there = elsewhere(here)
    for office, name in ((here, "Lee"), (there, "Bo")):
        await office.says(name, *ASKED)

    def came_and_went(desk: Desk) -> None:
        made = people.make(desk.connection, desk.keys, "Bo", desk.at)
        people.add_account(desk.connection, desk.keys, made, "slack", "Bo", desk.at)
        people.grant(desk.connection, desk.keys, made, Role(THERE, "lead"), desk.at, made)
        people.revoke(desk.connection, desk.keys, made, Role(THERE, "lead"), desk.at, made)

    await here.desk(came_and_went)
    assert await words_left(here, 31, kept=30) == 1
    assert await words_left(there, 60, kept=90) == 1
    assert await words_left(there, 91, kept=90) == 0


async def test_each_area_sees_its_own_questions(here: Office) -> None:
    there = elsewhere(here)
    for office, name in ((here, "Lee"), (there, "Bo")):
        await office.says(name, *ASKED)
        await office.exchange.mind.ready()
        said = list(queue_lines(office.exchange, london_date(office.at)))
        assert said[0] == "1 questions without a good answer, in 1 groups."

    def asked_in(desk: Desk) -> object:
        return [
            sorted(one.address for one in questions.waiting(desk.connection, desk.keys, area))
            for area in (AREA, THERE, "northborough")
        ]

    assert await here.desk(asked_in) == [["Lee"], ["Bo"], []]
    await nobodys(here)
    assert await here.desk(asked_in) == [["Bo", "Lee"]] * 3


async def test_each_area_closes_its_own_questions(here: Office) -> None:
    there = elsewhere(here)
    for office, name in ((here, "Lee"), (there, "Bo")):
        await office.says(name, "what is a rapid review", "that did not help")
    # As if no topic had been shown: one that was shown and did not help does not close its question.
    await here.desk(lambda desk: desk.connection.execute(tables.questions.update().values(topic="")) and None)
    assert await Upkeep(here.exchange).close_answered(here.at) == 1
    assert await Upkeep(here.exchange).close_answered(here.at) == 0
    assert await Upkeep(there.exchange).close_answered(here.at) == 1


async def test_a_question_is_of_the_area_it_was_asked_in_wherever_the_conversation_began(here: Office) -> None:
    await here.says("Lee", "refer", "stop")
    await elsewhere(here).says("Lee", *ASKED)
    waits = await here.desk(lambda desk: len(questions.waiting(desk.connection, desk.keys, AREA)))
    assert waits == 0


async def test_a_dialog_left_open_is_come_back_to_by_its_own_area(here: Office) -> None:
    there = elsewhere(here)
    await there.says("Bo", "refer", "no")
    later = here.at + timedelta(days=2)
    assert await Upkeep(here.exchange).look_after(later) == 0
    assert await Upkeep(there.exchange).look_after(later) == 1


async def test_a_decision_that_waited_for_a_name_becomes_a_case_of_its_own_area(here: Office) -> None:
    there = elsewhere(here)
    await there.says("Bo", "hello")

    def wanted(desk: Desk) -> None:
        made = people.make(desk.connection, desk.keys, "Bo", desk.at)
        people.add_account(desk.connection, desk.keys, made, "slack", "Bo", desk.at)
        theirs = tables.conversations.c.area == THERE
        desk.connection.execute(tables.conversations.update().where(theirs).values(case_wanted=True))

    await here.desk(wanted)
    await Upkeep(here.exchange).look_after(here.at)
    still = tables.conversations.select().where(tables.conversations.c.case_wanted.is_(True))
    assert await here.desk(lambda desk: len(desk.connection.execute(still).all())) == 1
    await Upkeep(there.exchange).look_after(here.at)
    assert await here.desk(lambda desk: len(desk.connection.execute(still).all())) == 0
