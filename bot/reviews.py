"""Shows the library of published reviews: its themes, and the reviews on one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.messages import Block
from bot.moment import Moment, Outcome
from bot.prompts import again, prompt
from bot.state import SUGGESTIONS, Awaited
from bot.topic_blocks import review_blocks, version_line
from knowledge.learning import themes


def browse(moment: Moment) -> Outcome:
    """Asks which theme."""
    if moment.state.awaited is not None and moment.state.awaited.kind not in SUGGESTIONS:
        # A dialog waits for something else, which must not be lost.
        return again(moment, "reviews", "Published reviews.", *review_blocks(moment.definitions.library.reviews))
    state = replace(moment.state, awaited=Awaited("theme"))
    return Outcome(state, prompt(moment.at(state)), "reviews", "Published reviews.")


def on_theme(moment: Moment, theme: str) -> Outcome:
    """The reviews on a theme, the area's own first."""
    library = moment.definitions.library
    shown = review_blocks(themes(library.reviews).get(theme, ()))
    state = replace(moment.state, awaited=None)
    blocks = (*shown, version_line(library), *prompt(moment.at(state)))
    return Outcome(state, blocks, "reviews", f"Reviews: {theme}.")


def wanted(moment: Moment, names: Iterable[str]) -> tuple[Block, ...]:
    """The reviews of these ids, in full."""
    names = set(names)
    return review_blocks(tuple(one for one in moment.definitions.library.reviews if one.id in names))
