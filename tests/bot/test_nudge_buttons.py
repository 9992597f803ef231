"""A nudge's buttons say what they are about in an id that every channel can carry."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.case_answers import pressed_on_case
from bot.case_step import CaseAsk
from bot.delivering.nudge_buttons import ACTS, LONGEST, Pressed, act_id, button_id, buttons, read_button

REFS = st.one_of(st.just("area"), st.from_regex(r"[0-9]{2}-[0-9]{3,5}", fullmatch=True))
CLOCKS = st.from_regex(r"[a-z_]{1,40}(:[0-9]{1,4})?", fullmatch=True)


def test_a_button_reads_as_what_it_is() -> None:
    assert button_id("done", "26-014", "notify_panel") == "done-26-014-notify_panel"
    assert read_button("done-26-014-notify_panel") == Pressed("done", "26-014", "notify_panel")
    assert [one.label for one in buttons("26-014", "notify_panel")] == [
        "Done",
        "I have it",
        "Remind me later",
        "Give it to someone else",
        "Why this date",
    ]


@given(act=st.sampled_from(ACTS), ref=REFS, clock=CLOCKS, others=st.lists(CLOCKS, max_size=5))
def test_whatever_the_clock_is_called_its_button_fits_and_finds_it_again(act, ref, clock, others) -> None:
    id_ = button_id(act, ref, clock)
    assert len(id_) <= LONGEST
    assert re.fullmatch("[a-z0-9_-]+", id_)
    pressed = read_button(id_)
    assert pressed is not None
    assert (pressed.act, pressed.ref) == (act, ref)
    assert pressed.clock_among([clock]) == clock
    others = [one for one in others if one != clock]
    assert pressed.clock_among([*others, clock]) == clock
    assert pressed.clock_among(others) is None


def test_long_names_that_begin_alike_are_told_apart() -> None:
    names = [f"rapid_review_from_the_very_same_beginning_{one}" for one in ("a", "b")]
    for name in names:
        pressed = read_button(button_id("acknowledge", "26-1014", name))
        assert pressed is not None
        assert pressed.clock_among(names) == name


def test_a_button_for_one_of_several_duties_names_none_yet() -> None:
    assert read_button(act_id("done", "26-014")) == Pressed("done", "26-014", "")
    assert pressed_on_case("snooze-26-014") == CaseAsk("snooze", "26-014")


@pytest.mark.parametrize("id_", ["", "done", "done-26-014-", "done-26-14-x", "back", "eat-26-014-x", "done-26-014-X"])
def test_what_is_no_button_is_none(id_: str) -> None:
    assert read_button(id_) is None
