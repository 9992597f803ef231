"""Plays the terminal's transcripts on a platform, by its own requests: what comes is read there, and from the bot."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, ClassVar

from adapters.terminal.show import lines
from bot.definitions import Definitions
from bot.messages import Choices, Chosen, Filled, Form, Option, Reply, Said, Typed
from tests.adapters.platform_house import PlatformHouse

from .play import Play
from .script import code_in
from .sparing import SharedMind


def switched_on(definitions: Definitions, channel: str) -> Definitions:
    """The definitions of an area that has switched everything on for a channel."""
    area = definitions.area
    return replace(definitions, area=replace(area, case_dialog_channels=(*area.case_dialog_channels, channel)))


class PlatformPlay(Play):
    """One playing of one transcript by what people on a platform type and press there."""

    channel: ClassVar[str]
    taken: ClassVar[frozenset[int]] = frozenset({200})
    """How a request is answered that was taken."""

    def __init__(self, house: PlatformHouse[Any]) -> None:
        super().__init__(house.exchange)
        self._exchange.mind = SharedMind(self._exchange.definitions.library)
        self._clock = house

    @property
    @abstractmethod
    def _address(self) -> str:
        """The conversation of whoever has this device."""

    @abstractmethod
    def _read(self) -> list[str]:
        """Every message that has come there, as it is read."""

    @abstractmethod
    async def _sit_down(self) -> None:
        """They open the conversation, for the first time or once more."""

    @abstractmethod
    async def _type(self, words: str) -> None: ...

    @abstractmethod
    async def _press(self, said: Chosen) -> None:
        """They use the controls that stand for what the transcript presses."""

    async def _fill(self, said: Filled) -> None:
        """They fill in what stands in a form, where that is not the same as to type it."""
        raise NotImplementedError

    async def _opening(self) -> list[list[str]]:
        if self._device in self._seated:
            return []
        self._seated.add(self._device)
        return await self._brought(self._sit_down())

    async def _take(self, said: Said) -> list[list[str]]:
        if isinstance(said, Chosen):
            return await self._brought(self._press(said))
        if isinstance(said, Filled):
            return await self._brought(self._fill(said))
        assert isinstance(said, Typed)
        return await self._brought(self._type(said.text))

    async def _brought(self, bringing: Coroutine[Any, Any, None]) -> list[list[str]]:
        """The bot's newest reply, once it is seen that what it asks has arrived."""
        self._clock.at = self._at()
        before = len(self._read())
        await bringing
        assert self._clock.answers[-1].status_code in self.taken
        arrived = " ".join(" ".join(self._read()[before:]).split())
        shown = await self._newest()
        self._has_arrived(self._replies[self._device][-1], arrived)
        return shown

    async def _newest(self) -> list[list[str]]:
        """The bot's newest reply, as it is kept."""
        reply = (await self._exchange.passage(self.channel, self._address, newest=1)).entries[-1].reply
        assert reply is not None
        self._replies.setdefault(self._device, []).append(reply)
        shown = lines(reply)
        self._code = code_in(shown) or self._code
        return [shown]

    def _has_arrived(self, reply: Reply, arrived: str) -> None:
        """See that what a reply asks is among the words that came."""
        for block in reply.blocks:
            if isinstance(block, Choices | Form):
                asked = block.text if isinstance(block, Choices) else block.title
                assert " ".join(asked.split()) in arrived

    def _work_from(self, definitions: Definitions) -> None:
        self._exchange.definitions = switched_on(definitions, self.channel)
        self._exchange.mind = SharedMind(definitions.library)

    def _options(self, said: Chosen) -> tuple[tuple[Option, ...], bool]:
        """The options that one of these is among, and whether several can be ticked."""
        for reply in reversed(self._replies[self._device]):
            for options, many in _offered(reply, said.prompt):
                if said.ids[0] in {one.id for one in options}:
                    return options, many
        raise AssertionError("there is no such button")


def _offered(reply: Reply, prompt: str) -> list[tuple[tuple[Option, ...], bool]]:
    found = [(one.options, one.many) for one in reply.blocks if isinstance(one, Choices) and one.prompt == prompt]
    return [*found, (reply.shortcuts, False)] if prompt == "command" else found
