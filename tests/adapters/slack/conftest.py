"""A bot with Slack, beside the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.workplace import opened
from bot.definitions import Definitions, load_definitions
from tests.storage.empty import furnish

from .house import House, served_api, settings_for
from .web_api import WebApi


@pytest.fixture
def served() -> Iterator[tuple[WebApi, str]]:
    with served_api() as found:
        yield found


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions("exampleshire")


@pytest.fixture
async def house(served: tuple[WebApi, str], tmp_path: Path, definitions: Definitions) -> AsyncIterator[House]:
    api, url = served
    settings = settings_for(url, tmp_path)
    furnish(settings.data_dir)
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            yield house
