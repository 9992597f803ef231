"""`bot doctor` on signing in: what to register, whether the service answers, and nothing secret."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.__main__ import main
from adapters.settings import Settings
from adapters.web.sign_in_check import notes, redirect_address
from bot.clock import now
from tests.adapters.web.serving import served
from tests.adapters.web.strict_provider import CLIENT, SECRET, StrictProvider

TENANT = "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def provider() -> Iterator[StrictProvider]:
    made = StrictProvider(now)
    with served(made.app) as address:
        made.issuer = address
        yield made


def doctor(monkeypatch: pytest.MonkeyPatch, issuer: str) -> str:
    settings = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
    for name, value in settings.items():
        monkeypatch.setenv(f"BOT_{name}", value)
    said = CliRunner().invoke(main, ["doctor"]).output
    assert SECRET not in said
    return said


def test_a_service_that_answers_is_well_and_the_address_to_register_is_shown(
    monkeypatch: pytest.MonkeyPatch, provider: StrictProvider
) -> None:
    said = doctor(monkeypatch, provider.issuer)
    assert f"ok     sign-in: {provider.issuer} answers" in said
    assert "register http://127.0.0.1:8080/sign-in/back at the sign-in service" in said


def test_a_service_that_is_not_there_or_is_another_is_to_be_mended(
    monkeypatch: pytest.MonkeyPatch, provider: StrictProvider
) -> None:
    assert "MEND   sign-in: http://127.0.0.1:1 cannot be asked about itself" in doctor(
        monkeypatch, "http://127.0.0.1:1"
    )
    provider.says = {"issuer": "https://login.example.gov.uk"}
    assert "calls itself 'https://login.example.gov.uk'; BOT_OIDC_ISSUER must be exactly that" in doctor(
        monkeypatch, provider.issuer
    )


def test_where_none_is_set_up_it_says_what_that_means() -> None:
    said = CliRunner().invoke(main, ["doctor"]).output
    assert "note   sign-in: Signing in on the web page is only for trying" in said


def test_the_address_is_the_one_people_use() -> None:
    public = Settings(public_url="https://bot.example.gov.uk", host="0.0.0.0")  # type: ignore[call-arg]
    assert redirect_address(public) == "https://bot.example.gov.uk/sign-in/back"
    assert redirect_address(Settings(host="::1", port=81)) == "http://[::1]:81/sign-in/back"  # type: ignore[call-arg]


def test_of_entra_id_it_says_which_claims_to_add() -> None:
    settings = Settings(oidc_issuer=TENANT, oidc_client_id="x", oidc_client_secret="y")  # type: ignore[call-arg]
    assert any("xms_edov" in note for note in notes(settings))
