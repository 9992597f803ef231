"""The terminal's transcripts, said and pressed in Teams: the same replies word for word, and each of them arrives."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.teams.said import line
from bot.messages import Began, Chosen, Turn
from tests.storage.empty import furnish
from tests.transcripts.channels import name_of, played_on
from tests.transcripts.platform_play import PlatformPlay, switched_on
from tests.transcripts.play import definitions_of
from tests.transcripts.script import steps_of, written

from .house import House, opened_house
from .microsoft import Shown
from .person import Person, says

PEOPLE = {"one": ("29:someone", "a:1someone"), "other": ("29:other", "a:1other")}


class InTeams(PlatformPlay):
    """The steps as signed activities."""

    channel = "teams"

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._house = house
        self._sittings = 0

    @property
    def _person(self) -> Person:
        return self._house.person(*PEOPLE[self._device])

    @property
    def _address(self) -> str:
        return PEOPLE[self._device][1]

    def _read(self) -> list[str]:
        return [one.read() for one in self._house.api.said_in(self._address)]

    async def _sit_down(self) -> None:
        """Teams tells of the installation alone; a later sitting is begun as the bot's other channels begin one."""
        if self._device not in self._replies:
            await self._person.open()
            return
        self._sittings += 1
        turn = Turn("teams", self._address, self._address, Began(), f"sitting {self._sittings}", self._at())
        await self._exchange.take(turn)
        await self._house.settled()

    async def _type(self, words: str) -> None:
        await self._person.type(words)

    async def _press(self, said: Chosen) -> None:
        options, _ = self._options(said)
        labels = [line(one.label) for one in options if one.id in said.ids]
        for shown in reversed(self._house.api.said_in(self._address)):
            if {one["title"] for one in shown.buttons()}.issuperset(labels):
                await self._person.press(shown, *labels)
                return
            if shown.inputs() and all(_lists(shown, one) for one in labels):
                await self._person.tick(shown, *labels)
                return
        raise AssertionError(f"no controls {labels} have arrived")


def _lists(shown: Shown, label: str) -> bool:
    return any(says(choice, label) for one in shown.inputs() for choice in one.get("choices", ()))


async def played_in_teams(text: str) -> str:
    with TemporaryDirectory() as folder:
        furnish(Path(folder) / "data")
        definitions = switched_on(definitions_of("exampleshire"), "teams")
        async with opened_house(Path(folder), definitions) as house:
            return written(await InTeams(house).run(steps_of(text)))


@pytest.mark.parametrize("path", played_on("teams"), ids=name_of)
def test_the_bot_says_in_teams_what_it_says_in_the_terminal(path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert asyncio.run(played_in_teams(kept)) == kept
