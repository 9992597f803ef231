"""The windows over Slack: a message taken into private, and a form's answer; what is wrong stands on the field."""

from __future__ import annotations

import json

import pytest

from adapters.slack import wording_slack
from bot import wording_channels
from bot.clock import now
from bot.messages import Field, Form, Reply
from bot.reply_text import to_text
from bot.storage import conversations, outbox

from .member import controls
from .web_api import TEAM

PAT = "U0PAT0001"
ADDRESS = f"{TEAM}/{PAT}"


async def test_a_message_is_taken_into_private_and_nothing_is_said_where_it_stands(house):
    member = house.member()
    await member.point_at("what is a <LADO>?")
    (view,) = house.api.views
    assert view["blocks"][0]["element"]["initial_value"] == "what is a <LADO>?"
    assert view["private_metadata"] == ""
    assert house.api.messages == []
    for _ in range(2):
        assert (await member.submit("what is a LADO?")).content == b""
    assert house.api.in_channel("C0GROUP01") == []
    (shown,) = house.api.said_to(PAT)
    assert "designated officer" in shown.read().casefold()


@pytest.mark.parametrize("words", ["", "  \n "])
async def test_a_window_without_words_stays_open_and_says_so_on_its_field(house, words):
    member = house.member()
    await member.point_at("x" * 5000)
    assert "initial_value" not in house.api.views[0]["blocks"][0]["element"]
    answer = await member.submit(words)
    assert answer.json() == {"response_action": "errors", "errors": {"words": wording_slack.NOTHING_WRITTEN}}
    assert house.api.messages == []


async def asked_in_words(house) -> None:
    """A question that is answered in somebody's own words stands in Pat's direct messages."""
    form = Form("reason", "Why was it late?", (Field("words", "Why", "long", "In your own words."),))
    keys = house.exchange.keys

    def work(connection):
        stored = conversations.load(connection, keys, "slack", ADDRESS, now())
        body = to_text(Reply((form,)))
        return outbox.put(connection, keys, stored.id, channel="slack", address=ADDRESS, body=body, at=now(), key="x")

    row = await house.exchange.database.run(work)
    await house.here.channel.send(ADDRESS, Reply((form,), key=str(row)))


async def test_an_answer_in_words_is_written_in_a_window_once(house):
    await asked_in_words(house)
    member = house.member()
    shown = house.api.said_to(PAT)[-1]
    await member.press(shown, wording_slack.OPEN_FORM)
    (view,) = house.api.views
    assert view["blocks"][0]["label"]["text"] == "Why was it late?"
    assert len(view["private_metadata"]) == 22
    assert "Why was it late" not in view["private_metadata"]
    assert (await member.submit("We were told late.")).content == b""
    assert len(house.api.said_to(PAT)) == 2
    answer = await member.submit("Once more.")
    assert answer.json()["errors"] == {"words": wording_channels.USED}
    assert len(house.api.said_to(PAT)) == 2


async def test_another_persons_window_says_nothing_for_them(house):
    await asked_in_words(house)
    await house.member().press(house.api.said_to(PAT)[-1], wording_slack.OPEN_FORM)
    answer = await house.member("U0SAM0001").submit("I am not Pat.")
    assert answer.json()["errors"] == {"words": wording_channels.NO_LONGER}
    assert json.dumps(house.api.said_to("U0SAM0001")) == "[]"
    assert controls(house.api.said_to(PAT)[-1])
