"""Says that a document did not get to where somebody's files are kept, and offers it again; pure."""

from __future__ import annotations

from bot import wording_controls
from bot.messages import File, Text
from bot.moment import Moment, Outcome
from bot.prompts import again


def not_saved(moment: Moment, document: File, *, perhaps: bool) -> Outcome:
    """The document again, with why; `perhaps` is whether it may be there all the same."""
    why = wording_controls.FILE_PERHAPS_NOT_SAVED if perhaps else wording_controls.FILE_NOT_SAVED
    words = f"{why} {wording_controls.FILE_AGAIN}"
    return again(moment, "document not saved", "", Text.of(words, tone="problem"), document)
