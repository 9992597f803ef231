"""A prompt with more options than a platform has room for: they stand in the text with numbers, to be typed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot import wording_controls
from bot.channel import Limits
from bot.messages import Block, Bold, Choices, Text


def within(limits: Limits, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with words for every prompt that has too many options for controls."""
    most = limits.options
    for block in blocks:
        is_over = isinstance(block, Choices) and most is not None and len(block.options) > most
        yield _in_words(block) if is_over and isinstance(block, Choices) else block


def _in_words(block: Choices) -> Text:
    lines = [
        f"{number}. {option.label}{f' ({option.hint})' if option.hint else ''}"
        for number, option in enumerate(block.options, 1)
    ]
    how = wording_controls.TYPE_NUMBERS if block.many else wording_controls.TYPE_NUMBER
    told = "\n".join(one for one in (block.help, how, *lines) if one)
    return Text.of(Bold(block.text), f"\n{told}")
