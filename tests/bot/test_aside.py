"""Words in the middle of a dialog that answer nothing are answered kindly, and nothing is lost."""

from __future__ import annotations

import pytest

from bot import wording_aside
from bot.aside import SUPPORT

from .talk import PLACES, Talk, asks_last, is_emergency, talked
from .test_librarian import words

UNDER_WAY = (
    "a choice",
    "a notice",
    "an age",
    "several boxes",
    "a date",
    "a date to confirm",
    "the check",
    "which answer to change",
    "a new answer",
    "make this change",
    "start over",
    "practice",
)


@pytest.mark.parametrize("place", UNDER_WAY)
@pytest.mark.parametrize(
    "said",
    [
        "can u explain that in simpler words",
        "what does that mean",
        "not sure what this means",
        "im scared",
        "why are you asking me this",
        "section 47",
    ],
)
def test_what_answers_nothing_is_followed_by_the_same_question_and_nothing_is_lost(place, said):
    talk = PLACES[place]()
    before, asked = talk.state, talk.prompt
    answer = talk.type(said)
    assert not is_emergency(answer.reply)
    assert asks_last(answer.reply)
    assert talk.prompt == asked
    assert talk.state.dialog == before.dialog
    assert talk.state.awaited == before.awaited
    assert answer.outcome.kind != "not understood"


def test_what_is_not_understood_is_told_why_it_is_asked():
    talk = talked("refer", "no", "ok")
    question = talk.next
    assert question is not None
    said = words(talk.type("what does that mean").reply)
    assert question.why in said


def test_a_word_that_a_topic_explains_is_explained():
    for said in ("section 47", "what do you mean by section 47"):
        assert talked("refer").type(said).outcome.topic == "section-47"


def test_a_bare_acronym_at_the_question_about_danger_is_answered_and_stops_nothing():
    talk = talked("refer")
    answer = talk.type("LADO")
    assert answer.outcome.topic == "lado"
    assert wording_aside.TAKEN_AS_QUESTION in words(answer.reply)
    assert answer.outcome.found is not None
    assert not talk.state.danger


@pytest.mark.parametrize("named", ["LADO", "what do you mean by section 47", "Managing allegations"])
def test_what_was_thought_of_an_answer_to_a_bare_name_is_kept_with_its_question(named):
    talk = talked("refer", "no", "1", "5", "no", named)
    feedback = talk.type("that did not help").outcome.feedback
    assert feedback is not None
    assert feedback.masked != ""


def test_a_bare_acronym_with_two_meanings_is_asked_back():
    answer = talked("refer", "no", "1", "5", "no").type("SIN")
    assert "can mean two things" in words(answer.reply)
    assert answer.outcome.topic == ""


def test_a_title_that_was_named_is_answered_when_it_is_typed():
    assert talked("refer", "no", "ok").type("Support for you after an incident").outcome.topic == SUPPORT


def test_somebody_who_is_scared_hears_a_kind_word_and_what_to_do_about_danger_first():
    answer = talked("refer", "no", "ok").type("im scared")
    said = words(answer.reply)
    assert said.index("phone children's social care today") < said.index(wording_aside.KIND)
    assert answer.outcome.softly


@pytest.mark.parametrize("said", ["he is strangling her right now", "im scared to go home", "my dad hits me"])
def test_danger_is_heard_in_the_middle(said):
    assert is_emergency(talked("refer", "no", "ok").type(said).reply)


@pytest.mark.parametrize("said", ["bleeding badly", "i think he took tablets", "dont know", "maybe"])
def test_what_may_tell_of_danger_still_stops_at_the_question_about_it(said):
    assert is_emergency(talked("refer").type(said).reply)


@pytest.mark.parametrize(("said", "role"), [("police", "police"), ("2", None), ("school", None)])
def test_an_answer_is_still_an_answer(said, role):
    talk = talked("refer", "no", "ok")
    talk.type(said)
    assert "role" in talk.answers
    assert role is None or talk.answers["role"] == role


def test_words_of_their_own_are_kept_and_not_taken_for_a_feeling():
    talk: Talk = PLACES["own words"]()
    before = len(talk.dialog.said)
    talk.type("I do not know what to do")
    assert len(talk.dialog.said) == before + 1
