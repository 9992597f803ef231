"""Nothing that is logged holds a secret, and a fault is logged without its words."""

from __future__ import annotations

import logging
import sys

import pytest
from pydantic import SecretStr

from adapters.log import Discreet, secrets_of
from adapters.settings import every_setting

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
SETTINGS = every_setting()(
    telegram_token=SecretStr(TOKEN),
    telegram_secret_token=SecretStr("a-secret-that-telegram-knows"),
    mail_username="bot",
    mail_password=SecretStr("hunter22"),
)
DISCREET = Discreet(secrets_of(SETTINGS))


def logged(message: str, *args: object, fault: bool = False) -> str:
    record = logging.LogRecord("lib", logging.ERROR, "", 1, message, args, sys.exc_info() if fault else None)
    return DISCREET.format(record)


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
    said = logged("HTTP Request: %s failed", secret)
    hidden = (TOKEN, "BBcdef", "a-secret-that", "hunter22", "xoxb-1234", "xapp-1", "eyJhbGciOi")
    assert not [one for one in hidden if one in said]
    assert "[hidden]" in said


def test_a_fault_is_told_by_its_kind_and_place_and_not_its_words():
    try:
        int("her name is Kylie")
    except ValueError:
        said = logged("Exception in ASGI application", fault=True)
    assert "Kylie" not in said
    assert "ValueError at " in said
    assert "\n" not in said
