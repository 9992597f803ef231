"""What is filled in and ticked in a card arrives as typed and as chosen."""

from __future__ import annotations

from adapters.teams import wording_teams
from bot.messages import Choices, Chosen, Field, Filled, Form, Option, Reply, Turn
from bot.reply_text import to_text
from bot.storage import conversations, outbox

from .house import House
from .microsoft import Shown
from .person import CHAT

MANY = Choices("harm", "Which?", tuple(Option(f"o{number}", f"Option {number}") for number in range(9)), many=True)
LONG = Choices("place", "Where?", MANY.options)
FORM = Form("when", "When?", (Field("on", "Day", "date"), Field("note", "Why late", "long")))


async def shown(house: House, block: Choices | Form) -> Shown:
    """A reply with one block, sent."""
    exchange = house.exchange

    def put(connection):
        stored = conversations.load(connection, exchange.keys, "teams", CHAT, house.at)
        body = to_text(Reply((block,)))
        return outbox.put(
            connection, exchange.keys, stored.id, channel="teams", address=CHAT, body=body, at=house.at,
            key=block.prompt if isinstance(block, Choices) else block.id, audience="private", said=True,
        )  # fmt: skip

    await house.say("menu")
    row = await exchange.database.run(put)
    await house.here.channel.send(CHAT, Reply((block,), key=str(row)))
    return house.api.sent[-1]


def heard(house: House) -> list[Turn]:
    """The turns that are brought to the exchange from now on."""
    turns: list[Turn] = []
    before = house.exchange.take

    async def take(turn: Turn) -> bool:
        turns.append(turn)
        return await before(turn)

    house.exchange.take = take
    return turns


async def test_boxes_that_are_ticked_arrive_together_and_none_is_asked_for_again(house):
    card = await shown(house, MANY)
    turns = heard(house)
    assert (await house.person().press(card, wording_teams.CHOOSE)).json()["value"] == wording_teams.TICK_FIRST
    answer = (await house.person().tick(card, "Option 1", "Option 4")).json()
    assert [turn.said for turn in turns] == [Chosen("harm", ("o1", "o4"))]
    assert "✔ Option 1, Option 4" in str(answer["value"])


async def test_one_of_a_long_list_arrives(house):
    card = await shown(house, LONG)
    turns = heard(house)
    assert (await house.person().press(card, wording_teams.CHOOSE)).json()["value"] == wording_teams.CHOOSE_FIRST
    await house.person().tick(card, "Option 7")
    assert [turn.said for turn in turns] == [Chosen("place", ("o7",))]


async def test_a_form_arrives_with_its_fields_and_nothing_else(house):
    card = await shown(house, FORM)
    assert [one["type"] for one in card.inputs()] == ["Input.Date", "Input.Text"]
    turns = heard(house)
    assert (await house.person().press(card, FORM.submit)).json()["value"] == wording_teams.FILL_FIRST
    await house.person().press(card, FORM.submit, on="2026-11-27", note="Ill", other="x")
    assert [turn.said for turn in turns] == [Filled("when", (("on", "2026-11-27"), ("note", "Ill")))]
