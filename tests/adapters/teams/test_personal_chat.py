"""A chat with the bot alone: words and buttons are each answered once, and only where they belong."""

from __future__ import annotations

import json

import pytest

from adapters.teams.opening import TeamsHere
from bot import wording, wording_channels
from bot.channel import Unreachable
from bot.messages import Reply, Text

from .house import House
from .microsoft import read, walked
from .person import CHAT


async def asked(house: House):
    """A message with buttons."""
    await house.say("refer")
    return house.api.sent[-1]


def as_card(answer: dict) -> str:
    """A card that is the answer to a press, as it is read."""
    return read({"attachments": [{"contentType": answer["type"], "content": answer["value"]}]})


async def test_an_installation_is_greeted_once_though_it_is_told_twice(house):
    person = house.person()
    await house.bring(person.activity("conversationUpdate", membersAdded=[person.activity()["recipient"]]))
    await person.open()
    (greeting,) = house.api.said_in(CHAT)
    assert "I help people who work with children" in greeting.read()


async def test_neither_a_new_version_of_the_app_nor_its_welcome_puts_aside_what_is_in_hand(house):
    await house.say("refer")
    await house.person().press(house.api.sent[-1], "No")
    asked = house.api.sent[-1].read()
    before = len(house.api.sent)
    await house.bring(house.person().activity("installationUpdate", action="add-upgrade"))
    assert len(house.api.sent) == before
    await house.person().open()
    assert "I help people who work with children" in house.api.sent[-1].read()
    assert asked.strip().splitlines()[-1] in house.api.sent[-1].read()
    await house.person().press(house.api.sent[-1], "I understand")
    assert wording.STALE not in house.api.sent[-1].read()


async def test_a_button_is_answered_in_the_request_with_the_outcome(house):
    shown = await asked(house)
    button = shown.buttons()[0]
    answer = (await house.person().use(shown, button)).json()
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert f"✔ {button['title']}" in as_card(answer)
    assert shown.card == answer["value"]
    assert shown.buttons() == []
    assert house.api.sent[-1] is not shown
    assert shown.changes == 1
    assert house.api.tokens == 1


async def test_the_same_press_brought_again_is_answered_with_its_card_and_changes_nothing(house):
    shown = await asked(house)
    pressing = house.person().pressing(shown, shown.buttons()[0])
    await house.bring(pressing)
    kept, sent = shown.card, len(house.api.sent)
    again = (await house.bring(pressing)).json()
    assert again["value"] == kept
    assert not any(one.get("actions") for one in walked(again["value"]))
    assert (shown.card, len(house.api.sent)) == (kept, sent)


async def test_an_answer_that_quotes_a_message_is_an_answer(house):
    await asked(house)
    quoted = {"contentType": "messageReference", "content": '{"messageId":"1","messagePreview":"Is a child in danger"}'}
    shown = {"contentType": "text/html", "content": '<attachment id="1"></attachment><p>no</p>'}
    said = await house.say('<quoted messageId="1"/> no', attachments=[shown, quoted])
    assert wording_channels.ATTACHED not in said
    assert "I understand" in said


FORWARDED = "<p>He is strangling her right now &amp; she is screaming</p>"
QUOTATION = f'<p>see this</p><blockquote itemtype="http://schema.skype.com/Forward">\n{FORWARDED}</blockquote>'
HELD = {"originalMessageId": "1783513803078", "originalMessageContent": FORWARDED}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html", QUOTATION),
        ("forwardedMessageReference", json.dumps(HELD)),
        ("forwardedMessageReference", HELD),
    ],
    ids=["quoted", "as a reference", "as an object"],
)
async def test_danger_in_a_forwarded_message_is_heard(house, kind, content):
    await asked(house)
    assert "Phone 999 now" in await house.say("see this", attachments=[{"contentType": kind, "content": content}])


async def test_what_is_forwarded_answers_no_question(house):
    await asked(house)
    quoted = '<blockquote itemtype="http://schema.skype.com/Forward"><p>no</p></blockquote>'
    said = await house.say("no", attachments=[{"contentType": "text/html", "content": quoted}])
    assert wording_channels.ATTACHED in said
    assert "I understand" not in said


@pytest.mark.parametrize("content", ["no JSON", "[" * 60000, json.dumps({"originalMessageContent": 7}), '"\\ud800"', 7])
async def test_a_forwarded_message_that_cannot_be_read_is_something_attached(house, content):
    held = {"contentType": "forwardedMessageReference", "content": content}
    assert wording_channels.ATTACHED in await house.say("", attachments=[held])


async def test_somebody_is_reached_later_by_what_was_kept_of_their_chat(house):
    await house.say("menu")
    later = TeamsHere(house.here._around)
    async with later.sending():
        await later.channel.send(CHAT, Reply((Text.of("It is due today."),), key="later"))
        with pytest.raises(Unreachable) as fault:
            await later.channel.send("a:1nobody", Reply((Text.of("It is due today."),), key="later"))
    assert house.api.said_in(CHAT)[-1].read().strip() == "It is due today."
    assert fault.value.permanent
