"""Few words that pick among things shown: by place, by a title shortened, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.picking import Pick, by_place, by_title, one_at_a_time, which

TITLES = ("Safeguarding adult review (SAR)", "Freedom of information and subject access requests")
SHOWN = 3


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("one", 0),
        ("the first", 0),
        ("the 1st one", 0),
        ("the top one", 0),
        ("the second one", 1),
        ("number 2", 1),
        ("option 2 please", 1),
        ("2nd", 1),
        ("no 2", 1),
        ("what about the second one", 1),
        ("3rd pls", 2),
        # Of the titles, not of what always stands below them.
        ("the last one", 1),
        ("last", 1),
    ],
)
def test_a_place_in_words_is_that_place(said, place):
    assert by_place(said, SHOWN, len(TITLES)) == Pick(place)


@pytest.mark.parametrize("said", ["both", "both of them", "all three", "either", "1 and 2", "1 or 2"])
def test_more_than_one_is_asked_back_one_at_a_time(said):
    assert by_place(said, SHOWN, len(TITLES)) == Pick(doubt=one_at_a_time(SHOWN))


@pytest.mark.parametrize("said", ["that one", "this", "the one", "the middle one"])
def test_what_points_at_nothing_is_asked_back(said):
    assert by_place(said, SHOWN, len(TITLES)) == Pick(doubt=which(SHOWN))


def test_a_number_that_is_not_there_is_said_not_to_be_there():
    found = by_place("9", SHOWN)
    assert found is not None
    assert found.doubt.startswith("There is no number 9 here.")


@pytest.mark.parametrize("said", ["none", "neither", "none of them", "something else"])
def test_none_of_them_is_none_of_them(said):
    assert by_place(said, SHOWN) == Pick(is_none=True)


@pytest.mark.parametrize(
    "said",
    ["999", "section 47", "47", "no one", "he has one arm", "two children", "is she the last one left", "?"],
)
def test_what_tells_of_something_picks_nothing(said):
    assert by_place(said, SHOWN) is None
    assert by_title(said, TITLES, SHOWN) is None


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("adult review", 0),
        ("safegaurding adult", 0),
        ("the adult one", 0),
        ("subject access", 1),
        ("freedom of information", 1),
        ("the one about access", 1),
    ],
)
def test_a_title_shortened_is_that_title(said, place):
    assert by_title(said, TITLES, SHOWN) == Pick(place)


@pytest.mark.parametrize("said", ["records", "a review of my pay", "what is an adult review?", "access"])
def test_other_words_or_too_few_are_no_title(said):
    assert by_title(said, TITLES, SHOWN) is None


def test_words_that_point_at_two_titles_are_asked_back():
    assert by_title("the review one", ("A rapid review", "A local review"), 2) == Pick(doubt=which(2))


@given(st.text(), st.integers(1, 9))
def test_any_text_picks_something_that_is_there_or_nothing(text, count):
    for found in (by_place(text, count), by_title(text, TITLES * count, count * 2)):
        assert found is None or found.place is None or 0 <= found.place < count * 2
