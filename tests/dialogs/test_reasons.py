"""A reason in a person's own words belongs to the answer it was given for, and is never left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import InvalidAnswer
from dialogs.flow import MOST_CHARACTERS
from dialogs.flows import load_flows
from dialogs.flows.review_questions import ALL
from dialogs.own_words import is_no_reason, parse_words
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


@pytest.mark.parametrize("answer", ["yes", "no", "unsure"])
@pytest.mark.parametrize("name", [*ALL, "decision"])
def test_every_consideration_and_the_decision_need_a_reason(name: str, answer: str) -> None:
    given = answer if name != "decision" else "no_review"
    said = answered(FLOW, **{name: given})
    without = tuple(one for one in said if one.question != f"{name}_why")
    for done in (without, (*without, Said(f"{name}_why", ""))):
        following = walk(FLOW, done).next
        assert following is not None
        assert following.name == f"{name}_why"


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
def test_nothing_to_add_is_no_reason(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="I need a reason here"):
        parse_words(text)


@pytest.mark.parametrize("text", ["Not sure.", "I'm not sure yet", "don’t know", "we really do not know", "unsure"])
def test_that_somebody_does_not_know_is_no_reason_but_why_not_is(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="Please say why that is not known"):
        parse_words(text)
    assert is_no_reason(text)
    why = f"{text.rstrip('.')}: the post-mortem is not back"
    assert parse_words(why) == why
    assert not is_no_reason(why)


@pytest.mark.parametrize("text", ["Too early to say.", "The hospital is not sure", "The child was unknown"])
def test_what_says_why_or_who_is_a_reason(text: str) -> None:
    assert parse_words(text) == text


def test_words_are_taken_as_they_stand_with_single_spaces() -> None:
    assert parse_words("  The school\nwas not   told. ") == "The school was not told."


@pytest.mark.parametrize(
    ("text", "why"), [("...", "in words"), ("42", "in words"), ("x" * (MOST_CHARACTERS + 1), "longer than I can keep")]
)
def test_what_is_no_reason_is_refused_kindly(text: str, why: str) -> None:
    with pytest.raises(InvalidAnswer, match=why):
        parse_words(text)


@given(st.text(max_size=1200))
def test_whatever_is_taken_is_an_answer_the_question_takes(text: str) -> None:
    question = FLOW.question("improvements_why")
    assert question is not None
    try:
        words = parse_words(text)
    except InvalidAnswer:
        return
    assert question.fits(words)
    assert words.encode().decode().isprintable()
