"""What understands: a command's own words are heard once, a person's are kept nowhere."""

from __future__ import annotations

import pytest

from bot.commands import is_fixed_command
from bot.mind import Mind
from tests.bot.talk import definitions


@pytest.fixture(scope="module")
def mind() -> Mind:
    made = Mind(definitions().library)
    made.loaded()
    return made


async def test_a_commands_words_are_heard_once(mind: Mind) -> None:
    _, first = await mind.hear("refer", keep=True)
    _, again = await mind.hear("refer", keep=True)
    assert again is first


async def test_a_persons_words_are_heard_each_time_and_not_kept(mind: Mind) -> None:
    words = "a baby has been hurt"
    _, first = await mind.hear(words, keep=False)
    _, again = await mind.hear(words, keep=False)
    assert again is not first
    assert words not in mind._kept


@pytest.mark.parametrize("words", ["refer", "/menu", "My cases", "practice"])
def test_what_names_nothing_is_a_commands(words: str) -> None:
    assert is_fixed_command(words)


@pytest.mark.parametrize("words", ["case 26-001", "resume BCDF-GHJK", "done 26-001", "refer Emily", "a baby died", ""])
def test_what_names_something_is_a_persons(words: str) -> None:
    assert not is_fixed_command(words)
