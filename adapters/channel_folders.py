"""Finds the channels by their folders here, and loads of one no more than is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from bot.channel import Capabilities

WEB = "web"
"""The one channel that is always there once it is enabled, and is put together by `adapters.serve` itself."""
_HERE = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """Every channel there is: each says in `capabilities.py` what it can do."""
    return tuple(sorted(found.parent.name for found in _HERE.glob("*/capabilities.py")))


@cache
def served() -> tuple[str, ...]:
    """Those that `bot serve` can carry."""
    return (WEB, *(name for name in names() if has(name, "opening")))


def case_channels() -> tuple[str, ...]:
    """Those that an area can name where its file says on which dialogs and cases may be spoken of."""
    return ("terminal", *served())


def has(name: str, part: str) -> bool:
    """Whether a channel's folder has a module of this name."""
    return (_HERE / name / f"{part}.py").is_file()


def loaded(name: str, part: str, value: str) -> object:
    """What a module in a channel's folder calls by this name."""
    return getattr(import_module(f"adapters.{name}.{part}"), value)


@cache
def capabilities() -> dict[str, Capabilities]:
    """What each channel says of itself."""
    return {name: cast(Capabilities, loaded(name, "capabilities", "CAPABILITIES")) for name in names()}
