"""A private chat: a referral by buttons and words, each answered once, in order, with nothing but opaque buttons."""

from __future__ import annotations

from .bot_api import Refused
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
