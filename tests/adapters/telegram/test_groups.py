"""In a group the bot speaks only when spoken to, of nothing about a child, and takes what is private elsewhere."""

from __future__ import annotations

import json

import pytest

from bot import wording_channels

GROUP = -1001234567890
NAME = "@safe_test_bot"


async def test_it_says_nothing_unless_it_is_spoken_to(house):
    phone = house.phone(group=GROUP)
    await phone.type("what is a rapid review?", house.at)
    assert house.api.messages == []


async def test_a_question_is_answered_in_reply_with_a_private_way_on(house):
    phone = house.phone(group=GROUP)
    await phone.type(f"{NAME} what is a rapid review?", house.at)
    (shown,) = house.api.in_chat(GROUP)
    assert shown.answers is not None
    assert "rapid review" in shown.text.casefold()
    assert shown.keyboard[-1][0]["url"] == "https://t.me/safe_test_bot?start=hello"
    assert not [one for row in shown.keyboard for one in row if "callback_data" in one]


async def test_what_looks_like_detail_is_answered_in_private_and_never_in_the_group(house):
    phone = house.phone(group=GROUP)
    await phone.type(f"{NAME} her name is Kylie Blenkinsop", house.at)
    assert house.api.in_chat(GROUP) == []
    (shown,) = house.api.in_chat(5001)
    assert wording_channels.GROUP_LIKE_DETAIL in shown.text
    assert "Kylie" not in shown.text


async def test_who_has_no_private_chat_yet_is_only_invited_to_one(house):
    house.api.started = set()
    phone = house.phone(group=GROUP)
    await phone.type(f"{NAME} her name is Kylie Blenkinsop", house.at)
    (shown,) = house.api.in_chat(GROUP)
    assert shown.text == wording_channels.ANSWERED_IN_PRIVATE


async def test_a_redelivery_in_a_group_is_answered_once(house):
    phone = house.phone(group=GROUP)
    update = phone.update("message", {**phone.message(house.at), "text": "/help"})
    update["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    for _ in range(3):
        assert (await house.post(json.dumps(update).encode())).status_code == 200
    assert len(house.api.in_chat(GROUP)) == 1


@pytest.mark.parametrize("hearing", ["administers", "told_everything"])
async def test_a_bare_command_is_not_taken_where_the_bot_hears_those_of_others(house, hearing):
    house.api.administers = hearing == "administers"
    house.api.privacy = hearing != "told_everything"
    phone = house.phone(group=GROUP)
    await phone.type("/help", house.at)
    assert house.api.messages == []
    await phone.type("/help@another_bot", house.at)
    await phone.type("/help@not_safe_test_bot", house.at)
    assert house.api.messages == []
    await phone.type(f"/help{NAME}", house.at)
    assert len(house.api.in_chat(GROUP)) == 1


async def test_a_bare_command_is_taken_where_telegram_brings_it_to_the_bot_alone(house):
    await house.phone(group=GROUP).type("/help", house.at)
    assert len(house.api.in_chat(GROUP)) == 1
