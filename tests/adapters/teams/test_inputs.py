"""What is filled in and ticked in a card arrives as typed and as chosen."""

from __future__ import annotations

from pathlib import Path

from adapters.teams import wording_teams
from bot.messages import Choices, Chosen, Field, Filled, Form, Option, Reply, Turn
from bot.reply_text import to_text
from bot.storage import conversations, outbox

from .microsoft import walked
from .test_teams import CHAT, House, opened_house

MANY = Choices("harm", "Which?", tuple(Option(f"o{number}", f"Option {number}") for number in range(9)), many=True)
LONG = Choices("place", "Where?", MANY.options)
FORM = Form("when", "When?", (Field("on", "Day", "date"), Field("note", "Why late", "long")))


async def shown(house: House, block: Choices | Form) -> tuple[dict, list[dict]]:
    """A reply with one block, sent; its button and its inputs."""
    exchange = house.platform._around.exchange

    def put(connection):
        stored = conversations.load(connection, exchange.keys, "teams", CHAT, exchange_at)
        body = to_text(Reply((block,)))
        return outbox.put(
            connection, exchange.keys, stored.id, channel="teams", address=CHAT, body=body, at=exchange_at,
            key=block.prompt if isinstance(block, Choices) else block.id, audience="private", said=True,
        )  # fmt: skip

    await house.say("menu")
    exchange_at = house.platform._around.clock()
    row = await exchange.database.run(put)
    await house.platform.channel.send(CHAT, Reply((block,), key=str(row)))
    elements = list(walked(house.there.sent[-1][1]["attachments"][0]["content"]))
    (button,) = (action for one in elements for action in one.get("actions", ()))
    return button, [one for one in elements if one["type"].startswith("Input.")]


def heard(house: House) -> list[Turn]:
    """The turns that are brought to the exchange from now on."""
    turns: list[Turn] = []
    exchange = house.platform._around.exchange
    before = exchange.take

    async def take(turn: Turn) -> bool:
        turns.append(turn)
        return await before(turn)

    exchange.take = take
    return turns


async def test_boxes_that_are_ticked_arrive_together_and_none_is_asked_for_again(tmp_path: Path):
    async with opened_house(tmp_path) as house:
        button, (listed,) = await shown(house, MANY)
        turns = heard(house)
        assert (await house.press(button)).json()["value"] == wording_teams.TICK_FIRST
        values = [listed["choices"][number]["value"] for number in (1, 4)]
        answer = (await house.press(button, **{listed["id"]: ",".join(values)})).json()
        assert [turn.said for turn in turns] == [Chosen("harm", ("o1", "o4"))]
        assert "✔ Option 1, Option 4" in str(answer["value"])


async def test_one_of_a_long_list_arrives(tmp_path: Path):
    async with opened_house(tmp_path) as house:
        button, (listed,) = await shown(house, LONG)
        turns = heard(house)
        assert (await house.press(button)).json()["value"] == wording_teams.CHOOSE_FIRST
        await house.press(button, **{listed["id"]: listed["choices"][7]["value"]})
        assert [turn.said for turn in turns] == [Chosen("place", ("o7",))]


async def test_a_form_arrives_with_its_fields_and_nothing_else(tmp_path: Path):
    async with opened_house(tmp_path) as house:
        button, inputs = await shown(house, FORM)
        assert [one["type"] for one in inputs] == ["Input.Date", "Input.Text"]
        turns = heard(house)
        assert (await house.press(button)).json()["value"] == wording_teams.FILL_FIRST
        await house.press(button, on="2026-11-27", note="Ill", other="x")
        assert [turn.said for turn in turns] == [Filled("when", (("on", "2026-11-27"), ("note", "Ill")))]
