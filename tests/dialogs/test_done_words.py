"""How people say that one duty is done: each way is that duty, what is more or less is none, and slips are named."""

from __future__ import annotations

import pytest

from dialogs.clock_file import load_clocks
from dialogs.done_words import (
    check_done_words,
    load_done_words,
    load_part_words,
    read_done_words,
    read_part_words,
    said_done,
    said_in_part,
)
from dialogs.table import BrokenTable


@pytest.mark.parametrize(
    ("words", "clock", "day"),
    [
        ("we've told the panel what is new", "tell_panel_news", None),
        ("we updated the panel yesterday", "tell_panel_news", "yesterday"),
        ("we told the panel that the test was not met", "tell_panel_not_met", None),
        ("we've told the panel the criteria weren't met, and why, yesterday", "tell_panel_not_met", "yesterday"),
        ("we have let the panel know that no review will be held", "tell_panel_no_review", None),
        ("rapid review sent to the panel on 22 november", "rapid_review_from_notification", "22 november"),
        ("we've submitted our rapid review today", "rapid_review_from_awareness", "today"),
        ("we started the rapid review this morning", "rapid_review_launch", "this morning"),
        ("all the agencies' summaries are in", "agency_summaries", None),
        ("the partners signed off the rapid review", "rapid_review_sign_off", None),
        ("the lado was told yesterday", "tell_designated_officer", "yesterday"),
        ("i told cdop", "tell_cdop", None),
        ("we told the partners and the other area", "tell_partners", None),
        ("social care already told", "protect_children", None),
        ("they confirmed in writing", "written_confirmation", None),
        ("the review was published today", "publish_review", "today"),
    ],
)
def test_each_duty_is_known_by_how_people_say_it(words: str, clock: str, day: str | None) -> None:
    found = list(said_done(words))
    assert [clock in one.clocks for one in found] == [True]
    assert found[0].day == day


@pytest.mark.parametrize(
    "words",
    [
        *(
            "we told the panel",
            "we have not told the partners",
            "did we tell the partners?",
            "who told the lado",
            "told the partners",
            "lado was",
        ),
        *("we will send the rapid review tomorrow", "told the panel that the test was met"),
    ],
)
def test_anything_else_is_none(words: str) -> None:
    assert list(said_done(words)) == []


def test_every_rule_names_clocks_of_the_table() -> None:
    check_done_words(load_clocks())
    assert len(load_done_words()) > 5
    assert load_part_words()


def test_of_a_part_that_is_done_it_is_said_what_is_owed_besides() -> None:
    (found,) = said_in_part("we've told the partners")
    assert found.clocks == ("tell_partners",)
    assert "other areas" in found.says
    assert list(said_in_part("we have not told the partners")) == []


def test_a_slip_in_a_part_is_named() -> None:
    with pytest.raises(BrokenTable, match="part 1: it needs clocks, a pattern and what it says"):
        read_part_words('[[part]]\nclocks = ["a"]\npattern = "b"\n')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[done]]\nclocks = ["a"]\n', "rule 1: it needs clocks and a pattern"),
        ('[[done]]\nclocks = ["a"]\npattern = "("\n', "rule 1: not a regular expression"),
    ],
)
def test_a_slip_is_named(text: str, why: str) -> None:
    with pytest.raises(BrokenTable, match=why):
        read_done_words(text)
