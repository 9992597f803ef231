"""Shapes that settings of several channels have: a list with commas, a secret as it was given, a platform's address."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.loopback import is_unread


def _split(value: object) -> object:
    return tuple(one.strip() for one in value.split(",") if one.strip()) if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Several names, with commas between."""


def check_shape(value: SecretStr, shape: re.Pattern[str], words: str) -> SecretStr:
    """A secret that is empty or has its shape. Raises ValueError, which says what it must be and not what it is."""
    if value.get_secret_value() and not shape.fullmatch(value.get_secret_value()):
        raise ValueError(words)
    return value


def shaped(shape: re.Pattern[str], words: str) -> AfterValidator:
    """Lets a secret be empty, or have its shape; `words` says what it must be."""
    return AfterValidator(lambda value: check_shape(value, shape, words))


def api_ending_with(end: str) -> AfterValidator:
    """Lets an address be one that nobody reads on the way, with the end to which a library adds a method's name."""

    def check(value: str) -> str:
        if not is_unread(value) or not value.endswith(end):
            raise ValueError(f"must start with https:// (or be this machine's own address) and end with {end}")
        return value

    return AfterValidator(check)
