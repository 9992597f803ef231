"""Nothing that is logged holds a secret, and a fault is logged without its words."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
import warnings
from collections.abc import Iterator
from io import StringIO

import pytest
from microsoft_teams.common.events.event_emitter import EventEmitter
from pydantic import SecretStr
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from telegram.error import TelegramError
from telegram.request import BaseRequest

from adapters.log import Discreet, keep_discreet, secrets_of
from adapters.settings import every_setting

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
SETTINGS = every_setting()(
    telegram_token=SecretStr(TOKEN),
    telegram_secret_token=SecretStr("a-secret-that-telegram-knows"),
    mail_username="bot",
    mail_password=SecretStr("hunter22"),
)
DISCREET = Discreet(secrets_of(SETTINGS))


WORDS = "Zebedee Quill was hit with a belt"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a served bot would have in its log."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DISCREET)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    "secret",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        "bot987654321:BBcdefghijklmnopqrstuvwxyz-_0123456789",
        "a-secret-that-telegram-knows",
        "hunter22",
        "xoxb-1234-abcd",
        "xapp-1-A-2",
        "Authorization: Bearer eyJhbGciOi.J9.sig",
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(secret):
    said = DISCREET.hidden(f"HTTP Request: {secret} failed")
    hidden = (TOKEN, "BBcdef", "a-secret-that", "hunter22", "xoxb-1234", "xapp-1", "eyJhbGciOi")
    assert not [one for one in hidden if one in said]
    assert "[hidden]" in said


def test_what_is_filled_in_stays_out_and_the_message_as_it_stands_in_the_code_is_told(log):
    logging.getLogger("lib").error("Received data was %r by %s", {"text": WORDS}, WORDS)
    assert log.getvalue() == "ERROR lib: Received data was %r by %s\n"


def test_what_was_put_together_before_is_told_by_its_place_alone(log):
    logging.getLogger("lib").critical(f"Failed: {WORDS}")
    logging.getLogger("lib").error(ValueError(WORDS))
    logging.getLogger("lib").error(WORDS)
    here = re.escape(__file__)
    assert re.fullmatch(
        rf"CRITICAL lib: said at {here}:\d+\nERROR lib: said at {here}:\d+\nERROR lib: said at {here}:\d+\n",
        log.getvalue(),
    )


def test_a_fault_is_told_by_its_kind_and_place_and_not_its_words(log):
    try:
        int(f"her name is {WORDS}")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    said = log.getvalue()
    assert said.startswith(f"ERROR uvicorn.error: Exception in ASGI application (ValueError at {__file__}:")
    assert (WORDS in said, said.count("\n")) == (False, 1)


def test_a_fault_that_is_written_out_is_told_by_its_kind_and_place(log):
    try:
        int(f"her name is {WORDS}")
    except ValueError:
        written_out = traceback.format_exc()
    logging.getLogger("uvicorn.error").error(written_out)
    said = log.getvalue()
    assert f" (ValueError at {__file__}:" in said
    assert (WORDS in said, said.count("\n")) == (False, 1)


def test_a_cut_answer_of_telegrams_shows_nobodys_words(log):
    with pytest.raises(TelegramError):
        BaseRequest.parse_json_payload(f'{{"ok":true,"result":[{{"text":"{WORDS}"}}'.encode())
    assert log.getvalue().startswith('ERROR telegram.request.BaseRequest: Can not load invalid JSON data: "%s" (JSON')
    assert WORDS not in log.getvalue()


async def test_a_fault_in_what_slack_brought_shows_nobodys_words(log):
    client = SocketModeClient("xapp-1-A-2")

    async def fails(*_: object) -> None:
        raise ValueError(WORDS)

    client.message_listeners.append(fails)
    await client.run_message_listeners({"type": "events_api"}, WORDS)
    await client.close()
    assert log.getvalue().startswith("ERROR slack_sdk.socket_mode.aiohttp: said at ")
    assert WORDS not in log.getvalue()


async def test_a_fault_in_what_teams_brought_shows_nobodys_words(log):
    emitter = EventEmitter()

    def fails(_: object) -> None:
        raise ValueError(WORDS)

    emitter.on(WORDS, fails)
    emitter.emit(WORDS, None)
    assert re.match(r"ERROR microsoft_teams\S*: Handler failed for event '%s': %s\n", log.getvalue())
    assert WORDS not in log.getvalue()


async def test_a_task_that_nobody_waited_for_shows_nobodys_words(log):
    loop = asyncio.get_running_loop()
    loop.default_exception_handler({"message": "Task exception was never retrieved", "exception": ValueError(WORDS)})
    assert log.getvalue().startswith("ERROR asyncio: said at ")
    assert "(ValueError)" in log.getvalue()
    assert WORDS not in log.getvalue()


def test_a_warning_is_told_by_its_kind_and_place(capsys, monkeypatch):
    for owner, name in ((warnings, "showwarning"), (logging, "raiseExceptions"), (logging.getLogger(), "handlers")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    keep_discreet(SETTINGS)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning(WORDS, UserWarning, "models.py", 7)
    assert capsys.readouterr().err == "UserWarning at models.py:7\n"
