"""Sends whoever is not known on the page to sign in, and back to what they wanted of a case."""

from __future__ import annotations

from dataclasses import replace

from bot import wording_cases
from bot.case_step import CaseAsk
from bot.cases.nudge_words import called
from bot.delivering.nudge_buttons import LABELS, read_button
from bot.messages import COMMAND, Chosen, Link, Option, Text
from bot.moment import Moment, Outcome
from bot.prompts import prompt

WEB = "web"
_SIGN_IN = "/sign-in?to=/chat"


def sent_there(moment: Moment, outcome: Outcome, ask: CaseAsk) -> Outcome:
    """The outcome that does nothing but say where to sign in; what was pressed can be pressed again afterwards."""
    words = (Text.of(wording_cases.SIGN_IN_FIRST), Link(wording_cases.SIGN_IN, _SIGN_IN))
    return replace(outcome, blocks=(*words, *prompt(moment.at(outcome.state))), once_known=_again(moment, ask))


def _again(moment: Moment, ask: CaseAsk) -> tuple[Option, ...]:
    said = moment.turn.said
    pressed = said.ids[0] if isinstance(said, Chosen) and said.prompt == COMMAND and said.ids else ""
    if (button := read_button(pressed)) is not None:
        return (Option(pressed, f"{LABELS[button.act]}: {called(button.ref)}"),)
    return (Option(f"case-{ask.ref}", f"Open {called(ask.ref)}"),) if ask.ref else ()
