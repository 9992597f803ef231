"""Tells what came from under an earlier question, so that it is not taken for an answer to the one asked now."""

from __future__ import annotations

from bot.messages import COMMAND, NOTHING_ASKED, Choices, Chosen, Filled, Form, Said, Typed
from bot.moment import Moment
from bot.prompts import DOOR, prompt
from dialogs.answers import InvalidAnswer, parse_choice

# They take no answer back and put nothing aside that the person cannot see, so they may come from anywhere.
HARMLESS = frozenset(
    "resume menu stop help why where code danger document question more reviews cases open-a-case".split()
)
_DANGER_QUESTION = "danger_now"
_IN_DANGER = {"yes", "unsure"}


def is_late(moment: Moment) -> bool:
    """Whether a turn's channel says that it stood under another prompt than the one asked now."""
    under = _under(moment.turn.said)
    return bool(under) and not moment.state.danger and under not in _asked(moment)


def speaks_of_danger(moment: Moment) -> bool:
    """Whether a late turn says that a child is, or may be, in danger: that is heard whenever it comes."""
    # What is asked now is found by putting it together, so that comes last.
    return _means_danger(moment) and is_late(moment)


def _means_danger(moment: Moment) -> bool:
    """Whether it says so, wherever it was asked."""
    said = moment.turn.said
    is_asked_danger = _under(said).endswith(f"-{_DANGER_QUESTION}")
    if isinstance(said, Chosen):
        return bool(is_asked_danger and _IN_DANGER & set(said.ids)) or (said.prompt == DOOR and "danger" in said.ids)
    return is_asked_danger and isinstance(said, Typed) and _is_yes(moment, said.text)


def _is_yes(moment: Moment, text: str) -> bool:
    questions = (flow.question(_DANGER_QUESTION) for flow in moment.definitions.flows.values())
    options = next((question.options for question in questions if question is not None), ())
    try:
        return parse_choice(text, options) in _IN_DANGER
    except InvalidAnswer:
        return False


def _under(said: Said) -> str:
    """The prompt a turn stood under; empty where its channel cannot know."""
    if isinstance(said, Filled):
        return said.form
    if isinstance(said, Chosen):
        return said.under if said.prompt == COMMAND else said.prompt
    return said.prompt if isinstance(said, Typed) else ""


def _asked(moment: Moment) -> set[str]:
    last = prompt(moment)[-1]
    asked = {last.prompt} if isinstance(last, Choices) else {last.id} if isinstance(last, Form) else set()
    is_open = moment.dialog is None and moment.state.awaited is None
    return asked | {NOTHING_ASKED} if is_open else asked
