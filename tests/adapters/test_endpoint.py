"""Whatever a platform's address is sent, the answer is a plain status, and no line in the log repeats it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from adapters.endpoint import Refused, endpoint, json_object
from bot.channel import Unreachable
from tests.adapters.web.client import Client

SECRET_WORDS = "her name is Kylie"


def answered(work, body: bytes = b"{}", **more):
    warned: list[str] = []

    async def answering(_, body):
        return work(body)

    with Client(Starlette(routes=[endpoint("/in", answering, warned.append, **more)])) as client:
        found = client.post("/in", content=body)
    assert SECRET_WORDS not in f"{found.text}{warned}"
    assert "Traceback" not in found.text
    return found.status_code, warned


def raising(fault: Exception):
    def work(_: bytes):
        raise fault

    return work


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
def test_what_is_refused_gets_its_status_and_no_line(status):
    assert answered(raising(Refused(status))) == (status, [])


@pytest.mark.parametrize(
    ("fault", "status"),
    [(ValueError(SECRET_WORDS), 500), (KeyError(SECRET_WORDS), 500), (Unreachable(SECRET_WORDS, permanent=False), 503)],
)
def test_a_fault_is_told_by_its_kind_alone(fault, status):
    found, warned = answered(raising(fault))
    assert found == status
    assert len(warned) == 1
    assert type(fault).__name__ in warned[0]


@pytest.mark.parametrize("body", [b"", b"x", b"\xff\xfe", b"[]", b"1", b"[" * 100_000, b'{"a":', b"null"])
def test_what_is_no_json_object_is_refused(body):
    assert answered(json_object, body) == (400, [])


@pytest.mark.parametrize("half", ["\\ud83d", "\\uDE00", "\\ude00\\ud83d", "x\\uD83Dx"])
def test_half_of_a_character_is_refused_wherever_it_stands_and_a_whole_one_is_not(half):
    for body in ('{"a": "%s"}', '{"%s": 1}', '{"a": [{"b": "%s"}]}'):
        assert answered(json_object, (body % half).encode()) == (400, [])
    for whole in ("\\ud83d\\ude00", "\\\\ud83d", "\\u00e9", "\N{GRINNING FACE}"):
        assert list(json_object(f'{{"a": "{whole}"}}'.encode())) == ["a"]


def test_a_long_body_is_not_read_to_its_end():
    assert answered(lambda _: PlainTextResponse("ok"), b"x" * 2000, most=1000) == (413, [])


def test_who_is_not_admitted_is_turned_away_before_anything_is_read():
    def nobody(_):
        raise Refused(403)

    assert answered(raising(AssertionError("read all the same")), admitting=nobody) == (403, [])
