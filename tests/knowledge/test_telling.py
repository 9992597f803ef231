"""A message that tells of something is told from one that asks, and a word's meaning from more than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.defined import Defined
from knowledge.library import load_library
from knowledge.telling import DOUBT, EASE, asks, eased
from knowledge.terms import load_terms

TOLD = [
    "police here: attended a sudden death 6 week old",
    "we have had a baby come in with broken ribs",
    "one of our young people was found dead this morning",
    "he stabbed him last tuesday, he's in custody, what now",
    "the baby died overnight in bed with dad",
]
ASKED = [
    "is a stabbing notifiable",
    "who do we tell when a child was found dead",
    "a child has died, do we notify",
    "how long do we have",
    "our pupil was stabbed yesterday, must we tell the panel",
]


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_asks_nothing_and_counts_as_nearer_to_an_incident(text):
    assert not asks(text)
    assert eased(text, 0.0) == EASE


@pytest.mark.parametrize("text", ASKED)
def test_a_question_counts_as_further_from_one(text):
    assert asks(text)
    assert eased(text, 0.0) == -DOUBT


def defined():
    return Defined(load_library().topics.values(), load_terms())


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what is cdop", "child-death-review"),
        ("what does cdr stand for", "child-death-review"),
        ("what's an lcspr?", "lcspr-what"),
        ("what is csin", "notify-how"),
        ("whats an icb", "icb-or-ccg"),
        ("what is lscp", "lscb-abolished"),
        ("hi, what is a rapid review please", "rapid-review-what"),
        ("define section 47", "section-47"),
        ("who are the safeguarding partners", "safeguarding-partners"),
    ],
)
def test_the_meaning_of_a_word_is_found(text, topic):
    assert defined().by(text) == topic


@pytest.mark.parametrize(
    "text",
    ["what is the deadline for a rapid review", "who does the lado tell", "what is cdop told", "cdop", "", "what is"],
)
def test_more_than_a_meaning_is_left_to_the_search(text):
    assert defined().by(text) == ""


def test_no_word_is_defined_twice():
    terms, seen = load_terms(), {}
    for topic in load_library().topics.values():
        for word in topic.defines:
            assert seen.setdefault(tuple(terms.tokens(word)), topic.id) == topic.id, word


@given(st.text(max_size=300))
def test_any_text_is_taken(text):
    assert isinstance(asks(text.casefold()), bool)
    assert defined().by(text.casefold()) in {"", *load_library().topics}
