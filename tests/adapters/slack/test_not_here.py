"""Slack switched off, or with public information only: its page and its shortcut say so, and ask for nothing."""

from __future__ import annotations

from dataclasses import replace

from bot import wording_channels
from bot.allowed_here import Switches

from .block_kit import read

PAT = "U0PAT0001"
OFF = Switches(frozenset({"slack"}), "Phone the duty desk.", "https://bot.example.org")


async def test_where_it_is_switched_off_the_page_says_999_and_what_to_do(house):
    house.exchange.switches = OFF
    await house.member().open("home")
    shown = read(house.api.homes[PAT]["blocks"])
    assert "Phone 999 now" in shown
    assert wording_channels.SWITCHED_OFF in shown
    assert OFF.off_words in shown
    assert OFF.public_url in shown


async def test_where_it_is_switched_off_the_shortcut_opens_no_window_and_says_so_in_private(house):
    house.exchange.switches = OFF
    await house.member().point_at("He hit her.")
    assert house.api.views == []
    (said,) = house.api.said_to(PAT)
    assert "Phone 999 now" in said.read()
    assert OFF.off_words in said.read()


async def test_where_only_public_information_is_given_the_shortcut_opens_no_window_and_says_whom_to_phone(house):
    known = house.exchange.definitions
    house.exchange.definitions = replace(known, area=replace(known.area, case_dialog_channels=()))
    await house.member().point_at("He hit her.")
    assert house.api.views == []
    (said,) = house.api.said_to(PAT)
    assert wording_channels.NOT_HERE in said.read()
