"""The terminal's transcripts, said and pressed in Slack: the same replies word for word, and each of them arrives."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.slack.rich import one_line
from adapters.terminal.show import lines
from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.messages import Began, Choices, Chosen, Filled, Form, Option, Reply, Turn, Typed
from tests.transcripts.play import _Play
from tests.transcripts.script import AREAS, FOLDER, all_files, code_in, shared_out, steps_of, written

from .house import House, served_api, settings_for
from .member import Member, controls
from .web_api import TEAM, Shown, WebApi

NOT_IN_SLACK = {"people", "clocks"}
"""Folders whose transcripts are played by several people, or by nobody: they are tried elsewhere."""
GONE_ONCE_USED = {"repairs/stale_button", "dates/typed_in_the_form"}
"""Here a control is used that in Slack has become what was chosen by it; test_direct_messages presses such ones."""
FILES = [
    one
    for one in all_files()
    if one.relative_to(FOLDER).parts[0] not in NOT_IN_SLACK
    and str(one.relative_to(FOLDER).with_suffix("")) not in GONE_ONCE_USED
]
MEMBERS = {"one": "U0PAT0001", "other": "U0SAM0001"}


class InSlack(_Play):
    """A transcript's steps as signed requests to one bot; what comes is read in Slack and from the bot."""

    def __init__(self, api: WebApi, url: str, folder: Path, stack: AsyncExitStack) -> None:
        self._api, self._url, self._folder, self._stack = api, url, folder, stack
        self._house: House | None = None
        self._now: datetime | None = None
        self._device = "one"
        self._seated: set[str] = set()
        self._replies: dict[str, list[Reply]] = {}
        self._code = ""
        self._sittings = 0

    async def ready(self) -> None:
        settings = settings_for(self._url, self._folder)
        exchange = self._stack.enter_context(opened(settings, load_definitions("exampleshire", AREAS)))
        self._house = await self._stack.enter_async_context(House(self._api, exchange, settings).open())
        self._exchange = exchange

    def _work_from(self, definitions) -> None:
        self._exchange.definitions = _with_slack(definitions)
        self._exchange.mind = type(self._exchange.mind)(definitions.library)
        self._exchange.mind.loaded()

    async def _opening(self) -> list[list[str]]:
        """Slack tells of the first opening alone; a later sitting is begun as the bot's other channels begin one."""
        if self._device in self._seated:
            return []
        self._seated.add(self._device)
        if self._device not in self._replies:
            return await self._brought(lambda member: member.open())
        self._sittings += 1
        address = f"{TEAM}/{MEMBERS[self._device]}"
        turn = Turn("slack", address, address, Began(), f"sitting {self._sittings}", self._at())

        async def sit_down(_: Member) -> None:
            await self._exchange.take(turn)
            await self._house.settled()

        return await self._brought(sit_down)

    async def _take(self, said) -> list[list[str]]:
        if isinstance(said, Typed):
            return await self._brought(lambda member: member.type(said.text))
        if isinstance(said, Filled):
            return await self._brought(lambda member: member.type(said.values[0][1]))
        return await self._brought(lambda member: self._press(member, said))

    async def _press(self, member: Member, said: Chosen) -> None:
        """The controls in Slack that stand for what the transcript presses."""
        options, many = self._options(said)
        chosen = [one for one in options if one.id in said.ids]
        if not many:
            shown, label = self._with(chosen[0], options.index(chosen[0]) + 1)
            await member.press(shown, label)
            return
        found = [self._with(one, options.index(one) + 1) for one in chosen]
        shown = found[0][0]
        done = next(one for one in controls(shown) if one["type"] == "button" and one["text"]["text"] == "Done")
        await member.use(shown, done, ticked=tuple(label for _, label in found))

    def _options(self, said: Chosen) -> tuple[tuple[Option, ...], bool]:
        for reply in reversed(self._replies[self._device]):
            for block in reply.blocks:
                if isinstance(block, Choices) and (said.prompt, said.ids[0]) in _offered(block):
                    return block.options, block.many
            if said.prompt == "command" and said.ids[0] in {one.id for one in reply.shortcuts}:
                return reply.shortcuts, False
        raise AssertionError("there is no such button")

    def _with(self, option: Option, number: int) -> tuple[Shown, str]:
        """The newest message with a control for the option, and the control's words."""
        label = one_line(option.label)
        for shown in reversed(self._api.said_to(MEMBERS[self._device])):
            for control in controls(shown):
                each = [one["text"]["text"] for one in control.get("options", ())]
                each += [control["text"]["text"]] if control["type"] == "button" else []
                for words in each:
                    whole = words.removeprefix(f"{number}. ")
                    if whole == label or (whole.endswith("…") and label.startswith(whole[:-1])):
                        return shown, words
        raise AssertionError(f"no control {label!r} has arrived")

    async def _brought(self, bring) -> list[list[str]]:
        house, person = self._house, MEMBERS[self._device]
        assert house is not None
        house.at = self._at()
        before = len(self._api.said_to(person))
        await bring(house.member(person))
        assert all(one.status_code == 200 for one in house.answers)
        arrived = " ".join(" ".join(one.read() for one in self._api.said_to(person)[before:]).split())
        reply = (await self._exchange.read("slack", f"{TEAM}/{person}"))[-1].reply
        assert reply is not None
        for block in reply.blocks:
            if isinstance(block, Choices | Form):
                asked = block.text if isinstance(block, Choices) else block.title
                assert " ".join(asked.split()) in arrived
        self._replies.setdefault(self._device, []).append(reply)
        shown = lines(reply)
        self._code = code_in(shown) or self._code
        return [shown]


def _offered(block: Choices) -> set[tuple[str, str]]:
    return {(block.prompt, one.id) for one in block.options}


def _with_slack(definitions):
    channels = tuple({*definitions.area.case_dialog_channels, "slack"})
    return replace(definitions, area=replace(definitions.area, case_dialog_channels=channels))


async def played_in_slack(text: str) -> str:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        api, url = stack.enter_context(served_api())
        play = InSlack(api, url, folder, stack)
        await play.ready()
        return written(await play.run(steps_of(text)))


@pytest.mark.parametrize("path", shared_out(FILES, 0), ids=lambda path: str(path.relative_to(FOLDER).with_suffix("")))
def test_the_bot_says_in_slack_what_it_says_in_the_terminal(path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert asyncio.run(played_in_slack(kept)) == kept
