"""An act on a case, or an absence, begun and left before its question was answered: says so, and how to go on."""

from __future__ import annotations

from dataclasses import replace

from bot import wording_duties, wording_people
from bot.case_answers import button_for
from bot.case_step import DUTY, CaseAsk
from bot.delivering.nudge_buttons import ACT_WORDS
from bot.messages import Option, Text
from bot.moment import NOT_HERE, SWITCHED_OFF, Moment, Outcome

_SAYS_SO_ITSELF = frozenset({"case left", "account left", "back"})
"""The kinds of what leaves it on purpose."""


def with_left(moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome of a turn; where it leaves an act whose question stood open, with that said and its button."""
    if _is_absence_left(moment, outcome):
        return _saying(outcome, wording_people.AWAY_LEFT)
    ask = begun(moment)
    if ask is None or outcome.kind in (NOT_HERE, SWITCHED_OFF) or outcome.request or _is_open(ask, outcome):
        return outcome
    button = _button(ask)
    assert button is not None
    outcome = replace(outcome, once_known=(*outcome.once_known, button))
    if outcome.kind in _SAYS_SO_ITSELF:
        return outcome
    return _saying(outcome, wording_duties.question_left(ask.ref, ask.value(DUTY), ACT_WORDS[ask.act]))


def _is_absence_left(moment: Moment, outcome: Outcome) -> bool:
    """Whether days of an absence were asked for, and are asked for no more though none was given."""
    step, after = moment.state.awaited, outcome.state.awaited
    if step is None or step.account is None or step.account.ask.act != "away":
        return False
    is_open = outcome.account is not None or (after is not None and after.account is not None)
    return not (
        is_open or outcome.request or outcome.kind in (NOT_HERE, SWITCHED_OFF) or outcome.kind in _SAYS_SO_ITSELF
    )


def _saying(outcome: Outcome, said: str) -> Outcome:
    # What is to be done first in danger stays first.
    first = 1 if outcome.emergency or outcome.softly else 0
    return replace(outcome, blocks=(*outcome.blocks[:first], Text.of(said, tone="note"), *outcome.blocks[first:]))


def begun(moment: Moment) -> CaseAsk | None:
    """The act on a case whose question stands open; None where none does."""
    step = moment.state.awaited.step if moment.state.awaited is not None else None
    return step.ask if step is not None and _button(step.ask) is not None else None


def _button(ask: CaseAsk) -> Option | None:
    return button_for(ask) if ask.ref else None


def _is_open(ask: CaseAsk, outcome: Outcome) -> bool:
    """Whether its question was answered, or is still asked."""
    step = outcome.state.awaited.step if outcome.state.awaited is not None else None
    came = outcome.case
    # What was refused, and is asked again, is given as nothing.
    given = {one for one in ask.given if one[1]}
    is_answer = came is not None and _about(came) == _about(ask) and given <= set(came.given)
    return is_answer or (step is not None and _about(step.ask) == _about(ask))


def _about(ask: CaseAsk) -> tuple[str, str, str]:
    return ask.act, ask.ref, ask.clock
