"""A question is answered only by a topic that has the kind of fact it asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fact_fit import NEEDS, misfits
from knowledge.library import load_library
from knowledge.topic import FACT_KINDS, Cite, Topic


def topic(*facts, text="The door is red. See section 16C and regulation 5.", title="Red doors", cites=()):
    """A topic that has facts of these kinds."""
    return Topic(
        title=title,
        about="doors",
        asks=("what happened in 2019",),
        badge="must",
        cites=cites,
        facts=dict.fromkeys(facts, ("red",)),
        owner="content owner",
        review_by=date(2027, 5, 24),
        short=text,
    )


# A question, the need it has, and a kind of fact that meets it.
ASKED = [
    ("how long have we got", "how long", "duration"),
    ("How soon must they tell us?", "how long", "date"),
    ("how quickly is it sent", "how long", "when"),
    ("how many working days is that", "how long", "duration"),
    ("how many days", "how long", "duration"),
    ("is there a deadline", "how long", "duration"),
    ("what's the time limit", "how long", "duration"),
    ("timescales please", "how long", "date"),
    ("how many reviews were there", "how many", "number"),
    ("how many children can be on one form", "how many", "number"),
    ("up to what age does it apply", "what age", "age"),
    ("how old must the child be", "what age", "duration"),
    ("is there an age limit", "what age", "age"),
    ("what's the phone number", "phone or e-mail", "contact"),
    ("contact details for the unit", "phone or e-mail", "contact"),
    ("which email address", "phone or e-mail", "contact"),
    ("where is the form", "form or link", "form"),
    ("can i have the link", "form or link", "contact"),
    ("which template", "form or link", "form"),
    ("who chairs the panel", "which person", "person"),
    ("who wrote it", "which person", "person"),
    ("name of the reviewer", "which person", "person"),
]


@pytest.mark.parametrize(("question", "need", "kind"), ASKED)
def test_a_topic_with_the_fact_fits_and_one_without_it_does_not(question, need, kind):
    assert misfits(question, topic(kind)) == ()
    assert misfits(question, topic("definition")) == (need,)
    assert misfits(question, topic()) == (need,)


@pytest.mark.parametrize("question", ["how much does it cost", "is there a fee", "what salary", "are they paid"])
def test_no_topic_says_what_anything_costs(question):
    assert misfits(question, topic(*FACT_KINDS)) == ("how much",)


@pytest.mark.parametrize(
    "question", ["what is it", "why is that so", "who must notify", "how much detail is needed", "how is it done", ""]
)
def test_a_question_that_asks_for_no_such_fact_fits_any_topic(question):
    assert misfits(question, topic()) == ()


def test_every_need_is_tried_above_and_met_by_kinds_of_fact_that_there_are():
    assert {need for _, need, _ in ASKED} | {"how much"} == {need.name for need in NEEDS}
    assert {kind for need in NEEDS for kind in need.facts} <= {*FACT_KINDS, "cost"}


def test_every_need_of_a_question_has_to_be_met():
    question = "who chairs our panel, and how many days do they have"
    assert set(misfits(question, topic())) == {"which person", "how long"}
    assert misfits(question, topic("duration")) == ("which person",)
    assert misfits(question, topic("duration", "person")) == ()


def test_the_area_s_settings_beside_a_topic_bring_contacts_and_forms():
    assert misfits("what's the phone number", topic(), ["business_unit"]) == ()
    assert misfits("where is the form", topic(), ["referral_form"]) == ()
    assert misfits("how long have we got", topic(), ["business_unit"]) == ("how long",)


@pytest.mark.parametrize("question", ["what does section 16C say", "s16c?", "s.16C", "Regulation 5", "reg 5"])
def test_a_place_that_the_topic_names_fits(question):
    assert misfits(question, topic()) == ()


@pytest.mark.parametrize("question", ["what does section 47 say", "s16F", "regulation 14", "chapter 7", "section 16"])
def test_a_place_that_the_topic_does_not_name_does_not(question):
    assert misfits(question, topic()) == ("a place in a document",)


def test_a_place_or_year_in_a_citation_or_in_a_question_counts_as_named():
    cited = topic(cites=(Cite("working-together-2023", "chapter 5"),))
    assert misfits("what does chapter 5 of the 2023 guidance say", cited) == ()
    assert misfits("what happened in 2019", topic()) == ()
    assert misfits("what happened in 2018", topic()) == ("a year",)


def test_every_topic_has_the_facts_that_its_own_questions_ask_for():
    wrong = [
        f"{one.id}: {ask} -> {', '.join(lacking)}"
        for one in load_library().topics.values()
        for ask in one.asks
        if (lacking := misfits(ask, one, one.area))
    ]
    assert not wrong, f"{len(wrong)} questions do not fit their own topic:\n" + "\n".join(wrong)


@given(st.text(max_size=300), st.sets(st.sampled_from(FACT_KINDS)))
def test_any_text_at_all_is_judged_and_more_facts_never_fit_less(text, kinds):
    assert set(misfits(text, topic(*kinds))) <= set(misfits(text, topic()))
