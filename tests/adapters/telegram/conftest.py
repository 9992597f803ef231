"""A bot with Telegram in an area that has switched everything on for it, and one in an area that has not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.workplace import opened
from tests.storage.empty import furnish

from .bot_api import BotApi
from .house import House, area, served_api, settings_for


@pytest.fixture
def served() -> Iterator[tuple[BotApi, str]]:
    with served_api() as found:
        yield found


@pytest.fixture
async def house(served: tuple[BotApi, str], tmp_path: Path) -> AsyncIterator[House]:
    api, url = served
    settings = settings_for(url, tmp_path)
    furnish(settings.data_dir)
    with opened(settings, area(on=True)) as exchange:
        async with House(api, exchange, settings).open() as house:
            yield house


@pytest.fixture
async def public(served: tuple[BotApi, str], tmp_path: Path) -> AsyncIterator[House]:
    api, url = served
    settings = settings_for(url, tmp_path)
    furnish(settings.data_dir)
    with opened(settings, area(on=False)) as exchange:
        async with House(api, exchange, settings).open() as house:
            yield house
