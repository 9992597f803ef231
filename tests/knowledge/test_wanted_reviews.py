"""Published reviews are found by what people call them and by subject, and not where the process is asked about."""

from __future__ import annotations

import pytest

from knowledge.learning import load_reviews
from knowledge.library import load_library
from knowledge.understanding import ABOUT_REVIEWS, load_understanding
from knowledge.wanted_reviews import by_name, by_subject


def ids(reviews):
    return {one.id for one in reviews}


@pytest.mark.parametrize(
    ("text", "review"),
    [
        ("arthur and star", "arthur-and-star-2022"),
        ("Its Silent race review", "race-and-racism-2025"),
        ("i wanted them all to notice", "sexual-abuse-in-the-family-2024"),
        ("doncaster review", "residential-settings-2023"),
        ("victoria marten review findings", "vulnerable-babies-2026"),
    ],
)
def test_a_review_is_found_by_what_people_call_it(text, review):
    assert review in ids(by_name(load_reviews(), text))


@pytest.mark.parametrize(
    ("text", "review"),
    [
        ("reviews about knife crime", "criminal-exploitation-2020"),
        ("what did the national review find about babies", "vulnerable-babies-2026"),
        ("any learning on cot death", "sudden-infant-death-2020"),
    ],
)
def test_a_review_is_found_by_its_subject(text, review):
    assert review in ids(by_subject(load_reviews(), text))


@pytest.mark.parametrize(
    "text",
    [
        "who gets the rapid review report",
        "how long does a review on babies take",
        "do we publish findings about race",
        "race",
        "what is a thematic review",
    ],
)
def test_whoever_asks_how_a_review_is_done_is_shown_none(text):
    assert by_subject(load_reviews(), text) == ()


def test_every_name_is_in_small_letters_and_finds_its_review():
    for review in load_reviews():
        assert review.known_as, review.id
        for name in (*review.known_as, *review.words):
            assert name == name.casefold()
        assert all(review.id in ids(by_name(load_reviews(), f"the {name}, please")) for name in review.known_as)


@pytest.mark.parametrize("text", ["doncaster review", "arthur and star", "reviews about knife crime"])
def test_a_review_that_is_asked_for_comes_before_what_else_may_be_meant(text):
    it = load_understanding(load_library())
    found = it.find(it.hear(text))
    assert found.reviews
    assert found.topic in ABOUT_REVIEWS or set(ABOUT_REVIEWS) <= set(found.offers)


def test_a_case_in_the_news_is_not_retold_by_way_of_a_review():
    it = load_understanding(load_library())
    assert it.find(it.hear("what happened to baby p")).reviews == ()
