"""The terminal's transcripts, said and pressed in Slack: the same replies word for word, and each of them arrives."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.styled_words import one_line
from adapters.workplace import opened
from bot.messages import Began, Chosen, Option, Turn
from tests.storage.empty import furnish
from tests.transcripts.channels import name_of, played_on
from tests.transcripts.platform_play import PlatformPlay, switched_on
from tests.transcripts.play import definitions_of
from tests.transcripts.script import steps_of, written

from .house import House, served_api, settings_for
from .member import Member, controls
from .web_api import TEAM, Shown

MEMBERS = {"one": "U0PAT0001", "other": "U0SAM0001"}


class InSlack(PlatformPlay):
    """The steps as signed requests."""

    channel = "slack"

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._house = house
        self._sittings = 0

    @property
    def _member(self) -> Member:
        return self._house.member(MEMBERS[self._device])

    @property
    def _address(self) -> str:
        return f"{TEAM}/{MEMBERS[self._device]}"

    def _read(self) -> list[str]:
        return [one.read() for one in self._house.api.said_to(MEMBERS[self._device])]

    async def _sit_down(self) -> None:
        """Slack tells of the first opening alone; a later sitting is begun as the bot's other channels begin one."""
        if self._device not in self._replies:
            await self._member.open()
            return
        self._sittings += 1
        turn = Turn("slack", self._address, self._address, Began(), f"sitting {self._sittings}", self._at())
        await self._exchange.take(turn)
        await self._house.settled()

    async def _type(self, words: str) -> None:
        await self._member.type(words)

    async def _press(self, said: Chosen) -> None:
        options, many = self._options(said)
        found = [self._with(one, number) for number, one in enumerate(options, 1) if one.id in said.ids]
        shown, label = found[0]
        if not many:
            await self._member.press(shown, label)
            return
        done = next(one for one in controls(shown) if one["type"] == "button" and one["text"]["text"] == "Done")
        await self._member.use(shown, done, ticked=tuple(label for _, label in found))

    def _with(self, option: Option, number: int) -> tuple[Shown, str]:
        """The newest message with a control for the option, and the control's words."""
        label = one_line(option.label)
        for shown in reversed(self._house.api.said_to(MEMBERS[self._device])):
            for control in controls(shown):
                each = [one["text"]["text"] for one in control.get("options", ())]
                each += [control["text"]["text"]] if control["type"] == "button" else []
                for words in each:
                    whole = words.removeprefix(f"{number}. ")
                    if whole == label or (whole.endswith("…") and label.startswith(whole[:-1])):
                        return shown, words
        raise AssertionError(f"no control {label!r} has arrived")


async def played_in_slack(text: str) -> str:
    with TemporaryDirectory() as folder, served_api() as (api, url):
        settings = settings_for(url, Path(folder))
        furnish(settings.data_dir)
        with opened(settings, switched_on(definitions_of("exampleshire"), "slack")) as exchange:
            async with House(api, exchange, settings).open() as house:
                return written(await InSlack(house).run(steps_of(text)))


@pytest.mark.parametrize("path", played_on("slack"), ids=name_of)
def test_the_bot_says_in_slack_what_it_says_in_the_terminal(path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert asyncio.run(played_in_slack(kept)) == kept
