"""The endpoint: only what Microsoft signed for this bot and its tenants is heard, and garbage gets a bare status."""

from __future__ import annotations

import httpx
import pytest

from adapters.teams.opening import PATH, missing
from adapters.teams.settings import TeamsSettings
from adapters.teams.signature import Keys
from bot.channel import Unreachable

from .house import opened_house, settings_for
from .microsoft import TENANT

PARTNER = "22222222-2222-4333-8444-555555555555"
OTHER_TENANT = "99999999-2222-4333-8444-555555555555"
PASSED_ON = (
    *("Forwarded", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-Anything"),
    *("X-Original-Forwarded-For", "X-Real-IP", "Via", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP"),
)


async def test_a_slow_key_server_is_waited_for_only_so_long(house):
    house.api.keys_wait = 0.5
    async with httpx.AsyncClient() as http:
        keys = Keys(f"{house.api.url}/metadata", http, within=0.1)
        with pytest.raises(Unreachable) as fault:
            await keys.find("key-1")
    assert not fault.value.permanent


async def test_an_invented_key_does_not_make_us_ask_again_and_again(house):
    activity = house.person().activity(text="menu")
    for number in range(5):
        await house.bring(activity, house.api.signed(activity, kid=f"invented-{number}"))
    assert house.api.keys_asked <= 2


@pytest.mark.parametrize("named", [(), (PARTNER,), (PARTNER.upper(), TENANT)])
async def test_its_own_tenant_may_always_use_it_and_others_where_they_are_named(tmp_path, named):
    async with opened_house(tmp_path, teams_tenants=named) as house:
        answers = {}
        for tenant in (TENANT, PARTNER, OTHER_TENANT):
            activity = house.person().activity(text="menu")
            activity["conversation"]["tenantId"] = activity["channelData"]["tenant"]["id"] = tenant
            answers[tenant] = (await house.bring(activity)).status_code
    assert answers == {TENANT: 200, PARTNER: 200 if named else 403, OTHER_TENANT: 403}


async def test_without_a_signature_only_this_machine_is_heard(tmp_path):
    async with opened_house(tmp_path, teams_allow_unauthenticated="loopback") as house:
        person = house.person()
        assert (await house.bring(person.activity(text="menu"), "")).status_code == 200
        for header in (*PASSED_ON, "Origin"):
            answer = await house.client.post(PATH, json=person.activity(text="menu"), headers={header: "x"})
            assert answer.status_code == 403
        elsewhere = person.activity(text="menu", serviceUrl="https://example.org/")
        assert (await house.bring(elsewhere, "")).status_code == 403


@pytest.mark.parametrize(
    "more",
    [{"host": "0.0.0.0"}, {"public_url": "https://bot.example.gov.uk"}],
)
def test_without_a_signature_nothing_is_opened_to_others(tmp_path, more):
    settings = TeamsSettings(data_dir=tmp_path, teams_allow_unauthenticated="loopback")
    assert not missing(settings)
    assert "BOT_TEAMS_ALLOW_UNAUTHENTICATED" in missing(TeamsSettings(**{**settings.model_dump(), **more}))


def test_the_vendors_own_switch_stops_the_start(tmp_path, monkeypatch):
    settings = settings_for("http://127.0.0.1:1", tmp_path)
    assert not missing(settings)
    monkeypatch.setenv("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "true")
    assert missing(settings)
