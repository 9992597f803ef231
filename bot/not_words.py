"""What comes of a message that was changed afterwards, and of things that are not words, such as photos."""

from __future__ import annotations

from dataclasses import replace

from bot import wording_channels
from bot.command_replies import held
from bot.messages import Attached, Edited, Text, Typed
from bot.moment import Moment, Outcome
from bot.prompts import told


def by_its_words(moment: Moment) -> Moment:
    """What came with words of whoever sent it is answered as if they had sent those alone."""
    said = moment.turn.said
    if not isinstance(said, Attached) or not said.is_own or not said.text.strip():
        return moment
    return replace(moment, turn=replace(moment.turn, said=Typed(said.text)))


def beside_words(outcome: Outcome) -> Outcome:
    """The outcome of such words, which says too that the rest was not looked at; of danger nothing else is said."""
    if outcome.kind == "danger":
        return outcome
    at = 1 if outcome.emergency else 0
    note = Text.of(wording_channels.BESIDE_WORDS, tone="note")
    return replace(outcome, blocks=(*outcome.blocks[:at], note, *outcome.blocks[at:]))


def not_words(moment: Moment) -> Outcome | None:
    """Says what is taken and what is not, and asks again what is asked now; None where something was said anew.

    A changed message answers nothing: the dialog has moved on, and its new words would be taken for another question's
    answer.
    """
    if isinstance(moment.turn.said, Edited):
        return _said(moment, "edited", "A message changed afterwards.", wording_channels.EDITED)
    if isinstance(moment.turn.said, Attached):
        beside = f" {wording_channels.WORDS_BESIDE}" if moment.turn.said.text.strip() else ""
        return _said(moment, "attached", "Something that is not words.", f"{wording_channels.ATTACHED}{beside}")
    return None


def _said(moment: Moment, kind: str, words: str, text: str) -> Outcome:
    """What is said of it; under 999, and with nothing asked beside, where the emergency answer still stands."""
    if not moment.state.danger:
        return told(moment, kind, words, text)
    outcome = held(moment)
    first, *rest = outcome.blocks
    return replace(outcome, blocks=(first, Text.of(text), *rest), words=words)
