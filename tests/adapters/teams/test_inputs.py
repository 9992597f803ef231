"""What is filled in and ticked in a card arrives as typed and as chosen."""

from __future__ import annotations

from bot import wording_controls
from bot.messages import Choices, Chosen, Field, Filled, Form, Option

from .house import House
from .microsoft import Shown
from .person import CHAT

LONG = Choices("place", "Where?", tuple(Option(f"o{number}", f"Option {number}") for number in range(9)))
FORM = Form("when", "When?", (Field("on", "Day", "date"), Field("note", "Why late", "long")))


async def shown(house: House, block: Choices | Form) -> Shown:
    """A question, as it stands in the chat."""
    await house.say("menu")
    await house.ask(CHAT, block)
    return house.api.sent[-1]


async def test_one_of_a_long_list_arrives(house):
    card = await shown(house, LONG)
    turns = house.heard()
    assert (await house.person().press(card, wording_controls.CONTINUE)).json()[
        "value"
    ] == wording_controls.CHOOSE_FIRST
    await house.person().tick(card, "Option 7")
    assert [turn.said for turn in turns] == [Chosen("place", ("o7",))]


async def test_a_form_arrives_with_its_fields_and_nothing_else(house):
    card = await shown(house, FORM)
    assert [one["type"] for one in card.inputs()] == ["Input.Date", "Input.Text"]
    turns = house.heard()
    assert (await house.person().press(card, FORM.submit)).json()["value"] == wording_controls.FILL_FIRST
    submitted = house.person().pressing(card, card.buttons()[-1], on="2026-11-27", note="Ill", other="x")
    # As a message, which nothing can be answered to at once, so that it is taken whatever is asked now.
    data = submitted["value"]["action"]["data"]
    await house.bring(house.person().activity(value=data, replyToId=card.id))
    assert [turn.said for turn in turns] == [Filled("when", (("on", "2026-11-27"), ("note", "Ill")))]
