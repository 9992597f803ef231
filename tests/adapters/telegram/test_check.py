"""`bot doctor` on Telegram: the token, the address, and what Telegram was told of the bot."""

from __future__ import annotations

from adapters.telegram.check import check

from .house import settings_for


async def test_before_and_after_it_was_served(house, tmp_path):
    settings = settings_for(house.settings.telegram_api_url, tmp_path)
    found = await check(settings)
    assert [one.well for one in found] == [True, None, True]
    assert "nobody answers" in found[1].text
    house.api.commands, house.api.webhook["allowed_updates"] = [], ["message"]
    found = await check(settings)
    assert [one.well for one in found] == [True, None, None, None]
    assert "no commands" in found[1].text
    assert "does not bring everything" in found[3].text
