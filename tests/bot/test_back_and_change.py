"""Going back forgets the last answer and no more; a change that is changed back was no change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.moment import Moment
from dialogs.decision import Dates, Decision
from dialogs.flow import Flow, Question
from dialogs.walk import Said, walk

from .talk import PLACES, Talk, answered, decided, definitions, some_answers, talked

DOORS = ("refer", "protect", "allegation", "practice", "review outcome", "disagreement")
STOPPING = {"public", "someone_else"}
SAFE = {"danger_now": ["no"]}


def possible(question: Question) -> list[str]:
    return SAFE.get(question.name) or some_answers(question)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DOORS), st.data())
def test_back_after_an_answer_is_as_if_it_had_not_been_given(door, data):
    talk = talked(door)
    while talk.state.dialog is not None and talk.next is not None:
        before = talk.state
        answer = data.draw(st.sampled_from(possible(talk.next)))
        outcome = talk.press(*answer.split(",")).outcome
        if outcome.record is not None:  # a decision that was given is not undone
            break
        after = talk.state
        talk.type("back")
        assert talk.state == before
        assert talk.press(*answer.split(",")).outcome.kind == "answered"
        assert talk.state == after


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DOORS), st.data())
def test_going_back_all_the_way_comes_to_the_beginning(door, data):
    talk = talked(door)
    before = talk.state
    count = 0
    while talk.next is not None and talk.next.name != "role":
        talk.press(data.draw(st.sampled_from(possible(talk.next))))
        count += 1
    for _ in range(count):
        talk.type("back")
    assert talk.state == before
    talk.type("back")
    assert talk.state == before


@pytest.mark.parametrize("place", [place for place in PLACES if PLACES[place]().state.awaited])
def test_back_from_something_asked_besides_leaves_every_answer(place):
    talk = PLACES[place]()
    before = talk.state
    talk.type("back")
    assert talk.state == replace(before, awaited=None)


def _walked(talk: Talk, data: st.DataObject) -> Talk:
    """Answered to the end, by any way that does not stop early."""
    while talk.next is not None:
        choices = [one for one in possible(talk.next) if one not in STOPPING]
        talk.press(data.draw(st.sampled_from(choices)))
    return talk


def _changed(talk: Talk, name: str, answer: str) -> None:
    talk.type("change")
    talk.press(name)
    talk.press(*_as_typed(talk, name, answer))
    if talk.state.awaited is not None:
        talk.press("yes")


def _as_typed(talk: Talk, name: str, answer: str) -> tuple[str, ...]:
    question = talk.flow.question(name)
    assert question is not None
    if question.kind == "date" and answer != "unsure":
        return ("/".join(reversed(answer.split("-"))),)
    return tuple(answer.split(","))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DOORS), st.data())
def test_a_change_changed_back_leaves_the_same_answers_and_the_same_decision(door, data):
    talk = _walked(talked(door), data)
    before, flow, moment = talk.answers, talk.flow, talk.moment()
    question = data.draw(st.sampled_from([one for one in flow.questions if one.name in before and one.kind != "ready"]))
    others = [one for one in possible(question) if one not in {before[question.name], *STOPPING}]
    assume(others)
    _changed(talk, question.name, data.draw(st.sampled_from(others)))
    _changed(talk, question.name, before[question.name])
    assert talk.answers == before
    assert talk.next is None
    assert _decision(flow, moment, talk) == _decision(flow, moment, talk, before)


def _decision(flow: Flow, moment: Moment, talk: Talk, answers: dict[str, str] | None = None) -> Decision:
    return flow.decide(answers or talk.answers, Dates(moment.today), moment.definitions.local)


def test_answers_set_aside_return_if_the_change_is_undone_before_the_decision():
    talk = answered(talked("refer"))
    before = talk.state
    _changed(talk, "age_at_event", "25_plus")
    assert "maltreatment" not in talk.answers
    talk.type("back")
    assert talk.state == before
    assert talk.answers["maltreatment"] == "suspected"


def test_a_change_that_drops_answers_says_which_before_anything_changes():
    talk = PLACES["a change with effects"]()
    answers = talk.answers
    reply = talk.type("no").reply
    assert talk.answers == answers
    assert "Nothing has changed." in str(reply)


def test_after_a_decision_a_change_decides_again_as_version_two_with_the_difference():
    talk = decided()
    _changed(talk, "effect", "died")
    answered(talk)
    record = talk.press("confirm").outcome.record
    assert record is not None
    assert record.version == 2
    assert "What happened to them" in [one.what for one in record.differences]


def test_after_a_decision_a_change_changed_back_needs_no_second_decision():
    talk = decided()
    before = talk.answers
    _changed(talk, "effect", "died")
    assert not talk.moment().decided(talk.dialog)
    _changed(talk, "effect", before["effect"])
    assert talk.moment().decided(talk.dialog)
    assert talk.dialog.versions == 1


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_answers_in_use_and_set_aside_are_together_all_that_was_said(data):
    flow = definitions().flows["referral"]
    said: tuple[Said, ...] = ()
    for _ in range(data.draw(st.integers(0, 25))):
        question = data.draw(st.sampled_from(flow.questions))
        if question.kind != "date":
            said += (Said(question.name, data.draw(st.sampled_from([option.id for option in question.options]))),)
    place = walk(flow, said)
    assert {**place.by_name, **dict(place.aside)} == {one.question: one.answer for one in said}
