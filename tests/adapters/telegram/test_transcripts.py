"""The terminal's transcripts, said and pressed on a phone: the same replies word for word, and each of them arrives."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.telegram.render import UNTICKED
from adapters.terminal.show import lines
from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.messages import Choices, Chosen, Filled, Form, Reply, Typed
from tests.transcripts.play import _Play
from tests.transcripts.script import AREAS, FOLDER, all_files, code_in, shared_out, steps_of, written

from .bot_api import BotApi, Shown
from .house import House, served_api, settings_for, switched_on

NOT_ON_A_PHONE = {"people", "clocks"}
"""Folders whose transcripts are played by several people, or by nobody: they are tried elsewhere."""
UNLIKE = {
    # What is typed is read back, what stands in a form's own field is not; a chat has no such fields.
    "dates/typed_in_the_form.txt",
    # Its button is gone from the phone once it is used; test_private_chat.py presses it all the same.
    "repairs/stale_button.txt",
}
FILES = [
    one
    for one in all_files()
    if one.relative_to(FOLDER).parts[0] not in NOT_ON_A_PHONE and str(one.relative_to(FOLDER)) not in UNLIKE
]
PHONES = {"one": 5001, "other": 5002}


class OnAPhone(_Play):
    """A transcript's steps through the webhook of one bot; what comes is read from the phone and from the bot."""

    def __init__(self, api: BotApi, url: str, folder: Path, stack: AsyncExitStack) -> None:
        self._api, self._url, self._folder, self._stack = api, url, folder, stack
        self._area = "exampleshire"
        self._house: House | None = None
        self._now: datetime | None = None
        self._device = "one"
        self._seated: set[str] = set()
        self._replies: dict[str, list[Reply]] = {}
        self._code = ""
        self._turns = 0

    async def ready(self) -> None:
        settings = settings_for(self._url, self._folder)
        definitions = switched_on(load_definitions("exampleshire", AREAS))
        exchange = self._stack.enter_context(opened(settings, definitions))
        self._house = await self._stack.enter_async_context(House(self._api, exchange, settings).open())
        self._exchange = exchange

    def _work_from(self, definitions) -> None:
        self._exchange.definitions = switched_on(definitions)
        self._exchange.mind = type(self._exchange.mind)(definitions.library)
        self._exchange.mind.loaded()

    async def _opening(self) -> list[list[str]]:
        if self._device in self._seated:
            return []
        self._seated.add(self._device)
        return await self._brought(lambda phone: phone.type("/start", self._at()))

    async def _take(self, said) -> list[list[str]]:
        if isinstance(said, Typed):
            return await self._brought(lambda phone: phone.type(said.text, self._at()))
        if isinstance(said, Filled):
            return await self._brought(lambda phone: phone.type(said.values[0][1], self._at()))
        return await self._brought(lambda phone: self._press(phone, said))

    async def _press(self, phone, said: Chosen) -> None:
        """The buttons on the phone that stand for what the transcript presses."""
        shown, number, label, many = self._found(said)
        if not many:
            await phone.press(shown, _label(shown, number, label))
            return
        for one in said.ids:
            shown, number, label, _ = self._found(Chosen(said.prompt, (one,)))
            await phone.press(shown, _label(shown, number, UNTICKED + label))
        await phone.press(shown, "Done")

    def _found(self, said: Chosen) -> tuple[Shown, int, str, bool]:
        for reply in reversed(self._replies[self._device]):
            prompts = [block for block in reply.blocks if isinstance(block, Choices)]
            options = [(block.options, block.many) for block in prompts if block.prompt == said.prompt]
            options += [(reply.shortcuts, False)] if said.prompt == "command" else []
            for found, many in options:
                for number, option in enumerate(found, 1):
                    if option.id == said.ids[0]:
                        shown = self._with(option.label, number)
                        return shown, number, " ".join(option.label.split()), many
        raise AssertionError("there is no such button")

    def _with(self, label: str, number: int) -> Shown:
        for one in reversed(self._api.in_chat(PHONES[self._device])):
            labels = [button["text"] for row in one.keyboard for button in row]
            if any(_is(each, number, label) for each in labels):
                return one
        raise AssertionError(f"no button {label!r} has arrived")

    async def _brought(self, bring) -> list[list[str]]:
        house, person = self._house, PHONES[self._device]
        assert house is not None
        house.at = self._at()
        before = len(self._api.in_chat(person))
        await bring(house.phone(person))
        assert house.answers[-1].status_code == 200
        arrived = " ".join(" ".join(one.read() for one in self._api.in_chat(person)[before:]).split())
        reply = (await self._exchange.read("telegram", str(person)))[-1].reply
        assert reply is not None
        for block in reply.blocks:
            if isinstance(block, Choices | Form):
                asked = block.text if isinstance(block, Choices) else block.title
                assert " ".join(asked.split()) in arrived
        self._replies.setdefault(self._device, []).append(reply)
        shown = lines(reply)
        self._code = code_in(shown) or self._code
        return [shown]


def _is(each: str, number: int, label: str) -> bool:
    return each.removeprefix(UNTICKED) in {label, f"{number}. {label}", str(number)}


def _label(shown: Shown, number: int, label: str) -> str:
    labels = [button["text"] for row in shown.keyboard for button in row]
    return next(each for each in labels if _is(each, number, label.removeprefix(UNTICKED)))


async def played_on_a_phone(text: str) -> str:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        api, url = stack.enter_context(served_api())
        play = OnAPhone(api, url, folder, stack)
        await play.ready()
        return written(await play.run(steps_of(text)))


@pytest.mark.parametrize("path", shared_out(FILES, 1), ids=lambda path: str(path.relative_to(FOLDER).with_suffix("")))
def test_the_bot_says_on_a_phone_what_it_says_in_the_terminal(path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert asyncio.run(played_on_a_phone(kept)) == kept
