"""The endpoint: Slack's own checks of it are answered, and a form that is garbage gets a bare status."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from .member import FORM

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
        b"a",
        b"&".join(b"a%d=1" % number for number in range(200)),
    ],
)
async def test_a_signed_form_that_is_none_of_slacks_gets_400_and_no_traceback(house, body):
    answer = await house.post(body, FORM)
    assert (answer.status_code, answer.text) == (400, "bad request\n")
    assert house.warned == []
