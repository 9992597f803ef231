"""The application as it is served: its health checks are protected and let nothing be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.serve import application
from adapters.settings import Settings
from adapters.web.security import HEADERS
from adapters.workplace import opened
from bot.clock import now
from bot.definitions import load_definitions
from tests.adapters.web.client import Client


@pytest.mark.parametrize(("path", "said"), [("/health/live", "live\n"), ("/health/ready", "ready\n")])
def test_a_health_check_answers_with_the_protecting_headers(tmp_path: Path, path: str, said: str) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "file")
    with (
        opened(settings, load_definitions("exampleshire")) as exchange,
        Client(application(exchange, settings, now)) as client,
    ):
        answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, said)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "set-cookie" not in answer.headers
