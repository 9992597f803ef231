"""A reason in a person's own words belongs to the answer it was given for, and is left out only where it may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import InvalidAnswer
from dialogs.flow import MOST_CHARACTERS, NOTHING_ADDED
from dialogs.flows import load_flows
from dialogs.own_words import parse_words
from dialogs.walk import Said, change_effect, walk

from .answering import answered

FLOW = load_flows()["rapid_review_outcome"]
WHOLE = answered(FLOW, improvements="yes", improvements_why="It was asked for before.")


def reason_now(*more: Said) -> str | None:
    return walk(FLOW, (*WHOLE, *more)).by_name.get("improvements_why")


def test_a_reason_counts_for_its_answer() -> None:
    assert reason_now() == "It was asked for before."


def test_another_answer_needs_another_reason() -> None:
    changed = Said("improvements", "no")
    assert reason_now(changed) is None
    following = walk(FLOW, (*WHOLE, changed)).next
    assert following is not None
    assert following.name == "improvements_why"
    assert [one.name for one in change_effect(FLOW, WHOLE, changed).opens] == ["improvements_why"]


def test_the_first_answer_again_brings_its_reason_back() -> None:
    assert reason_now(Said("improvements", "no"), Said("improvements", "yes")) == "It was asked for before."
    between = (Said("improvements", "no"), Said("improvements_why", "Nothing new in it."), Said("improvements", "yes"))
    assert reason_now(*between) == "It was asked for before."


def test_a_reason_may_be_left_out_for_a_no_and_not_for_a_yes() -> None:
    skipped = (Said("improvements", "no"), Said("improvements_why", NOTHING_ADDED))
    assert reason_now(*skipped) == NOTHING_ADDED
    assert reason_now(Said("improvements_why", NOTHING_ADDED)) is None
    question = FLOW.question("decision_why")
    assert question is not None
    assert not question.fits(NOTHING_ADDED)


@given(st.lists(st.tuples(st.sampled_from(["yes", "no", "unsure"]), st.sampled_from(["a", "b", ""])), max_size=6))
def test_no_reason_ever_stands_beside_an_answer_it_was_not_given_for(turns: list[tuple[str, str]]) -> None:
    done = tuple(one for one in WHOLE if one.question not in {"improvements", "improvements_why"})
    given: dict[str, set[str]] = {}
    for answer, words in turns:
        done = (*done, Said("improvements", answer), Said("improvements_why", words))
        given.setdefault(answer, set()).add(words)
    answers = walk(FLOW, done).by_name
    if "improvements_why" in answers:
        assert answers["improvements_why"] in given[answers["improvements"]]


@pytest.mark.parametrize("text", ["skip", "Skip.", "nothing to add", "none", "", "  ", "n/a", "-"])
def test_nothing_to_add_is_taken_only_where_it_may_be(text: str) -> None:
    assert parse_words(text, may_skip=True) == NOTHING_ADDED
    with pytest.raises(InvalidAnswer, match="I need a reason here"):
        parse_words(text, may_skip=False)


def test_words_are_taken_as_they_stand_with_single_spaces() -> None:
    assert parse_words("  The school\nwas not   told. ", may_skip=False) == "The school was not told."


@pytest.mark.parametrize(
    ("text", "why"), [("...", "in words"), ("42", "in words"), ("x" * (MOST_CHARACTERS + 1), "longer than I can keep")]
)
def test_what_is_no_reason_is_refused_kindly(text: str, why: str) -> None:
    with pytest.raises(InvalidAnswer, match=why):
        parse_words(text, may_skip=True)


@given(st.text(max_size=1200), st.booleans())
def test_whatever_is_taken_is_an_answer_the_question_takes(text: str, may_skip: bool) -> None:
    question = FLOW.question("improvements_why")
    assert question is not None
    try:
        words = parse_words(text, may_skip=may_skip)
    except InvalidAnswer:
        return
    assert question.fits(words)
    assert words.encode().decode().isprintable()
    assert (words != NOTHING_ADDED) or may_skip
