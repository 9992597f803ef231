"""A private chat: a referral by buttons and words, each answered once, in order, with nothing but opaque buttons."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from adapters import channels
from adapters.channels import Around
from bot import wording, wording_channels, wording_people

from .bot_api import Refused, Shown
from .house import House
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


async def asked_for_boxes(house: House) -> tuple[Phone, Shown]:
    phone = await referred(house)
    for words in ("no", "ok", "police", "yes", "20", "near miss", "recently"):
        await phone.type(words, house.at)
    shown = reversed(phone.api.messages)
    return phone, next(one for one in shown if any("☐" in b["text"] for r in one.keyboard for b in r))


def data(shown: Shown, label: str) -> str:
    return next(one["callback_data"] for row in shown.keyboard for one in row if one["text"] == label)


def ticked(shown: Shown) -> list[str]:
    return [one["text"][2:] for row in shown.keyboard for one in row if one["text"].startswith("☑")]


async def test_several_boxes_are_ticked_in_place_and_sent_with_done(house):
    phone, asked = await asked_for_boxes(house)
    first, second = asked.keyboard[0][0]["text"], asked.keyboard[1][0]["text"]
    await phone.press(asked, first)
    await phone.press(asked, second)
    assert [row[0]["text"][0] for row in asked.keyboard[:2]] == ["☑", "☑"]
    await phone.press(asked, second.replace("☐", "☑"))
    await phone.press(asked, "Done")
    assert f"✔ {first[2:].partition('. ')[2] or first[2:]}" in asked.text


async def test_boxes_pressed_faster_than_they_are_shown_are_all_ticked_and_all_sent(house):
    phone, asked = await asked_for_boxes(house)
    labels = [row[0]["text"] for row in asked.keyboard[:3]]
    presses = [phone.pressing(asked, data(asked, one)) for one in labels]
    done = phone.pressing(asked, data(asked, "Done"))
    await asyncio.gather(*(house.post(json.dumps(one).encode()) for one in presses))
    # Brought again, as where the answer was lost on its way.
    await phone.bring(presses[0])
    assert ticked(asked) == [one[2:] for one in labels]
    await phone.bring(done)
    assert all(one[2:].partition(". ")[2] in asked.text for one in labels)
    assert asked.keyboard == []


async def test_done_pressed_at_once_sends_what_was_ticked_before_it_and_leaves_no_boxes(house):
    phone, asked = await asked_for_boxes(house)
    labels = [row[0]["text"] for row in asked.keyboard[:2]]
    presses = [phone.pressing(asked, data(asked, one)) for one in (*labels, "Done", "Done", labels[0])]
    # Each is on its way before any is answered, in this order.
    await asyncio.gather(*(house.post(json.dumps(one).encode()) for one in presses))
    await house.settled()
    assert "✔ " + ", ".join(one[2:].partition(". ")[2] for one in labels) in asked.text
    assert asked.keyboard == []
    assert phone.api.queries[presses[-1]["callback_query"]["id"]] == wording_channels.USED


async def test_what_another_process_has_ticked_meanwhile_counts(house):
    phone, asked = await asked_for_boxes(house)
    other: Any = channels.opened(Around(house.exchange, house.settings, house.now, house.warned.append))[0]
    labels = [row[0]["text"] for row in asked.keyboard[:3]]
    async with other.sending():
        await phone.press(asked, labels[0])
        await other.desk.take(phone.pressing(asked, data(asked, labels[1])))
        await other.desk.settled()
        await phone.press(asked, labels[2])
        assert ticked(asked) == [one[2:] for one in labels]
        await other.desk.take(phone.pressing(asked, data(asked, "Done")))
        await other.desk.settled()
    assert all(one[2:].partition(". ")[2] in asked.text for one in labels)


async def test_a_tick_that_could_not_be_shown_is_not_sent_unseen(house):
    phone, asked = await asked_for_boxes(house)
    first, second = (row[0]["text"] for row in asked.keyboard[:2])
    phone.api.refuses_edits = Refused(400, "Bad Request: message can't be edited")
    await phone.press(asked, first)
    phone.api.refuses_edits = None
    await phone.press(asked, second)
    assert ticked(asked) == [second[2:]]


async def test_on_a_message_that_telegram_gives_no_longer_boxes_and_done_say_what_to_do(house):
    phone, asked = await asked_for_boxes(house)
    old = {
        "message": {"chat": {"id": phone.chat, "type": "private", "first_name": "x"}, "message_id": asked.id, "date": 0}
    }
    for label in (asked.keyboard[0][0]["text"], "Done"):
        await phone.press(asked, label, **old)
        assert list(phone.api.queries.values())[-1] == wording_channels.BOXES_NO_LONGER


async def test_a_short_wait_that_telegram_asks_for_is_waited_and_a_person_who_left_is_not_tried_again(house):
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    house.here.channel.client._pause = pause
    phone = house.phone()
    house.api.refuses = [Refused(429, "Too Many Requests: retry after 2", retry_after=2), None]
    await phone.type("refer", house.at)
    assert (pauses, len(phone.api.messages)) == ([2.0], 1)
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


@pytest.mark.parametrize("cut", ["abcdefgh", "ABCD-EFGH-JKLM", "BCDF-GH", "x" * 64, "private"])
async def test_a_link_with_what_is_no_code_is_told_so_and_how_to_get_a_new_one(house, cut):
    phone = house.phone()
    await phone.type(f"/start {cut}", house.at)
    assert wording_people.CODE_WRONG in last(phone).read()


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


@pytest.mark.parametrize("text", ["/start He is strangling her now", "/start@safe_test_bot she strangles him"])
async def test_words_after_a_beginning_are_heard(house, text):
    phone = house.phone()
    await phone.type(text, house.at)
    assert "999" in phone.api.in_chat(phone.chat)[0].read()
    assert "strangling her" not in "".join(one.read() for one in phone.api.in_chat(phone.chat))
    assert wording.WELCOME not in last(phone).read()


async def test_what_a_poll_asks_is_heard(house):
    phone = house.phone()
    choices = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("yes", "no")]
    poll = {
        "id": "1",
        "question": "He is strangling her right now, what do I do?",
        "options": choices,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    await phone.bring(phone.update("message", {**phone.message(house.at), "poll": poll}))
    assert "999" in phone.api.in_chat(phone.chat)[0].read()
