"""The checked-in manifest asks for what the channel needs and no more, and the guide gives a reason for each."""

from __future__ import annotations

import json
from pathlib import Path

import adapters.slack
from adapters.slack.check import check
from adapters.slack.installing import REDIRECT_PATH, SCOPES
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
    assert [one.well for one in await check(settings)] == [True, True, None]
    api.scopes = "chat:write,commands"
    found = [one for one in await check(settings) if one.well is False]
    assert "app_mentions:read, files:write, im:history, im:write" in found[0].text
    assert found[0].page


async def test_doctor_says_what_is_not_set_and_what_slack_refuses(served, tmp_path):
    _, url = served
    assert "BOT_SLACK_BOT_TOKEN" in (await check(settings_for(url, tmp_path, slack_bot_token="")))[0].text
    assert "BOT_PUBLIC_URL" in (await check(settings_for(url, tmp_path, public_url="")))[0].text
    assert "APP_TOKEN" in (await check(settings_for(url, tmp_path, slack_events="socket")))[0].text
    refused, *_ = await check(settings_for(url, tmp_path, slack_bot_token="xoxb-of-another-app"))
    assert (refused.well, refused.text) == (False, "Slack refused the app (invalid_auth)")
