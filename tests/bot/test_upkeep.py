"""What is done without being asked: a dialog left open is mentioned once and let go, a decision waits for a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot import left_open, state
from bot.exchange import Exchange
from bot.messages import Chosen, Reply, Turn, Typed
from bot.state import State
from bot.storage import Connection, cases, conversations, people
from bot.storage.people import Role
from bot.upkeep import Upkeep
from knowledge.area_values import WorkingHours
from tests.bot.case_office import AREA, words

from .talk import decided

# A Friday before a bank holiday weekend's working Tuesday: the next working morning is 29 December.
AT = datetime(2026, 12, 24, 16, 0, tzinfo=UTC)
MORNING = datetime(2026, 12, 29, 8, 30, tzinfo=UTC)


class Page:
    """One browser's conversation."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.events = 0

    async def say(self, said: str | Chosen, at: datetime = AT) -> Reply:
        self.events += 1
        what = Typed(said) if isinstance(said, str) else said
        await self.exchange.take(Turn("web", "b", "b", what, f"e{self.events}", at))
        return await self.newest()

    async def newest(self) -> Reply:
        reply = (await self.exchange.read("web", "b"))[-1].reply
        assert reply is not None
        return reply

    async def kept(self) -> State:
        stored = await self.exchange.database.run(lambda c: conversations.peek(c, self.exchange.keys, "web", "b"))
        assert stored is not None
        return state.from_json(stored.state)


@pytest.fixture
def page(exchange: Exchange) -> Page:
    return Page(exchange)


async def test_a_dialog_left_open_is_mentioned_once_on_the_next_working_morning(page: Page) -> None:
    upkeep = Upkeep(page.exchange)
    await page.say("refer")
    await page.say("no")
    assert await upkeep.look_after(MORNING - timedelta(minutes=1)) == 0
    assert await upkeep.look_after(MORNING) == 1
    assert "have not finished. Say “resume” to carry on. It is kept until Tue 12 Jan 2027." in words(
        await page.newest()
    )
    assert await upkeep.look_after(MORNING + timedelta(days=1)) == 0


async def test_an_area_that_opens_later_mentions_it_later_and_lets_it_go_later(page: Page) -> None:
    exchange = page.exchange
    area = replace(exchange.definitions.area, working_hours=WorkingHours(opens=time(10, 0), closes=time(16, 30)))
    exchange.definitions = replace(exchange.definitions, area=area)
    upkeep, morning = Upkeep(exchange), MORNING + timedelta(minutes=90)
    await page.say("refer")
    await page.say("no")
    for moment in (morning, morning + left_open.KEPT):
        assert await upkeep.look_after(moment - timedelta(minutes=1)) == 0
        assert await upkeep.look_after(moment) == 1


async def test_after_two_more_weeks_its_answers_are_let_go(page: Page) -> None:
    upkeep = Upkeep(page.exchange)
    await page.say("refer")
    await page.say("no")
    await upkeep.look_after(MORNING)
    assert await upkeep.look_after(MORNING + left_open.KEPT) == 1
    assert "its answers are no longer kept" in words(await page.newest())
    assert left_open.open_dialogs(await page.kept()) == ()
    assert await upkeep.look_after(MORNING + timedelta(days=60)) == 0


async def test_carrying_on_begins_the_wait_again(page: Page) -> None:
    upkeep = Upkeep(page.exchange)
    await page.say("refer")
    await page.say("no")
    await upkeep.look_after(MORNING)
    await page.say("ok", MORNING + timedelta(hours=1))
    assert await upkeep.look_after(MORNING + timedelta(days=1)) == 1
    assert (await page.kept()).mentioned == "2027-01-13"


async def test_practice_and_decisions_are_not_mentioned(page: Page) -> None:
    await page.say("practice")
    await page.say("no")
    assert await Upkeep(page.exchange).look_after(MORNING) == 0
    assert left_open.open_dialogs(decided().state) == ()


async def test_a_decision_on_the_page_waits_until_it_is_known_whose_it_is(page: Page) -> None:
    exchange, upkeep = page.exchange, Upkeep(page.exchange)

    def begin(connection: Connection) -> None:
        lead = people.make(connection, exchange.keys, "Lee", AT)
        for role in ("lead", "administrator"):
            people.grant(connection, exchange.keys, lead, Role(AREA, role), AT, lead)

    await exchange.database.run(begin)
    talk = decided()
    stored = await exchange.database.run(lambda c: conversations.load(c, exchange.keys, "web", "b", AT))
    before = talk.state.dialog
    assert before is not None
    asked = replace(talk.state, dialog=replace(before, confirmed=None, confirmed_on="", versions=0))
    await exchange.database.run(lambda c: conversations.save(c, exchange.keys, stored, state.to_json(asked), AT))
    await page.say("confirm")
    assert "Your partnership's lead cannot see this yet." in words(await page.newest())
    assert await upkeep.look_after(AT) == 0

    def confirm(connection: Connection) -> None:
        made = people.make(connection, exchange.keys, "", AT)
        people.add_account(connection, exchange.keys, made, "web", "b", AT)
        people.add_account(connection, exchange.keys, made, "mail", "pat@nhs.example", AT)

    await exchange.database.run(confirm)
    assert await upkeep.look_after(AT) == 1
    assert "Case 26-001 is open. Lee is being told." in words(await page.newest())
    assert await exchange.database.run(lambda c: cases.find(c, AREA, "26-001")) is not None
    assert await upkeep.look_after(AT) == 0
