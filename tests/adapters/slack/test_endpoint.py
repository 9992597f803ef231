"""The endpoint: Slack's own checks of it are answered, and a form that is garbage gets a bare status."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from .member import FORM
from .web_api import TEAM

HELLO = {"type": "url_verification", "token": "deprecated", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMm"}


async def test_slacks_check_of_the_address_is_answered(house):
    answer = await house.post(json.dumps(HELLO).encode())
    assert answer.status_code == 200
    assert answer.json() == {"challenge": HELLO["challenge"]}


async def test_slacks_check_of_the_certificate_is_answered(house):
    assert (await house.post(urlencode({"ssl_check": "1", "token": "x"}).encode(), FORM)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"payload=%7B",
        b"payload=[]",
        b"payload=%7B%22type%22:[]%7D",
        b"payload=%7B%22type%22:%7B%7D%7D",
        b"a",
        b"&".join(b"a%d=1" % number for number in range(200)),
    ],
)
async def test_a_signed_form_that_is_none_of_slacks_gets_400_and_no_traceback(house, body):
    answer = await house.post(body, FORM)
    assert (answer.status_code, answer.text) == (400, "bad request\n")
    assert house.warned == []


@pytest.mark.parametrize("event", [None, 1, "a", [1], True])
@pytest.mark.parametrize("type_", ["event_callback", "block_suggestion", "unknown", None])
async def test_an_event_that_is_no_object_is_refused_in_a_payload_of_any_type(house, type_, event):
    named = {} if type_ is None else {"type": type_}
    body = {**named, "team_id": TEAM, "event": event}
    assert (await house.post(json.dumps(body).encode())).status_code == 400
    assert house.warned == []


async def test_half_of_a_character_is_refused_in_whatever_form_it_comes(house):
    member, message = house.member(), house.member().message("menu")
    for event, more in (({**message, "user": "U\ud800"}, {}), (message, {"event_id": "Ev\ud800"})):
        body = json.loads(member.envelope(event)) | more
        assert (await house.post(json.dumps(body).encode())).status_code == 400
        form = urlencode({"payload": json.dumps(body)}).encode()
        assert (await house.post(form, FORM)).status_code == 400
    assert house.warned == []


@pytest.mark.parametrize("stamp", ["-1e18", "1e400", "nan", "inf", "999999999999.1", "1", {"a": 1}, 5, "-1.5"])
async def test_a_time_that_slack_cannot_have_given_is_refused(house, stamp):
    turns, member = house.heard(), house.member()
    for name in ("event_ts", "ts"):
        event = member.message("menu", event_ts=stamp) if name == "event_ts" else member.message("menu", ts=stamp)
        event |= {"event_ts": ""} if name == "ts" else {}
        assert (await house.bring(member.envelope(event), "application/json")).status_code == 400
    assert (turns, house.warned) == ([], [])


@pytest.mark.parametrize(("stamp", "late"), [("0.1", timedelta(days=1)), ("99999999999.1", timedelta())])
async def test_whatever_time_slack_gives_nothing_is_said_days_ago_or_in_time_to_come(house, stamp, late):
    turns, member = house.heard(), house.member()
    await member.bring(member.message("menu", event_ts=stamp))
    assert [one.at for one in turns] == [house.at - late]
