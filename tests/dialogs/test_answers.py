"""Typed choices are understood as people write them, and never guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import InvalidAnswer, Option, looks_like_question, parse_choice, parse_many, says_unsure

NOT_SURE = Option("unsure", "Not sure")
YES_NO = (Option("yes", "Yes"), Option("no", "No"), NOT_SURE)
EFFECT = (
    Option("died", "They died", also=("died", "dead", "death", "passed away")),
    Option("serious", "Very seriously hurt or made seriously ill (body or mind)", also=("seriously hurt",)),
    Option("may_be_serious", "Hurt, and it may turn out serious"),
    Option("near_miss", "Could have been hurt but wasn't", also=("near miss",)),
    Option("none", "No harm", also=("unharmed",)),
    NOT_SURE,
)
ROLE = (
    Option("la_children", "Council children's services", also=("social worker",)),
    Option("la_other", "Elsewhere in the council"),
    Option("police", "Police", also=("detective",)),
    Option("icb_health", "Health", also=("nurse", "health visitor")),
    Option("education", "Education or childcare", also=("school", "teacher")),
)
AGE = (
    Option("unborn", "Not yet born", also=("unborn",)),
    Option("under_18", "Under 18"),
    Option("18_24", "18 to 24"),
    Option("25_plus", "25 or over"),
    NOT_SURE,
)
ABUSE = (
    Option("known", "Known"),
    Option("suspected", "Suspected"),
    Option("no", "Nobody knows of or suspects it"),
    NOT_SURE,
)
EVERY_SET = (YES_NO, EFFECT, ROLE, AGE, ABUSE)

CHOICES = [
    (EFFECT, "2", "serious"),
    (EFFECT, " 2 ", "serious"),
    (EFFECT, "2.", "serious"),
    (EFFECT, "2)", "serious"),
    (EFFECT, "(2)", "serious"),
    (EFFECT, "#2", "serious"),
    (EFFECT, "\uff12", "serious"),
    (EFFECT, "option 2", "serious"),
    (EFFECT, "number two", "serious"),
    (EFFECT, "the second one", "serious"),
    (ROLE, "no 2", "la_other"),
    (YES_NO, "number 2", "no"),
    (EFFECT, "may_be_serious", "may_be_serious"),
    (EFFECT, "may-be-serious", "may_be_serious"),
    (EFFECT, "may be serious", "may_be_serious"),
    (EFFECT, "They died", "died"),
    (EFFECT, "THEY DIED!", "died"),
    (EFFECT, "I think they died", "died"),
    (EFFECT, "she died", "died"),
    (EFFECT, "he's dead", "died"),
    (EFFECT, "he\u2019s dead", "died"),
    (EFFECT, "Sadly the baby passed away", "died"),
    (EFFECT, "she died yesterday in hospital", "died"),
    (EFFECT, "died?", "died"),
    (EFFECT, "could have been hurt but wasn\u2019t", "near_miss"),
    (EFFECT, "could have been hurt but was not", "near_miss"),
    (EFFECT, "could have been", "near_miss"),
    (EFFECT, "very seriously", "serious"),
    (EFFECT, "no harm", "none"),
    (EFFECT, "none", "none"),
    (EFFECT, "seriosly hurt", "serious"),
    (EFFECT, "not sure", "unsure"),
    (EFFECT, "?", "unsure"),
    (EFFECT, "???", "unsure"),
    (ROLE, "pol", "police"),
    (ROLE, "plice", "police"),
    (ROLE, "poilce", "police"),
    (ROLE, "I work for the police", "police"),
    (ROLE, "I'm a health visitor", "icb_health"),
    (ROLE, "social worker", "la_children"),
    (ROLE, "educ", "education"),
    (ROLE, "Education / childcare", "education"),
    (AGE, "18-24", "18_24"),
    (AGE, "18 to 24", "18_24"),
    (AGE, "under18", "under_18"),
    (AGE, "25+", "25_plus"),
    (AGE, "unborn", "unborn"),
    (YES_NO, "y", "yes"),
    (YES_NO, "Yes.", "yes"),
    (YES_NO, "yep", "yes"),
    (YES_NO, "yeah", "yes"),
    (YES_NO, "yup", "yes"),
    (YES_NO, "yes they have", "yes"),
    (YES_NO, "Yes please", "yes"),
    (YES_NO, "n", "no"),
    (YES_NO, "No", "no"),
    (YES_NO, "nope", "no"),
    (YES_NO, "nah", "no"),
    (YES_NO, "not yet", "no"),
    (YES_NO, "no they haven't", "no"),
    (YES_NO, "unsure", "unsure"),
    (YES_NO, "unsre", "unsure"),
    (YES_NO, "dunno", "unsure"),
    (YES_NO, "don't know", "unsure"),
    (YES_NO, "dont know", "unsure"),
    (YES_NO, "do not know yet", "unsure"),
    (YES_NO, "idk", "unsure"),
    (YES_NO, "no idea", "unsure"),
    (YES_NO, "maybe", "unsure"),
    (YES_NO, "not known", "unsure"),
    (YES_NO, "I'm not sure what happened", "unsure"),
    (ABUSE, "not known", "unsure"),
    (ABUSE, "it is known", "known"),
    (ABUSE, "it's suspected", "suspected"),
    (ABUSE, "no", "no"),
    (ABUSE, "nobody knows", "no"),
]

REFUSED = [
    (EFFECT, ""),
    (EFFECT, "   "),
    (EFFECT, "\U0001f44d"),
    (EFFECT, "0"),
    (EFFECT, "9"),
    (EFFECT, "9" * 6000),
    (EFFECT, "2 or 3"),
    (EFFECT, "died 2"),
    (EFFECT, "the 1st"),
    (EFFECT, "hurt"),
    (EFFECT, "she didn't die"),
    (EFFECT, "not dead"),
    (EFFECT, "no one died"),
    (EFFECT, "nobody died"),
    (EFFECT, "he hasn't died"),
    (EFFECT, "she never died"),
    (EFFECT, "maybe he died"),
    (EFFECT, "might have died"),
    (EFFECT, "nearly died"),
    (EFFECT, "her mum died"),
    (EFFECT, "the dog died"),
    (EFFECT, "dead or seriously hurt"),
    (EFFECT, "wasn't hurt"),
    (EFFECT, "not unharmed"),
    (EFFECT, "no"),
    (EFFECT, "not"),
    (EFFECT, "did she die?"),
    (EFFECT, "what happens if they died"),
    (EFFECT, "We had a call from the ward and the consultant said that the boy had died in the night"),
    (EFFECT, "it was on Friday that a call came in and by then the boy had died"),
    (YES_NO, "no 2"),
    (YES_NO, "yes and no"),
    (YES_NO, "yes but not sure"),
    (YES_NO, "No, he needs help"),
    (YES_NO, "no one is safe"),
    (YES_NO, "probably"),
    (YES_NO, "not really"),
    (YES_NO, "N/A"),
    (YES_NO, "is he safe?"),
    (YES_NO, "what does that mean"),
    (YES_NO, "ok"),
    (AGE, "18"),
    (AGE, "17"),
    (ROLE, "council"),
    (ROLE, "a"),
    (ROLE, "the police came round to talk to us"),
    (ABUSE, "not suspected"),
    (ABUSE, "suspect"),
    (ABUSE, "everyone knows"),
    (ABUSE, "he knows"),
    (ABUSE, "known or suspected"),
]


@pytest.mark.parametrize(("options", "text", "meant"), CHOICES)
def test_an_answer_is_understood_as_people_type_it(options: tuple[Option, ...], text: str, meant: str) -> None:
    assert parse_choice(text, options) == meant


@pytest.mark.parametrize(("options", "text"), REFUSED)
def test_what_is_not_clearly_one_answer_is_asked_again_and_never_guessed(
    options: tuple[Option, ...], text: str
) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        parse_choice(text, options)
    assert slip.value.message.rstrip("?.") != slip.value.message


def test_two_fitting_answers_are_both_named() -> None:
    with pytest.raises(InvalidAnswer, match=r"“They died” \(type 1\) or “Not sure” \(type 6\)"):
        parse_choice("maybe he died", EFFECT)


@pytest.mark.parametrize("text", ["not dead", "nobody died", "hasn't died", "nearly died", "near death", "died 2"])
def test_a_denied_answer_is_not_suggested(text: str) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        parse_choice(text, EFFECT)
    assert "They died" not in slip.value.message


def test_an_answer_beside_unknown_words_is_named_without_asking_for_a_yes() -> None:
    with pytest.raises(InvalidAnswer, match=r"Please type 3 for “Police”, or type the number of another answer\."):
        parse_choice("the police came round to talk to us", ROLE)


def test_a_word_given_to_two_options_is_neither() -> None:
    both = (Option("a_one", "Apple", also=("fruit",)), Option("b_two", "Pear", also=("fruit",)))
    with pytest.raises(InvalidAnswer, match=r"Apple.*Pear"):
        parse_choice("fruit", both)


def test_a_flows_own_word_goes_before_the_usual_meaning() -> None:
    options = (Option("no", "No"), Option("later", "Later", also=("not yet",)))
    assert parse_choice("not yet", options) == "later"


@pytest.mark.parametrize("options", EVERY_SET)
def test_every_option_is_found_by_its_number_its_id_its_label_and_its_other_words(options: tuple[Option, ...]) -> None:
    for number, option in enumerate(options, 1):
        ways = [f"{number}", f"{number}.", f"option {number}", option.id, option.id.replace("_", "-"), option.label]
        for text in [*ways, option.id.replace("_", " "), option.label.upper(), f" {option.label}. ", *option.also]:
            assert parse_choice(text, options) == option.id
            assert parse_many(text, options) in {(option.id,), ()}


_WORDS = [
    "apple",
    "pear",
    "quince",
    "medlar",
    "cherry",
    "damson",
    "walnut",
    "hazel",
    "rowan",
    "elder",
    "maple",
    "birch",
]


@given(st.permutations(_WORDS), st.integers(1, 6), st.data())
def test_any_options_with_words_of_their_own_are_found_by_number_id_and_label(
    words: list[str], count: int, data: st.DataObject
) -> None:
    options = tuple(Option(f"{words[2 * i]}_x", f"A {words[2 * i]} and {words[2 * i + 1]}") for i in range(count))
    place = data.draw(st.integers(0, count - 1))
    chosen = options[place]
    for text in (str(place + 1), chosen.id, chosen.label, chosen.label.title(), f"I think {words[2 * place]}"):
        assert parse_choice(text, options) == chosen.id
    several = data.draw(st.sets(st.integers(0, count - 1), min_size=1))
    expected = tuple(options[at].id for at in sorted(several))
    assert parse_many(" and ".join(str(at + 1) for at in several), options) == expected
    assert parse_many(", ".join(options[at].label for at in several), options) == expected


@given(st.sampled_from(EVERY_SET), st.data())
def test_any_text_is_an_answer_or_a_slip(options: tuple[Option, ...], data: st.DataObject) -> None:
    pieces = [
        "no",
        "not",
        "died",
        "1",
        "2",
        "-",
        ",",
        "?",
        "and",
        "seriously hurt",
        "maybe",
        "yes",
        "police",
        "all",
        "th",
    ]
    text = data.draw(st.text() | st.lists(st.sampled_from(pieces) | st.text(max_size=3), max_size=12).map(" ".join))
    ids = {option.id for option in options}
    with suppress(InvalidAnswer):
        assert parse_choice(text, options) in ids
    with suppress(InvalidAnswer):
        assert set(parse_many(text, options)) <= ids
    assert isinstance(looks_like_question(text), bool)
    assert isinstance(says_unsure(text), bool)


@given(st.sampled_from(["not", "never", "nobody", "no one", "maybe", "might have", "if", "her mum"]), st.booleans())
def test_a_turning_word_is_never_lost(turn: str, before: bool) -> None:
    text = f"{turn} died" if before else f"died {turn}"
    with pytest.raises(InvalidAnswer):
        parse_choice(text, EFFECT)
