"""Danger is heard before anything else: strong, soft or none, in any sentence, and by rules where there is no model."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.danger import load_rules
from knowledge.hearing import MAX_CHARS, MOST_PARTS, apostrophes, parts, texts
from knowledge.library import load_library
from knowledge.terms import load_terms
from knowledge.understanding import by_words, load_understanding
from tests.knowledge.ordinary import ORDINARY

# None of these is among the examples that messages are compared with.
STRONG = """
my mum's boyfriend punches me when she is at work
a girl in my class says her dad gets into her bed at night
he is holding a screwdriver to her throat
i have swallowed all of grandma's pills
i want to end it all tonight
he's burning her with cigarettes
i cant stop cutting and nobody knows
pls help hes gona kil me
we've not eaten for three days and mum won't get up
the baby stopped breathing, what do i do
he never has a coat and is always cold
his arms are covered in scratches
i just want it all to stop forever
mum hasnt fed us since sunday
she showed me the tablets she's been saving up
a pupil says he has picked the day he's going to do it
he has hold of her by the hair and wont let go
i lost my temper and threw him in his cot really hard
my friend says shes gonna take all her tablets later
im not ok i keep looking at the pills
i cut myself every day and its getting worse
cant take it no more
my foster mum makes me sleep in the garage
sum1 keeps asking for pics of me n says he kno where i live
he's got a crowbar and he's coming up the stairs
""".strip().splitlines()

SOFT = """
i am worried about a boy in year 4
a parent turned up drunk to collect their toddler
i think he is being bullied
the house was filthy and there was no food
mum seemed out of it when i called round
a neighbour heard shouting through the wall
he's been self-harming but his mum knows and camhs are involved
her mum was drunk at the school gate again
there is a man outside the nursery trying to take a child
he told me not to tell anyone
does a child who runs away every week count
""".strip().splitlines()

# A lead's ordinary words beside reminders: a notice at most.
NO_ALARM = """
I can't do it today
sorry can't do anything this week I'm on leave till Friday
I am away part of tomorrow
My son is away 22 to 26 December
my daughter is away next week
we can't get to it until Monday
""".strip().splitlines()

NONE = """
what is a rapid review
how long does the council have to notify the panel
who sits on the panel
is a suicide always reported
when should we ring 999
what counts as serious harm
where are reviews published
what is a seven minute briefing
can i type a child's name here
what counts as a serious incident
it's killing me having to wait for the panel's reply
my laptop is dead
hello
thank you
""".strip().splitlines()


def heard(text):
    return load_understanding(load_library()).hear(text)


def by_rules(text):
    return by_words(load_library(), "these tests need no model").hear(text)


# --- How sure it is


@pytest.mark.parametrize("text", STRONG)
def test_a_disclosure_raises_the_alarm(text):
    danger = heard(text).danger
    assert danger is not None
    assert danger.strength == "strong"


@pytest.mark.parametrize("text", SOFT)
def test_a_worry_is_given_a_notice_and_not_the_alarm(text):
    danger = heard(text).danger
    assert danger is not None
    assert danger.strength == "soft"


@pytest.mark.parametrize("text", NONE)
def test_ordinary_questions_are_left_in_peace(text):
    assert heard(text).danger is None


@pytest.mark.parametrize("text", NO_ALARM)
def test_ordinary_words_about_time_off_are_no_alarm(text):
    danger = heard(text).danger
    assert danger is None or danger.strength == "soft"


@pytest.mark.parametrize("text", STRONG + SOFT)
def test_what_told_it_is_named_by_a_rule_or_a_number_and_not_in_words(text):
    because = heard(text).danger.because
    assert re.fullmatch(r"example \d+", because) or because in {rule.name for rule in load_rules().rules}


def test_shouting_curly_quotes_and_a_greeting_make_no_difference():
    for text in STRONG[:4]:
        for changed in (text.upper(), text.replace("'", "\u2019"), f"  {text}\n\n"):
            assert heard(changed).danger == heard(text).danger


# --- Long messages


@pytest.mark.parametrize("end", [". ", ".\n", "\n", "\n\n"])
@pytest.mark.parametrize("text", [one for one in STRONG if len(one.split()) > 5])
def test_danger_in_one_sentence_or_line_of_many_raises_the_alarm(text, end):
    around = ["We had a good term", "The fair is on Saturday", "I need a form for the cake stall", "The hall is booked"]
    danger = heard(end.join([*around[:2], text, *around[2:]])).danger
    assert danger is not None
    assert danger.strength == "strong"


@pytest.mark.parametrize("text", [*STRONG[:6], *SOFT[2:8]])
def test_nonsense_beside_it_hides_no_danger(text):
    """Nonsense is as near to danger as to anything else: its margin may be the larger."""
    alone, beside = heard(text).danger, heard(f"kugf uxz qdwegk zyhc mwa. {text}. kmfmil kf ipy ybldq ou").danger
    assert beside is not None
    assert beside.strength == "strong" or alone.strength == "soft"


def test_a_message_is_taken_apart_into_its_sentences_where_it_has_several():
    assert list(parts("one sentence only, with a comma")) == []
    assert list(parts("this is the first one. this is the second one\nand here a third one")) == [
        "this is the first one.",
        "this is the second one",
        "and here a third one",
    ]
    assert len(list(parts("and so it goes on. " * 1000))) <= MOST_PARTS


def test_many_harmless_sentences_together_are_harmless():
    assert heard("Where are reviews published? Who sits on the panel? What is a rapid review? " * 10).danger is None


# --- With the message before, and what keeps likeness from being the alarm


@pytest.mark.parametrize("text", ["what now", "and now?", "help", "who do i ring"])
def test_a_short_message_is_heard_with_the_one_before(text):
    danger = load_understanding(load_library()).hear(text, "he is hitting her now").danger
    assert danger is not None
    assert danger.strength == "strong"


def test_what_is_said_in_two_messages_is_heard_as_one():
    danger = load_understanding(load_library()).hear("is hitting me", "my stepdad").danger
    assert danger is not None
    assert danger.strength == "strong"


def test_a_whole_question_is_heard_by_itself():
    it = load_understanding(load_library())
    assert it.hear("how long does a rapid review take", "he is hitting her now").danger is None
    assert it.hear("and who tells ofsted", "what is a rapid review").danger is None


@pytest.mark.parametrize(
    "text",
    [
        "hurt my knee at work",
        "bruising in non mobile babies policy",
        "dad punched her in 2015 and went to prison",
        "fell out of a tree last summer and recovered",
        "fall from a window",
        "toddler scald",
        "what if she only broke her arm",
        "my grandmother is being neglected by her care agency",
    ],
)
def test_what_is_long_over_about_a_paper_or_too_little_is_a_notice_at_most(text):
    danger = heard(text).danger
    assert danger is None or danger.strength == "soft"


@pytest.mark.parametrize(
    "text", ["H3LP M3 H3S HURT1NG M3", "hlp he cmng", "im gonna end it tonite", "my brovs been shot", "k1ll m3"]
)
def test_words_in_figures_and_text_speak_are_heard(text):
    danger = heard(text).danger
    assert danger is not None
    assert danger.strength == "strong"


@pytest.mark.parametrize("text", ORDINARY)
def test_questions_at_work_that_share_words_with_danger_raise_no_alarm(text):
    danger = heard(text).danger
    assert danger is None or danger.strength == "soft"


@pytest.mark.parametrize(
    "text",
    ["there's no reason to carry on", "dad's got a gun", "he'll hurt me if i'm late", "i can't be here, it's too much"],
)
def test_an_apostrophe_never_decides(text):
    said = [heard(one).danger for one in (text, text.replace("'", ""), text.replace("'", "\u2019"))]
    assert len({one and one.strength for one in said}) == 1


def test_a_text_is_heard_with_and_without_its_apostrophes():
    assert apostrophes("dads here") == ("dads here", "dad's here")
    assert apostrophes("I can\u2019t") == ("I can\u2019t", "I cant", "I can't")
    assert apostrophes("we were well") == ("we were well",)


# --- Without a model


@pytest.mark.parametrize("text", ["he's hitting her right now", "The baby is not breathing", "he's going to kill her"])
def test_without_a_model_the_rules_still_raise_the_alarm(text):
    found = by_rules(text)
    assert found.danger is not None
    assert found.danger.strength == "strong"
    assert {found.meaning, found.margin, found.incident} == {None}


@pytest.mark.parametrize("text", NONE)
def test_without_a_model_ordinary_questions_are_left_in_peace(text):
    assert by_rules(text).danger is None


def test_misspelt_danger_is_heard_by_the_rules_too():
    assert by_rules("the baby is not breatheing").danger is not None


# --- What messages are compared with


def test_there_are_enough_examples_of_danger_and_of_what_only_looks_like_it():
    disclosures, worries, look_alikes, incidents, others = texts(load_terms(), ())
    assert len(disclosures) >= 200
    assert len(look_alikes) >= 200
    assert worries
    assert incidents
    assert others


def test_none_of_the_sentences_above_is_an_example():
    examples = {text for kind in texts(load_terms(), ()) for text in kind}
    assert [text for text in (*STRONG, *SOFT) if load_terms().says(text) in examples] == []


# --- Laws


@given(st.text(max_size=300))
def test_any_text_at_all_is_heard(text):
    found = heard(text)
    assert found.danger is None or found.danger.strength in ("strong", "soft")
    assert (found.margin is None) == (found.incident is None) == (not any(map(str.isalpha, found.text)))
    assert by_rules(text).text == found.text


@pytest.mark.parametrize("text", [STRONG[0], SOFT[0], NONE[0], "", "\0", "\ud800", "قل لي", "👶" * 50])
def test_the_same_text_is_heard_the_same(text):
    first, _, again = heard(text), heard("something else in between, and longer than that was"), heard(text)
    assert (first.text, first.danger, first.margin) == (again.text, again.danger, again.margin)
    assert first.incident == again.incident


def test_no_more_is_read_than_the_first_few_thousand_characters():
    within = "word " * (MAX_CHARS // 5)
    assert len(heard(within + "he's hitting her right now " * 100_000).text) <= MAX_CHARS
