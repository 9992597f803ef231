"""The application as it is served: its health checks are protected and let nothing be kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.serve import application
from adapters.settings import Settings
from adapters.web.security import HEADERS
from adapters.workplace import days_kept, opened
from bot.clock import now
from bot.definitions import load_definitions
from knowledge.area_values import Retention
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


@pytest.mark.parametrize(("of_the_area", "said"), [(30, "more than 30 days"), (None, "more than 7 days")])
def test_the_privacy_page_says_for_how_long_conversations_are_really_kept(
    tmp_path: Path, of_the_area: int | None, said: str
) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "file", keep_days=7)
    definitions = load_definitions("exampleshire")
    area = replace(definitions.area, retention=Retention(conversations_days=of_the_area))
    with (
        opened(settings, replace(definitions, area=area)) as exchange,
        Client(application(exchange, settings, now)) as client,
    ):
        assert said in " ".join(client.get("/privacy").text.split())
        assert days_kept(settings, exchange.definitions) == (of_the_area or 7)
