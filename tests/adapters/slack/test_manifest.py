"""The checked-in manifest asks for what the channel needs and no more, and the guide gives a reason for each."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
from pydantic import SecretStr

import adapters.slack
from adapters.slack.check import check
from adapters.slack.installing import REDIRECT_PATH, SCOPES
from adapters.slack.manifest import faults
from adapters.slack.opening import PATH

from .house import settings_for

FOLDER = Path(adapters.slack.__file__).parent
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
GUIDE = (FOLDER / "guide.md").read_text(encoding="utf-8")


def test_it_asks_for_what_doctor_looks_for_and_the_guide_says_why():
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES
    for scope in SCOPES:
        assert f"| `{scope}` | " in GUIDE


def test_every_address_leads_to_the_endpoint():
    settings = MANIFEST["settings"]
    urls = [settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"]]
    urls += [one["url"] for one in MANIFEST["features"]["slash_commands"]]
    assert {url.removeprefix("https://bot.example.gov.uk") for url in urls} == {PATH}
    assert MANIFEST["oauth_config"]["redirect_urls"] == [f"https://bot.example.gov.uk{REDIRECT_PATH}"]


def test_it_keeps_slacks_limits_and_takes_messages_from_people():
    about = MANIFEST["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert MANIFEST["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) >= {"message.im", "app_mention"}


def test_it_tells_of_being_taken_out_and_asks_for_tokens_that_last():
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) >= {"app_uninstalled", "tokens_revoked"}
    assert MANIFEST["settings"]["token_rotation_enabled"] is False
    assert MANIFEST["settings"]["org_deploy_enabled"] is False


async def test_doctor_says_that_all_is_well_or_which_permission_is_missing(served, tmp_path):
    api, url = served
    settings = settings_for(url, tmp_path)
    found = await check(settings)
    assert [one.well for one in found] == [True, True, True, None, None]
    assert [one.page for one in found if "Request URL" in one.text] == ["https://api.slack.com/apps"]
    api.scopes = "chat:write,commands"
    found = [one for one in await check(settings) if one.well is False]
    assert "app_mentions:read, files:write, im:history, im:write" in found[0].text
    assert found[0].page


async def test_doctor_asks_slack_whether_it_opens_a_socket_for_the_apps_token(served, tmp_path):
    api, url = served
    api.socket = "ws://127.0.0.1:1/"
    settings = settings_for(url, tmp_path, slack_events="socket", slack_app_token=SecretStr("xapp-1-of-the-app"))
    assert [one.well for one in await check(settings)] == [True, True, True, True]
    api.app_tokens_ended = True
    (refused,) = [one for one in await check(settings) if one.well is False]
    assert "invalid_auth" in refused.text
    assert "BOT_SLACK_APP_TOKEN" in refused.text
    assert refused.page


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda one: one["oauth_config"]["scopes"]["bot"].remove("im:history"), "does not ask for im:history"),
        (lambda one: one["settings"]["event_subscriptions"]["bot_events"].remove("message.im"), "message.im"),
        (lambda one: one["features"].pop("shortcuts"), "no message shortcut"),
        (lambda one: one["features"].pop("slash_commands"), "no slash command"),
        (lambda one: one["settings"]["interactivity"].update(request_url="https://other.example/x"), "other.example"),
        (lambda one: one["oauth_config"].update(redirect_urls=["https://bot.example.gov.uk/x"]), "oauth_redirect"),
    ],
)
def test_what_a_manifest_lacks_is_named(spoil, words):
    assert list(faults(MANIFEST, "https://bot.example.org", socket=False)) == []
    spoilt = deepcopy(MANIFEST)
    spoil(spoilt)
    (found,) = faults(spoilt, "https://bot.example.org", socket=False)
    assert words in found


async def test_doctor_says_what_is_not_set_and_what_slack_refuses(served, tmp_path):
    _, url = served
    assert "BOT_SLACK_BOT_TOKEN" in (await check(settings_for(url, tmp_path, slack_bot_token="")))[0].text
    assert "BOT_PUBLIC_URL" in (await check(settings_for(url, tmp_path, public_url="")))[0].text
    assert "APP_TOKEN" in (await check(settings_for(url, tmp_path, slack_events="socket")))[0].text
    refused, *_ = await check(settings_for(url, tmp_path, slack_bot_token="xoxb-of-another-app"))
    assert (refused.well, refused.text) == (False, "Slack refused the app (invalid_auth)")
