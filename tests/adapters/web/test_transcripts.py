"""The terminal's transcripts, said and pressed on the page: the same replies word for word, there to read."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.settings import Settings
from adapters.workplace import opened
from bot.messages import (
    Anchor,
    Began,
    Block,
    Bold,
    Bullets,
    Card,
    Choices,
    Chosen,
    File,
    Filled,
    Form,
    Link,
    Reply,
    Text,
    Turn,
    Typed,
)
from tests.storage.empty import furnish
from tests.transcripts.channels import name_of, played_on, told_before
from tests.transcripts.platform_play import PlatformPlay
from tests.transcripts.play import DEVICES, definitions_of
from tests.transcripts.script import Step, steps_of, written

from .browsing import Browser
from .page_house import PageHouse

WITHOUT_SCRIPT = {"dates", "doors"}
"""Folders whose transcripts are played in browsers that run no script, which load the page again for each reply."""


class OnThePage(PlatformPlay):
    """The steps as the page's own forms; but for the first `told_before`, which another playing brings to the page."""

    channel = "web"
    taken = frozenset({204, 205, 303})

    def __init__(self, house: PageHouse, *, has_script: bool, told_before: int) -> None:
        super().__init__(house)
        self._told_before = told_before
        self._step = 0
        self._is_behind = False
        self._house = house
        self._has_script = has_script
        self._browsers: dict[str, Browser] = {}
        self._sittings = 0

    @property
    def _browser(self) -> Browser:
        if self._device not in self._browsers:
            self._browsers[self._device] = Browser(self._house, has_script=self._has_script)
        return self._browsers[self._device]

    @property
    def _address(self) -> str:
        return self._browser.address

    async def _done(self, step: Step) -> list[list[str]]:
        self._step += step.kind != "why"
        if step.kind == "typed" and self._step <= self._told_before:
            return await self._past_the_page(step.text)
        return await super()._done(step)

    async def _past_the_page(self, words: str) -> list[list[str]]:
        turn = Turn("web", self._address, self._address, Typed(words), f"step {self._step}", self._at())
        await self._exchange.take(turn)
        self._is_behind = True
        return await self._newest()

    async def _brought(self, bringing: Coroutine[Any, Any, None]) -> list[list[str]]:
        if self._is_behind:
            await self._browser.load()
            self._is_behind = False
        return await super()._brought(bringing)

    def _read(self) -> list[str]:
        return [one.words for one in self._browser.seen]

    async def _sit_down(self) -> None:
        """Who comes back to the page finds it as it was; a later sitting is begun as the bot's other channels do."""
        if self._device not in self._replies:
            await self._browser.arrive()
            return
        self._sittings += 1
        turn = Turn("web", self._address, self._address, Began(), f"sitting {self._sittings}", self._at())
        await self._exchange.take(turn)
        await self._browser.load()

    async def _directed(self, step: Step) -> list[list[str]]:
        said = await super()._directed(step)
        if step.text in DEVICES and self._device in self._seated:
            # What was done elsewhere meanwhile is seen before anything is done here.
            await self._browser.load()
        return said

    async def _type(self, words: str) -> None:
        await self._browser.send(self._browser.paper("text"), {"text": words})

    async def _press(self, said: Chosen) -> None:
        options, _ = self._options(said)
        labels = [" ".join(one.label.split()) for one in options if one.id in said.ids]
        paper = self._browser.paper_offering(labels)
        # Left open beside it for who presses the same once more: no page can be sent twice.
        await self._browser.open_tab()
        chosen = [paper.choices[one] for one in labels]
        await self._browser.send(paper, {chosen[0][0]: [value for _, value in chosen]})

    async def _fill(self, said: Filled) -> None:
        """The date, in its three fields."""
        day = dict(zip(("day", "month", "year"), said.values[0][1].split("/"), strict=True))
        await self._browser.send(self._browser.paper("day"), day)

    def _has_arrived(self, reply: Reply, arrived: str) -> None:
        seen = squeezed(arrived)
        assert [one for one in words_of(reply) if squeezed(one) not in seen] == []


def words_of(reply: Reply) -> Iterator[str]:
    """All that is to be read of a reply, in pieces that stand together."""
    for block in reply.blocks:
        yield from _words(block)
    yield from (one.label for one in reply.shortcuts)


def _words(block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        for run in block.runs:
            if isinstance(run, Bullets):
                yield from (part for item in run.items for part in _linked(item))
            else:
                yield from _linked(run.text if isinstance(run, Bold) else run)
    elif isinstance(block, Card):
        yield from (block.title, *(part for fact in block.facts for part in fact))
        yield from (part for link in block.links for part in _linked(link))
    elif isinstance(block, Choices):
        yield from (block.text, block.help, *(part for one in block.options for part in (one.label, one.hint)))
    elif isinstance(block, Form):
        # The label of a single field is what the title asks.
        labels = [one.label for one in block.fields if len(block.fields) > 1]
        yield from (block.title, *labels, *(one.help for one in block.fields), block.submit)
    elif isinstance(block, File):
        yield block.name
    elif isinstance(block, Link):
        yield from _linked(block)


def _linked(words: str | Anchor | Link) -> Iterator[str]:
    yield from words.split("\n") if isinstance(words, str) else (words.label, words.url)


def squeezed(words: str) -> str:
    """Without its white space: a page has its own."""
    return "".join(words.split())


@dataclass(frozen=True)
class Served:
    """One installation that all are played on, one after another, as different people use one."""

    house: PageHouse
    runner: asyncio.Runner

    def played(self, text: str, *, has_script: bool, told_before: int) -> str:
        """The transcript's text with what is said on the page now."""
        self.house.exchange.definitions = definitions_of("exampleshire")
        play = OnThePage(self.house, has_script=has_script, told_before=told_before)
        return written(self.runner.run(play.run(steps_of(text))))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("page")
    settings = Settings(data_dir=folder / "data", key_file=folder / "keys", channels=("web",))
    furnish(settings.data_dir)
    with opened(settings, definitions_of("exampleshire")) as exchange, asyncio.Runner() as runner:
        yield Served(PageHouse(exchange, settings), runner)


@pytest.mark.parametrize("path", played_on("web"), ids=name_of)
def test_the_bot_says_on_the_page_what_it_says_in_the_terminal(served: Served, path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    has_script = name_of(path).split("/")[0] not in WITHOUT_SCRIPT
    assert served.played(kept, has_script=has_script, told_before=told_before("web")[path]) == kept
