"""Words that choose, choose from what is shown now, and never from what was shown before."""

from __future__ import annotations

import pytest

from bot import wording_aside
from bot.messages import Choices

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


def test_a_yes_after_an_answer_is_asked_what_it_is_about():
    reply = talked("what is a rapid review").type("yes").reply
    assert wording_aside.did_you_mean_helped(4) in str(reply.blocks)


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
