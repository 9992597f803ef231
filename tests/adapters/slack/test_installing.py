"""Workspaces on the list install the app themselves: each is answered with its own token, which nobody can read."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr, ValidationError

from adapters import backup
from adapters.slack import wording_installing
from adapters.slack.check import APPS, check
from adapters.slack.installing import INSTALL_PATH, REDIRECT_PATH, SCOPES
from adapters.slack.opening import missing
from adapters.workplace import opened, retire_keys, rotate_keys
from bot.channel import Unreachable
from bot.messages import Reply, Text
from bot.storage import DatabaseTrouble
from tests.bot.talk import AT

from .house import House, settings_for
from .web_api import TEAM, TOKEN, Refused
from .workspaces import CLIENT_ID, CLIENT_SECRET

OTHER, THIRD, STRANGER = "T0OTHER01", "T0THIRD01", "T0STRANGE"
KIM, LEE = "U0KIM0001", "U0LEE0001"
COOKIE = "slack-app-oauth-state"
MOST_LOOKS = 2000
# The vendor's library still gives the app's secret in a way that aiohttp is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


def settings_of(url: str, folder: Path, **more):
    given = {
        "slack_bot_token": SecretStr(""),
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": SecretStr(CLIENT_SECRET),
        "slack_teams": (OTHER, THIRD),
        **more,
    }
    return settings_for(url, folder, **given)


@pytest.fixture
async def shared(served, tmp_path, definitions):
    """A bot that has no workspace of its own."""
    api, url = served
    settings = settings_of(url, tmp_path)
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            yield house


class Broken(dict):
    """Slack's book of codes on a bad day."""

    def pop(self, *_):
        raise Refused("internal_error", 500)


async def begun(house: House, team: str = OTHER) -> dict[str, str]:
    """Somebody opens the page that begins to install; what their browser takes along to Slack."""
    answer = await house.client.get(INSTALL_PATH, params={"team": team})
    assert answer.status_code == 302
    assert {"Secure", "HttpOnly"} <= {one.strip() for one in answer.headers["set-cookie"].split(";")}
    query = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    assert query["client_id"] == CLIENT_ID
    assert set(query["scope"].split(",")) == SCOPES
    assert query["redirect_uri"] == house.settings.public_url + REDIRECT_PATH
    assert f"{COOKIE}={query['state']};" in answer.headers["set-cookie"]
    return query


async def come_back(house: House, query: dict[str, str], team: str = OTHER, cookie: str | None = None, **more):
    """Slack sends the browser back."""
    code = house.api.workspaces.allow(team, query["redirect_uri"])
    given = {"state": query["state"], "code": code, **more}
    cookie = query["state"] if cookie is None else cookie
    return await house.client.get(REDIRECT_PATH, params=given, headers={"Cookie": f"{COOKIE}={cookie}"})


async def install(house: House, team: str = OTHER):
    return await come_back(house, await begun(house), team)


def said(house: House, person: str) -> list[tuple[str, str]]:
    return [(one.team, one.read()) for one in house.api.said_to(person)]


async def test_two_workspaces_install_it_and_each_is_answered_with_its_own_token(shared):
    for team in (OTHER, THIRD):
        answer = await install(shared, team)
        assert (answer.status_code, answer.text.strip()) == (
            200,
            wording_installing.INSTALLED.format(name=f"Workspace {team}"),
        )
        assert answer.headers["cache-control"] == "no-store"
        assert f"{COOKIE}=deleted" in answer.headers["set-cookie"]
    kim, lee = shared.member(KIM, OTHER), shared.member(LEE, THIRD)
    assert (await kim.type("what is a LADO?")).status_code == 200
    assert (await lee.type("refer")).status_code == 200
    assert [team for team, _ in said(shared, KIM)] == [OTHER]
    assert [team for team, _ in said(shared, LEE)] == [THIRD]
    await lee.press(shared.api.said_to(LEE)[-1], "No")
    await lee.open("home")
    assert LEE in shared.api.homes
    reply = Reply((Text.of("Case 26-001: notify the Panel."),), key="9")
    await shared.here.channel.send(f"{OTHER}/{KIM}", reply)
    assert said(shared, KIM)[-1] == (OTHER, "Case 26-001: notify the Panel.")
    assert {status.status_code for status in shared.answers} == {200}


async def test_what_one_person_is_to_wait_for_holds_up_nobody_else_in_their_workspace_or_in_another(shared):
    for team in (OTHER, THIRD):
        await install(shared, team)
    kim, pat, lee = shared.member(KIM, OTHER), shared.member("U0PAT0009", OTHER), shared.member(LEE, THIRD)
    for one in (kim, pat, lee):
        await one.type("menu")
    shared.api.refuses = [Refused("ratelimited", 429, {"Retry-After": "120"})]
    asked = len(shared.api.calls)
    for one in (kim, pat, lee, kim):
        await one.type("refer")
    assert [len(said(shared, one.id)) for one in (kim, pat, lee)] == [1, 2, 2]
    assert len(shared.api.calls) == asked + 3
    # Tries are spread: a wait may be a fifth longer than what Slack asks for.
    shared.at += timedelta(minutes=3)
    await lee.type("menu")
    for _ in range(MOST_LOOKS):
        if (replies := [len(said(shared, one.id)) for one in (kim, pat)]) == [3, 2]:
            break
        await shared.exchange.database.run(lambda _: None)
        await shared.settled()
    assert (replies, len(shared.api.calls)) == ([3, 2], asked + 6)


async def test_a_workspace_that_never_installed_it_is_refused_and_nobody_there_is_written_to(shared):
    await install(shared)
    for team in (TEAM, THIRD, STRANGER):
        assert (await shared.member("U0ANY0001", team).type("refer")).status_code == 403
        with pytest.raises(Unreachable) as caught:
            await shared.here.channel.send(f"{team}/U0ANY0001", Reply((Text.of("x"),), key="9"))
        assert caught.value.permanent
    assert shared.api.messages == []


async def test_a_workspace_that_is_not_on_the_list_cannot_install_it_and_its_token_is_let_go_of(shared):
    assert (await shared.client.get(INSTALL_PATH, params={"team": STRANGER})).status_code == 403
    answer = await install(shared, STRANGER)
    assert (answer.status_code, answer.text.strip()) == (403, wording_installing.NOT_ON_LIST)
    assert shared.api.workspaces.token_of(STRANGER) in shared.api.workspaces.gone
    assert (await shared.member("U0ANY0001", STRANGER).type("refer")).status_code == 403
    assert await kept_bytes(shared, STRANGER.encode()) == 0


async def test_who_may_install_apps_in_the_workspace_of_the_setting_cannot_take_it_out_there(
    served, tmp_path, definitions
):
    api, url = served
    settings = settings_of(url, tmp_path, slack_bot_token=SecretStr(TOKEN))
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            answer = await install(house, TEAM)
            assert (answer.status_code, answer.text.strip()) == (403, wording_installing.HERE_ALREADY)
            await house.member().type("refer")
            assert [team for team, _ in said(house, "U0PAT0001")] == [TEAM]
            await install(house, STRANGER)
            assert {api.workspaces.tokens[one].id for one in api.workspaces.gone} == {STRANGER}


async def test_while_it_is_not_known_which_workspace_is_the_bots_own_none_is_taken_out(served, tmp_path, definitions):
    api, url = served
    settings = settings_of(url, tmp_path, slack_bot_token=SecretStr(TOKEN))
    api.workspaces.gone = {TOKEN}
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            answer = await install(house, TEAM)
    assert (answer.status_code, wording_installing.NOT_INSTALLED_NOW in answer.text) == (503, True)
    assert api.workspaces.gone == {TOKEN}


async def test_where_it_is_installed_it_is_not_taken_out_though_the_workspace_is_on_the_list_no_more(
    served, tmp_path, definitions
):
    api, url = served
    for teams in ((OTHER, THIRD), (THIRD,)):
        settings = settings_of(url, tmp_path, slack_teams=teams)
        with opened(settings, definitions) as exchange:
            async with House(api, exchange, settings).open() as house:
                answer = await come_back(house, await begun(house, THIRD), OTHER)
    assert (answer.status_code, answer.text.strip()) == (403, wording_installing.HERE_ALREADY)
    assert api.workspaces.gone == set()


async def kept_bytes(house: House, wanted: bytes) -> int:
    """How often something stands in the database's files."""
    return sum(one.read_bytes().count(wanted) for one in house.settings.data_dir.glob("bot.db*"))


async def test_neither_a_token_nor_a_state_can_be_read_in_the_database(shared):
    query = await begun(shared)
    assert await kept_bytes(shared, query["state"].encode()) == 0
    await come_back(shared, query)
    token = shared.api.workspaces.token_of(OTHER)
    assert await kept_bytes(shared, OTHER.encode()) > 0
    for secret in (token, "xoxb-", "U0ADMIN01"):
        assert await kept_bytes(shared, secret.encode()) == 0


@pytest.mark.parametrize("fault", ["forged", "of another browser", "without a cookie", "used", "expired"])
async def test_a_state_that_is_not_good_installs_nothing(shared, fault):
    query = await begun(shared)
    if fault == "forged":
        answer = await come_back(shared, {**query, "state": "x" * 43})
    elif fault == "of another browser":
        answer = await come_back(shared, query, cookie=(await begun(shared))["state"])
    elif fault == "without a cookie":
        answer = await come_back(shared, query, cookie="")
    else:
        if fault == "used":
            assert (await come_back(shared, query, code="0.code.x")).status_code == 401
        shared.at += timedelta(minutes=11 if fault == "expired" else 0)
        answer = await come_back(shared, query)
    assert answer.status_code in {400, 401}
    assert wording_installing.STATE_NO_LONGER in answer.text
    assert (await shared.member(KIM, OTHER).type("refer")).status_code == 403


async def test_what_slack_does_not_confirm_installs_nothing_and_the_page_says_how_to_go_on(shared):
    again = shared.settings.public_url + INSTALL_PATH
    for wrong, words in (
        ({"code": "0.code.x"}, wording_installing.NOT_CONFIRMED),
        ({"error": "access_denied"}, wording_installing.NOT_ALLOWED),
        ({"error": "<script>"}, wording_installing.NOT_CONFIRMED),
    ):
        answer = await come_back(shared, await begun(shared), **wrong)
        assert answer.text.strip() == f"{words} {again}"
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    shared.api.workspaces.rotates = True
    answer = await install(shared)
    assert (answer.status_code, answer.text.strip()) == (400, wording_installing.ROTATING)
    assert (await shared.member(KIM, OTHER).type("refer")).status_code == 403


async def test_where_slack_or_the_database_is_away_the_page_says_so_without_a_word_of_it_in_the_log(shared, caplog):
    query = await begun(shared)
    shared.api.workspaces.codes = Broken()
    answer = await come_back(shared, query)
    assert (answer.status_code, wording_installing.NOT_CONFIRMED in answer.text) == (401, True)

    async def away(_):
        raise DatabaseTrouble("a statement", None, Exception("gone"))

    shared.exchange.database.run = away
    assert (await shared.client.get(INSTALL_PATH)).status_code == 503
    assert shared.warned == ["slack: the app could not be installed for now (OperationalError)."]
    assert "code" not in caplog.text.replace("status_code", "")


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOTER01"]}}]
)
async def test_taken_out_of_a_workspace_its_token_is_forgotten_and_the_other_goes_on(shared, event):
    for team in (OTHER, THIRD):
        await install(shared, team)
    kim, lee = shared.member(KIM, OTHER), shared.member(LEE, THIRD)
    await kim.type("refer")
    for _ in range(2):
        assert (await kim.bring(event)).status_code == 200
    assert (await kim.type("no")).status_code == 403
    assert (await lee.type("refer")).status_code == 200
    assert (len(said(shared, KIM)), len(said(shared, LEE))) == (1, 1)
    await install(shared)
    assert (await kim.type("no")).status_code == 200
    assert len(said(shared, KIM)) == 2


async def test_what_is_told_late_of_an_earlier_installation_does_not_end_this_one(shared):
    await install(shared)
    kim = shared.member(KIM, OTHER)
    body = json.loads(kim.envelope({"type": "app_uninstalled"}))
    late = json.dumps({**body, "event_time": body["event_time"] - 60}).encode()
    assert (await shared.bring(late, "application/json")).status_code == 200
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U0ADMIN01"], "bot": []}}
    assert (await kim.bring(revoked)).status_code == 200
    assert (await kim.type("refer")).status_code == 200


async def test_a_token_that_another_process_was_given_is_taken_over(shared):
    """The one that is known here ended with the installation before."""
    await install(shared)
    kim = shared.member(KIM, OTHER)
    await kim.type("refer")
    known = shared.here._client._found[OTHER]
    shared.api.workspaces.gone.add(shared.api.workspaces.token_of(OTHER))
    await install(shared)
    shared.here._client._found[OTHER] = known
    await kim.type("no")
    assert len(said(shared, KIM)) == 2
    shared.api.workspaces.gone.add(shared.api.workspaces.token_of(OTHER))
    with pytest.raises(Unreachable, match="token_revoked"):
        await shared.here.channel.send(f"{OTHER}/{KIM}", Reply((Text.of("x"),), key="9"))


async def test_where_no_other_token_can_be_looked_up_it_is_tried_again_later(shared):
    await install(shared)
    await shared.member(KIM, OTHER).type("menu")
    shared.api.workspaces.gone.add(shared.api.workspaces.token_of(OTHER))

    async def away(_):
        raise DatabaseTrouble("a statement", None, Exception("gone"))

    shared.exchange.database.run = away
    with pytest.raises(Unreachable) as caught:
        await shared.here.channel.send(f"{OTHER}/{KIM}", Reply((Text.of("x"),), key="9"))
    assert not caught.value.permanent
    del shared.exchange.database.run


async def test_it_is_there_after_new_keys_and_from_a_backup_beside_the_workspace_of_the_setting(
    served, tmp_path, definitions
):
    api, url = served
    settings = settings_of(url, tmp_path)
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            await install(house)
    rotate_keys(settings)
    retire_keys(settings)
    backup.back_up(settings, tmp_path / "kept.zip", AT)
    both = settings_of(url, tmp_path, slack_bot_token=SecretStr(TOKEN), data_dir=tmp_path / "restored")
    backup.restore(both, tmp_path / "kept.zip")
    with opened(both, definitions) as exchange:
        async with House(api, exchange, both).open() as house:
            assert (await house.member(KIM, OTHER).type("refer")).status_code == 200
            assert (await house.member().type("refer")).status_code == 200
            assert (await house.member(LEE, THIRD).type("refer")).status_code == 403
            assert [team for team, _ in said(house, KIM)] == [OTHER]
            assert [team for team, _ in said(house, "U0PAT0001")] == [TEAM]


async def test_doctor_looks_at_every_workspace_and_names_the_page_where_it_is_installed(served, tmp_path, definitions):
    api, url = served
    settings = settings_of(url, tmp_path)
    page = settings.public_url + INSTALL_PATH
    found = await check(settings)
    assert [(one.well, one.page) for one in found[:2]] == [
        (None, f"{page}?team={OTHER}"),
        (None, f"{page}?team={THIRD}"),
    ]
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            await install(house)
            await install(house, THIRD)
            api.workspaces.gone.add(api.workspaces.token_of(THIRD))
            good, lacking, ended, *_ = await check(settings)
            api.scopes = "chat:write"
            _, lacking, ended, *_ = await check(settings)
            fewer = await check(settings.model_copy(update={"slack_teams": (OTHER,)}))
    assert (good.well, OTHER in good.text) == (True, True)
    assert (lacking.well, lacking.page) == (False, f"{page}?team={OTHER}")
    assert "commands" in lacking.text
    assert (ended.well, ended.page) == (False, f"{page}?team={THIRD}")
    assert any(THIRD in one.text and one.well is None for one in fewer)
    assert any(one.text.endswith(settings.public_url + REDIRECT_PATH) for one in fewer)


@pytest.mark.parametrize(("secret", "well"), [(CLIENT_SECRET, True), ("0" * 32, False)])
async def test_doctor_says_whether_slack_takes_the_apps_secret(served, tmp_path, secret, well):
    _, url = served
    found = await check(settings_of(url, tmp_path, slack_client_secret=SecretStr(secret)))
    [one] = [one for one in found if "BOT_SLACK_CLIENT_SECRET" in one.text or "client ID and secret" in one.text]
    assert (one.well, one.page) == (well, "" if well else APPS)


async def test_doctor_asks_for_no_installing_in_the_workspace_of_the_setting(served, tmp_path):
    _, url = served
    found = await check(settings_of(url, tmp_path, slack_bot_token=SecretStr(TOKEN), slack_teams=(TEAM, OTHER)))
    assert [one.text.split()[4] for one in found if "not installed in workspace" in one.text] == [OTHER]


async def test_settings_that_do_not_go_together_are_named(tmp_path):
    url = "http://127.0.0.1:1/api/"
    assert missing(settings_of(url, tmp_path)) == ""
    assert "BOT_PUBLIC_URL" in missing(settings_of(url, tmp_path, public_url=""))
    wrong = (
        {"slack_teams": ()},
        {"slack_teams": "T0OTHER01, exampleshire"},
        {"slack_client_secret": SecretStr("")},
        {"slack_client_id": ""},
        {"slack_client_id": "x"},
    )
    for one in wrong:
        with pytest.raises(ValidationError):
            settings_of(url, tmp_path, **one)
    assert settings_of(url, tmp_path, slack_teams="T0OTHER01, T0THIRD01").slack_teams == (OTHER, THIRD)


async def test_nothing_can_be_installed_where_that_is_not_set_up(house):
    for path in (INSTALL_PATH, REDIRECT_PATH):
        assert (await house.client.get(path)).status_code == 404
    house.api.refuses = [Refused("token_revoked")]
    assert (await house.member().type("refer")).status_code == 200
