"""Whoever cancels leaves what is open, and is told where nothing is; it is no question about withdrawing something."""

from __future__ import annotations

import pytest

from bot.exchange import Exchange

from .case_office import LEE, Office, staffed, words
from .made_once import made_once

CANCELLING = ["cancel", "Cancel that.", "never mind"]


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE)


@pytest.mark.parametrize("said", CANCELLING)
async def test_where_nothing_is_open_it_is_said_so(office: Office, said: str) -> None:
    assert "There is nothing open." in words(await office.says("Lee", said))


@pytest.mark.parametrize("said", CANCELLING)
async def test_a_dialog_is_kept_for_later(office: Office, said: str) -> None:
    assert "Your place is kept." in words(await office.says("Lee", "refer", "no", said))
