"""What a person's own words already answer of the referral: only what is beyond doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.flows import load_flows
from dialogs.told import check_told, load_told, told


def answers(text: str) -> dict[str, str]:
    return {one.question: one.answer for one in told(text)}


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("a 3 month old with fractures", "age_at_event", "under_18"),
        ("our 14 year old was stabbed", "age_at_event", "under_18"),
        ("a year 9 pupil", "age_at_event", "under_18"),
        ("a 19 year old", "age_at_event", "18_24"),
        ("he died on saturday", "effect", "died"),
        ("she took her own life", "effect", "died"),
        ("in intensive care with a bleed on the brain", "effect", "serious"),
        ("parents can't explain it", "maltreatment", "suspected"),
        ("neglect was suspected", "maltreatment", "suspected"),
        ("I'm a nurse on the ward", "role", "icb_health"),
        ("i work at a primary school", "role", "education"),
        ("it happened in our area", "place", "our_area"),
        ("she lives in our borough", "residence", "our_area"),
        ("Yesterday a boy drowned", "when", "recent"),
        ("he was stabbed last tuesday", "when", "recent"),
        ("social care don't know yet", "la_aware", "no"),
        ("we haven't told the council", "la_aware", "no"),
        ("we have told social care", "la_aware", "yes"),
        ("police are saying it was mum's partner", "maltreatment", "suspected"),
        ("her boyfriend has been arrested", "maltreatment", "suspected"),
    ],
)
def test_what_is_plainly_said_is_taken(text, question, answer):
    assert answers(text)[question] == answer


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("a 14 year old and his 19 year old brother", "age_at_event"),
        ("she is 30 now and it was when she was a 9 year old", "age_at_event"),
        ("two years ago", "age_at_event"),
        ("the unborn baby of a 17 year old", "age_at_event"),
        ("he nearly died", "effect"),
        ("mum died last year", "effect"),
        ("no abuse is suspected", "maltreatment"),
        ("the nurse said so", "role"),
        ("does it matter where it happened", "place"),
        ("yesterday she told me about abuse when she was six", "when"),
        ("an adult disclosed yesterday that it happened years ago", "when"),
        ("do social care know?", "la_aware"),
        ("what happens if social care don't know", "la_aware"),
        ("should we have told social care", "la_aware"),
        ("police say it is not suspicious, dad was at work", "maltreatment"),
        ("mum was not arrested", "maltreatment"),
    ],
)
def test_what_is_in_doubt_is_left_to_be_asked(text, question):
    assert question not in answers(text)


def test_every_rule_answers_what_the_referral_asks():
    check_told(load_flows()["referral"])
    assert {rule.question for rule in load_told()} >= {"age_at_event", "effect", "role"}


@given(st.text(max_size=300))
def test_any_text_at_all_is_taken_and_no_question_is_answered_twice(text):
    found = told(text)
    assert len({one.question for one in found}) == len(found)
