"""Promises of the search for identifiers: what it catches, what it leaves alone, and what it says."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.privacy import MAX_CHARS, Found, advice, identifiers, mask

NAME, BIRTH, PHONE, MAIL = "a name", "a date of birth", "a phone number", "an e-mail address"
HEALTH, INSURANCE, PUPIL = "an NHS number", "a National Insurance number", "a unique pupil number"
REFERENCE, CAR, STREET, POSTCODE = "a case reference", "a car registration", "a street address", "a postcode"

CAUGHT = [
    ("NHS number 943 476 5919", HEALTH, "943 476 5919"),
    ("it's 9434765919", HEALTH, "9434765919"),
    ("943-476-5919", HEALTH, "943-476-5919"),
    ("NHS no: 943 476 5918", HEALTH, "943 476 5918"),
    ("her nhs number may be 9434765910", HEALTH, "9434765910"),
    ("DOB 12/03/2015", BIRTH, "12/03/2015"),
    ("d.o.b. 12.03.15", BIRTH, "12.03.15"),
    ("dob: 12-3-2015", BIRTH, "12-3-2015"),
    ("dob 120315", BIRTH, "120315"),
    ("date of birth is 3rd March 2015", BIRTH, "3rd March 2015"),
    ("Date of Birth: 2015-03-12", BIRTH, "2015-03-12"),
    ("she was born on 3 March 2015", BIRTH, "3 March 2015"),
    ("born 12/03/2015 in Leeds", BIRTH, "12/03/2015"),
    ("born on Tuesday 3 March", BIRTH, "3 March"),
    ("born in March 2015", BIRTH, "March 2015"),
    ("his birthday is the 4th of July 2012", BIRTH, "4th of July 2012"),
    ("12/03/2015 is her date of birth", BIRTH, "12/03/2015"),
    ("child (b. 12/03/2015)", BIRTH, "12/03/2015"),
    ("they live in S70 2AB", POSTCODE, "S70 2AB"),
    ("sw1a 1aa", POSTCODE, "sw1a 1aa"),
    ("Postcode M11AE", POSTCODE, "M11AE"),
    ("EC1A 1BB.", POSTCODE, "EC1A 1BB"),
    ("near B33 8TH?", POSTCODE, "B33 8TH"),
    ("ring me on 07700 900123", PHONE, "07700 900123"),
    ("07700900123", PHONE, "07700900123"),
    ("+44 7700 900123", PHONE, "+44 7700 900123"),
    ("+44 (0)7700 900123", PHONE, "+44 (0)7700 900123"),
    ("(0114) 496 0123", PHONE, "(0114) 496 0123"),
    ("office 0114 496 0123 ask for the DSL", PHONE, "0114 496 0123"),
    ("020-7946-0018", PHONE, "020-7946-0018"),
    ("dad is on +353 87 123 4567", PHONE, "+353 87 123 4567"),
    ("07700 900123 07700 900124", PHONE, "07700 900123"),
    (
        "\uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13",
        PHONE,
        "\uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13",
    ),
    ("mail sarah.smith@example.org please", MAIL, "sarah.smith@example.org"),
    ("O'Brien+x@school.sch.uk", MAIL, "O'Brien+x@school.sch.uk"),
    ("NI number JG 12 13 16 A", INSURANCE, "JG 12 13 16 A"),
    ("AB123456C", INSURANCE, "AB123456C"),
    ("ab 12 34 56 c", INSURANCE, "ab 12 34 56 c"),
    ("UPN A801200001001", PUPIL, "A801200001001"),
    ("upn: H80120000100B", PUPIL, "H80120000100B"),
    ("case ref 12345", REFERENCE, "12345"),
    ("Our ref: SG/2026/0042", REFERENCE, "SG/2026/0042"),
    ("crime number 14/123456/26", REFERENCE, "14/123456/26"),
    ("crime reference number is 1420012345", REFERENCE, "1420012345"),
    ("court case ZW21C00123", REFERENCE, "ZW21C00123"),
    ("police ref AB-4471", REFERENCE, "AB-4471"),
    ("Panel reference 7781", REFERENCE, "7781"),
    ("Mosaic ID 445566", REFERENCE, "445566"),
    ("incident 1420012345", REFERENCE, "1420012345"),
    ("URN 05AB1234526", REFERENCE, "05AB1234526"),
    ("car reg AB12 CDE", CAR, "AB12 CDE"),
    ("driving a blue car, ab12cde", CAR, "ab12cde"),
    ("number plate: P123 ABC", CAR, "P123 ABC"),
    ("she lives at 14 Acacia Avenue", STREET, "14 Acacia Avenue"),
    ("14 acacia avenue", STREET, "14 acacia avenue"),
    ("found at 3a Mill Lane", STREET, "3a Mill Lane"),
    ("Flat 2, 118 High Street", STREET, "118 High Street"),
    ("flat 3b rose court", STREET, "flat 3b rose court"),
    ("22 St Mary's Close", STREET, "22 St Mary's Close"),
    ("address: 9 The Willows", STREET, "9 The Willows"),
    ("lives at 7 Elmfield", STREET, "7 Elmfield"),
    ("her name is Sarah Smith", NAME, "Sarah Smith"),
    ("her name is sarah smith", NAME, "sarah smith"),
    ("HER NAME IS SARAH SMITH", NAME, "SARAH SMITH"),
    ("his name\u2019s jayden", NAME, "jayden"),
    ("my name is Priya and I work at the school", NAME, "Priya"),
    ("My full name is Mary-Jane O\u2019Brien", NAME, "Mary-Jane O\u2019Brien"),
    ("name: Tom Brown", NAME, "Tom Brown"),
    ("Name: Tom Brown School: X", NAME, "Tom Brown"),
    ("name of child: tom brown", NAME, "tom brown"),
    ("the child's name is Zofia", NAME, "Zofia"),
    ("first name Zofia", NAME, "Zofia"),
    ("surname: Nowak", NAME, "Nowak"),
    ("their names are Tom and Lily Brown", NAME, "Lily Brown"),
    ("a boy called Jayden", NAME, "Jayden"),
    ("she's called sarah", NAME, "sarah"),
    ("the form was sent by someone called Kelly Brown", NAME, "Kelly Brown"),
    ("the child is Jayden Smith", NAME, "Jayden Smith"),
    ("Mother: Kelly Brown", NAME, "Kelly Brown"),
    ("mum is Kelly Brown", NAME, "Kelly Brown"),
    ("the pupil, Jayden Smith, fell", NAME, "Jayden Smith"),
    ("this is Sarah Smith calling", NAME, "Sarah Smith"),
    ("this is sarah smith calling", NAME, "sarah smith"),
    ("I'm Sarah from the academy", NAME, "Sarah"),
    ("I am Hope Mark", NAME, "Hope Mark"),
    ("14 Church Street", STREET, "14 Church Street"),
    ("at 14 church street", STREET, "14 church street"),
    ("spoke to Mr Jones", NAME, "Jones"),
    ("mrs patel rang", NAME, "patel"),
    ("Dr Okafor saw him", NAME, "Okafor"),
    ("Kind regards, Sarah", NAME, "Sarah"),
    ("initials J.S.", NAME, "J.S."),
    ("JS dob 12/03/2015", NAME, "JS"),
    ("sarah smith dob 12/03/2015", NAME, "sarah smith"),
    ("Jayden Smith, 4, died last night", NAME, "Jayden Smith"),
    ("Mum (Kelly Brown) rang us", NAME, "Kelly Brown"),
    ("hi my names dave", NAME, "dave"),
    ("im called priya", NAME, "priya"),
    ("a lad named kyle", NAME, "kyle"),
    ("this is jane doe from the school", NAME, "jane doe"),
    ("police log 556 of 18/12", REFERENCE, "556"),
    ("Sarah Smith (DOB 12/03/2015)", NAME, "Sarah Smith"),
    *(
        (text, kind, value)
        for kind, value, text in (
            line.split("|")
            for line in Path(__file__).with_name("identifying_messages.txt").read_text(encoding="utf-8").splitlines()
        )
    ),
]

LEFT = [
    *Path(__file__).with_name("ordinary_messages.txt").read_text(encoding="utf-8").splitlines(),
    "",
    " ",
    "\n",
    "\u00a31,000,000,000",
]


@pytest.mark.parametrize(("text", "kind", "value"), CAUGHT)
def test_an_identifier_is_caught_with_its_kind_and_its_whole_extent(text: str, kind: str, value: str) -> None:
    assert (kind, value) in [(one.kind, text[one.start : one.end]) for one in identifiers(text)]
    assert value not in mask(text)
    assert f"[{kind.split(' ', 1)[1]} removed]" in mask(text)


@pytest.mark.parametrize("text", LEFT)
def test_an_ordinary_answer_or_question_is_left_alone(text: str) -> None:
    assert identifiers(text) == ()
    assert mask(text) == text


@given(st.text(max_size=300) | st.text("0123456789 +()-/.:,@aAbBs'", max_size=120))
def test_no_text_makes_it_fail_and_every_span_lies_in_the_text_in_order(text: str) -> None:
    end = 0
    for one in identifiers(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


PIECES = (
    [row[0] for row in CAUGHT] + LEFT + [" ", ", ", " NHS ", "name is ", "dob ", "and ", "0", " 7", "Smith", "[", "]"]
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
)
def test_nothing_that_is_found_is_left_after_masking(text: str) -> None:
    masked = mask(text)
    assert identifiers(masked) == ()
    assert mask(masked) == masked


PLAIN = (
    "The hospital rang about a child after a fall at School; nobody saw why, so we met Barnsley Council (and police) "
    "today. Abuse? Neglect! Working Together says “serious harm” - Ofsted, the Panel & Kent wait… "
    "MASH LADO CSC is was will may mark ürün łódź 李明"
)


# After a word such as "Panel", "School" would be the name of one.
IN_ANY_ORDER = [word for word in PLAIN.split() if word != "School;"]


@given(
    st.lists(
        st.sampled_from(IN_ANY_ORDER) | st.text(st.characters(categories=["L"]), min_size=12).map(str.lower),
        max_size=30,
    )
)
def test_words_in_no_list_of_names_and_no_sentence_about_a_person_are_never_changed(words: list[str]) -> None:
    assert mask(" ".join(words)) == " ".join(words)


def test_long_text_is_searched_to_the_limit_and_what_lies_beyond_is_left_out() -> None:
    text = "a" * MAX_CHARS + " 07700 900123"
    assert identifiers(text) == ()
    assert "900123" not in mask(text)
    assert "[phone number removed]" in mask("07700 900123 " + text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1 ",
            "07700 900123 ",
            "a",
            "A ",
            "Aa ",
            "a@",
            "a.",
            "name is ",
            "her name is Sarah Smith ",
            "1-",
            "1/",
            "(0",
        ),
        *(
            "dob ",
            "dob 1/2/2015 ",
            "NHS 9434765918 ",
            "12 34 56 ",
            "car ",
            "12 high ",
            "ref A-",
            "mum ",
            "Sarah and ",
            "'a-",
            "zorvin told me ",
            "zorvin's mum ",
            "Zorvin Plackett ",
            "k dot ",
            "car A B 1 2 ",
            "nhs 1 2 ",
        ),
    ],
)
def test_the_worst_text_at_the_limit_takes_far_less_than_a_second(piece: str) -> None:
    text = (piece * MAX_CHARS)[:MAX_CHARS]
    identifiers(text)
    before = time.process_time()
    identifiers(text)
    assert time.process_time() - before < 0.5


def test_advice_names_each_kind_once_and_says_how_to_go_on_without_it() -> None:
    text = "her name is Sarah Smith, ring 07700 900123 or 07700 900124"
    said = advice(identifiers(text))
    assert said.startswith("It looks as if that has a phone number and a name in it.")
    assert "the child" in said
    assert not re.search(r"\d|Sarah|Smith", said)


def test_every_kind_has_its_own_advice_that_is_not_itself_taken_for_an_identifier() -> None:
    for kind in {row[1] for row in CAUGHT}:
        said = advice([Found(kind, 0, 1)])
        assert kind in said
        assert identifiers(said) == ()


def test_no_advice_is_given_when_nothing_was_found() -> None:
    assert advice(()) == ""
