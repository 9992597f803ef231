"""Each question of the referral dialog takes what people really type, and asks back where it may mean more."""

from __future__ import annotations

from contextlib import suppress

import pytest

from dialogs.ages import parse_age
from dialogs.answers import InvalidAnswer, looks_like_question, parse_choice, parse_plainly
from dialogs.flow import Flow, Question
from dialogs.flows import load_flows

FLOW = load_flows()["referral"].named({"local_authority": "Exampleshire"})

TAKEN = {
    "place": {
        "our_area": "our area|in our area|here|it was in our area",
        "other_english_area": "another area|elsewhere in England|in another part of England",
        "outside_england": "abroad|Spain|in Ireland|France|Wales|not in England|outside the UK|out of the country",
    },
    "age_at_event": {
        "under_18": (
            "2|6|six|fifteen|17|aged four|four years old|a 15 year old|15-year-old|15yo"
            "|17 and a half|nearly 18|she was 16"
            "|baby 3 months|3 months|newborn|toddler|under 5|under eighteen|I think 16"
            "|about 10|about four|17 years 11 months"
        ),
        "18_24": "18|24|18-24|18 to 24|twenty one|nearly 25|turned 18",
        "25_plus": "25|25+|over 25|40|option 4|number four",
    },
    "role": {
        "la_children": (
            "social worker|social work|independent reviewing officer|IRO|local authority designated officer|early help"
            "|I'm a LADO|EDT|out of hours team"
        ),
        "police": "police|police officer|I work for the police",
        "icb_health": "GP|A&E|I work in A&E|CAMHS|school nurse|health visitor",
        "education": "headteacher|SENCO|TA|I am a teacher|nursery nurse",
        "provider": "foster carer|foster family",
        "public": "parent|I am a parent|relative|family|member of the public",
    },
    "effect": {
        "died": "died|murdered|suicide|took her own life|cot death|she died yesterday in hospital",
        "serious": "in a coma|critical|intensive care|he is in intensive care|serious",
        "near_miss": "near miss|could have been hurt",
    },
    "maltreatment": {
        "known": "known|it is known",
        "suspected": "probably|likely|suspected|we suspect it",
        "no": "no|not suspected",
        "unsure": "not known",
    },
    "care": {
        "lac_ours": "in our care|looked after by us",
        "none_or_previously_known": (
            "no|child protection plan|she was on a child protection plan|child in need|not in care"
        ),
    },
    "when": {
        "recent": "this week|two months ago|11 months ago|last month|10 days ago|recently",
        "non_recent": "13 months ago|2 years ago|two years ago|years ago",
    },
    "danger_now": {
        "no": (
            "no|n|nope|No.|2|no thanks|no one|everyone is safe|all safe|they're safe"
            "|no they are all safe now|no, nobody is"
            "|not in danger"
        ),
        "yes": "yes|1|yes she is",
        "unsure": (
            "no, they are not safe|no - the sister is still at home with him|unsafe|not safe"
            "|they are not safe|not yet|???"
            "|not sure|no one is safe|yes and no|yes, no one|he died|banana|no they have|ok"
        ),
    },
}
ASKED_BACK = {
    "place": (
        "outside our area|out of our area|beyond our area|near our area|not in our area|just over the border|outside"
        "|another county|England|at home|on holiday|next to our area|all over our area|not here"
    ),
    "age_at_event": (
        "four|it's 4|4|4 please|4.|one|three|five|it was 4|about 18|over 18|under 25|18+"
        "|<18|17 or 18|not 18|adult|36 weeks"
    ),
    "role": (
        "family support worker|family court adviser|officer|council|la|local authority|youth worker|youth offending"
        "|probation officer|retired police officer|family group conference|parent support adviser"
    ),
    "effect": (
        "attempted suicide|overdose|stillborn|she survived|nobody died|hasn't died|nearly died|could have died|hurt"
        "|death threats|suicide risk|not critical|her mum died|yes"
    ),
    "maltreatment": (
        "abuse|neglect|unlikely|probably not|don't think so|accident|known to services|known to the police|she is known"
        "|the family is known|admitted to hospital|yes|nobody knows"
    ),
    "care": "looked after|in care|he is in care|foster care|yes",
    "when": "last year|a year ago|12 months ago|almost 2 years ago|3 years and 2 months ago",
    "danger_now": "what counts as danger?|is he safe?|9",
}
NEVER_NAMED = [
    ("place", "outside our area", "In our area"),
    ("place", "all over our area", "In our area"),
    ("effect", "hasn't died", "They died"),
    ("effect", "could have died", "They died"),
    ("effect", "death threats", "They died"),
    ("maltreatment", "not confirmed", "Known"),
    ("maltreatment", "no abuse", "Suspected"),
    ("care", "never looked after", "In care of"),
    ("role", "retired police officer", "Police"),
]


def question(name: str) -> Question:
    found = FLOW.question(name)
    assert found is not None
    return found


def meant(name: str, text: str) -> str:
    asked = question(name)
    if asked.unclear:
        return parse_plainly(text, asked.options, asked.unclear)
    return (parse_age if asked.takes_ages else parse_choice)(text, asked.options)


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [(name, text, one) for name, by in TAKEN.items() for one, texts in by.items() for text in texts.split("|")],
)
def test_what_people_type_is_taken_for_what_they_mean(name: str, text: str, answer: str) -> None:
    assert meant(name, text) == answer


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in ASKED_BACK.items() for text in texts.split("|")]
)
def test_what_may_mean_more_than_one_answer_is_asked_back(name: str, text: str) -> None:
    with pytest.raises(InvalidAnswer):
        meant(name, text)


@pytest.mark.parametrize(("name", "text", "label"), NEVER_NAMED)
def test_an_answer_that_was_denied_is_not_suggested(name: str, text: str, label: str) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        meant(name, text)
    assert label not in slip.value.message


def test_what_could_have_happened_is_not_taken_for_a_question() -> None:
    assert not looks_like_question("could have died")
    with pytest.raises(InvalidAnswer, match="Which do you mean"):
        meant("effect", "could have died")


@pytest.mark.parametrize("flow", load_flows().values(), ids=lambda flow: flow.name)
def test_unclear_words_about_danger_count_as_not_sure_in_every_dialog(flow) -> None:
    asked = flow.question("danger_now")
    assert asked.unclear == "unsure"
    assert parse_plainly("no, they are not safe", asked.options, asked.unclear) == "unsure"


def _other_forms(said: str) -> set[str]:
    return {f"{said}s", said.removesuffix("s"), f"the {said}", f"the {said}s", f"one of the {said}s", f"a {said}"}


@pytest.mark.parametrize("flow", load_flows().values(), ids=lambda flow: flow.name)
def test_an_option_in_the_plural_or_with_an_article_is_never_taken_for_another(flow: Flow) -> None:
    """`Partners` opens `partnership`, but is not it."""
    wrong = []
    for question in (one for one in flow.questions if one.kind == "choice"):
        for option in question.options:
            for typed in {form for said in (option.label, *option.also) for form in _other_forms(said)}:
                with suppress(InvalidAnswer):
                    found = parse_choice(typed, question.options)
                    wrong += [f"{question.name}: {typed} -> {found}"] if found != option.id else []
    assert wrong == []
