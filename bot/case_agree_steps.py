"""What is asked and said of news by which less would be owed: whether it holds, what would end, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording_agreeing
from bot.case_duties import changed_words, said
from bot.case_step import CaseAsk, CaseStep
from bot.casework import agreeing, case_blocks, casework
from bot.casework.case_steps import step
from bot.casework.casework import Desk
from bot.messages import Block, Bullets, Text
from bot.storage.cases import Stored
from bot.storage.people import Person


def agreed(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Asks whether what was told holds, showing what would end; then why; and puts that on record."""
    case = casework.read(desk, stored)
    holds = ask.act == "agree" and ask.value("holds") == "yes"
    if case.to_agree is not None:
        if not ask.value("seq"):
            ask = ask.having("seq", str(case.decisions[-1].event.seq))
        if ask.act == "agree" and ask.value("holds") != "no":
            # Before anything is asked that would lead nowhere.
            agreeing.refuse_stale(desk, stored, case)
        if ask.act == "agree" and not ask.value("holds"):
            return step(ask, "holds", "option", agreeing.asked(desk, case), wording_agreeing.HOLDS_OR_NOT)
        if not ask.value("words"):
            why = wording_agreeing.WHY_AGREED if holds else wording_agreeing.WHY_NOT_AGREED
            return step(ask, "words", "words", why)
    seq = int(ask.value("seq") or 0)
    changed = agreeing.settled(desk, stored, person, holds=holds, words=ask.value("words"), seq=seq)
    if holds:
        return changed_words(changed)
    lines = case_blocks.moved_lines(changed.moved)
    return [Text.of(wording_agreeing.ONLY_BY_IT, Bullets(tuple(lines)))] if lines else said(wording_agreeing.IT_STAYED)
