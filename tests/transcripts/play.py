"""Plays a transcript's steps through the real exchange, with a clock that the transcript turns."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet

from adapters.terminal.show import lines
from bot.clock import LONDON
from bot.definitions import Definitions, load_definitions
from bot.exchange import Exchange
from bot.messages import Choices, Chosen, Filled, Form, Option, Reply, Said, Turn, Typed
from bot.storage import Database, KeyRing
from dialogs.flow import Flow
from tests.storage.empty import furnish

from .script import AREAS, BrokenTranscript, Step, code_in, steps_of, written

CHANNEL = "terminal"
DEVICES = {"first device": "one", "other device": "other"}
_CLOCK = re.compile(r"(?P<weekday>[A-Z][a-z]{2}) (?P<moment>\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2})")
_WITHOUT = re.compile(r"flow without (?:(?P<option>\w+) of )?(?P<question>\w+)")


def played(text: str) -> str:
    """The transcript's text with the bot's lines as they are said now. Raises BrokenTranscript."""
    with TemporaryDirectory() as folder:
        database = Database.open("", furnish(Path(folder)))
        try:
            keys = KeyRing.from_keys([Fernet.generate_key().decode()])
            play = Play(Exchange(database, keys, definitions_of("exampleshire")))
            return written(asyncio.run(play.run(steps_of(text))))
        finally:
            database.close()


@cache
def definitions_of(area: str) -> Definitions:
    """An area as the transcripts know it."""
    return load_definitions(area, AREAS)


class Play:
    """One playing of one transcript."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._now: datetime | None = None
        self._device = DEVICES["first device"]
        self._seated: set[str] = set()
        self._replies: dict[str, list[Reply]] = {}
        self._code = ""
        self._turns = 0

    async def run(self, steps: tuple[Step, ...]) -> list[Step | list[str]]:
        """Each step, followed by what the bot says to it."""
        said: list[Step | list[str]] = []
        for step in steps:
            if step.kind == "typed" or step.text.startswith("press "):
                said += await self._opening()
            said.append(step)
            said += await self._done(step)
        return said

    async def _done(self, step: Step) -> list[list[str]]:
        if step.kind == "typed":
            return await self._take(Typed(step.text.replace("<code>", self._code)))
        if step.kind == "direction":
            return await self._directed(step)
        return []

    async def _directed(self, step: Step) -> list[list[str]]:
        if self._is_arranged(step):
            return []
        if step.text == "new sitting":
            self._seated.discard(self._device)
            return await self._opening()
        if step.text.startswith("press "):
            return await self._take(self._pressed(step))
        if step.text.startswith("fill in "):
            return await self._take(self._filled(step))
        raise BrokenTranscript(f"{step}: there is no such direction")

    def _is_arranged(self, step: Step) -> bool:
        """Whether the direction is about what is around the person, which it then changes."""
        if clock := _CLOCK.fullmatch(step.text):
            self._now = datetime.strptime(clock["moment"], "%d %b %Y %H:%M").replace(tzinfo=LONDON)
            if f"{self._now:%a}" != clock["weekday"]:
                raise BrokenTranscript(f"{step}: that day is a {self._now:%A}")
        elif step.text.startswith("area "):
            self._work_from(definitions_of(step.text.removeprefix("area ")))
        elif step.text.startswith("flow "):
            self._work_from(_edited(self._exchange.definitions, step))
        elif step.text in DEVICES:
            self._device = DEVICES[step.text]
        else:
            return False
        return True

    def _work_from(self, definitions: Definitions) -> None:
        self._exchange = Exchange(self._exchange.database, self._exchange.keys, definitions)

    async def _opening(self) -> list[list[str]]:
        """What a person who sits down at this device is shown, once for each sitting."""
        if self._device in self._seated:
            return []
        self._seated.add(self._device)
        await self._exchange.sit_down(CHANNEL, self._device, self._at())
        return await self._newest_lines()

    async def _take(self, said: Said) -> list[list[str]]:
        self._turns += 1
        turn = Turn(CHANNEL, self._device, self._device, said, str(self._turns), self._at())
        await self._exchange.take(turn)
        return await self._newest_lines()

    async def _newest_lines(self) -> list[list[str]]:
        """The reply to the last turn, as the terminal shows it."""
        reply = (await self._exchange.read(CHANNEL, self._device))[-1].reply
        assert reply is not None
        self._replies.setdefault(self._device, []).append(reply)
        shown = lines(reply)
        self._code = code_in(shown) or self._code
        return [shown]

    def _at(self) -> datetime:
        if self._now is None:
            raise BrokenTranscript("the clock is not set: begin with a line such as @ Fri 18 Dec 2026 16:50")
        return self._now

    def _pressed(self, step: Step) -> Chosen:
        """The newest button on the screen with this label; several boxes are ticked with " + " between them."""
        labels = step.text.removeprefix("press ").split(" + ")
        for prompt, options in self._buttons():
            ids = {option.label: option.id for option in options}
            if all(label in ids for label in labels):
                return Chosen(prompt, tuple(ids[label] for label in labels))
        raise BrokenTranscript(f"{step}: there is no such button")

    def _buttons(self) -> Iterator[tuple[str, tuple[Option, ...]]]:
        for reply in reversed(self._replies[self._device]):
            yield from ((block.prompt, block.options) for block in reply.blocks if isinstance(block, Choices))
            yield "command", reply.shortcuts

    def _filled(self, step: Step) -> Filled:
        for reply in reversed(self._replies[self._device]):
            for block in reply.blocks:
                if isinstance(block, Form):
                    return Filled(block.id, ((block.fields[0].id, step.text.removeprefix("fill in ")),))
        raise BrokenTranscript(f"{step}: there is no form")


def _edited(definitions: Definitions, step: Step) -> Definitions:
    """The definitions with the referral flow of another day: without a question, or without one of its answers."""
    today = definitions_of(definitions.area.key)
    if step.text == "flow of today":
        return today
    match = _WITHOUT.fullmatch(step.text)
    if match is None:
        raise BrokenTranscript(f"{step}: there is no such direction")
    flow = _without(today.flows["referral"], match["question"], match["option"])
    return replace(today, flows={**today.flows, "referral": flow})


def _without(flow: Flow, name: str, option: str | None) -> Flow:
    questions = []
    for question in flow.questions:
        if question.name != name:
            questions.append(question)
        elif option:
            kept = tuple(one for one in question.options if one.id != option)
            questions.append(replace(question, options=kept))
    return replace(flow, version=f"{flow.version} edited", questions=tuple(questions))
