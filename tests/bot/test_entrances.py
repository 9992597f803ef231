"""A dialog without a door of its own is found where a person would look for it, and is never in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands import BEGIN, is_command
from bot.definitions import _check_entrances
from bot.messages import COMMAND, Choices, Chosen
from bot.reply_text import to_text
from dialogs.flow import BrokenFlow

from .talk import PLACES, Talk, answered, decided, definitions, talked

BEGINS = definitions().begins


def options(talk: Talk) -> list[str]:
    now = talk.prompt
    assert isinstance(now, Choices)
    return [one.id for one in now.options]


def test_the_first_screen_stays_as_simple_as_it_was():
    talk = Talk()
    assert options(talk) == ["danger", "protect", "referral", "allegation", "question"]
    assert [one.id for one in talk.type("menu").reply.shortcuts] == ["practice", "code"]


@pytest.mark.parametrize("words", BEGINS)
def test_its_words_begin_it_and_so_does_its_button(words):
    by_word, by_button = decided(), decided()
    by_word.type(words)
    by_button.say(Chosen(COMMAND, (f"{BEGIN}{BEGINS[words]}",)))
    assert by_word.dialog.flow == BEGINS[words]
    assert by_word.state == by_button.state


@pytest.mark.parametrize("place", PLACES)
def test_its_words_at_every_place_are_answered(place):
    for words in ("new information", "review outcome", "disagreement"):
        assert PLACES[place]().type(words).outcome.kind


def test_help_names_each():
    shown = to_text(Talk().type("help").reply)
    assert all(f"{flow.entrance.words[0]}: {flow.entrance.help}" in shown for flow in definitions().without_a_door)


@pytest.mark.parametrize(
    ("door", "offered"),
    [
        ("refer", ["document", "change", "begin-new_information", "begin-disagreement", "menu"]),
        ("protect", ["document", "change", "begin-disagreement", "menu"]),
        ("allegation", ["document", "change", "begin-disagreement", "menu"]),
        ("review outcome", ["document", "change", "begin-disagreement", "menu"]),
        ("disagreement", ["document", "change", "menu"]),
    ],
)
def test_after_a_decision_those_that_fit_have_a_button(door, offered):
    talk = answered(talked(door))
    talk.press("confirm")
    assert options(talk) == offered
    if "begin-disagreement" in offered:
        talk.press("begin-disagreement")
        assert talk.dialog.flow == "disagreement"


def test_a_worried_parent_is_offered_none_of_them():
    talk = answered(talked("refer"), role="public")
    assert options(talk) == ["document", "change", "menu"]


def test_whoever_has_decided_something_finds_new_information_beside_the_doors():
    talk = decided()
    assert "begin-new_information" in [one.id for one in talk.type("menu").reply.shortcuts]
    assert options(talk) == ["danger", "protect", "referral", "allegation", "question"]


@pytest.mark.parametrize(
    ("question", "button"),
    [
        ("how do I escalate a professional disagreement", "begin-disagreement"),
        ("who decides whether there is a local review", "begin-rapid_review_outcome"),
    ],
)
def test_under_an_answer_about_it_there_is_its_button(question, button):
    talk = Talk()
    talk.type(question)
    assert button in options(talk)
    talk.press(button)
    assert f"begin-{talk.dialog.flow}" == button


def test_a_word_that_is_an_answer_here_is_the_answer():
    talk = PLACES["several boxes"]()
    talk.type("disagreement")
    assert talk.dialog.flow == "referral"
    assert talk.answers["flags"] == "disagreement"


def test_in_practice_it_is_practice():
    talk = talked("practice", "review outcome")
    assert (talk.dialog.flow, talk.dialog.practice) == ("rapid_review_outcome", True)
    record = answered(talk).press("confirm").outcome.record
    assert record is not None
    assert record.practice


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"words": ("menu",)}, "'menu' is taken"),
        ({"words": ("New Information",)}, "not in small letters"),
        ({"after": ("weather",)}, "there is no dialog 'weather'"),
        ({"topics": ("weather",)}, "there is no topic 'weather'"),
    ],
)
def test_a_slip_in_where_a_dialog_is_found_is_refused(changes, fault):
    flow = definitions().flows["disagreement"]
    broken = replace(flow, entrance=replace(flow.entrance, **changes))
    with pytest.raises(BrokenFlow, match=fault):
        _check_entrances({**definitions().flows, "disagreement": broken}, definitions().library)


def test_no_two_dialogs_are_begun_by_the_same_words():
    flow = definitions().flows["disagreement"]
    taken = replace(flow.entrance, words=("new information",))
    with pytest.raises(BrokenFlow, match="'new information' is taken"):
        _check_entrances({**definitions().flows, "disagreement": replace(flow, entrance=taken)}, definitions().library)
    assert not any(is_command(words) for words in BEGINS)
