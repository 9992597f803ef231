"""The endpoint: only what Microsoft signed for this bot and its tenants is heard, and garbage gets a bare status."""

from __future__ import annotations

import httpx
import pytest

from adapters.teams.opening import PATH, missing
from adapters.teams.signature import Keys
from bot.channel import Unreachable
from bot.settings import Settings

from .house import opened_house, settings_for
from .microsoft import APP, OTHER_KEY
from .person import CHAT

OTHER_TENANT = "99999999-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    "claims", [{"aud": "other"}, {"iss": "other"}, {"exp": 1}, {"kid": "other"}, {"serviceurl": "x"}]
)
async def test_what_microsoft_did_not_sign_for_this_bot_is_refused(house, claims):
    activity = house.person().activity(text="menu")
    assert (await house.bring(activity, house.api.signed(activity, **claims))).status_code == 401
    assert not house.api.sent


async def test_forged_and_missing_signatures_are_refused(house):
    activity = house.person().activity(text="menu")
    forged = [
        house.api.signed(activity, OTHER_KEY),
        house.api.signed(activity, alg="HS256"),
        "Bearer x",
        "Basic x",
        "",
    ]
    assert [(await house.bring(activity, one)).status_code for one in forged] == [401] * len(forged)
    assert not house.api.sent


async def test_another_tenant_is_refused(house):
    place = {"conversationType": "personal", "tenantId": OTHER_TENANT, "id": CHAT}
    for more in ({"conversation": place, "channelData": {"tenant": {"id": OTHER_TENANT}}}, {"conversation": place}):
        assert (await house.person().type("menu", **more)).status_code == 403
    assert not house.api.sent


async def test_garbage_gets_400_and_the_bots_own_echo_and_what_is_unknown_nothing(house):
    person = house.person()
    for bad in ({"from": 1}, {"conversation": []}, {"text": {"a": 1}}, {"channelData": "x"}):
        assert (await house.bring(person.activity(**{"text": "menu", **bad}))).status_code == 400
    echo = person.activity(text="menu", **{"from": {"id": f"28:{APP}", "role": "bot"}})
    for one in (
        echo,
        person.activity("typing"),
        person.activity("messageReaction"),
        person.invoke("task/fetch", {}),
    ):
        assert (await house.bring(one)).status_code == 200
    assert not house.api.sent
    assert house.warned == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b"\xff\xfe", b"[" * 100_000])
async def test_what_is_no_activity_gets_400_and_no_traceback(house, body):
    answer = await house.posted(body, {"authorization": "Bearer x", "content-type": "application/json"})
    assert (answer.status_code, answer.text) == (400, "bad request\n")
    assert house.warned == []


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


async def test_without_a_signature_only_this_machine_is_heard(tmp_path):
    async with opened_house(tmp_path, teams_allow_unauthenticated="loopback") as house:
        person = house.person()
        assert (await house.bring(person.activity(text="menu"), "")).status_code == 200
        for header in ("X-Forwarded-For", "Forwarded", "Origin"):
            answer = await house.client.post(PATH, json=person.activity(text="menu"), headers={header: "x"})
            assert answer.status_code == 403
        elsewhere = person.activity(text="menu", serviceUrl="https://example.org/")
        assert (await house.bring(elsewhere, "")).status_code == 403


@pytest.mark.parametrize(
    "more",
    [{"host": "0.0.0.0"}, {"public_url": "https://bot.example.gov.uk"}],
)
def test_without_a_signature_nothing_is_opened_to_others(tmp_path, more):
    settings = Settings(data_dir=tmp_path, teams_allow_unauthenticated="loopback")
    assert not missing(settings)
    assert "BOT_TEAMS_ALLOW_UNAUTHENTICATED" in missing(Settings(**{**settings.model_dump(), **more}))


def test_the_vendors_own_switch_stops_the_start(tmp_path, monkeypatch):
    settings = settings_for("http://127.0.0.1:1", tmp_path)
    assert not missing(settings)
    monkeypatch.setenv("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "true")
    assert missing(settings)
