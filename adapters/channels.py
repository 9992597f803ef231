"""How the channels are opened and looked over: each is a folder here, and its platform is loaded only if enabled.

A channel's folder has `capabilities.py` with CAPABILITIES, which needs nothing but `bot.channel`. If it has settings of
its own it has `settings.py` with SETTINGS, a class that inherits `adapters.settings.Settings`. One that `bot serve`
opens by name also has `opening.py` with `opened(around) -> Opened` and `missing(settings) -> str`, and `check.py` with
`async check(settings) -> Sequence[Finding]`. Nothing else has to know of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Generic, Protocol, TypeVar, cast

import click
from starlette.routing import BaseRoute

from adapters import channel_folders
from adapters.channel_folders import WEB
from adapters.settings import Settings
from bot.channel import Channel
from bot.clock import Clock
from bot.exchange import Exchange

SettingsT = TypeVar("SettingsT", bound=Settings, covariant=True)


@dataclass(frozen=True)
class Around(Generic[SettingsT]):
    """What a channel is given: where turns are brought, the settings, the clock, and a line for the administrator.

    Whatever the channel, the settings are those of every channel, so they are of its own class too.
    """

    exchange: Exchange
    settings: SettingsT
    clock: Clock
    warn: Callable[[str], None]


class Opened(Protocol):
    """A channel in this process."""

    channel: Channel

    def routes(self) -> Sequence[BaseRoute]:
        """Where its platform brings what people say."""
        ...

    def sending(self) -> AbstractAsyncContextManager[None]:
        """It can send until the end of the block; in every process that sends."""
        ...

    def taking(self) -> AbstractAsyncContextManager[None]:
        """It takes what people say until the end of the block; in `bot serve` only. The server listens already."""
        ...

    def trouble(self) -> str:
        """What is wrong with it now, in a few words without a person or a secret; empty where it is well."""
        ...


@dataclass(frozen=True)
class Finding:
    """What was found out about a channel. `page` is where it is mended; `well` is None for what is only to be known."""

    text: str
    well: bool | None
    page: str = ""


def check_all(settings: Settings) -> None:
    """Look whether every enabled channel can be opened. Raises ClickException where one is not there or not set up."""
    for name in _wanted(settings):
        _check_is_installed(name)
        if lacking := _part(name, "opening", "missing")(settings):
            raise click.ClickException(f"the {name} channel cannot be served: {lacking}")


def opened(around: Around[Settings]) -> list[Opened]:
    """Every enabled channel but the web page, opened; after `check_all`."""
    return [cast(Opened, _part(name, "opening", "opened")(around)) for name in _wanted(around.settings)]


async def findings(name: str, settings: Settings) -> Sequence[Finding]:
    """What `bot doctor` has to say of a channel."""
    try:
        _check_is_installed(name)
    except click.ClickException as fault:
        return (Finding(fault.message, well=False),)
    return cast(Sequence[Finding], await _part(name, "check", "check")(settings))


@asynccontextmanager
async def all_at_once(contexts: Iterable[AbstractAsyncContextManager[None]]) -> AsyncIterator[None]:
    """Every one of these until the end of the block; left in the order opposite to that in which they were entered."""
    async with AsyncExitStack() as stack:
        for one in contexts:
            await stack.enter_async_context(one)
        yield


def _wanted(settings: Settings) -> list[str]:
    return [name for name in settings.channels if name != WEB]


def _part(name: str, module: str, value: str) -> Callable[..., Any]:
    return cast(Callable[..., Any], channel_folders.loaded(name, module, value))


def _check_is_installed(name: str) -> None:
    needs = channel_folders.capabilities()[name].needs
    if needs and find_spec(needs) is None:
        raise click.ClickException(f"the {name} channel needs its extra: .venv/bin/pip install --editable '.[{name}]'")
