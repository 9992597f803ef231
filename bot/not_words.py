"""What comes of a message that was changed afterwards, and of things that are not words, such as photos."""

from __future__ import annotations

from bot import wording_channels
from bot.messages import Attached, Edited
from bot.moment import Moment, Outcome
from bot.prompts import told


def not_words(moment: Moment) -> Outcome | None:
    """Says what is taken and what is not, and asks again what is asked now; None where something was said anew.

    A changed message answers nothing: the dialog has moved on, and its new words would be taken for another question's
    answer.
    """
    if isinstance(moment.turn.said, Edited):
        return told(moment, "edited", "A message changed afterwards.", wording_channels.EDITED)
    if isinstance(moment.turn.said, Attached):
        return told(moment, "attached", "Something that is not words.", wording_channels.ATTACHED)
    return None
