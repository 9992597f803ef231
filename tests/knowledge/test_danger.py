"""The danger rules do what their own examples say. These phrases were known when the rules were written, so nothing
here measures how many real disclosures the rules would catch: on fresh ones they caught 4 of 16."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.danger import BrokenDangerRules, Danger, detect, load_rules
from tests.knowledge.ordinary import ORDINARY

PRESENT = """
a parent turned up drunk at pick up and drove off with the kids
he's hitting her right now
hes hitting her right now
He’s  HITTING   her right now!!
Dad is beating the little one as we speak
right now he is attacking his sister
she's being hit by her stepdad right now
mum is shaking the baby now
The baby is not breathing
baby isnt breathing what do i do
what do I do, he's not breathing
do i call 999 hes stopped breathing
my brother cant breathe
she is turning blue
the child is unconscious
I don't know if it matters but she's unconscious
he won't wake up
i cant wake her
he is strangling her
my mate is being stabbed
the toddler is choking
he has a knife
a pupil has got a kitchen knife in room 4
there's a man with a gun outside the nursery
someone's got a gun in the playground
he's going to kill her
my dad is gonna kill me
I want to kill myself
i just want to die
I'm going to jump
I've just taken all my tablets
she's taken an overdose just now
he's hurting me
my dad hits me and he's coming
my step dad hits me, should I tell someone?
I'm scared to go home
im not safe
help me
please help me
call 999
someone call 999 now
we need an ambulance
the baby is missing now
a child in my class is in immediate danger
not sure if the child is in danger now
they are in danger
It happened in March. But he is hitting her right now.
What counts as danger? She is not breathing.
how do I help, she is choking
can you tell me what to do, he's got a knife
in danger now
in immediate danger
my mum is hitting me
my mum is hitting me, what should I do
i feel like theres no point in living
there's no point in living
i have had enough of life
i dont see a future
theres no point in anything
there's no reason to carry on
life isnt worth it
I can't do life anymore
i wish i could just go to sleep and not wake up
nothing left to live for
whats the point of being alive
i hate being alive
im so tired of existing
nobody wud miss me if i was gone
ive written my goodbye notes
feel like disappearing for good
my mate has took 30 paracetamol
my m8 has jus taken a load of tablets
a baby is being shaken next door
i nearly smothered him last night
I want to hurt my child
i think im going to hurt my baby
girl told me she has a plan to end her life
dads got a gun
my mum's boyfriend has got a knife
theres blood everywhere
dad said hell kill the dog and then me
he said he'll kill us all
The boy says he's being made to sell drugs
lad told me theyre forcing him to deal
i am pregnant and im 12 dont tell anyone
my stepdad comes in my room at night
im 13 and i think im having a baby
my step brother gets in my bed wen everyones asleep
my dads mate touches my leg under the table and i dont like it
the little lad says he's got to sell weed for some older boys
dad keeps saying he'll finish us all off
there's blood all over the kitchen floor and mum's not talking
i nearly shook her last nite
ive had enough of being here
sis drank bleach
pls dont tell my dad but he gets in the shower with me
our nextdoor neighbours are shaking their baby to make it stop
a girl in y9 has stopped eating and says she wants to fade away
""".strip().splitlines()

TALK = (
    """
what do I do if a child is in immediate danger?
What do we do when a child isn't breathing
when should I call 999?
should i call 999
what counts as immediate danger
what counts as a child in danger now?
does 999 come before a referral?
do I need to call 999 before I refer?
is a child who has a knife always a notification?
what if a pupil has a knife
if a child is in immediate danger call 999
who do I tell if a baby is not breathing
how do we respond when a child says "my dad hits me"
What should a teacher do if a child says he's hurting me
a pupil told me my dad hits me, which form do I use
if someone is going to kill her, is that a referral?
can you help me with a referral
help me understand the five days
help
help with a rapid review
he was stabbed last week
the baby stopped breathing and died in March
she stopped breathing last night and is now in hospital
The child is unconscious in intensive care
he was not breathing when they arrived
a baby was found not breathing
he had a knife
he was holding a knife
he was going to kill her
a child was killed with a knife
she took an overdose in January
he was strangled by his uncle two years ago
my dad used to say he is going to kill me
unconscious bias training
a boy who has a knife wound
the report says he has a weapon offence
no child is in danger now
nobody is in danger
a child in danger of exclusion
i want to die down the panic
the pupil is missing now from education
im not safe to leave this page am i
baby stopped breathing, was resuscitated and placed with foster carers
they died
died
very seriously hurt
near miss
possible suicide or self-harm
a parent killed in domestic abuse
no
2
yes
not sure
they are not in danger
What is the right now common practice for rapid reviews
We are working on the referral right now
we called 999 and the police came
what counts as in immediate danger
how do I help a child who is choking
can you tell me what to do if he's got a knife
a child said my mum is hitting me
in danger of exclusion
""".strip().splitlines()
    + ORDINARY
)
OUR_QUESTION = (
    "Before anything: is any child, including brothers, sisters or others nearby, in danger now, "
    "or needing help that has not reached them?"
)
EMPTY_OR_NEARLY = ["", " ", "?", "999", "\n\n", "...", OUR_QUESTION]


@pytest.mark.parametrize("text", PRESENT)
def test_the_rules_own_examples_of_present_danger_are_caught(text):
    assert isinstance(detect(text), Danger)


@pytest.mark.parametrize("text", TALK + EMPTY_OR_NEARLY)
def test_the_rules_own_examples_of_talk_about_danger_are_left_alone(text):
    assert detect(text) is None


def test_there_are_enough_examples_of_both():
    assert len(PRESENT) >= 30
    assert len(TALK) >= 40


def test_every_rule_has_an_example_that_it_alone_is_named_for():
    assert {found.rule for text in PRESENT if (found := detect(text))} == {rule.name for rule in load_rules().rules}


def test_what_is_found_is_the_rule_and_never_the_words():
    assert detect("he's strangling her in Rose Cottage") == Danger("deadly violence")


@given(st.text(max_size=400))
def test_any_text_at_all_is_judged_without_an_error(text):
    assert detect(text) is None or detect(text).rule


@given(st.sampled_from(PRESENT), st.sampled_from(["Hello. ", "I work in a school.\n", "\u200b", "Sorry! "]))
def test_danger_is_caught_after_other_sentences(text, before):
    assert detect(before + text) is not None


@given(st.sampled_from(PRESENT))
def test_case_curly_quotes_and_missing_apostrophes_make_no_difference(text):
    found = detect(text)
    for changed in (text.upper(), text.replace("'", "’"), text.replace("'", ""), text.replace(" ", "   ")):
        assert detect(changed) == found


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(sorted({word for text in PRESENT + TALK for word in re.findall(r"[\w']+", text)})),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["", " ", ". ", "\u0f73", "\u0301"]),
)
@pytest.mark.timeout(120)
def test_a_very_long_text_is_judged_without_slowing_to_a_crawl(words, between):
    """A pattern that backtracks without bound would run for hours here, not for seconds."""
    detect((" ".join(words) + between) * 5000)


SLIPS = [
    ("bad pattern", '[[rules]]\nname="a"\nwhy="b"\npatterns = [\n"ok",\n"(",\n]\n', 12, "not a regular expression"),
    ("unknown", '[[rules]]\nname="a"\nwhy="b"\npatern = []\npatterns=[]\n', 10, 'did you mean "patterns"?'),
    ("missing", '\n[[rules]]\nname="a"\npatterns=[]\n', 8, "why is missing"),
    ("flag", '[[rules]]\nname="a"\nwhy="b"\npatterns=[]\nnow="yes"\n', 11, "must be true or false"),
    ("no list", 'rules = "none"\n', 7, "no setting"),
    ("not TOML", "[[rules\n", 7, "not valid TOML"),
]
EXCUSES = "[excuses]\n" + "".join(f'{name} = "x"\n' for name in ("cries", "questions", "hypothetical", "past", "safe"))


@pytest.mark.parametrize(("text", "line", "words"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_broken_rules_are_refused_with_file_and_line(tmp_path, text, line, words):
    file = tmp_path / "rules.toml"
    file.write_text(EXCUSES + text)
    with pytest.raises(BrokenDangerRules) as caught:
        load_rules(file)
    assert f"rules.toml, line {line}: " in str(caught.value)
    assert words in str(caught.value)
