"""The endpoint: only what Slack signed just now is read, garbage gets a bare status, and nothing of it is logged."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from bot.storage import DatabaseTrouble

from .house import signature
from .member import FORM
from .web_api import Refused

HELLO = {"type": "url_verification", "token": "deprecated", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMm"}


async def test_slacks_check_of_the_address_is_answered(house):
    answer = await house.post(json.dumps(HELLO).encode())
    assert answer.status_code == 200
    assert answer.json() == {"challenge": HELLO["challenge"]}


async def test_slacks_check_of_the_certificate_is_answered(house):
    assert (await house.post(urlencode({"ssl_check": "1", "token": "x"}).encode(), FORM)).status_code == 200


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_signature_of_another_time_is_refused(house, minutes):
    body = house.member().envelope(house.member().message("refer"))
    stamp = f"{(house.at + timedelta(minutes=minutes)).timestamp():.0f}"
    headers = {"x_slack_request_timestamp": stamp, "x_slack_signature": signature(body, stamp)}
    assert (await house.post(body, **headers)).status_code == 401
    await house.settled()
    assert house.api.messages == []


@pytest.mark.parametrize(
    "headers",
    [
        {"x_slack_signature": "v0=" + "0" * 64},
        {"x_slack_signature": ""},
        {"x_slack_request_timestamp": "soon"},
        {"x_slack_request_timestamp": "1.5"},
        {"x_slack_request_timestamp": ""},
        {"x_slack_request_timestamp": "9" * 40},
    ],
)
async def test_what_slack_did_not_sign_is_refused(house, headers):
    body = house.member().envelope(house.member().message("refer"))
    assert (await house.post(body, **headers)).status_code == 401
    await house.settled()
    assert house.api.messages == []


async def test_a_signature_by_another_secret_or_of_another_body_is_refused(house):
    body = house.member().envelope(house.member().message("refer"))
    stamp = f"{house.at.timestamp():.0f}"
    for forged in (signature(body, stamp, "another secret"), signature(body + b" ", stamp)):
        assert (await house.post(body, x_slack_signature=forged)).status_code == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"not json", "application/json"),
        (b"[1]", "application/json"),
        (b'"x"', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"a", FORM),
        (b"&".join(b"a%d=1" % number for number in range(200)), FORM),
    ],
)
async def test_signed_garbage_gets_400_and_no_traceback(house, body, kind):
    answer = await house.post(body, kind)
    assert (answer.status_code, answer.text) == (400, "bad request\n")
    assert house.warned == []


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"event": None},
        {"event": []},
        {"event": {}, "event_id": 1},
        {"event": {"type": "message", "channel_type": "im", "user": 1, "text": [], "ts": "x"}, "event_id": "Ev"},
        {"event": {"type": "app_mention", "user": "x/y", "text": "x", "ts": "1.1", "channel": "C"}, "event_id": "Ev"},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{"action_id": "say-0", "type": "button", "value": "x"}], "user": 5},
        {"type": "something new"},
        {"type": "view_submission", "view": {"id": "V1"}},
    ],
)
async def test_what_is_signed_and_not_for_us_changes_nothing_and_is_no_fault(house, payload):
    body = json.dumps({"type": "event_callback", "team_id": "T0TEAM001", **payload}).encode()
    assert (await house.post(body)).status_code in {200, 400}
    await house.settled()
    assert house.api.messages == []
    assert house.warned == []


async def test_another_workspace_is_refused(house):
    member = house.member()
    assert (await member.bring(member.message("refer"), team="T0OTHER01")).status_code == 403
    assert (await member.bring(member.message("refer"), team="")).status_code == 403
    assert house.api.messages == []


async def test_a_long_body_is_refused(house):
    assert (await house.post(b'"' + b"x" * 600_000 + b'"')).status_code == 413


async def test_what_the_database_could_not_take_is_brought_again_by_slack_and_answered_once(house):
    member = house.member()
    body = member.envelope(member.message("refer"))

    def away(step):
        if step == "replied":
            raise DatabaseTrouble("a statement", None, Exception("gone"))

    house.exchange._reached, there = away, house.exchange._reached
    assert (await house.bring(body, "application/json")).status_code == 503
    house.exchange._reached = there
    assert (await house.bring(body, "application/json")).status_code == 200
    assert len(house.api.said_to("U0PAT0001")) == 1


async def test_nothing_anybody_said_and_no_secret_is_logged(house, caplog, capsys):
    caplog.set_level("DEBUG")
    house.api.refuses = [Refused("internal_error", 500)]
    member = house.member()
    await member.type("the swordfish is at Elm Road")
    await house.post(member.envelope(member.message("swordfish")), x_slack_signature="v0=" + "0" * 64)
    ours = [one for one in caplog.records if one.name.startswith(("slack", "adapters", "bot")) and one.levelno >= 30]
    printed = capsys.readouterr()
    for said in (*(one.getMessage() for one in ours), *house.warned, printed.out, printed.err):
        assert "swordfish" not in said
        assert "xoxb" not in said
