"""A chat with the bot alone: words and buttons are each answered once, and only where they belong."""

from __future__ import annotations

import pytest

from adapters.teams.opening import TeamsHere
from bot import wording_channels
from bot.channel import Unreachable
from bot.messages import Reply, Text

from .house import House
from .microsoft import TENANT, read
from .person import CHAT


async def asked(house: House):
    """A message with buttons."""
    await house.say("refer")
    return house.api.sent[-1]


def as_card(answer: dict) -> str:
    """A card that is the answer to a press, as it is read."""
    return read({"attachments": [{"contentType": answer["type"], "content": answer["value"]}]})


async def test_words_are_answered_once_however_often_they_are_brought(house):
    activity = house.person().activity(text="menu")
    for _ in range(2):
        assert (await house.bring(activity)).status_code == 200
    assert len(house.api.said_in(CHAT)) == 1
    assert house.api.tokens == 1


async def test_an_installation_is_greeted_once_though_it_is_told_twice(house):
    person = house.person()
    await house.bring(person.activity("conversationUpdate", membersAdded=[person.activity()["recipient"]]))
    await person.open()
    (greeting,) = house.api.said_in(CHAT)
    assert "I help people who work with children" in greeting.read()


async def test_a_button_is_answered_in_the_request_with_the_outcome_and_is_good_once(house):
    shown = await asked(house)
    button = shown.buttons()[0]
    answer = (await house.person().use(shown, button)).json()
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert f"✔ {button['title']}" in as_card(answer)
    assert shown.card == answer["value"]
    assert shown.buttons() == []
    assert house.api.sent[-1] is not shown
    again = (await house.person().use(shown, button)).json()
    assert (again["statusCode"], again["value"]) == (200, wording_channels.USED)
    assert shown.changes == 1


async def test_a_button_that_nobody_sent_is_answered_helpfully(house):
    shown = await asked(house)
    answer = await house.person().use(shown, {"verb": "say", "data": {"press": "x" * 22}})
    assert answer.json()["value"] == wording_channels.NO_LONGER


async def test_a_button_in_anothers_chat_means_nothing(house):
    shown = await asked(house)
    other = house.person("29:other", "a:1other")
    assert (await other.use(shown, shown.buttons()[0])).json()["value"] == wording_channels.NO_LONGER
    assert house.api.said_in("a:1other") == []


async def test_somebody_is_reached_later_by_what_was_kept_of_their_chat(house):
    await house.say("menu")
    later = TeamsHere(house.here._around)
    async with later.sending():
        await later.channel.send(CHAT, Reply((Text.of("It is due today."),), key="later"))
        with pytest.raises(Unreachable) as fault:
            await later.channel.send("a:1nobody", Reply((Text.of("It is due today."),), key="later"))
    assert house.api.said_in(CHAT)[-1].read().strip() == "It is due today."
    assert fault.value.permanent


async def test_a_changed_message_is_told_how_and_a_photo_is_not_taken(house):
    edited = {"eventType": "editMessage", "tenant": {"id": TENANT}}
    await house.bring(house.person().activity("messageUpdate", text="other words", channelData=edited))
    assert wording_channels.EDITED in house.api.said_in(CHAT)[-1].read()
    await house.say("", attachments=[{"contentType": "image/png", "contentUrl": "https://example.org/x"}])
    assert wording_channels.ATTACHED in house.api.said_in(CHAT)[-1].read()


async def test_a_short_pause_that_teams_wants_is_waited_out(house):
    house.api.once = [(429, {"Retry-After": "0"})]
    assert await house.say("menu")
