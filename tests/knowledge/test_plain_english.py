"""Every answer can be read by somebody tired: short sentences, plain words, no shouting."""

from __future__ import annotations

import re

import pyphen
import pytest

from knowledge.library import load_library
from knowledge.topic import MOST_WORDS, sentences, words

MEAN, GRADE = 18, 12
# Proper terms of the field, which cannot be said otherwise: each counts as two syllables, whatever it has.
FIELD = frozenset(
    "panel safeguarding notification notifications notify notifies notified notifying authority authorities guidance "
    "working together serious incident incidents".split()
)
_SYLLABLES = pyphen.Pyphen(lang="en_GB")


def syllables(word):
    """How many syllables a word has, going by where it may be divided."""
    bare = word.strip(".,'’-").lower()
    count = sum(len(_SYLLABLES.positions(part)) + 1 for part in re.split(r"[-.]", bare) if part)
    return min(2, count) if bare.removesuffix("'s") in FIELD else max(1, count)


def grade(text):
    """The years of school that a text asks for (Flesch and Kincaid)."""
    said = words(text)
    by_sentence = len(said) / len(sentences(text))
    return 0.39 * by_sentence + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def texts():
    """Every text of every topic, named."""
    for topic in load_library().topics.values():
        yield f"{topic.id}, short", topic.short
        if topic.detail:
            yield f"{topic.id}, detail", topic.detail


@pytest.mark.parametrize(
    ("word", "count"), [("child", 1), ("panel", 2), ("notification", 2), ("incident", 2), ("16C", 1)]
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_a_hard_text_has_a_higher_grade_than_an_easy_one():
    easy = "The child is safe. We will ring you. Write down what you saw."
    hard = (
        "Multidisciplinary representatives collaboratively operationalise proportionate organisational methodologies."
    )
    assert grade(easy) < 4
    assert grade(hard) > GRADE


def test_sentences_are_short_on_the_whole():
    means = {where: sum(map(len, map(words, sentences(text)))) / len(sentences(text)) for where, text in texts()}
    assert {where: mean for where, mean in means.items() if mean > MEAN} == {}


def test_short_answers_ask_for_no_more_than_school_gives():
    grades = {topic.id: round(grade(topic.short), 1) for topic in load_library().topics.values()}
    assert {name: years for name, years in grades.items() if years > GRADE} == {}


def test_nothing_is_shouted_or_strung_together_with_dashes():
    assert [where for where, text in texts() if "—" in text or "!" in text] == []


def test_signposts_are_as_plain():
    for decoy in load_library().decoys.values():
        assert all(len(words(one)) <= MOST_WORDS for one in sentences(decoy.text)), decoy.id
        assert "—" not in decoy.text, decoy.id
        assert "!" not in decoy.text, decoy.id
