"""What is asked for is drawn so that none of its words is cut off or said twice."""

from __future__ import annotations

from adapters.teams.render import Shown, render
from bot.messages import Bold, Choices, Option, Reply, Text

from .microsoft import walked

LONG = "A child needs protecting: a referral to children's social care"


def drawn(reply: Reply) -> list[dict]:
    """The elements of the one card that a reply is."""
    (shown,) = render(reply, lambda said: str(hash(said)))
    assert isinstance(shown, Shown)
    return list(walked(shown.card))


def titles(elements: list[dict]) -> list[str]:
    """The words of every button."""
    return [action["title"] for one in elements for action in one.get("actions", ())]


def test_short_options_are_a_button_each():
    asked = Choices("danger", "In danger?", (Option("yes", "Yes"), Option("no", "No")))
    elements = drawn(Reply((asked,)))
    assert titles(elements) == ["Yes", "No"]
    assert [len(one["actions"]) for one in elements if one["type"] == "ActionSet"] == [1, 1]


def test_an_option_too_long_for_a_button_makes_a_list_whose_words_wrap():
    asked = Choices("door", "What has happened?", (Option("now", "A child is in danger"), Option("protect", LONG)))
    elements = drawn(Reply((asked,)))
    (listed,) = (one for one in elements if one["type"] == "Input.ChoiceSet")
    assert listed["wrap"]
    assert [one["title"] for one in listed["choices"]] == ["A child is in danger", LONG]
    assert titles(elements) == ["Continue"]


def test_a_hint_stands_with_its_entry_of_a_list_and_above_buttons_and_only_there():
    for options in ((Option("health", "Health", "NHS or GP"), Option("x", LONG)), (Option("health", "Health", "NHS"),)):
        elements = drawn(Reply((Choices("role", "Which?", options),)))
        assert str(elements).count("NHS") == 1


def test_what_a_question_offers_already_is_no_short_cut_too():
    asked = Choices("check", "Right?", (Option("yes", "Yes"), Option("change", "Change an answer")))
    reply = Reply((asked,), shortcuts=(Option("back", "Back"), Option("change", "Change an answer")))
    assert titles(drawn(reply)) == ["Yes", "Change an answer", "Back"]


def test_a_heading_keeps_away_from_what_stands_before_it():
    elements = drawn(Reply((Text.of("One."), Text.of(Bold("Do this next"), "\n\nPhone."))))
    assert [one.get("spacing") for one in elements] == [None, "Large", None]
