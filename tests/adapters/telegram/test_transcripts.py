"""The terminal's transcripts, said and pressed on a phone: the same replies word for word, and each of them arrives."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.telegram.render import UNTICKED
from adapters.workplace import opened
from bot.messages import Chosen, Option
from tests.storage.empty import furnish
from tests.transcripts.channels import name_of, played_on
from tests.transcripts.platform_play import PlatformPlay, switched_on
from tests.transcripts.play import definitions_of
from tests.transcripts.script import steps_of, written

from .bot_api import Shown
from .house import House, served_api, settings_for
from .phone import Phone

PHONES = {"one": 5001, "other": 5002}


class OnAPhone(PlatformPlay):
    """The steps through the webhook."""

    channel = "telegram"

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._house = house

    @property
    def _phone(self) -> Phone:
        return self._house.phone(PHONES[self._device])

    @property
    def _address(self) -> str:
        return str(PHONES[self._device])

    def _read(self) -> list[str]:
        return [one.read() for one in self._house.api.in_chat(PHONES[self._device])]

    async def _sit_down(self) -> None:
        await self._type("/start")

    async def _type(self, words: str) -> None:
        await self._phone.type(words, self._at())

    async def _press(self, said: Chosen) -> None:
        options, many = self._options(said)
        for number, option in enumerate(options, 1):
            if option.id in said.ids:
                shown, label = self._with(option, number)
                await self._phone.press(shown, label)
        if many:
            await self._phone.press(shown, "Done")

    def _with(self, option: Option, number: int) -> tuple[Shown, str]:
        """The newest message with a button for the option, and the button's words."""
        label = " ".join(option.label.split())
        for shown in reversed(self._house.api.in_chat(PHONES[self._device])):
            for row in shown.keyboard:
                for button in row:
                    if button["text"].removeprefix(UNTICKED) in {label, f"{number}. {label}", str(number)}:
                        return shown, button["text"]
        raise AssertionError(f"no button {label!r} has arrived")


async def played_on_a_phone(text: str) -> str:
    with TemporaryDirectory() as folder, served_api() as (api, url):
        settings = settings_for(url, Path(folder))
        furnish(settings.data_dir)
        with opened(settings, switched_on(definitions_of("exampleshire"), "telegram")) as exchange:
            async with House(api, exchange, settings).open() as house:
                return written(await OnAPhone(house).run(steps_of(text)))


@pytest.mark.parametrize("path", played_on("telegram"), ids=name_of)
def test_the_bot_says_on_a_phone_what_it_says_in_the_terminal(path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert asyncio.run(played_on_a_phone(kept)) == kept
