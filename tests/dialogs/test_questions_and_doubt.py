"""A question, or being unsure, is told from an answer."""

from __future__ import annotations

import pytest

from dialogs.answers import looks_like_question, says_unsure


@pytest.mark.parametrize(
    "text", ["What now?", "how do I do that", "Do I need consent", "is it serious", "died?", "why"]
)
def test_a_question_is_seen(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize("text", ["", "yes", "they died", "do not know", "was hurt", "may be serious", "didn't see"])
def test_a_statement_is_not_taken_for_a_question(text: str) -> None:
    assert not looks_like_question(text)


@pytest.mark.parametrize("text", ["not sure", "?", "don't know yet", "dunno which day", "can't remember when it was"])
def test_being_unsure_alone_is_heard(text: str) -> None:
    assert says_unsure(text)


@pytest.mark.parametrize("text", ["", "1", "the 1st", "maybe Friday", "not sure, 18/12", "yes", "is it not known"])
def test_being_unsure_beside_an_answer_is_not_being_unsure_alone(text: str) -> None:
    assert not says_unsure(text)
