"""Shows the library of published reviews: its themes, and the reviews on one."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.messages import Block
from bot.moment import Moment, Outcome
from bot.prompts import again, prompt
from bot.state import SUGGESTIONS, Awaited
from bot.topic_blocks import review_blocks, version_line
from knowledge.learning import themes
from knowledge.terms import load_terms

_ASKS_FOR_REVIEWS = re.compile(
    r"\b(?:reviews?|findings?|learning|lessons?|briefings?) (?:\w+ ){0,4}(?:about|on|into|of|for|from)\b"
    r"|\b(?:reviews?|findings?|learning|lessons?|briefings?) (?:\w+ ){0,4}(?:find|found|say|said|show)\b"
    r"|\b(?:find|found|say|said|show|published|national|thematic) (?:\w+ ){0,4}(?:reviews?|findings)\b"
    r"|\b\w+ reviews? (?:findings?|published)\b|\breviews? \w+$"
)
# Words of themes that nearly every question here has.
_COMMON = frozenset(
    load_terms().tokens("children child families family harm care information risk year figures outside")
)


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


def named_reviews(moment: Moment) -> tuple[Block, ...]:
    """The reviews on the themes that the person's words name, where they ask for reviews or what those found."""
    text = moment.heard.text if moment.heard is not None else ""
    if not _ASKS_FOR_REVIEWS.search(text):
        return ()
    terms, by_theme = load_terms(), themes(moment.definitions.library.reviews)
    said = set(terms.tokens(text))
    named = [theme for theme in by_theme if said & (set(terms.tokens(theme)) - _COMMON)]
    found = {review.id: review for theme in named for review in by_theme[theme]}
    return review_blocks(tuple(found.values()))
