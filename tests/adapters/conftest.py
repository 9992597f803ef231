"""What tests of the edge share: settings with a data folder of their own, and the bot over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.exchange import Exchange
from tests.storage.empty import furnish


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "file")


@pytest.fixture
def exchange(settings: Settings) -> Iterator[Exchange]:
    furnish(settings.data_dir)
    with opened(settings, load_definitions("exampleshire")) as exchange:
        yield exchange
