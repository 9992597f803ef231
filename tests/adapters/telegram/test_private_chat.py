"""A private chat: a referral by buttons and words, each answered once, in order, with nothing but opaque buttons."""

from __future__ import annotations

import asyncio
import json

import pytest

from adapters.telegram.opening import HEADER
from bot import wording_channels

from .bot_api import Refused
from .house import SECRET, House
from .phone import Phone


def last(phone: Phone):
    return phone.api.in_chat(phone.chat)[-1]


async def referred(house: House) -> Phone:
    phone = house.phone()
    await phone.type("/start", house.at)
    await phone.type("refer", house.at)
    return phone


async def test_a_beginning_greets_and_offers_the_doors_as_buttons(house):
    phone = house.phone()
    assert (await phone.type("/start", house.at)).status_code == 200
    said = last(phone).read()
    assert "I help people who work with children" in said
    labels = [one["text"] for row in last(phone).keyboard for one in row]
    assert labels[0] == "1. A child is in danger now"
    assert [label[:2] for label in labels[:5]] == ["1.", "2.", "3.", "4.", "5."]
    assert last(phone).protected


async def test_a_button_answers_moves_on_and_is_stamped_with_what_was_chosen(house):
    phone = await referred(house)
    asked = last(phone)
    await phone.press(asked, "No")
    assert "✔ No" in asked.text
    assert asked.keyboard == []
    assert last(phone) is not asked
    assert list(phone.api.queries.values()) == [""]


async def test_no_button_carries_content(house):
    phone = await referred(house)
    data = [one["callback_data"] for row in last(phone).keyboard for one in row]
    assert len(set(data)) == len(data)
    assert all(len(one) == 24 and one.startswith("a:") for one in data)


async def test_a_button_is_good_once_and_says_so_kindly(house):
    phone = await referred(house)
    asked = last(phone)
    update = phone.pressing(asked, asked.keyboard[1][0]["callback_data"])
    await house.bring(update)
    count = len(phone.api.messages)
    await house.bring({**update, "update_id": update["update_id"] + 500_000})
    assert len(phone.api.messages) == count
    assert list(phone.api.queries.values()) == [wording_channels.USED]


async def test_a_button_of_someone_else_or_made_up_does_nothing(house):
    mine = await referred(house)
    data = last(mine).keyboard[0][0]["callback_data"]
    other = house.phone(6002)
    await other.type("/start", house.at)
    before = len(other.api.messages)
    for token in (data, "a:" + "x" * 22, "a:", "a:../../etc"):
        await house.bring(other.pressing(last(other), token))
    assert len(other.api.messages) == before
    assert set(other.api.queries.values()) == {wording_channels.NO_LONGER}


async def test_several_boxes_are_ticked_in_place_and_sent_with_done(house):
    phone = await referred(house)
    for words in ("no", "ok", "police", "yes", "20", "near miss", "recently"):
        await phone.type(words, house.at)
    asked = next(one for one in reversed(phone.api.messages) if any("☐" in b["text"] for r in one.keyboard for b in r))
    first, second = asked.keyboard[0][0]["text"], asked.keyboard[1][0]["text"]
    await phone.press(asked, first)
    await phone.press(asked, second)
    assert [row[0]["text"][0] for row in asked.keyboard[:2]] == ["☑", "☑"]
    await phone.press(asked, second.replace("☐", "☑"))
    await phone.press(asked, "Done")
    assert f"✔ {first[2:].partition('. ')[2] or first[2:]}" in asked.text


async def test_the_same_update_again_is_answered_once_also_at_the_same_time(house):
    phone = house.phone()
    update = phone.update("message", {**phone.message(house.at), "text": "refer"})
    answers = await asyncio.gather(*(house.post(json.dumps(update).encode()) for _ in range(8)))
    await house.settled()
    assert {one.status_code for one in answers} == {200}
    assert len(phone.api.messages) == 1


async def test_messages_at_once_are_all_answered_in_their_order(house):
    phone = await referred(house)
    updates = [
        phone.update("message", {**phone.message(house.at), "text": one}) for one in ("no", "ok", "police", "where")
    ]
    house.at = house.at.replace(minute=59)
    await asyncio.gather(*(house.post(json.dumps(one).encode()) for one in updates))
    await house.settled()
    assert "answers so far" in last(phone).text
    assert len(phone.api.messages) == 6


@pytest.mark.parametrize("given", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()])
async def test_without_the_secret_nothing_is_read(house, given):
    headers = {} if given is None else {HEADER: given}
    answer = await house.post(b"garbage", headers)
    assert answer.status_code == 403
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"\xff", b"{}", b'{"update_id": "1"}', b'{"update_id": true}'])
async def test_garbage_with_the_secret_is_refused(house, body):
    assert (await house.post(body)).status_code == 400
    assert house.warned == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": 7},
        {"message": {}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hi"}},
        {"callback_query": {"id": "1"}},
        {"something_new": {"a": 1}},
        {
            "channel_post": {
                "message_id": 1,
                "date": 1,
                "chat": {"id": -5, "type": "channel", "title": "x"},
                "text": "hi",
            }
        },
    ],
)
async def test_what_is_of_no_concern_is_acknowledged_and_answered_by_nothing(house, body):
    assert (await house.post(json.dumps({"update_id": 1, **body}).encode())).status_code == 200
    await house.settled()
    assert house.api.messages == []


async def test_its_own_words_and_other_bots_are_not_answered(house):
    phone = house.phone()
    bot = {"id": 123456789, "is_bot": True, "first_name": "B"}
    await house.bring(phone.update("message", {**phone.message(house.at), "from": bot, "text": "refer"}))
    assert phone.api.messages == []


async def test_a_changed_message_answers_nothing_but_danger_in_it_is_heard(house):
    phone = await referred(house)
    await phone.type("no", house.at)
    await house.bring(phone.update("edited_message", {**phone.message(house.at), "edit_date": 1, "text": "yes"}))
    assert wording_channels.EDITED in last(phone).text
    danger = "he is strangling her right now"
    await house.bring(phone.update("edited_message", {**phone.message(house.at), "edit_date": 1, "text": danger}))
    assert "Phone 999 now" in last(phone).text


async def test_a_photo_is_not_taken_and_danger_in_its_words_is_heard(house):
    phone = house.phone()
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
    await house.bring(phone.update("message", {**phone.message(house.at), **photo}))
    assert wording_channels.ATTACHED in last(phone).text
    words = {"caption": "he is strangling her right now"}
    await house.bring(phone.update("message", {**phone.message(house.at), **photo, **words}))
    assert "Phone 999 now" in last(phone).text


async def test_a_short_wait_that_telegram_asks_for_is_waited_and_a_person_who_left_is_not_tried_again(house):
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    house.here.channel.client._pause = pause
    phone = house.phone()
    house.api.refuses = [Refused(429, "Too Many Requests: retry after 3", retry_after=3), None]
    await phone.type("refer", house.at)
    assert (pauses, len(phone.api.messages)) == ([3.0], 1)
    house.api.refuses = [Refused(403, "Forbidden: bot was blocked by the user")]
    await phone.type("no", house.at)
    assert len(phone.api.messages) == 1
    assert 'channel="telegram",outcome="failed"' in (await house.client.get("/metrics")).text


async def test_a_join_code_as_a_link_asks_first_and_then_joins(house):
    phone, other = house.phone(), house.phone(6002)
    await phone.type("join", house.at)
    code = last(phone).text.partition("join ")[2][:9]
    await other.type(f"/start {code}", house.at)
    assert "Yes, both are mine" in last(other).read()
    await other.press(last(other), "1. Yes, both are mine" if "1. " in last(other).read() else "Yes, both are mine")
    assert "one person now" in last(other).text


async def test_the_decisions_document_is_sent(house):
    phone = await referred(house)
    await phone.type("no", house.at)
    for _ in range(60):
        asked = last(phone)
        if any("Get the document" in one["text"] for row in asked.keyboard for one in row):
            break
        labels = [one["text"] for row in asked.keyboard for one in row]
        choice = next((one for one in labels if one.partition(". ")[2] == "Not sure" or one == "Not sure"), labels[0])
        if "☐" in labels[0]:
            await phone.type("not sure", house.at)
        else:
            await phone.press(asked, choice)
    await phone.type("document", house.at)
    sent = {one.document[0]: one.document[1] for one in phone.api.messages if one.document}
    assert sorted(name.rpartition(".")[2] for name in sent) == ["docx", "html", "txt"], asked.read()
    assert all(sent.values())
