"""Shows the library of published reviews: its themes, and the reviews on one."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Block
from bot.moment import Moment, Outcome
from bot.prompts import prompt
from bot.state import Awaited
from bot.topic_blocks import review_blocks, version_line
from knowledge.learning import themes
from knowledge.terms import load_terms
from knowledge.topic import Topic


def browse(moment: Moment) -> Outcome:
    """Asks which theme."""
    state = replace(moment.state, awaited=Awaited("theme"))
    return Outcome(state, prompt(moment.at(state)), "reviews", "Published reviews.")


def on_theme(moment: Moment, theme: str) -> Outcome:
    """The reviews on a theme, the area's own first."""
    library = moment.definitions.library
    shown = review_blocks(themes(library.reviews).get(theme, ()))
    state = replace(moment.state, awaited=None)
    blocks = (*shown, version_line(library), *prompt(moment.at(state)))
    return Outcome(state, blocks, "reviews", f"Reviews: {theme}.")


def about_themes(moment: Moment, topic: Topic) -> tuple[Block, ...]:
    """The reviews on the themes that the person's words name, beside a topic about reviews."""
    terms = load_terms()
    said = set(terms.tokens(moment.heard.text)) if moment.heard is not None else set()
    # Words that the topic itself is about tell no theme.
    said -= set(terms.tokens(topic.title))
    by_theme = themes(moment.definitions.library.reviews)
    named = [theme for theme in by_theme if said & set(terms.tokens(theme))]
    found = {review.id: review for theme in named for review in by_theme[theme]}
    return review_blocks(tuple(found.values()))
