"""What is asked and said of a closed case: that it is opened again, or stays closed for all that came."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording_closed
from bot.case_step import CaseAsk, CaseStep
from bot.cases.case import NotPossible
from bot.cases.reopening import to_reopen
from bot.casework import agreeing, casework
from bot.casework.case_steps import step
from bot.casework.casework import Desk
from bot.messages import Block, Text
from bot.storage.cases import Stored
from bot.storage.people import Person


def refuse_open(desk: Desk, stored: Stored) -> None:
    """Raises NotPossible where a case is open already, before it is asked why it is to be opened."""
    if casework.read(desk, stored).is_open:
        raise NotPossible(wording_closed.OPEN_ALREADY)


def left_closed(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Says why a case stays closed. Raises NotPossible where nothing waits, or something newer than what was asked."""
    came = to_reopen(casework.read(desk, stored))
    if came is None:
        raise NotPossible(wording_closed.NOTHING_CAME)
    if not ask.value("words"):
        asked = ask.having("seq", str(came.seq))
        return step(asked, "words", "words", wording_closed.WHY_LEFT_CLOSED)
    if ask.value("seq") not in ("", str(came.seq)):
        raise NotPossible(wording_closed.NEWER_CAME)
    agreeing.left_closed(desk, stored, person, ask.value("words"), came)
    return [Text.of(wording_closed.STAYS_CLOSED)]
