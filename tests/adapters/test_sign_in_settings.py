"""The settings for signing in: complete or absent, encrypted or on this machine, and never printed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.settings import BrokenSettings, load_settings

WHOLE = {
    "BOT_OIDC_ISSUER": "https://login.example.gov.uk",
    "BOT_OIDC_CLIENT_ID": "bot",
    "BOT_OIDC_CLIENT_SECRET": "hunter2",
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_all_three_together_are_taken_and_the_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **WHOLE)
    settings = load_settings()
    assert settings.oidc_issuer == WHOLE["BOT_OIDC_ISSUER"]
    assert settings.oidc_client_secret.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_one_of_the_three_missing_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    given(monkeypatch, **{name: value for name, value in WHOLE.items() if name != missing})
    with pytest.raises(BrokenSettings, match="BOT_OIDC_ISSUER, BOT_OIDC_CLIENT_ID and BOT_OIDC_CLIENT_SECRET belong"):
        load_settings()


def test_served_to_others_the_address_people_come_back_to_must_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **WHOLE, BOT_HOST="0.0.0.0")
    with pytest.raises(BrokenSettings, match="BOT_PUBLIC_URL must be set too"):
        load_settings()
    given(monkeypatch, BOT_PUBLIC_URL="https://bot.example.gov.uk")
    assert load_settings().public_url == "https://bot.example.gov.uk"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_OIDC_ISSUER", "http://login.example.gov.uk"),
        ("BOT_OIDC_ISSUER", "https://login.microsoftonline.com/common/v2.0"),
        ("BOT_OIDC_NAME", "x" * 61),
        ("BOT_SESSION_IDLE_MINUTES", "4"),
        ("BOT_SESSION_IDLE_MINUTES", "481"),
        ("BOT_SESSION_HOURS", "0"),
        ("BOT_SESSION_HOURS", "13"),
        ("BOT_PUBLIC_URL", "http://localhost.example.gov.uk"),
        ("BOT_PUBLIC_URL", "http://127.0.0.1.example.gov.uk"),
    ],
)
def test_a_bad_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    given(monkeypatch, **{**WHOLE, name: value})
    with pytest.raises(BrokenSettings, match=name):
        load_settings()


def test_sessions_are_short_unless_told_otherwise() -> None:
    assert (load_settings().session_idle_minutes, load_settings().session_hours) == (30, 8)
