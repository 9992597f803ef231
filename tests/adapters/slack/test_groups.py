"""In a channel the bot speaks only when mentioned, of nothing about a child, and takes what is private elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import wording_channels, wording_controls
from tests.adapters.filtered import FILTERS

from .member import controls
from .web_api import Refused

GROUP, PAT = "C0GROUP01", "U0PAT0001"


async def test_it_says_nothing_in_a_channel_unless_it_is_mentioned(house):
    member = house.member()
    await member.bring(member.said("what is a rapid review?", GROUP, channel_type="channel"))
    assert house.api.messages == []


async def test_a_question_is_answered_in_its_thread_with_a_private_way_on(house):
    member = house.member()
    await member.mention("what is a rapid review?", thread_ts="1795000000.000100")
    (shown,) = house.api.in_channel(GROUP)
    assert (shown.thread, shown.only) == ("1795000000.000100", "")
    assert "rapid review" in shown.read().casefold()
    (way,) = controls(shown)
    assert way["text"]["text"] == wording_channels.PRIVATE_WAY
    await member.press(shown, wording_channels.PRIVATE_WAY)
    assert len(house.api.said_to(PAT)) == 1
    (told,) = [one for one in house.api.messages if one.only]
    assert (told.channel, told.only, told.read()) == (
        GROUP,
        PAT,
        wording_controls.in_private(house.exchange.definitions.area),
    )
    assert controls(shown), "it is there for the others too"


async def test_without_a_thread_one_is_begun(house):
    member = house.member()
    event = member.said("<@U0BOT0001> what is a LADO?", GROUP, type="app_mention")
    await member.bring(event)
    assert house.api.in_channel(GROUP)[0].thread == event["ts"]


async def test_what_looks_like_detail_is_answered_to_that_person_alone(house):
    await house.member().mention("her name is Kylie Blenkinsop")
    (shown,) = house.api.messages
    assert (shown.channel, shown.only) == (GROUP, PAT)
    assert wording_channels.GROUP_LIKE_DETAIL in shown.read()
    assert "Kylie" not in shown.read()


async def test_where_that_person_cannot_be_shown_anything_there_it_goes_to_their_direct_messages(house):
    house.api.refuses = [Refused("user_not_in_channel")]
    await house.member().mention("her name is Kylie Blenkinsop")
    assert house.api.in_channel(GROUP) == []
    (shown,) = house.api.said_to(PAT)
    assert wording_channels.GROUP_LIKE_DETAIL in shown.read()


async def test_where_there_is_no_way_to_them_alone_all_are_told_where_to_ask_and_nothing_more(house):
    house.api.refuses = [Refused("user_not_in_channel")]
    house.api.nobody = {PAT}
    await house.member().mention("her name is Kylie Blenkinsop")
    (shown,) = house.api.in_channel(GROUP)
    assert shown.read() == wording_channels.NO_WAY_TO_TELL
    assert not shown.only
    assert house.api.said_to(PAT) == []


FILE = {"files": [{"id": "F1", "name": "bruise.jpg"}], "upload": False}
SHARED = {"attachments": [{"is_share": True, "from_url": "https://a.slack.com/archives/C/p1"}]}
CHANGED = {**FILE, "edited": {"user": PAT, "ts": "1.1"}}


@pytest.mark.parametrize("more", [FILE, SHARED, {"subtype": "file_share"}, CHANGED])
async def test_who_sends_a_file_with_a_mention_is_told_alone_what_to_do_and_nothing_of_it_is_kept(house, more):
    await house.member().mention("", **more)
    (shown,) = house.api.messages
    assert (shown.channel, shown.only) == (GROUP, PAT)
    assert wording_channels.GROUP_ATTACHED in shown.read()
    for place in (f"{GROUP}/x/{PAT}", PAT):
        assert await house.exchange.read("slack", f"T0TEAM001/{place}") == ()


async def test_a_general_question_with_a_file_is_answered_too(house):
    await house.member().mention("what is a LADO?", **FILE)
    answer, word = house.api.messages
    assert (answer.only, word.only) == ("", PAT)
    assert "designated officer" in answer.read().casefold()


async def test_a_mention_that_is_changed_to_hold_detail_gets_the_private_word_and_no_other_is_answered_again(house):
    edited = {"edited": {"user": PAT, "ts": "1795000000.000100"}}
    await house.member().mention("what is a LADO?", **edited)
    assert house.api.messages == []
    await house.member().mention("her name is Kylie Blenkinsop", **edited)
    (shown,) = house.api.messages
    assert (shown.only, wording_channels.GROUP_LIKE_DETAIL in shown.read()) == (PAT, True)


async def test_a_mention_brought_twice_is_answered_once_and_one_that_did_not_go_is_brought_again(house):
    member = house.member()
    body = member.envelope(member.said("<@U0BOT0001> what is a LADO?", GROUP, type="app_mention"), "Ev9")
    house.api.refuses = [Refused("ratelimited", 429, {"Retry-After": "300"})]
    assert (await house.bring(body, "application/json")).status_code == 503
    for _ in range(2):
        assert (await house.bring(body, "application/json")).status_code == 200
    assert len(house.api.messages) == 1


@pytest.mark.parametrize("spoils", FILTERS)
async def test_a_mention_that_a_filter_answered_for_slack_is_brought_again(house, spoils):
    member = house.member()
    body = member.envelope(member.said("<@U0BOT0001> what is a LADO?", GROUP, type="app_mention"), "Ev9")
    house.api.spoils = spoils
    assert (await house.bring(body, "application/json")).status_code == 503
    house.api.spoils = ""
    assert (await house.bring(body, "application/json")).status_code == 200
    assert len(house.api.messages) == 1


@pytest.mark.parametrize("spoils", ["well and nothing else", "list"])
async def test_who_the_app_is_is_not_learnt_of_a_filter(house, spoils):
    house.here.channel.client.own._me = None
    member = house.member()
    body = member.envelope(member.said("<@U0BOT0001> what is a LADO?", GROUP, type="app_mention"), "Ev9")
    house.api.spoils, house.api.spoiled = spoils, {"auth.test"}
    assert (await house.bring(body, "application/json")).status_code == 503
    house.api.spoils = ""
    assert (await house.bring(body, "application/json")).status_code == 200
    assert len(house.api.messages) == 1


@pytest.mark.parametrize("spoils", ["list", "plain words", "no utf-8", "policy"])
async def test_who_points_at_a_message_while_a_filter_answers_for_slack_is_told_that_nothing_opened(house, spoils):
    house.api.spoils, house.api.spoiled = spoils, {"views.open"}
    assert (await house.member().point_at("a bruise")).status_code == 200
    await house.settled()
    assert house.api.said_to(PAT)[-1].read() == wording_controls.TAKE_NOT_OPENED


async def test_a_mention_in_a_direct_message_is_no_second_question(house):
    member = house.member()
    await member.bring(member.said("<@U0BOT0001> help", house.api.dm(PAT), type="app_mention", channel_type="im"))
    assert house.api.messages == []


async def test_nothing_said_in_a_channel_is_kept(house):
    await house.member().mention("her name is Kylie Blenkinsop and she goes to Elm Road School")
    assert await house.exchange.read("slack", f"T0TEAM001/{GROUP}/x/{PAT}") == ()
    assert await house.exchange.read("slack", f"T0TEAM001/{PAT}") == ()


async def test_the_slash_command_is_answered_in_private_and_only_they_are_told_so(house):
    answer = await house.member().command("what is a LADO?")
    assert answer.json() == {
        "response_type": "ephemeral",
        "text": wording_controls.in_private(house.exchange.definitions.area),
    }
    assert house.api.in_channel(GROUP) == []
    (shown,) = house.api.said_to(PAT)
    assert "designated officer" in shown.read().casefold()


async def test_the_slash_command_alone_begins_and_in_the_direct_messages_nothing_more_is_said(house):
    answer = await house.member().command("", channel=house.api.dm(PAT))
    assert answer.content == b""
    assert len(house.api.said_to(PAT)) == 1


async def test_where_no_direct_message_goes_through_the_slash_command_says_whom_to_phone_and_where_to_write(house):
    house.api.nobody = {PAT}
    care = replace(house.exchange.definitions.area.contacts.children_social_care, phone="01632 960123", night_phone="")
    area = house.exchange.definitions.area
    area = replace(area, invented=False, contacts=replace(area.contacts, children_social_care=care))
    house.exchange.definitions = replace(house.exchange.definitions, area=area)
    told = (await house.member().command("he is strangling her right now")).json()["text"]
    await house.settled()
    assert house.api.messages == []
    for said in ("phone 999", "01632 960123", "open a direct message with me"):
        assert said in told
    assert "I am answering you" not in told
