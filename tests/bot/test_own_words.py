"""A reason in a person's own words is kept with the answers and nowhere else, and nobody's name gets into it."""

from __future__ import annotations

import pytest

from bot import state, wording
from bot.messages import COMMAND, Chosen, Filled, Form
from bot.record import from_json, to_json
from bot.reply_text import to_text
from dialogs.flows.review_questions import ALL

from .talk import PLACES, Talk, answered, coming, is_emergency, talked

MARK = "The zqxvkj service was not told."


def at_a_reason(answer: str = "yes") -> Talk:
    return talked("review outcome", "no", "ok", "partner", "no", answer)


def decided(**others: str) -> Talk:
    talk = answered(talked("review outcome"), **others)
    talk.press("confirm")
    return talk


def test_a_reason_stands_with_the_answers_and_not_on_the_timeline():
    talk = at_a_reason()
    answer = talk.type(MARK)
    assert talk.answers["improvements_why"] == MARK
    assert MARK in to_text(answer.reply)
    assert answer.outcome.words == wording.IN_OWN_WORDS
    assert MARK in state.to_json(talk.state)


def test_a_reason_may_be_filled_in_as_well():
    talk = at_a_reason()
    now = talk.prompt
    assert isinstance(now, Form)
    assert [(one.id, one.kind) for one in now.fields] == [("words", "long")]
    talk.say(Filled(now.id, (("words", f"  {MARK}\n"),)))
    assert talk.answers["improvements_why"] == MARK


@pytest.mark.parametrize(
    "text", ["her name is Kylie Blenkinsop", "Mr Blenkinsop did not ring", "born 03/04/2015", "lives at SW1A 1AA"]
)
@pytest.mark.parametrize("as_form", [False, True])
def test_what_identifies_anybody_is_stopped_before_it_is_kept(text, as_form):
    talk = at_a_reason()
    before = talk.answers
    now = talk.prompt
    answer = talk.say(Filled(now.id, (("words", text),))) if as_form else talk.type(text)
    assert answer.outcome.kind == "identifier stopped"
    assert talk.answers == before
    assert text not in state.to_json(talk.state)
    assert text not in to_text(answer.reply)


@pytest.mark.parametrize(
    "text",
    [
        "What we found is that nobody had asked.",
        "Is the learning already found, the partners asked themselves. They think not.",
        "No agency saw the whole of it",
        "Yes and no: the school had acted.",
    ],
)
def test_a_reason_may_begin_like_a_question_or_an_answer(text):
    talk = at_a_reason()
    assert talk.type(text).outcome.kind == "answered"
    assert talk.answers["improvements_why"] == text


def test_only_a_question_mark_makes_a_question_of_it():
    talk = at_a_reason()
    assert talk.type("what is a rapid review?").outcome.kind == "asked"
    assert talk.next is not None
    assert talk.next.name == "improvements_why"


@pytest.mark.parametrize("answer", ["yes", "no", "unsure"])
@pytest.mark.parametrize("text", ["skip", "Nothing to add.", "no", "n/a"])
def test_no_reason_is_skipped_whatever_the_answer(answer, text):
    typed, pressed = at_a_reason(answer), at_a_reason(answer)
    for reply in (typed.type(text).reply, pressed.say(Chosen(COMMAND, ("skip",))).reply):
        assert wording.REASON_NEEDED in to_text(reply)
        assert "skip" not in [one.id for one in reply.shortcuts]
    assert "improvements_why" not in typed.answers | pressed.answers


@pytest.mark.parametrize("text", ["The rapid review found none of it.", "Not known yet: one summary is missing"])
def test_a_few_words_are_reason_enough_and_stand_beside_the_answer(text):
    talk = at_a_reason("no")
    talk.type(text)
    assert talk.answers["improvements_why"] == text
    assert f"No. {text}" in to_text(talk.type("where").reply)


@pytest.mark.parametrize("as_form", [False, True])
def test_as_above_puts_the_reason_above_on_record_in_its_own_words(as_form):
    talk = at_a_reason("no")
    assert wording.REASON_NEEDED in to_text(talk.type("As above.").reply), "there is none above"
    for words in (MARK, "no", "As above."):
        talk.say(Filled(talk.prompt.id, (("words", words),))) if as_form and words != "no" else talk.type(words)
    assert talk.answers["improvements_why"] == talk.answers["themes_why"] == MARK


def test_the_decision_needs_a_reason_of_its_own():
    talk = talked("review outcome")
    while talk.next.name != "decision_why":
        talk.press(talk.next.likely)
    for text in ("as above", "skip", "none"):
        assert wording.REASON_NEEDED in to_text(talk.type(text).reply)
    assert talk.next.name == "decision_why"


def test_a_reason_is_changed_like_any_answer_and_the_change_taken_back():
    talk = PLACES["own words again"]()
    before = talk.answers
    assert talk.type("Two earlier reviews asked for it.").outcome.words.endswith(wording.IN_OWN_WORDS)
    assert talk.answers["improvements_why"] == "Two earlier reviews asked for it."
    talk.type("back")
    assert talk.answers == before


def test_the_record_has_each_answer_by_name_with_its_reason():
    talk = answered(talked("review outcome"), improvements="yes", improvements_why=MARK, decision="commission")
    record = talk.press("confirm").outcome.record
    assert record is not None
    assert record.decision.outcome == "REVIEW"
    assert record.by_name["improvements"].answer == "yes"
    assert record.by_name["improvements_why"].about == "improvements"
    assert record.reasons["improvements"] == MARK
    assert set(record.reasons) == {*ALL, "decision"}
    assert all(record.reasons.values())
    assert from_json(to_json(record)) == record


def test_what_was_considered_is_shown_with_the_decision():
    talk = answered(talked("review outcome"), improvements="yes", improvements_why=MARK)
    shown = to_text(talk.press("confirm").reply)
    assert "What was considered, and why" in shown
    assert f"Improvements needed: Yes, or it may. {MARK}" in shown


@pytest.mark.parametrize(("text", "day"), [("18/1/2027", "2027-01-18"), ("next Friday", "2026-11-27")])
def test_a_day_to_come_is_taken_without_asking_twice(text, day):
    talk = coming()
    assert talk.type(text).outcome.kind == "answered"
    assert talk.answers["decide_by"] == day


@pytest.mark.parametrize("text", ["yesterday", "last Friday", "18/11/2026"])
def test_a_day_that_has_passed_is_no_day_to_come(text):
    talk = coming()
    answer = talk.type(text)
    assert "has passed" in to_text(answer.reply)
    assert "decide_by" not in talk.answers


def test_a_day_that_may_be_two_days_to_come_is_asked_back():
    talk = coming()
    talk.type("5/12 or 6/12")
    assert talk.state.awaited is not None
    talk.press("2026-12-06")
    assert talk.answers["decide_by"] == "2026-12-06"


@pytest.mark.parametrize("words", ["He is hitting her now and she is bleeding badly", "dad's beating her up in there"])
def test_danger_filled_into_a_form_gets_999_as_if_it_were_typed(words):
    typed, filled = at_a_reason(), at_a_reason()
    assert is_emergency(typed.type(words).reply)
    answer = filled.press(words)
    assert is_emergency(answer.reply)
    assert filled.answers == at_a_reason().answers
