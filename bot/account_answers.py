"""What comes of an answer to what is asked about accounts, roles or absence: an option, or words."""

from __future__ import annotations

from dataclasses import replace

from bot import wording, wording_people
from bot.account_commands import account_ask, button_ask
from bot.account_step import LEAVE, AccountAsk, AccountStep
from bot.commands import command, plainly
from bot.late import is_late
from bot.messages import COMMAND, Chosen, Typed
from bot.moment import Moment, Outcome
from bot.prompts import problem, stale, told
from dialogs.answers import InvalidAnswer, looks_like_question, parse_choice
from dialogs.answers import Option as Choice

_SAID = {
    "accounts": "My accounts.",
    "join": "Join an account.",
    "work e-mail": "My work e-mail.",
    "remove": "Take an account away.",
    "away": "I am away.",
    "returned": "I am back.",
    "people": "People and roles.",
    "give": "Give someone a role.",
    "take": "Take a role away.",
}
MOST_WORDS = 12
"""More than this is no name, code or day that was asked for, but something that has happened."""
_AGREEING = frozenset({"y", "yeah", "yep", "ok", "okay", "yes please", "please do", "sure", "correct", "that is right"})
_LEAVING = frozenset({"back", "leave", "leave it", "leave it as it is", "no", "cancel", "never mind"})


def account(moment: Moment) -> Outcome | None:
    """What comes of what is said of accounts, roles or absence; None where something else was said.

    It is tried before identifiers are looked for, because a colleague's name or a work address belongs here.
    """
    if moment.state.danger:
        return None
    said, step = moment.turn.said, _step(moment)
    if isinstance(said, Chosen) and said.prompt == COMMAND:
        ask = button_ask(said.ids[0]) if said.ids else None
        return None if ask is None else asking(moment, ask, _SAID[ask.act])
    ask = account_ask(moment.typed) if moment.typed is not None else None
    if ask is not None and not is_late(moment):
        return asking(moment, ask, _SAID[ask.act])
    return None if step is None or is_late(moment) else _answered(moment, step)


def let_go(moment: Moment) -> Moment:
    """The moment without what was asked of accounts and the like, where what is typed is about something else."""
    step, said = _step(moment), moment.turn.said
    if step is None or not isinstance(said, Typed):
        return moment
    is_else = step.is_offer and _option(step, said.text) is None and plainly(said.text) not in _LEAVING
    if not is_else and len(said.text.split()) <= MOST_WORDS:
        return moment
    # It stood under what is let go here, so it is not late.
    turn = replace(moment.turn, said=Typed(said.text)) if said.prompt == step.prompt else moment.turn
    return replace(moment, turn=turn).at(replace(moment.state, awaited=None))


def asking(moment: Moment, ask: AccountAsk, words: str) -> Outcome:
    """The outcome that asks the store to do something, and shows what comes of it."""
    return Outcome(replace(moment.state, awaited=None), (), "account", words, account=ask)


def _step(moment: Moment) -> AccountStep | None:
    return moment.state.awaited.account if moment.state.awaited is not None else None


def _answered(moment: Moment, step: AccountStep) -> Outcome | None:
    said = moment.turn.said
    if not isinstance(said, Typed | Chosen):
        return stale(moment)
    if isinstance(said, Chosen):
        options = dict(step.options)
        chosen = said.ids[0] if len(said.ids) == 1 else ""
        if said.prompt != step.prompt or chosen not in {*options, LEAVE}:
            return stale(moment)
        return _left(moment) if chosen == LEAVE else _given(moment, step, chosen, f"{options[chosen]}.")
    text = said.text.strip()
    if not text:
        return problem(moment, wording.EMPTY, "empty", "Nothing.")
    if plainly(text) in _LEAVING:
        return _left(moment)
    if (found := _option(step, text)) is not None:
        return _left(moment) if found == LEAVE else _given(moment, step, found, f"{dict(step.options)[found]}.")
    if command(text, moment.definitions.begins) is not None or looks_like_question(text):
        return None
    if step.takes_words:
        return _given(moment, step, text, step.said)
    return problem(moment, wording_people.CHOOSE)


def _option(step: AccountStep, text: str) -> str | None:
    """The option that a text names, by its number or its words."""
    options = (*step.options, (LEAVE, wording_people.LEAVE_IT))
    words = plainly(text)
    if words.isdecimal() and len(words) < _LONGEST_NUMBER and 1 <= int(words) <= len(options):
        return options[int(words) - 1][0]
    if words in _AGREEING:
        words = plainly(wording_people.YES)
    same = [id_ for id_, label in options if plainly(label) == words]
    if same or step.takes_words:
        return same[0] if len(same) == 1 else None
    try:
        return parse_choice(text, tuple(Choice(id_, label) for id_, label in options))
    except InvalidAnswer:
        return None


_LONGEST_NUMBER = 4


def _given(moment: Moment, step: AccountStep, value: str, words: str) -> Outcome:
    return asking(moment, step.ask.having(**{step.name: value}), words)


def _left(moment: Moment) -> Outcome:
    return told(moment.at(replace(moment.state, awaited=None)), "account left", "Leave it.", wording_people.STAYS)
