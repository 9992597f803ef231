"""How the bot shows who it is: by its secret, or by the identity of the machine it runs on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.teams.authority import Authority
from adapters.teams.client import http_client
from adapters.teams.machine_identity import token_of_this_machine
from bot.channel import Unreachable

from .house import opened_house, settings_for
from .microsoft import APP, BOT_TOKEN, microsoft

MACHINE = "AZURE_POD_IDENTITY_AUTHORITY_HOST"
RESOURCE = "https://api.botframework.com"


async def test_a_machine_with_an_identity_of_its_own_needs_no_secret(tmp_path: Path, monkeypatch):
    with microsoft() as machine:
        monkeypatch.setenv(MACHINE, machine.url)
        more = {"teams_identity": "managed", "teams_client_secret": SecretStr("")}
        async with opened_house(tmp_path, **more) as house:
            assert "in danger" in await house.say("refer")
            assert await house.say("no")
        assert (machine.tokens, house.api.tokens) == (1, 0)


async def test_a_machine_that_does_not_know_the_identity_is_named_as_the_trouble(tmp_path: Path, monkeypatch):
    with microsoft() as machine:
        monkeypatch.setenv(MACHINE, machine.url)
        settings = settings_for(machine.url, tmp_path, teams_identity="managed", teams_app_id="another")
        async with http_client(settings) as http:
            with pytest.raises(Unreachable, match="does not know the bot"):
                await Authority(settings, http).token()


def test_a_machine_without_an_identity_is_told_of_and_nothing_else_happens(monkeypatch):
    monkeypatch.setenv(MACHINE, "http://127.0.0.1:1")
    with pytest.raises(Unreachable, match="identity") as fault:
        token_of_this_machine(APP, RESOURCE, 1.0)
    assert not fault.value.permanent


def test_an_identity_service_that_does_not_answer_is_waited_for_only_so_long(monkeypatch):
    with microsoft() as machine:
        machine.identity_wait = 0.5
        monkeypatch.setenv(MACHINE, machine.url)
        with pytest.raises(Unreachable):
            token_of_this_machine(APP, RESOURCE, 0.1)
        assert token_of_this_machine(APP, RESOURCE, 5.0)["access_token"] == BOT_TOKEN
