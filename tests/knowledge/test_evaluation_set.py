"""The evaluation set is large enough, points at topics that there are, and is not made of what it measures."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from knowledge.examples import DISCLOSURES, INCIDENTS, LOOK_ALIKES, NOT_INCIDENTS, examples
from knowledge.library import load_library
from knowledge.meaning import load_encoder
from knowledge.terms import _EMPTY, load_terms, word_list
from knowledge.vectors import load_vectors
from tests.evaluation import sets

# The least that there has to be of each kind.
SIZES = [
    (sets.answerable, 300),
    (sets.out_of_scope, 120),
    (sets.disclosures, 60),
    (sets.look_alikes, 60),
    (sets.follow_ups, 40),
    (sets.hostile, 30),
    (sets.incidents, 30),
]
KINDS = [kind for kind, _ in SIZES]
NAMES = [kind.__name__ for kind in KINDS]

SHARED = 5
"""So many content words in a row make an item a copy of a topic's question."""
ALIKE, SAME = 0.9, 0.95


def content(text):
    """The words of a text that tell something."""
    return [word for word in word_list(text) if word not in _EMPTY]


def runs(text):
    """Every run of SHARED content words."""
    words = content(text)
    return {tuple(words[at : at + SHARED]) for at in range(len(words) - SHARED + 1)}


@cache
def everything():
    """Every item of every kind."""
    return tuple(item for kind in KINDS for item in kind())


@cache
def data_lines():
    """The lines that messages are compared with, apart from the topics' questions."""
    files = ((DISCLOSURES, ""), (LOOK_ALIKES, ""), (INCIDENTS, ""), (INCIDENTS, NOT_INCIDENTS))
    return tuple((file.name, line) for file, heading in files for line in examples(file, heading))


def meanings(texts):
    """What texts mean, a row each, worked out as the bot does."""
    terms, shipped = load_terms(), load_vectors(load_encoder())
    return shipped.among(terms.says(text) for text in texts)


# --- Size and shape


@pytest.mark.parametrize(("kind", "least"), SIZES, ids=NAMES)
def test_there_are_enough_of_each_kind_none_twice(kind, least):
    questions = [(item.before, item.question) for item in kind()]
    assert len(questions) >= least
    assert len(set(questions)) == len(questions)
    assert all(question.strip() for _, question in questions)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_the_halves_share_nothing_and_are_as_large(kind):
    fit, report = kind("fit"), kind("report")
    assert {item.question for item in fit} & {item.question for item in report} == set()
    assert sorted([*fit, *report], key=repr) == sorted(kind(), key=repr)
    for name in {item.kind for item in kind()}:
        count = [sum(item.kind == name for item in half) for half in (fit, report)]
        assert abs(count[0] - count[1]) <= 1, name


def test_every_way_of_asking_is_there():
    assert {item.kind for item in sets.answerable()} == set(sets.ANSWERABLE)
    assert {item.kind for item in sets.out_of_scope()} == set(sets.OUT_OF_SCOPE)
    assert all(item.before for item in sets.follow_ups())


@pytest.mark.parametrize("kind", [sets.answerable, sets.follow_ups])
def test_every_label_is_a_topic(kind):
    topics = load_library().topics
    assert all(item.topics for item in kind())
    assert {name for item in kind() for name in item.topics if name not in topics} == set()


def test_acronyms_with_two_meanings_are_labelled_with_topics_too():
    labels = [line.partition(" => ")[2] for line in sets.lines("ambiguous.txt")]
    assert {label for label in labels if label} <= set(load_library().topics)
    assert sum(not label for label in labels) >= 10


def test_at_least_eighty_messages_try_the_search_for_identifiers():
    assert len(sets.lines("identifiers.txt")) >= 80


# --- Nothing that is measured is what it is measured with


def test_no_item_shares_five_content_words_in_a_row_with_a_topic_s_question():
    """The question before a follow-up is part of the item."""
    owners = {run: (topic.id, ask) for topic in load_library().topics.values() for ask in topic.asks
              for run in runs(ask)}  # fmt: skip
    shared = {
        f"{text} | {owners[run][0]}: {owners[run][1]}"
        for item in everything()
        for text in (item.question, item.before)
        for run in runs(text) & set(owners)
    }
    assert not shared, "\n".join(sorted(shared))


def test_no_item_is_a_line_of_the_knowledge_itself():
    """Of a follow-up the question itself counts: the one before it only sets the scene."""
    library = load_library()
    said = {tuple(word_list(line)): f"{name}: {line}" for name, line in data_lines()}
    for entry in (*library.decoys.values(), *library.topics.values()):
        said |= {tuple(word_list(ask)): f"{entry.id}: {ask}" for ask in entry.asks}
    same = [f"{item.question} | {said[words]}" for item in everything()
            if (words := tuple(word_list(item.question))) in said]  # fmt: skip
    assert not same, "\n".join(same)


def test_no_item_says_nearly_the_same_as_an_example():
    lines = data_lines()
    near = meanings(item.question for item in everything()) @ meanings(line for _, line in lines).T
    same = [f"{near[at, line]:.3f} {everything()[at].question} | {': '.join(lines[line])}"
            for at, line in np.argwhere(near > SAME)]  # fmt: skip
    assert not same, "\n".join(same)


def test_no_two_items_about_danger_are_alike():
    questions = [item.question for item in sets.disclosures()]
    near = np.tril(meanings(questions) @ meanings(questions).T, -1)
    alike = [f"{near[one, other]:.3f} {questions[one]} | {questions[other]}"
             for one, other in np.argwhere(near > ALIKE)]  # fmt: skip
    assert not alike, "\n".join(alike)


def test_disclosures_are_not_all_told_in_one_way():
    """A child's own words, text-speak, and what somebody else was told."""
    texts = [f" {item.question.lower()} " for item in sets.disclosures()]
    for signs in ((" my ", " me "), (" u ", " im ", " wen ", " n ", " 2 "), (" says ", " said ", " told ")):
        assert sum(any(sign in text for sign in signs) for text in texts) >= 5, signs


def test_a_run_of_content_words_is_told_from_words_that_tell_nothing():
    assert content("how long does the council have to notify") == ["how", "long", "council", "notify"]
    assert runs("how long council notify panel now") == {
        ("how", "long", "council", "notify", "panel"),
        ("long", "council", "notify", "panel", "now"),
    }
    assert runs("too short") == set()
