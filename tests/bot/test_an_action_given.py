"""Whoever an action is given to hears at once, by reference and duty, and sees that action and not its case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import wording_cases, wording_duties
from bot.casework.casework import Desk
from bot.delivering.nudge_buttons import button_id
from bot.exchange import Exchange
from bot.people import roles
from bot.storage import people
from bot.storage.people import Role

from .case_office import AREA, LEE, Office, staffed, states, words
from .made_once import made_once

DORA = ("Dora", "scrutineer")
DIRECTOR = Role(AREA, "director")
NEWS = "Case 26-001: complete action 1. It is yours now, latest Sat 23 Jan 2027. To see it, say “case 26-001”."
SECRET = "To brief the staff of the home."


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE, DORA, ("Max", "business_manager"))
    await made.decides("Pat")
    await made.says("Lee", "notified today")
    await made.woken()
    return made


async def gives(office: Office, to: str, what: str = SECRET) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", what, "23 January 2027", "It need not be")
    assert "Noted" in words(await office.presses("Lee", to))


async def test_they_hear_at_once_and_it_is_among_their_cases(office: Office) -> None:
    assert wording_cases.NO_CASES in words(await office.says("Dora", "my cases"))
    await gives(office, "Dora")
    assert ("Dora", NEWS) in await office.woken()
    assert "26-001: complete action 1, latest Sat 23 Jan 2027" in words(await office.says("Dora", "my cases"))
    shown = words(await office.says("Dora", "case 26-001"))
    assert SECRET in shown
    assert "Complete action 1: latest Sat 23 Jan 2027." in shown
    for other in ("Likely notifiable", "became aware", "rapid review", "Lee"):
        assert other not in shown


@pytest.mark.parametrize(
    "said", ["note 26-001", "add a note 26-001", "record 26-001", "reassign 26-001", "agree 26-001", "put it on 26-001"]
)
async def test_of_the_case_they_may_nothing_else_and_hear_what_they_may(office: Office, said: str) -> None:
    await gives(office, "Dora")
    await gives(office, "Max", "To write to the schools.")
    reply = words(await office.says("Dora", said))
    assert wording_duties.only_their_action("26-001") in reply
    assert "add a note" not in reply
    assert "To write" not in words(await office.says("Dora", "case 26-001"))


@pytest.mark.parametrize("said", ["done 26-001", "I have it 26-001", "snooze 26-001"])
async def test_what_they_are_told_they_may_say_is_heard(office: Office, said: str) -> None:
    await gives(office, "Dora")
    assert f"“{said}”" in wording_duties.only_their_action("26-001")
    reply = words(await office.says("Dora", said))
    assert "complete action 1" in reply
    assert wording_duties.only_their_action("26-001") not in reply


async def test_they_see_why_their_own_day_is_what_it_is_and_no_other(office: Office) -> None:
    await gives(office, "Dora")
    await gives(office, "Max", "To write to the schools.")
    why = words(await office.says("Dora", "why 26-001"))
    assert "complete action 1, latest Sat 23 Jan 2027" in why
    assert "action 2" not in why
    assert "rapid review" not in why
    theirs, others = sorted(one for one in await states(office) if one.startswith("action") and one[-1] in "12")[:2]
    for clock, is_told in ((theirs, True), (others, False)):
        reply = words(await office.commands("Dora", button_id("why", "26-001", clock)))
        assert ("complete action 1, latest" in reply) == is_told, clock
        assert (wording_duties.only_their_action("26-001") in reply) != is_told


@pytest.mark.parametrize("said", ["remind me tomorrow", "snooze"])
async def test_as_soon_as_it_is_theirs_it_can_be_put_off(office: Office, said: str) -> None:
    await gives(office, "Dora")
    await office.woken()
    reply = words(await office.says("Dora", said))
    assert wording_cases.SNOOZE_WHY in reply
    assert "may need protecting" not in reply
    assert "I will remind you again on Tue 24 Nov 2026" in words(await office.says("Dora", "The home is shut."))


async def test_before_that_there_is_nothing_to_put_off(office: Office) -> None:
    assert wording_cases.SNOOZE_WHY not in words(await office.says("Dora", "remind me tomorrow"))


LEFT = (
    "Case 26-001: complete action 1, latest Sat 23 Jan 2027. Whoever it was given to has no role here any more. To "
    "give it to somebody else, say “record 26-001”. Until then its reminders come to you."
)


async def leaves(office: Office, how: str) -> None:
    """Dora loses her post, or is forgotten."""
    if how == "loses the post":
        await office.says("Asha", "take scrutineer from Dora")
        await office.presses("Asha", "Yes")
        return

    def forget(desk: Desk) -> None:
        dora = people.read(desk.connection, desk.keys, office.ids["Dora"])
        assert dora is not None
        roles.forget(desk.connection, desk.keys, AREA, dora, desk.at)

    await office.desk(forget)


@pytest.mark.parametrize("how", ["loses the post", "is forgotten"])
@pytest.mark.parametrize("is_heard", [True, False], ids=["heard of it", "not yet told"])
async def test_once_whoever_has_it_is_gone_the_lead_hears_that_and_can_give_it_to_another(
    office: Office, how: str, *, is_heard: bool
) -> None:
    await gives(office, "Dora")
    if is_heard:
        assert ("Dora", NEWS) in await office.woken()
    await leaves(office, how)
    heard = await office.woken()
    assert [line for who, line in heard if who == "Lee"] == [LEFT]
    # Nobody else is told that an action is theirs which is not.
    assert not any("It is yours now" in line for who, line in heard if who != "Dora")
    office.at += timedelta(days=1)
    assert LEFT not in [line for _, line in await office.woken()]
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action’s day or owner was changed")
    assert "Max" in words(await office.says("Lee", "1", "That stays"))


async def test_whoever_keeps_another_post_keeps_the_action(office: Office) -> None:
    await office.desk(lambda d: people.grant(d.connection, d.keys, office.ids["Dora"], DIRECTOR, d.at, ""))
    await gives(office, "Dora")
    await leaves(office, "loses the post")
    assert ("Dora", NEWS) in (heard := await office.woken())
    assert LEFT not in [line for _, line in heard]
