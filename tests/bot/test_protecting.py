"""Whoever tells of a worry about a child is led to how a child is protected, and is never left stopped for danger."""

from __future__ import annotations

import pytest

from bot import wording_aside
from bot.messages import Choices
from bot.protecting import CALL_999, NOT_HEARD, REFERRAL, STAFF, TOLD, is_of_oneself

from .talk import Talk, is_emergency, talked
from .test_librarian import option_ids, words

TODAY = "phone children's social care today"


@pytest.mark.parametrize(
    "said",
    [
        "not sure if its anything but he comes to school hungry and filthy every day, who do i tell",
        "I'm worried about a boy in my class",
        "worried bout a kid at footy club",
        "im a health visitor and the house is disgusting, 2 under 5s",
        "kids next door look skinny and dirty",
        "neighbours kid is always out on the street at midnight",
        "got a feelin somethin not rite w this family",
        "who do i tel about a child at risk",
        "how do i report a family",
        "missing 3 times this month same lad",
        "who do i call if i think a kid is being neglected",
        "mum isnt giving him his insulin",
        "my manager says leave it but i am worried about this child",
    ],
)
def test_a_worry_leads_to_children_s_social_care_first(said):
    talk = Talk()
    reply = talk.type(said).reply
    assert option_ids(talk)[:2] == ["protect", REFERRAL]
    assert TODAY in words(reply)
    assert wording_aside.WORRIED in words(reply)


@pytest.mark.parametrize(
    "said", ["a pupil told me something about her stepdad", "theres a boy in y6 who has a lot of money and a new phone"]
)
def test_what_sounds_like_an_incident_and_a_worry_puts_protecting_before_the_questions(said):
    talk = Talk()
    reply = talk.type(said).reply
    assert option_ids(talk)[0] == "protect"
    assert TODAY in words(reply)


def test_whom_a_child_has_told_reads_what_to_do_then():
    talk = talked("a pupil told me something about her stepdad")
    assert TOLD in option_ids(talk)


@pytest.mark.parametrize(
    "said", ["i saw a teacher slap a child", "the coach gives the girls lifts home alone and texts them"]
)
def test_a_worry_about_staff_names_the_designated_officer(said):
    assert STAFF in option_ids(talked(said)) or talked(said).state.asked.topic == STAFF


def test_the_job_of_whoever_writes_makes_it_no_worry_about_staff():
    for said in ("i'm a taxi driver and i think the girl i take to school is being hurt", "youth worker, she is hurt"):
        assert talked(said).state.asked.topic not in {STAFF, "harm-by-staff"}


@pytest.mark.parametrize(
    "said",
    [
        "i reported it and nothing happened and hes still there",
        "social care closed it but i still think hes not safe",
        "i rang mash and they wont do anything, nfa again",
    ],
)
def test_a_report_that_nobody_heard_leads_to_who_to_go_to(said):
    talk = talked(said)
    assert talk.state.asked.topic == NOT_HEARD or option_ids(talk)[1] == NOT_HEARD


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("do i need proof to report", "is-proof-needed"),
        ("what does a referral form ask", "what-a-referral-form-asks"),
        ("who tells the family", "telling-the-family"),
    ],
)
def test_a_question_about_the_rules_is_answered_and_no_worry(said, topic):
    assert talked(said).state.asked.topic == topic


def test_a_worry_that_is_told_leads_to_the_referral_step_by_step():
    talk = talked("I'm worried about a boy in my class")
    talk.press("protect")
    assert talk.dialog.flow == "protect"


def test_none_of_these_is_still_there():
    talk = talked("I'm worried about a boy in my class")
    assert isinstance(talk.prompt, Choices)
    assert option_ids(talk)[-1] == "none"


ALARM = "one of my year 4s has come in with bruises on her arm again"


def test_what_is_asked_while_the_emergency_answer_stands_is_answered_under_it():
    talk = talked(ALARM)
    for said, topic in (("who do i tell", REFERRAL), ("what do i say to her", TOLD)):
        answer = talk.type(said)
        assert is_emergency(answer.reply)
        assert talk.moment().definitions.library.topics[topic].short[:40] in words(answer.reply)
        assert talk.state.danger
        assert "01632" not in words(answer.reply)


@pytest.mark.parametrize("said", ["not an emergency", "nobody is in danger", "everyone is safe now"])
def test_whoever_says_that_no_child_is_in_danger_is_led_on(said):
    talk = talked(ALARM)
    reply = talk.type(said).reply
    assert not is_emergency(reply)
    assert option_ids(talk)[:2] == ["protect", REFERRAL]
    assert CALL_999 in option_ids(talk)


def test_a_dialog_goes_on_with_the_question_about_danger_once_every_child_is_safe():
    talk = talked("refer", "no", "ok", "he is strangling her right now", "everyone is safe")
    assert talk.next is not None
    assert talk.next.name == "danger_now"
    assert not talk.state.danger


@pytest.mark.parametrize("said", ["she is not safe", "not safe", "is everyone safe", "she is safe but he is not"])
def test_less_than_that_leaves_the_emergency_answer_standing(said):
    assert is_emergency(talked(ALARM).type(said).reply)


@pytest.mark.parametrize(
    "said",
    ["im 11 and my mum is always drunk", "i am 16 and someone is being weird with me"],
)
def test_a_child_who_tells_of_themselves_reads_whom_to_talk_to_and_no_referral(said):
    talk = Talk()
    reply = talk.type(said).reply
    assert "116 123" in words(reply)
    assert "protect" not in option_ids(talk)


def test_a_child_who_says_more_is_told_whom_to_talk_to_while_the_emergency_answer_stands():
    talk = Talk()
    assert is_emergency(talk.type("theres no point in living").reply)
    assert "116 123" in words(talk.type("im 11 and my mum is always drunk").reply)


def test_words_about_living_are_heard_in_the_middle_of_a_dialog():
    talk = talked("refer", "no", "1")
    assert is_emergency(talk.type("there's no reason to carry on").reply)


@pytest.mark.parametrize(
    ("said", "is_own"),
    [
        ("im 12 and i am pregnant", True),
        ("my stepdad comes in my room at night", True),
        ("what is the point of living like this", True),
        ("a girl says my dad hurts me", False),
        ("i am a teacher and a pupil scares me", False),
        ("the baby is not breathing", False),
    ],
)
def test_whose_danger_it_is_is_told_by_the_words(said, is_own):
    assert is_of_oneself(said) is is_own


def test_under_999_whoever_speaks_of_themselves_is_told_whom_to_talk_to():
    reply = Talk().type("theres no point in living").reply
    assert is_emergency(reply)
    assert words(reply).index("999") < words(reply).index("116 123")


def test_under_999_whoever_tells_of_a_child_is_told_nothing_else():
    reply = Talk().type("there is a child not breathing").reply
    assert is_emergency(reply)
    assert "116 123" not in words(reply)
