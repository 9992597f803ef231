"""Words that say how a question is to be asked are told from answers and from what has happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.in_passing import said_in_passing


@pytest.mark.parametrize(
    "said",
    [
        "can u explain that in simpler words",
        "what does that mean",
        "wot does that mean",
        "not sure what this means",
        "i don't get it",
        "i really don't understand the question",
        "sorry what?",
        "in plain english please",
        "could you put that another way",
        "what happens if i say no",
        "not sure what to put",
        "what do you mean by in danger",
    ],
)
def test_what_was_not_understood_is_heard(said):
    assert said_in_passing(said) == "not understood"


@pytest.mark.parametrize(
    "said",
    ["why do you ask", "y do u ask", "why are you asking me this", "what is this for", "do i have to answer this"],
)
def test_why_is_heard_in_other_words(said):
    assert said_in_passing(said) == "why"


@pytest.mark.parametrize(
    "said",
    [
        "im scared",
        "i feel sick about this",
        "I'm scared of getting it wrong",
        "im frightened ill lose my job",
        "i cant do this",
        "this is horrible",
        "i dont know what to do",
    ],
)
def test_that_it_is_hard_is_heard(said):
    assert said_in_passing(said) == "hard"


@pytest.mark.parametrize(
    "said",
    [
        "not sure",
        "dont know",
        "no idea",
        "no",
        "shaken",
        "broken",
        "scared",
        "im scared of my dad",
        "im scared to go home",
        "i am not safe",
        "i want to die",
        "i cant breathe",
        "he is scared",
        "im worried about a boy",
        "why did he die",
        "what is a lado",
        "explain rapid review",
        "what happened",
        "i dont know what day",
    ],
)
def test_answers_questions_and_what_has_happened_are_left_alone(said):
    assert said_in_passing(said) == ""


@given(st.text())
def test_any_text_is_taken(text):
    assert said_in_passing(text) in {"", "not understood", "why", "hard"}


def test_a_very_long_text_does_not_slow_it_down():
    assert said_in_passing("so " * 100_000 + "scared") == ""
