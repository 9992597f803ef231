"""What Microsoft brings is verified, handled once and answered; over HTTP, beside the stand-in."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet

from adapters.channels import Around
from adapters.serve import application
from adapters.teams import files, wording_teams
from adapters.teams.opening import TeamsHere, missing
from adapters.teams.signature import Keys
from bot import wording_channels
from bot.channel import Unreachable
from bot.clock import now
from bot.definitions import load_definitions
from bot.exchange import Exchange
from bot.messages import Reply, Text
from bot.settings import Settings
from bot.storage import Database, KeyRing

from .microsoft import APP, OTHER_KEY, TENANT, Microsoft, microsoft, read, settings_for, walked

CHAT = "a:1personal-chat"
GROUP = "19:group@thread.v2"


class House:
    """The bot, served in this process, and what its people and Microsoft do."""

    def __init__(self, there: Microsoft, client: httpx.AsyncClient, warned: list[str], platform: TeamsHere) -> None:
        self.there, self.client, self.warned, self.platform = there, client, warned, platform

    def activity(self, kind: str = "message", **more: Any) -> dict[str, Any]:
        """An activity in the shape that Teams brings."""
        return {
            "type": kind,
            "id": more.pop("id", f"{time.monotonic_ns()}"),
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "channelId": "msteams",
            "serviceUrl": f"{self.there.url}/connector/",
            "from": {"id": "29:someone", "name": "Sam", "aadObjectId": "5ad1c3f2-0000-4000-8000-000000000001"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CHAT},
            "recipient": {"id": f"28:{APP}", "name": "Safeguarding"},
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-GB",
            **more,
        }

    async def bring(self, activity: dict[str, Any], header: str | None = None) -> httpx.Response:
        """Bring an activity as Microsoft does, and wait for what goes out because of it."""
        signed = self.there.signed(activity) if header is None else header
        headers = {"Authorization": signed} if signed else {}
        answer = await self.client.post("/api/messages", json=activity, headers=headers)
        carrier = self.platform._around.exchange.carrier
        if carrier is not None:
            await carrier.finish()
        await self.platform.desk.settled()
        return answer

    async def say(self, text: str, **more: Any) -> str:
        """Say something, and read what is answered to it."""
        before = len(self.there.sent)
        assert (await self.bring(self.activity(text=text, **more))).status_code == 200
        return "\n".join(read(message) for _, message in self.there.sent[before:])

    def button(self, label: str) -> dict[str, Any]:
        """The newest button with these words."""
        for _, message in reversed(self.there.sent):
            for one in walked(message["attachments"][0]["content"]):
                for action in one.get("actions", ()):
                    if action["title"] == label:
                        return dict(action)
        raise AssertionError(label)

    async def press(self, action: dict[str, Any], **inputs: str) -> httpx.Response:
        """Press a button with what the inputs of its card hold."""
        data = {**action["data"], **inputs}
        value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}, "trigger": "manual"}
        named = {"name": "adaptiveCard/action", "value": value, "replyToId": "sent-1"}
        return await self.bring(self.activity("invoke", **named))


@asynccontextmanager
async def opened_house(folder: Path, **more: Any) -> AsyncIterator[House]:
    """The bot and the stand-in, for as long as needed; the area has switched everything on."""
    with microsoft() as there:
        settings = Settings(**{**settings_for(there.url, folder).model_dump(), **more})
        definitions = load_definitions("exampleshire")
        object.__setattr__(definitions.area, "case_dialog_channels", ("teams",))
        database = Database.open("", folder)
        exchange = Exchange(database, KeyRing.from_keys([Fernet.generate_key().decode()]), definitions)
        warned: list[str] = []
        platform = TeamsHere(Around(exchange, settings, now, warned.append))
        app = application(exchange, settings, now, [platform])
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
        ):
            yield House(there, client, warned, platform)
        database.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened_house(tmp_path) as one:
        yield one


async def test_words_are_answered_once_however_often_they_are_brought(house):
    activity = house.activity(text="menu")
    for _ in range(2):
        assert (await house.bring(activity)).status_code == 200
    assert len(house.there.cards(CHAT)) == 1
    assert house.there.tokens == 1


async def test_an_installation_is_greeted_once_though_it_is_told_twice(house):
    bot = {"id": f"28:{APP}"}
    await house.bring(house.activity("conversationUpdate", membersAdded=[bot]))
    await house.bring(house.activity("installationUpdate", action="add"))
    assert len(house.there.cards(CHAT)) == 1


async def test_a_button_is_answered_in_the_request_with_the_outcome_and_is_good_once(house):
    await house.say("a child has died")
    action = next(
        one
        for _, message in reversed(house.there.sent)
        for element in walked(message["attachments"][0]["content"])
        for one in element.get("actions", ())
        if one["type"] == "Action.Execute"
    )
    answer = (await house.press(action)).json()
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert f"✔ {action['title']}" in read(
        {"attachments": [{"contentType": "x.card.adaptive", "content": answer["value"]}]}
    )
    assert not [one for one in walked(answer["value"]) for _ in one.get("actions", ())]
    assert [card for _, _, card in house.there.changed]
    again = (await house.press(action)).json()
    assert (again["statusCode"], again["value"]) == (200, wording_channels.USED)


async def test_a_button_that_nobody_sent_is_answered_helpfully(house):
    await house.say("menu")
    answer = await house.press({"verb": "say", "data": {"press": "x" * 22}})
    assert answer.json()["value"] == wording_channels.NO_LONGER


async def test_a_button_in_anothers_chat_means_nothing(house):
    await house.say("a child has died")
    elsewhere = {"conversationType": "personal", "tenantId": TENANT, "id": "a:1other"}
    action = next(
        one
        for element in walked(house.there.sent[-1][1]["attachments"][0]["content"])
        for one in element.get("actions", ())
        if one["type"] == "Action.Execute"
    )
    value = {"action": {"type": "Action.Execute", "verb": "say", "data": action["data"]}}
    brought = house.activity("invoke", name="adaptiveCard/action", value=value, conversation=elsewhere)
    assert (await house.bring(brought)).json()["value"] == wording_channels.NO_LONGER


@pytest.mark.parametrize(
    "claims", [{"aud": "other"}, {"iss": "other"}, {"exp": 1}, {"kid": "other"}, {"serviceurl": "x"}]
)
async def test_what_microsoft_did_not_sign_for_this_bot_is_refused(house, claims):
    activity = house.activity(text="menu")
    assert (await house.bring(activity, house.there.signed(activity, **claims))).status_code == 401
    assert not house.there.sent


async def test_forged_and_missing_signatures_are_refused(house):
    activity = house.activity(text="menu")
    forged = [
        house.there.signed(activity, OTHER_KEY),
        house.there.signed(activity, alg="HS256"),
        "Bearer x",
        "Basic x",
        "",
    ]
    assert [(await house.bring(activity, one)).status_code for one in forged] == [401] * len(forged)
    assert not house.there.sent


async def test_another_tenant_is_refused(house):
    other = "99999999-2222-4333-8444-555555555555"
    place = {"conversationType": "personal", "tenantId": other, "id": CHAT}
    for more in ({"conversation": place, "channelData": {"tenant": {"id": other}}}, {"conversation": place}):
        assert (await house.bring(house.activity(text="menu", **more))).status_code == 403
    assert not house.there.sent


async def test_garbage_gets_400_and_the_bots_own_echo_and_what_is_unknown_nothing(house):
    for bad in ({"from": 1}, {"conversation": []}, {"text": {"a": 1}}, {"channelData": "x"}):
        assert (await house.bring(house.activity(**{"text": "menu", **bad}))).status_code == 400
    echo = house.activity(text="menu", **{"from": {"id": f"28:{APP}", "role": "bot"}})
    for one in (
        echo,
        house.activity("typing"),
        house.activity("messageReaction"),
        house.activity("invoke", name="task/fetch"),
    ):
        assert (await house.bring(one)).status_code == 200
    assert not house.there.sent


async def test_in_a_group_only_a_mention_is_answered_with_a_private_way_and_the_same_once(house):
    group = {"conversation": {"conversationType": "groupChat", "isGroup": True, "tenantId": TENANT, "id": GROUP}}
    assert not await house.say("what is neglect?", **group)
    mention = {"type": "mention", "mentioned": {"id": f"28:{APP}"}, "text": "<at>Safeguarding</at>"}
    named = house.activity(text="<at>Safeguarding</at> what is neglect?", entities=[mention], **group)
    for _ in range(2):
        assert (await house.bring(named)).status_code == 200
    (said,) = house.there.cards(GROUP)
    assert wording_channels.PRIVATE_WAY in read(said)


async def test_detail_in_a_group_is_answered_in_private_and_where_that_cannot_be_without_a_word_of_it(house):
    mention = {"type": "mention", "mentioned": {"id": f"28:{APP}"}, "text": "<at>Safeguarding</at>"}
    group = {"conversation": {"conversationType": "groupChat", "tenantId": TENANT, "id": GROUP}, "entities": [mention]}
    words = "<at>Safeguarding</at> Kayleigh born 03/04/2019 NHS 943 476 5919 has bruises"
    await house.bring(house.activity(text=words, **group))
    assert wording_channels.GROUP_LIKE_DETAIL in read(house.there.cards("a:alone-someone")[-1])
    assert not house.there.cards(GROUP)
    house.there.opens_personal = False
    await house.bring(house.activity(text=words, **group))
    assert wording_channels.ANSWERED_IN_PRIVATE in read(house.there.cards(GROUP)[-1])


async def test_somebody_is_reached_later_by_what_was_kept_of_their_chat(house):
    await house.say("menu")
    later = TeamsHere(house.platform._around)
    async with later.sending():
        await later.channel.send(CHAT, Reply((Text.of("It is due today."),), key="later"))
        with pytest.raises(Unreachable) as fault:
            await later.channel.send("a:1nobody", Reply((Text.of("It is due today."),), key="later"))
    assert read(house.there.cards(CHAT)[-1]).strip() == "It is due today."
    assert fault.value.permanent


@pytest.mark.parametrize("action", ["accept", "decline"])
async def test_a_document_is_put_nowhere_but_where_microsoft_keeps_files(house, action):
    await house.say("menu")
    value = {
        "type": "fileUpload",
        "action": action,
        "context": {"key": "R-7K3M2Q-1.docx", "name": "decision.docx"},
        "uploadInfo": {"uploadUrl": f"{house.there.url}/upload", "contentUrl": "", "uniqueId": "1", "fileType": "docx"},
    }
    assert (await house.bring(house.activity("invoke", name="fileConsent/invoke", value=value))).status_code == 200
    words = wording_teams.NOT_FETCHED if action == "accept" else wording_teams.FILE_DECLINED
    assert words in read(house.there.cards(CHAT)[-1])


@pytest.mark.parametrize(
    ("url", "is_store"),
    [
        ("https://example.sharepoint.com/personal/x/upload", True),
        ("http://example.sharepoint.com/x", False),
        ("https://sharepoint.com.example.org/x", False),
        ("https://x@127.0.0.1/.sharepoint.com", False),
    ],
)
def test_what_is_taken_for_a_store_of_microsofts(url, is_store):
    assert files.is_store(url) is is_store


async def test_a_changed_message_is_told_how_and_a_photo_is_not_taken(house):
    changed = house.activity(
        "messageUpdate", text="other words", channelData={"eventType": "editMessage", "tenant": {"id": TENANT}}
    )
    await house.bring(changed)
    assert wording_channels.EDITED in read(house.there.cards(CHAT)[-1])
    await house.say("", attachments=[{"contentType": "image/png", "contentUrl": "https://example.org/x"}])
    assert wording_channels.ATTACHED in read(house.there.cards(CHAT)[-1])


async def test_a_short_pause_that_teams_wants_is_waited_out(house):
    house.there.once = [(429, {"Retry-After": "0"})]
    assert await house.say("menu")


async def test_a_slow_key_server_is_waited_for_only_so_long(house):
    house.there.keys_wait = 2
    async with httpx.AsyncClient() as http:
        keys = Keys(f"{house.there.url}/metadata", http, within=0.1)
        with pytest.raises(Unreachable) as fault:
            await keys.find("key-1")
    assert not fault.value.permanent


async def test_an_invented_key_does_not_make_us_ask_again_and_again(house):
    activity = house.activity(text="menu")
    for number in range(5):
        await house.bring(activity, house.there.signed(activity, kid=f"invented-{number}"))
    assert house.there.keys_asked <= 2


async def test_without_a_signature_only_this_machine_is_heard(tmp_path):
    async with opened_house(tmp_path, teams_allow_unauthenticated="loopback") as house:
        assert (await house.bring(house.activity(text="menu"), "")).status_code == 200
        for header in ("X-Forwarded-For", "Forwarded", "Origin"):
            activity = house.activity(text="menu")
            answer = await house.client.post("/api/messages", json=activity, headers={header: "x"})
            assert answer.status_code == 403
        elsewhere = house.activity(text="menu", serviceUrl="https://example.org/")
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
