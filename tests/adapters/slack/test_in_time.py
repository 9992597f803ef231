"""Slack is acknowledged in time though Slack itself is slow or wants less; who waits is told, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import httpx
import pytest

from adapters.slack.in_time import SLACK
from adapters.workplace import opened
from bot import wording_controls

from .house import House, settings_for
from .member import FORM, controls
from .test_windows import asked_in_words

GROUP, PAT = "C0GROUP01", "U0PAT0001"
WITHIN_SECONDS = 3


@pytest.fixture
def pauses(house) -> list[float]:
    """What is waited out because Slack wants less."""
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    house.here.channel.client.own._pause = pause
    return waited


async def in_time_for_slack(answer: Awaitable[httpx.Response]) -> httpx.Response:
    async with asyncio.timeout(WITHIN_SECONDS):
        return await answer


def asked_in_the_group(house: House) -> bytes:
    member = house.member()
    return member.envelope(member.said("<@U0BOT0001> what is a LADO?", GROUP, type="app_mention"))


async def test_a_command_is_acknowledged_while_the_direct_messages_cannot_be_opened(house, monkeypatch):
    monkeypatch.setattr(SLACK, "seconds", 0.2)
    house.api.held = {"conversations.open"}
    member = house.member()
    member.post = house.post
    answer = await in_time_for_slack(member.command("what is a LADO?", channel=house.api.dm(PAT)))
    assert answer.json()["text"] == wording_controls.in_private(house.exchange.definitions.area)
    house.api.held.clear()
    await house.settled()
    assert len(house.api.said_to(PAT)) == 1


async def test_a_command_in_a_channel_asks_nothing_of_slack_before_it_is_acknowledged(house, pauses):
    house.api.limited, house.api.limited_seconds = ["conversations.open"], 2
    answer = await house.member().command("what is a LADO?")
    assert answer.json()["text"] == wording_controls.in_private(house.exchange.definitions.area)
    assert (len(house.api.said_to(PAT)), pauses) == (1, [2])


@pytest.mark.parametrize("trouble", ["held", "limited"])
async def test_whose_window_cannot_be_opened_in_time_is_told_so(house, pauses, trouble, monkeypatch):
    await asked_in_words(house)
    shown, member = house.api.said_to(PAT)[-1], house.member()
    bodies = member.pressing(shown, wording_controls.WRITE_ANSWER), member.pointing_at("x")
    for body, told in zip(bodies, (wording_controls.NOT_OPENED, wording_controls.TAKE_NOT_OPENED), strict=True):
        if trouble == "held":
            monkeypatch.setattr(SLACK, "seconds", 0.2)
            house.api.held = {"views.open"}
        else:
            house.api.limited = ["views.open"]
        assert (await in_time_for_slack(house.post(body, FORM))).status_code == 200
        await house.here.desk.settled()
        assert house.api.messages[-1].read() == told
    house.api.held.clear()
    assert (house.api.views, pauses) == ([], [])
    assert controls(shown)


async def test_that_no_window_opened_is_told_also_where_that_has_to_wait(house, pauses):
    house.api.limited = ["views.open", "chat.postMessage"]
    assert (await house.member().point_at("x")).status_code == 200
    assert (house.api.said_to(PAT)[-1].read(), pauses) == (wording_controls.TAKE_NOT_OPENED, [5])


async def test_a_mention_that_is_to_wait_is_not_acknowledged_and_answered_once_when_it_is_brought_again(house, pauses):
    body = asked_in_the_group(house)
    house.api.limited = ["chat.postMessage"]
    assert [(await house.bring(body, "application/json")).status_code for _ in range(3)] == [503, 200, 200]
    assert (len(house.api.in_channel(GROUP)), pauses) == (1, [])


@pytest.mark.parametrize("limited", [["chat.postMessage"], ["chat.postMessage", "chat.postEphemeral"]])
async def test_danger_in_a_mention_is_told_its_writer_at_once_though_slack_wants_less(house, pauses, limited):
    member = house.member()
    body = member.envelope(member.said("<@U0BOT0001> he is strangling her right now", GROUP, type="app_mention"))
    house.api.limited, house.api.limited_seconds = list(limited), 60
    assert (await house.bring(body, "application/json")).status_code == 503
    (told,) = house.api.messages
    assert (told.only or told.channel) == (PAT if len(limited) == 1 else house.api.dm(PAT))
    assert "Phone 999 now" in told.read()
    assert (await house.bring(body, "application/json")).status_code == 200
    assert "Phone 999 now" in next(one.read() for one in house.api.in_channel(GROUP) if not one.only)
    assert sum("Phone 999 now" in one.read() for one in house.api.messages) == 2
    assert pauses == []


async def test_a_mention_that_slack_is_slow_to_take_is_brought_again_and_answered(house, monkeypatch):
    body = asked_in_the_group(house)
    house.api.held = {"chat.postMessage"}
    with monkeypatch.context() as short:
        short.setattr(SLACK, "seconds", 0.2)
        assert (await in_time_for_slack(house.post(body))).status_code == 503
    house.api.held.clear()
    assert (await house.bring(body, "application/json")).status_code == 200
    assert "designated officer" in house.api.in_channel(GROUP)[-1].read().casefold()


async def test_until_slack_has_said_who_the_app_is_it_is_told_in_time_to_bring_it_again(
    served, tmp_path, definitions, monkeypatch
):
    api, url = served
    api.held = {"auth.test"}
    settings = settings_for(url, tmp_path)
    with opened(settings, definitions) as exchange:
        async with House(api, exchange, settings).open() as house:
            body = asked_in_the_group(house)
            with monkeypatch.context() as short:
                short.setattr(SLACK, "seconds", 0.2)
                assert (await in_time_for_slack(house.post(body))).status_code == 503
            api.held.clear()
            assert (await house.bring(body, "application/json")).status_code == 200
            assert len(api.in_channel(GROUP)) == 1


async def test_what_is_called_before_the_answer_has_its_time_in_all_and_what_is_begun_beside_it_has_no_end():
    with SLACK.answering():
        assert SLACK.left() is None
        with SLACK.at_once():
            assert 0 < (SLACK.left() or 0) <= SLACK.seconds
        beside, later = asyncio.create_task(seconds_left()), asyncio.create_task(seconds_left_at_once())
        with SLACK.at_once():
            assert (SLACK.left() or 0) < SLACK.seconds
    assert await beside is None
    assert await later == SLACK.seconds
    with SLACK.at_once():
        assert SLACK.left() == SLACK.seconds


async def seconds_left() -> float | None:
    return SLACK.left()


async def seconds_left_at_once() -> float | None:
    with SLACK.at_once():
        return SLACK.left()
