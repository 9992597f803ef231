"""`bot doctor` on channels: what is switched off where nobody is told, and a platform that cannot be reached."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from slack_sdk.errors import SlackApiError

from adapters.__main__ import main
from adapters.slack import why
from adapters.telegram.check import check
from bot.channel import LONGEST_PAUSE, Unreachable
from tests.adapters.telegram.house import settings_for


@pytest.mark.parametrize(("served", "is_told"), [("web", False), ("web,telegram", True)])
def test_what_is_switched_off_and_not_served_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, served: str, is_told: bool
) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CHANNELS", served)
    monkeypatch.setenv("BOT_CHANNELS_OFF", "telegram")
    result = CliRunner().invoke(main, ["doctor"])
    assert ("people there are told nothing" not in result.output) == is_told
    assert result.exit_code != 0


@pytest.mark.parametrize("message", ["", "Back on Monday."])
def test_what_people_see_where_the_page_is_switched_off_is_said_with_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, message: str
) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CHANNELS_OFF", "web")
    monkeypatch.setenv("BOT_CHANNELS_OFF_MESSAGE", message)
    result = CliRunner().invoke(main, ["doctor"])
    (line,) = [one for one in result.output.splitlines() if one.startswith("note   web:")]
    told = "switched off by BOT_CHANNELS_OFF; people see 999 and that it is switched off"
    assert line == f"note   web: {told}" + (f', with "{message}" (BOT_CHANNELS_OFF_MESSAGE)' if message else "")


async def test_a_platform_that_cannot_be_reached_names_the_setting(tmp_path: Path) -> None:
    (found,) = await check(settings_for("http://127.0.0.1:9/bot", tmp_path))
    assert found.well is False
    assert "BOT_TELEGRAM_API_URL" in found.text


@pytest.mark.parametrize("told", ["9" * 20, "86400"])
def test_no_pause_is_longer_than_the_longest_whatever_a_platform_says(told: str) -> None:
    class Answer(dict[str, str]):
        status_code = 429
        headers = {"Retry-After": told}  # noqa: RUF012

    fault = why.unreachable(SlackApiError("", Answer(error="ratelimited")))
    assert fault.retry_after == LONGEST_PAUSE
    assert Unreachable("", permanent=False, retry_after=timedelta(days=10**6)).retry_after == LONGEST_PAUSE
