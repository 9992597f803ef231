"""What bears the secret token and cannot be Telegram's is refused, and is no fault of the bot's."""

from __future__ import annotations

import json

import pytest

from adapters.telegram.polling import PASSED_OVER

from .house import House

PRIVATE = {"type": "private", "first_name": "Pat"}
WRONG = {
    "a chat of no number": {"chat": {"id": "\ud800", **PRIVATE}},
    "a chat's number as words": {"chat": {"id": "5001", **PRIVATE}},
    "half a chat": {"chat": {"id": 5001.5, **PRIVATE}},
    "a chat far away": {"chat": {"id": 10**30, **PRIVATE}},
    "a chat of a list of kinds": {"chat": {**PRIVATE, "id": 5001, "type": []}},
    "a chat of a whole object": {"chat": {**PRIVATE, "id": 5001, "type": {"a": 1}}},
    "a group far away": {"chat": {"id": -(10**30), "type": "group", "title": "T"}, "reply_to_message": None},
    "a person far away": {"from": {"id": 10**30, "is_bot": False, "first_name": "a"}},
    "a message far away": {"message_id": 10**30},
    "long ago": {"date": -(10**9)},
    "words of a number": {"text": 5},
    "a caption of a number": {"text": None, "caption": 5},
}
# What the library itself cannot read may be something new of Telegram's, which must not keep back all that follows.
UNREAD = {"before all time": {"date": -(10**20)}, "after all time": {"date": 10**20}, "no time": {"date": "x"}}


async def answers(house: House, update: dict) -> int:
    return (await house.post(json.dumps(update).encode())).status_code


@pytest.mark.parametrize("change", [*WRONG.values(), *UNREAD.values()], ids=[*WRONG, *UNREAD])
async def test_a_message_that_cannot_be_is_refused_or_left_and_nothing_is_kept_or_said(house, change):
    phone, turns = house.phone(), house.heard()
    for kind in ("message", "edited_message"):
        update = phone.update(kind, {**phone.message(house.at), "text": "@safe_test_bot hi", **change})
        if change.get("reply_to_message", "") is None:
            update[kind]["entities"] = [{"type": "mention", "offset": 0, "length": 14}]
        assert await answers(house, update) == (200 if change in UNREAD.values() else 400)
    assert (turns, house.api.messages) == ([], [])
    assert house.warned == ([PASSED_OVER] * 2 if change in UNREAD.values() else [])


async def test_a_press_under_a_message_that_the_library_cannot_read_does_what_it_says(house):
    phone = house.phone()
    await phone.type("refer", house.at)
    shown = house.api.messages[-1]
    update = phone.pressing(shown, shown.keyboard[0][0]["callback_data"])
    update["callback_query"]["message"]["gift"] = {"gift": {"id": "g"}}
    turns = house.heard()
    await house.bring(update)
    assert (len(turns), house.warned) == (1, [])


@pytest.mark.parametrize("change", [{"id": 7}, {"id": "x" * 5000}, {"from": {"id": 2**60, "is_bot": False}}])
async def test_a_press_that_cannot_be_is_refused(house, change):
    phone = house.phone()
    await phone.type("refer", house.at)
    shown = house.api.messages[-1]
    update = phone.pressing(shown, shown.keyboard[0][0]["callback_data"])
    update["callback_query"].update(
        {**change, **({"from": {**change["from"], "first_name": "x"}} if "from" in change else {})}
    )
    assert await answers(house, update) == 400


@pytest.mark.parametrize("number", [True, -(10**40), 10**40, 0, 1.0, "1", None])
async def test_an_update_without_a_number_of_its_own_is_refused(house, number):
    phone = house.phone()
    update = phone.update("message", {**phone.message(house.at), "text": "hi"})
    assert await answers(house, {**update, "update_id": number}) == 400
