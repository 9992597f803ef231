"""Several reminders in one message: whatever was shown when a button was pressed, none that was used comes back."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from typing import Any

from bot import wording_channels
from bot.delivering.nudge_buttons import buttons
from bot.messages import COMMAND, Choices

from .house import House
from .member import FORM, Member, controls
from .web_api import TEAM, Shown

PAT = "U0PAT0001"
DUTIES = ("notify_panel", "tell_partners", "hold_meeting")


async def reminded(house: House) -> tuple[Member, Shown]:
    member = house.member()
    await member.type("menu")
    blocks = [Choices(COMMAND, f"Case 26-014: {one}.", buttons("26-014", one)) for one in DUTIES]
    await house.tell(f"{TEAM}/{PAT}", "reminders", *blocks)
    return member, house.api.said_to(PAT)[-1]


def first_of(shown: Shown, duty: int) -> dict[str, Any]:
    """The first button of a duty."""
    return [one for one in controls(shown) if one["action_id"] == "say-0"][duty]


def rows(shown: Shown) -> list[str]:
    """What stands under each duty."""
    return [one["type"] for one in shown.blocks if one["type"] != "rich_text"]


async def test_a_press_in_a_message_as_it_stood_before_another_brings_nothing_back(house):
    member, shown = await reminded(house)
    presses = [member.using(shown, first_of(shown, duty)) for duty in (0, 2)]
    for one in presses:
        await house.bring(one, FORM)
    assert rows(shown) == ["context", "actions", "context"]
    # Whoever is read to hears each stamp after its own duty.
    heard = [line for line in shown.text.splitlines() if line]
    assert [one.startswith(wording_channels.NOT_DONE) for one in heard] == [False, True, False, False, True]


async def test_messages_are_rewritten_one_after_another_each_by_what_is_used_then(house):
    member, shown = await reminded(house)
    presses = [member.using(shown, first_of(shown, duty)) for duty in (0, 1, 2)]
    house.api.held = {"chat.update"}
    await asyncio.gather(*(house.post(one, FORM) for one in presses))
    await house.exchange.carrier.finish()
    house.api.held.clear()
    await house.settled()
    assert rows(shown) == ["context"] * 3
    left = [str(given["blocks"]).count("actions") for name, given in house.api.calls if name == "chat.update"]
    assert left == sorted(left, reverse=True)


async def test_a_rewriting_that_never_arrived_is_made_up_for_by_the_next_press(house):
    member, shown = await reminded(house)
    button, before = first_of(shown, 1), deepcopy(shown.blocks)
    await member.use(shown, button)
    assert rows(shown) == ["actions", "context", "actions"]
    shown.blocks = before
    await member.use(shown, button)
    assert house.api.messages[-1].only == PAT
    assert wording_channels.USED in house.api.messages[-1].read()
    assert rows(shown) == ["actions", "context", "actions"]
