"""What became of a press: whether what it asked of a case was done, by what the channel is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import wording, wording_cases, wording_channels
from bot.allowed_here import Switches
from bot.exchange import Exchange
from bot.messages import COMMAND, Attached, Choices, Chosen, Edited, Turn
from bot.took import Took

from .case_office import DEE, LEE, Office, staffed, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Lee")
    return made


async def took(office: Office, name: str, id_: str) -> Took:
    said = Chosen(COMMAND, (id_,))
    return await office.exchange.take(Turn("slack", name, name, said, f"{name} {id_} {office.events}", office.at))


async def newest(office: Office, name: str) -> str:
    reply = (await office.exchange.read("slack", name))[-1].reply
    assert reply is not None
    return words(reply)


async def test_what_was_done_was_taken_up(office: Office) -> None:
    assert await took(office, "Lee", "ack-26-001-notify_panel") is Took.UP


async def test_what_a_question_comes_before_is_only_begun(office: Office) -> None:
    for begins in (
        "done-26-001-notify_panel",
        "snooze-26-001-notify_panel",
        "hand-26-001-notify_panel",
        "record-26-001",
    ):
        assert await took(office, "Lee", begins) is Took.BEGUN
    assert await took(office, "Lee", "case-26-001") is Took.UP
    chosen = Chosen("case-26-001-choose-act", ("record",))
    assert await office.exchange.take(Turn("slack", "Lee", "Lee", chosen, "chosen", office.at)) is Took.BEGUN


async def test_where_it_is_switched_off_a_button_is_not_used_up_and_each_press_is_answered_once(office: Office) -> None:
    async def pressed(delivery: str) -> Took:
        said = Chosen(COMMAND, ("ack-26-001-notify_panel",))
        return await office.exchange.take(Turn("slack", "Lee", "Lee", said, "button:a", office.at, True, delivery))

    office.exchange.switches = Switches(frozenset({"slack"}))
    assert [await pressed(one) for one in ("1", "1", "2")] == [Took.OFF, Took.AGAIN, Took.OFF]
    office.exchange.switches = Switches()
    assert [await pressed(one) for one in ("2", "3", "3", "4")] == [Took.AGAIN, Took.UP, Took.AGAIN, Took.USED]
    office.exchange.switches = Switches(frozenset({"slack"}))
    assert [await pressed(one) for one in ("5", "5")] == [Took.USED, Took.AGAIN]


async def test_what_is_not_for_this_channel_uses_no_button_up_and_each_press_is_answered_once(office: Office) -> None:
    async def pressed(delivery: str) -> Took:
        said = Chosen(COMMAND, ("ack-26-001-notify_panel",))
        return await office.exchange.take(Turn("slack", "Lee", "Lee", said, "button:a", office.at, True, delivery))

    known = office.exchange.definitions
    office.exchange.definitions = replace(known, area=replace(known.area, case_dialog_channels=()))
    assert [await pressed(one) for one in ("1", "1", "2")] == [Took.NOT_HERE, Took.AGAIN, Took.NOT_HERE]
    office.exchange.definitions = known
    assert [await pressed(one) for one in ("2", "3", "3", "4")] == [Took.AGAIN, Took.UP, Took.AGAIN, Took.USED]
    assert (await office.case()).newest("acknowledged") is not None


async def test_a_button_that_was_open_when_danger_stopped_all_is_not_taken(office: Office) -> None:
    await office.says("Mo", "refer", "no", "ok")
    asked = (await office.exchange.read("slack", "Mo"))[-1].reply
    assert asked is not None
    [question] = [block for block in asked.blocks if isinstance(block, Choices)]
    await office.says("Mo", "he has a knife and is hurting her now")
    said = Chosen(question.prompt, (question.options[0].id,))
    assert await office.exchange.take(Turn("slack", "Mo", "Mo", said, "pressed", office.at)) is Took.REFUSED


@pytest.mark.parametrize("said", [Edited("hello again"), Attached("")])
async def test_under_danger_what_is_no_word_is_answered_by_999_first_and_asks_nothing(
    office: Office, said: Edited | Attached
) -> None:
    await office.says("Mo", "refer", "no", "ok")
    await office.says("Mo", "he has a knife and is hurting her now")
    await office.exchange.take(Turn("slack", "Mo", "Mo", said, "not words", office.at))
    reply = (await office.exchange.read("slack", "Mo"))[-1].reply
    assert reply is not None
    assert reply.blocks[0] == wording.emergency(office.exchange.definitions.area)
    assert not [block for block in reply.blocks if isinstance(block, Choices)]
    assert (wording_channels.EDITED if isinstance(said, Edited) else wording_channels.ATTACHED) in words(reply)


async def test_a_duty_that_another_did_already_is_refused(office: Office) -> None:
    await office.says("Dee", "record 26-001")
    await office.presses("Dee", wording_cases.EVENTS["notified"])
    await office.presses("Dee", "Today")
    assert await took(office, "Lee", "ack-26-001-notify_panel") is Took.REFUSED


async def test_what_is_not_theirs_to_do_is_refused_and_so_is_a_case_that_is_not_theirs_to_see(office: Office) -> None:
    await office.decides("Pat")
    assert await took(office, "Pat", "hand-26-002") is Took.REFUSED
    assert wording_cases.NOT_YOURS in await newest(office, "Pat")
    assert await took(office, "Pat", "hand-26-001") is Took.REFUSED
    assert wording_cases.NO_SUCH_CASE in await newest(office, "Pat")
