"""Questions in a conversation: answered, offered, declined, asked back, and what people say of the answer."""

from __future__ import annotations

from datetime import date

import pytest

from bot import wording
from bot.messages import Bullets, Card, Choices, Chosen, Reply, Text
from bot.topic_blocks import answer_blocks
from knowledge.library import load_library

from .talk import Talk, definitions, is_emergency, talked

CLEAR = "what is a rapid review"
NEAR_NOTHING = "does the board want blue or green covers"


def words(reply: Reply) -> str:
    """Everything a reply says, in one text."""
    said: list[str] = []
    for block in reply.blocks:
        if isinstance(block, Text):
            for run in block.runs:
                said += run.items if isinstance(run, Bullets) else [getattr(run, "text", run)]
        elif isinstance(block, Choices):
            said += [block.text, *(option.label for option in block.options)]
        elif isinstance(block, Card):
            said += [block.title, *(f"{label}: {value}" for label, value in block.facts)]
    return " ".join(str(one) for one in said)


def option_ids(talk: Talk) -> list[str]:
    assert isinstance(talk.prompt, Choices)
    return [option.id for option in talk.prompt.options]


def test_an_answer_says_what_it_is_about_how_sure_it_is_and_where_it_comes_from():
    said = words(Talk().type(CLEAR).reply)
    topic = load_library().topics["rapid-review-what"]
    assert f"About {topic.about}: " in said
    assert topic.short in said
    assert "Where this comes from:" in said
    assert f"Content {load_library().version}, last checked 23 Nov 2026" in said


def test_an_area_s_own_settings_stand_beside_the_national_answer():
    said = words(Talk().type("how do i refer to mash").reply)
    assert "In Exampleshire:" in said
    assert "01632 960 123" in said


def test_what_an_area_has_not_set_is_said_to_be_not_set_and_never_made_up():
    topic = load_library().topics["children-social-care-referral"]
    area = definitions("barnsley").area
    said = words(Reply(answer_blocks(topic, load_library(), area, date(2026, 11, 26))))
    assert "Children's social care: phone not set" in said


def test_an_answer_past_its_review_date_says_so():
    topic = load_library().topics["rapid-review-what"]
    later = words(Reply(answer_blocks(topic, load_library(), definitions().area, date(2031, 1, 1))))
    assert "Check it before you rely on it" in later


def test_after_an_answer_come_two_questions_more_and_whether_it_helped():
    talk = Talk()
    reply = talk.type(CLEAR).reply
    topic = load_library().topics["rapid-review-what"]
    assert option_ids(talk) == ["more", *topic.related[:2], "menu"]
    assert [one.id for one in reply.shortcuts][:2] == ["helped", "not-helped"]


def test_more_shows_the_rest_and_then_offers_it_no_more():
    talk = talked(CLEAR)
    assert f"More about {load_library().topics['rapid-review-what'].about}:" in words(talk.press("more").reply)
    assert "more" not in option_ids(talk)


def test_a_suggested_question_is_answered_when_it_is_pressed_or_its_number_typed():
    pressed, typed = talked(CLEAR), talked(CLEAR)
    assert words(pressed.press(option_ids(pressed)[1]).reply)[:80] == words(typed.type("2").reply)[:80]


def test_a_suggestion_of_an_earlier_answer_is_said_to_be_old():
    talk = talked(CLEAR)
    old = talk.prompt
    talk.type("who are the three safeguarding partners")
    assert isinstance(old, Choices)
    assert wording.STALE in words(talk.say(Chosen(old.prompt, ("more",))).reply)


def test_typing_another_question_under_suggestions_asks_it():
    talk = talked(CLEAR)
    assert talk.type("who are the three safeguarding partners").outcome.found is not None
    assert talk.state.asked.topic == "safeguarding-partners"


@pytest.mark.parametrize(("said", "helped"), [("that helped", True), ("not helpful", False)])
def test_whether_it_helped_is_one_tap(said, helped):
    feedback = talked(CLEAR).type(said).outcome.feedback
    assert feedback is not None
    assert feedback.helped is helped


def test_a_bad_answer_s_question_goes_to_the_owner_in_the_topics_own_words():
    talk = talked("what is a rapid review for Zbigniew Kowalczyk of 14 Elm Road")
    feedback = talk.type("not helpful").outcome.feedback
    assert feedback is not None
    assert "rapid review" in feedback.masked
    assert not {"zbigniew", "kowalczyk", "elm", "14"} & set(feedback.masked.casefold().split())


def test_what_is_not_known_is_said_to_be_and_who_may_know():
    talk = Talk()
    answer = talk.type(NEAR_NOTHING)
    assert "I have no answer to that here" in words(answer.reply)
    assert "Your own safeguarding lead." in words(answer.reply)
    assert wording.LINE_999 in words(answer.reply)


def test_whoever_wants_to_be_told_is_noted():
    talk = talked("what rapid review colour does the committee prefer zzz")
    talk.state = talk.state.__class__(opened=True, asked=talk.state.asked)
    feedback = talk.type("tell me when there is an answer").outcome.feedback
    assert feedback is not None
    assert feedback.wants_answer


def test_out_of_scope_gets_its_own_signpost():
    found = Talk().type("what is the weather like tomorrow").outcome.found
    assert found is not None
    assert (found.route, found.decoy) == ("decline", "general-knowledge")


def test_an_offer_can_be_chosen_from_or_turned_down():
    talk = talked("who looks at it after that")
    offers = talk.state.awaited
    assert offers is not None
    assert offers.kind == "offer"
    assert len(offers.answers) == 3
    assert "none" in option_ids(talk)
    feedback = talk.press("none").outcome.feedback
    assert feedback is not None
    assert feedback.masked


def test_an_acronym_with_two_meanings_is_asked_back_and_then_answered():
    talk = talked("when does a SIN have to go in")
    assert "can mean two things" in words(talked().type("when does a SIN have to go in").reply)
    chosen = option_ids(talk)[0]
    talk.press(chosen)
    assert talk.state.asked.topic == chosen


def test_a_follow_up_leans_on_the_question_before():
    talk = talked("what is a rapid review", "how long do we have for that")
    offered = talk.state.awaited.answers if talk.state.awaited else ()
    assert "rapid-review-deadline" in (talk.state.asked.topic, *offered)


def test_in_a_dialog_the_answer_is_followed_by_the_same_question():
    talk = talked("refer", "no", "ok")
    before = talk.prompt
    reply = talk.type("what is a rapid review?").reply
    assert "About " in words(reply)
    assert talk.prompt == before
    assert before in reply.blocks


def test_in_a_dialog_more_and_feedback_change_no_answer():
    talk = talked("refer", "no", "ok", "what is a rapid review?")
    answers = talk.answers
    for said in ("more", "that helped", "not helpful"):
        talk.type(said)
    assert talk.answers == answers


def test_a_described_incident_is_offered_the_referral_with_what_was_said():
    talk = Talk()
    reply = talk.type("a 3 month old was brought to us with a skull fracture, the parents cannot explain it").reply
    assert wording.INCIDENT in words(reply)
    talk.press("start")
    assert talk.dialog.flow == "referral"
    assert {one.question: one.answer for one in talk.dialog.said}["age_at_event"] == "under_18"
    assert talk.next is not None
    assert talk.next.name == "danger_now"


def test_a_name_in_a_question_is_noted_and_the_question_answered_all_the_same():
    reply = Talk().type("her name is Jane Smith. what is a rapid review?").reply
    said = words(reply)
    assert "Next time, please" in said
    assert "rapid review" in said.casefold()
    assert "Jane" not in said


def test_danger_comes_before_any_answer():
    assert is_emergency(Talk().type("what is a rapid review? also my stepdad is hitting me right now").reply)


def test_the_words_of_a_question_are_nowhere_in_what_is_kept():
    talk = Talk()
    answer = talk.type("what is a rapid review, asks Xylophina Brackenthwaite")
    kept = f"{answer.outcome.state}{answer.outcome.found}{answer.outcome.words}".casefold()
    assert "xylophina" not in kept
    assert "brackenthwaite" not in kept


def test_published_reviews_can_be_browsed_by_theme():
    talk = talked("reviews")
    first = option_ids(talk)[0]
    assert "Read it:" in words(talk.press(first).reply)


def test_in_a_dialog_offers_are_named_and_pressable_and_the_question_is_asked_again():
    talk = talked("refer", "no", "ok")
    before = talk.prompt
    reply = talk.type("who looks at it after that?").reply
    assert talk.prompt == before
    assert before in reply.blocks
    offered = [one.id for one in reply.shortcuts if one.id in load_library().topics]
    assert len(offered) == 3
    answer = talk.say(Chosen("command", (offered[0],)))
    assert "About " in words(answer.reply)
    assert talk.prompt == before


def test_a_question_while_a_change_is_pending_loses_nothing():
    talk = talked("refer", "no", "ok", "police", "change")
    pending = talk.state.awaited
    talk.type("who looks at it after that?")
    talk.type("what is a rapid review?")
    assert talk.state.awaited == pending


def test_who_may_tell_of_danger_is_never_told_it_is_out_of_scope():
    answer = Talk().type("i'm worried about a child")
    assert answer.outcome.softly or answer.outcome.emergency
    assert "children's social care" in words(answer.reply)
    assert "You are welcome" not in words(answer.reply)


def test_what_is_plainly_another_service_s_keeps_its_signpost_after_the_notice():
    said = words(Talk().type("elderly man with dementia neglected in care home who do i tell").reply)
    assert "phone 999" in said
    assert "About child protection referrals" not in said
    assert "adult" in said


@pytest.mark.parametrize("question", ["what did reviews find about race and racism", "reviews about sexual abuse"])
def test_reviews_on_a_theme_come_with_a_question_about_them(question):
    assert "Read it:" in words(Talk().type(question).reply)


def test_sin_alone_is_asked_back_and_starts_nothing():
    talk = Talk()
    assert "can mean two things" in words(talk.type("SIN").reply)
    assert talk.state.dialog is None


def test_while_danger_stands_a_name_is_no_way_round_it():
    talk = talked("my stepdad is hitting me right now")
    assert is_emergency(talk.type("what is the form by Kieran O'Shaughnessy?").reply)
