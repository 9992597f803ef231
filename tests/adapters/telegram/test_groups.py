"""In a group the bot speaks only when spoken to, of nothing about a child, and takes what is private elsewhere."""

from __future__ import annotations

import json

import pytest

from adapters.telegram.in_time import TELEGRAM
from bot import wording_channels
from bot.delivering.wording_delivery import MAY_BE_REPEAT

from .bot_api import ME, Refused
from .house import House
from .phone import commands, unnamed

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


@pytest.mark.parametrize(
    ("kind", "where", "more"),
    [
        ("message", "caption", {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}),
        ("edited_message", "text", {"edit_date": 1}),
        (
            "edited_message",
            "caption",
            {"edit_date": 1, "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
        ),
    ],
    ids=["photo", "changed words", "changed words under a photo"],
)
async def test_a_name_under_a_photo_or_in_changed_words_gets_a_private_word(house, kind, where, more):
    phone = house.phone(group=GROUP)
    entities = "entities" if where == "text" else "caption_entities"
    for words in ("Kylie Blenkinsop's bruises", f"{NAME} Kylie Blenkinsop's bruises"):
        named = commands(words).get("entities", [])
        await phone.bring(phone.update(kind, {**phone.message(house.at), **more, where: words, entities: named}))
    assert house.api.in_chat(GROUP) == []
    (shown,) = house.api.in_chat(5001)
    assert wording_channels.GROUP_LIKE_DETAIL in shown.text
    assert "Kylie" not in shown.text


async def test_a_photo_in_answer_to_the_bot_gets_a_private_word_and_changed_words_that_tell_nothing_no_answer(house):
    phone = house.phone(group=GROUP)
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
    answered = {"reply_to_message": {**phone.message(house.at), "from": ME, "text": "Hello"}}
    await phone.bring(phone.update("message", {**phone.message(house.at), **photo, **answered}))
    assert [wording_channels.GROUP_ATTACHED in one.text for one in house.api.messages] == [True]
    words = f"{NAME} what is a rapid review?"
    changed = {**phone.message(house.at), "edit_date": 1, "text": words, **commands(words)}
    await phone.bring(phone.update("edited_message", changed))
    assert len(house.api.messages) == 1


async def test_who_has_no_private_chat_yet_is_only_invited_to_one(house):
    house.api.started = set()
    phone = house.phone(group=GROUP)
    await phone.type(f"{NAME} her name is Kylie Blenkinsop", house.at)
    (shown,) = house.api.in_chat(GROUP)
    assert shown.text == wording_channels.ANSWERED_IN_PRIVATE


UNNAMED = {
    "an administrator unnamed": unnamed(GROUP, "Team"),
    "somebody as a channel": unnamed(-1009876543210, "Our school", "channel"),
}


@pytest.mark.parametrize("sender", UNNAMED.values(), ids=UNNAMED)
async def test_who_speaks_for_a_chat_gets_999_first_and_what_a_group_may_get(house, sender):
    phone = house.phone(group=GROUP)
    await phone.type(f"{NAME} he is being stabbed right now, what do I do", house.at, **sender)
    first, told = house.api.in_chat(GROUP)
    assert first.text.startswith("Phone 999 now")
    assert told.text == wording_channels.ANSWERED_IN_PRIVATE
    await phone.type(f"{NAME} what is a rapid review?", house.at, **sender)
    await phone.type("/help", house.at, **sender)
    answered = {**sender, "reply_to_message": {**phone.message(house.at), "from": ME, "text": "Hello"}}
    await phone.type("what is a rapid review?", house.at, **answered)
    said = house.api.in_chat(GROUP)[2:]
    assert ["rapid review" in one.text.casefold() for one in said] == [True, False, True]
    assert wording_channels.GROUP_ONLY_GENERAL in said[1].text
    assert said[0].answers is not None
    assert house.api.messages == house.api.in_chat(GROUP)


@pytest.mark.parametrize("sender", UNNAMED.values(), ids=UNNAMED)
async def test_of_detail_from_who_speaks_for_a_chat_the_group_is_told_nothing_but_where_to_ask(house, sender):
    await house.phone(group=GROUP).type(f"{NAME} Jaden Smith in year 4 was hit with a belt", house.at, **sender)
    said = "".join(one.read() for one in house.api.in_chat(GROUP))
    assert wording_channels.ANSWERED_IN_PRIVATE in said
    assert house.api.in_chat(GROUP)[-1].keyboard[-1][0]["url"] == "https://t.me/safe_test_bot?start=message"
    assert house.api.messages == house.api.in_chat(GROUP)
    assert [one for one in ("Jaden", "Smith", "year 4", "belt") if one in said] == []


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_what_another_bot_says_and_what_a_linked_channel_passes_on_is_not_heard(house, kind):
    phone, words = house.phone(group=GROUP), f"{NAME} he is being stabbed right now"
    another = {"from": {"id": 77, "is_bot": True, "first_name": "B"}}
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    passed_on = {**unnamed(-1009876543210, "News", "channel"), "from": telegram, "is_automatic_forward": True}
    for sender in (another, passed_on):
        said = {**phone.message(house.at), "text": words, **commands(words), **sender}
        await phone.bring(phone.update(kind, said))
    assert house.api.messages == []


async def test_a_redelivery_in_a_group_is_answered_once(house):
    phone = house.phone(group=GROUP)
    update = phone.update("message", {**phone.message(house.at), "text": "/help"})
    update["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    for _ in range(3):
        assert (await house.post(json.dumps(update).encode())).status_code == 200
    assert len(house.api.in_chat(GROUP)) == 1


async def test_what_telegram_wants_less_of_is_answered_once_when_it_is_brought_again(house):
    body = asked(house)
    house.api.refuses = [Refused(429, "Too Many Requests: retry after 20", retry_after=20)]
    assert [(await house.post(body)).status_code for _ in range(3)] == [503, 200, 200]
    (shown,) = house.api.in_chat(GROUP)
    assert MAY_BE_REPEAT not in shown.text


async def test_what_telegram_is_slow_to_take_is_said_once_more_as_a_possible_repeat_and_no_more(house, monkeypatch):
    await house.post(asked(house))
    body = asked(house)
    house.api.hangs = True
    with monkeypatch.context() as short:
        short.setattr(TELEGRAM, "seconds", 1.0)
        assert (await house.post(body)).status_code == 503
    house.api.hangs = False
    assert [(await house.post(body)).status_code for _ in range(2)] == [200, 200]
    assert [MAY_BE_REPEAT in one.text for one in house.api.in_chat(GROUP)].count(True) == 1


async def test_until_telegram_has_said_who_the_bot_is_it_is_told_in_time_to_bring_it_again(house, monkeypatch):
    body = asked(house)
    with monkeypatch.context() as short:
        short.setattr(TELEGRAM, "seconds", 0.0)
        assert (await house.post(body)).status_code == 503
    assert (await house.post(body)).status_code == 200
    assert len(house.api.in_chat(GROUP)) == 1


def asked(house: House) -> bytes:
    """The update by which the bot is asked something in the group."""
    phone, words = house.phone(group=GROUP), f"{NAME} what is a rapid review?"
    return json.dumps(phone.update("message", {**phone.message(house.at), "text": words, **commands(words)})).encode()


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
