"""An act on a case that is left before its question is answered: that is said, and it can be begun again."""

from __future__ import annotations

import pytest

from bot import wording_cases, wording_duties
from bot.exchange import Exchange
from bot.messages import Reply

from .case_office import LEE, Office, staffed, words
from .made_once import made_once

DONE = "done-26-001-tell_partners"
DUTY = "tell the safeguarding partners, and other areas where they need to know"
LEFT = wording_duties.question_left("26-001", DUTY, "Done")


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE)
    await made.decides("Pat")
    return made


def offers(reply: Reply) -> list[str]:
    return [one.label for one in reply.shortcuts if one.id.startswith(("done", "snooze", "record"))]


@pytest.mark.parametrize("pressed", ["ack-26-001-notify_panel", "case-26-001", "menu", "referral", "cases"])
async def test_pressing_something_else_says_that_the_question_is_left_and_offers_it_again(
    office: Office, pressed: str
) -> None:
    assert wording_cases.WHEN in words(await office.commands("Lee", DONE))
    reply = await office.commands("Lee", pressed)
    assert LEFT in words(reply)
    assert offers(reply)[:1] == ["Done: case 26-001"]
    again = await office.commands("Lee", next(one.id for one in reply.shortcuts if one.label == "Done: case 26-001"))
    assert wording_cases.WHEN in words(again)
    await office.presses("Lee", "Today")
    assert (await office.case()).newest("partner decision", "other areas told", "done") is not None


async def test_one_begun_act_after_another_leaves_the_first(office: Office) -> None:
    await office.commands("Lee", DONE)
    reply = await office.commands("Lee", "snooze-26-001-notify_panel")
    assert LEFT in words(reply)
    assert wording_cases.SNOOZE_WHY in words(reply)
    reply = await office.says("Lee", "The meeting is today.")
    assert LEFT not in words(reply)
    assert offers(reply) == []


@pytest.mark.parametrize("left", ["leave it", "back", "button"])
async def test_what_is_left_on_purpose_can_be_begun_again(office: Office, left: str) -> None:
    await office.commands("Lee", DONE)
    pressed = left == "button"
    reply = await (office.presses("Lee", wording_cases.LEAVE_IT) if pressed else office.says("Lee", left))
    assert wording_cases.LEFT in words(reply)
    assert LEFT not in words(reply)
    assert offers(reply) == ["Done: case 26-001"]


@pytest.mark.parametrize("said", [DONE, "why-26-001-tell_partners"])
async def test_asking_the_same_again_or_only_why_leaves_nothing(office: Office, said: str) -> None:
    await office.commands("Lee", DONE)
    reply = await office.commands("Lee", said)
    assert LEFT not in words(reply)
    assert offers(reply) == []
    assert wording_cases.WHEN in words(reply)
    reply = await office.says("Lee", "31 February")
    assert LEFT not in words(reply)
    reply = await office.says("Lee", "today")
    assert LEFT not in words(reply)
    assert (await office.case()).newest("partner decision", "other areas told", "done") is not None


async def test_danger_leaves_the_question_open(office: Office) -> None:
    await office.commands("Lee", DONE)
    assert LEFT not in words(await office.says("Lee", "danger"))


async def test_a_choice_from_a_case_can_be_left_and_begun_again(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    reply = await office.commands("Lee", "menu")
    assert offers(reply) == ["Record what has happened: case 26-001"]
    assert "Case 26-001" in words(reply)
    again = await office.commands("Lee", "record-26-001")
    assert wording_cases.which_event("26-001") in words(again)


async def test_a_day_that_was_refused_and_given_again_leaves_nothing(office: Office) -> None:
    await office.commands("Lee", "done-26-001-notify_panel")
    assert wording_cases.WHEN in words(await office.says("Lee", "9 November 2026"))
    reply = await office.says("Lee", "today")
    assert "Noted" in words(reply)
    assert "left unfinished" not in words(reply)
    assert offers(reply) == []
    assert (await office.case()).notified_on is not None


async def test_so_it_does_not_where_it_was_chosen_and_its_day_pressed(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.says("Lee", "9 November 2026")
    reply = await office.presses("Lee", "Today")
    assert "Noted" in words(reply)
    assert "left unfinished" not in words(reply)
