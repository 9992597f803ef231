"""Words that choose, choose from what is shown now, and never from what was shown before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import Choices
from bot.state import Awaited

from .talk import Talk, is_emergency, talked

UNCLEAR = "SAR"
LEVEL = "what about the deadline"


def shown(talk: Talk) -> Choices:
    assert isinstance(talk.prompt, Choices)
    return talk.prompt


@pytest.mark.parametrize("question", [UNCLEAR, LEVEL])
@pytest.mark.parametrize(
    ("said", "place"), [("one", 0), ("the first", 0), ("the second one", 1), ("2nd", 1), ("two", 1)]
)
def test_a_place_in_words_chooses_a_topic_that_is_offered(question, said, place):
    talk = talked(question)
    meant = shown(talk).options[place].id
    assert talk.type(said).outcome.topic == meant
    assert talk.state.dialog is None


@pytest.mark.parametrize(("said", "place"), [("the second one", 1), ("number 2", 1), ("option 3 please", 2)])
def test_a_place_in_words_chooses_what_may_be_asked_next(said, place):
    talk = talked("what is a rapid review")
    meant = shown(talk).options[place].id
    assert talk.type(said).outcome.topic == meant


@pytest.mark.parametrize("said", ["both", "9", "that one", "yes"])
def test_a_choice_that_is_not_clear_is_asked_again_and_nothing_is_lost(said):
    talk = talked(UNCLEAR)
    before = talk.state
    assert talk.type(said).outcome.kind == "choice not clear"
    assert talk.state == before


def test_some_words_of_a_title_choose_it():
    assert talked(UNCLEAR).type("subject access").outcome.topic == "foi-and-subject-access"


def test_what_another_topic_plainly_answers_is_a_question_and_no_title_shortened():
    talk = talked("what is a rapid review")
    assert talk.type("lado").outcome.topic == "lado"


@pytest.mark.parametrize("said", ["no", "neither", "none of them"])
def test_none_of_the_topics_says_who_may_know(said):
    assert talked(UNCLEAR).type(said).outcome.words == "None of these."


@pytest.mark.parametrize(("said", "helped"), [("yes", True), ("yep", True), ("no", False), ("nope", False)])
def test_a_bare_yes_or_no_after_an_answer_says_whether_it_helped(said, helped):
    feedback = talked("what is a rapid review").type(said).outcome.feedback
    assert feedback is not None
    assert feedback.helped is helped


SIN = "when does a SIN have to go in"


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("the council one", "notify-how-soon"),
        ("council", "notify-how-soon"),
        ("notification to the panel", "notify-how-soon"),
        ("youth", "youth-justice-notification"),
        ("the youth justice one", "youth-justice-notification"),
    ],
)
def test_what_an_acronym_means_is_chosen_by_words_of_one_meaning(said, topic):
    assert talked(SIN).type(said).outcome.topic == topic


def test_words_of_both_meanings_are_asked_again():
    talk = talked(SIN)
    before = talk.state
    assert talk.type("the notification").outcome.kind == "choice not clear"
    assert talk.state == before


def test_words_of_neither_meaning_are_a_question():
    assert talked(SIN).type("what is a rapid review").outcome.topic == "rapid-review-what"


@pytest.mark.parametrize(
    "said",
    [
        "tell me",
        "notify me when you know",
        "please tell me when you know",
        "let me know",
        "Let me know if there's one.",
    ],
)
def test_asking_to_be_told_does_as_the_button_does(said):
    talk = talked("what rapid review colour does the committee prefer zzz")
    talk.state = replace(talk.state, awaited=Awaited("unanswered"))
    feedback = talk.type(said).outcome.feedback
    assert feedback is not None
    assert feedback.wants_answer


@pytest.mark.parametrize("said", ["2", "second", "the second one", "one"])
def test_a_number_under_suggestions_opens_no_door(said):
    for before in (UNCLEAR, LEVEL, "what is a rapid review", "does the board want blue or green covers"):
        answer = talked(before).type(said)
        assert answer.outcome.state.dialog is None
        assert not is_emergency(answer.reply)


@pytest.mark.parametrize("said", ["he is strangling her right now", "999"])
def test_danger_is_heard_under_suggestions(said):
    assert is_emergency(talked(UNCLEAR).type(said).reply)


@pytest.mark.parametrize(("said", "role"), [("2nd", 1), ("the second one", 1), ("the first", 0), ("the last one", -1)])
def test_a_place_in_words_chooses_in_a_dialog(said, role):
    talk = talked("refer", "no", "ok")
    meant = shown(talk).options[role].id
    talk.type(said)
    assert talk.answers["role"] == meant


def test_a_door_is_chosen_by_a_place_in_words_where_the_doors_are_shown():
    assert talked("menu").type("the third one").outcome.state.dialog is not None
