"""What is left of a question that waits for the content owner: no child's name and no place in clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.privacy import blanked
from bot.privacy.privacy_gaps import kept
from knowledge.library import load_library
from knowledge.understanding import load_understanding
from tests.evaluation import sets

NAMING = {
    "faith hope of church road": "faith hope church road",
    "young at park lane": "young park lane",
    "summer went missing in hull": "summer hull",
    "a boy named will grant": "will grant",
    "the girl called may": "may",
    "Grace and Mark were at Hope Street": "grace mark hope street",
    "who do we tell about charity": "charity",
    "faith and her brother christian": "faith christian",
    "is will at risk": "will",
    "he lived in bradford near the canal": "bradford",
    "at st mary's primary": "st mary's",
    "from park view academy": "park view",
    "a fall at old mill lane": "mill lane",
    "the mother is April, what now": "april",
    "what about summer and faith": "summer faith",
    "review about leo and max": "leo max",
    "what happens for the Ward family now": "ward",
    "is there a review about Law and the school": "law",
    "who tells Green about the panel": "green",
    "does a rapid review for Price go in": "price",
}
ORDINARY = (
    "will the review be about one child or several",
    "in good faith we told the family first",
    "does the report go out in april",
    "a young person in care died over the summer",
    "what is a rapid review",
    "who tells Ofsted and the Panel",
    "which primary school tells the council",
    "does the family court have to agree",
    "is this a matter for children in england or wales",
    "who chairs the review and can they mark it urgent",
)


def kept_words(text: str) -> list[str]:
    return kept(load_understanding(load_library()), text).split()


@pytest.mark.parametrize(("text", "lost"), NAMING.items())
def test_a_word_that_may_be_a_name_or_part_of_an_address_is_a_gap(text, lost):
    assert not set(lost.split()) & set(kept_words(text))


@pytest.mark.parametrize("text", ORDINARY)
def test_a_word_in_plainly_ordinary_use_is_kept(text):
    it = load_understanding(load_library())
    assert kept(it, text) == it.masked(text)


def test_nearly_nothing_is_lost_of_the_topics_own_questions():
    """They name nobody, so each gap more than those of words that are not known is one too many."""
    it = load_understanding(load_library())
    asked = [ask for topic in it.library.topics.values() for ask in topic.asks[::2]]
    lost = [ask for ask in asked if _lost(ask)]
    assert len(lost) * 1000 <= len(asked), lost


def test_little_is_lost_of_questions_nobody_wrote_the_topics_for():
    words = [word for item in sets.answerable() for word in blanked(item.question).split()]
    lost = sum(_lost(item.question) for item in sets.answerable())
    assert lost * 100 <= len(words)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_and_no_word_comes_in(text):
    assert set(kept_words(text)) <= {"…", *load_understanding(load_library()).masked(text).split()}


def _lost(text: str) -> int:
    """How many words are gaps that are so only because they might be a name."""
    it = load_understanding(load_library())
    return it.masked(blanked(text, "_")).split().count("…") * -1 + kept(it, text).split().count("…")
