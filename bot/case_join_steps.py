"""What is asked and said to put a decision on record with the case it belongs to, or to say that it belongs to none."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording_case_joining
from bot.case_step import CaseAsk, CaseStep
from bot.cases.case import NotPossible
from bot.casework import case_blocks, case_joining, casework
from bot.casework.case_steps import step
from bot.casework.casework import Desk
from bot.messages import Block, Bullets, Text
from bot.storage.cases import Stored
from bot.storage.people import Person


def joined(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Puts a decision that an incident was notified before with the case that it belongs to."""
    if ask.value("case"):
        came = case_joining.joined(desk, stored, ask.value("case"), person)
        lines = case_blocks.moved_lines(came.moved)
        said = wording_case_joining.joined(stored.ref, ask.value("case"))
        shown = Text.of(f"{said} {wording_case_joining.MOVED_THERE}", Bullets(tuple(lines))) if lines else Text.of(said)
        return [shown, *(Text.of(one) for one in came.late)]
    case = casework.read(desk, stored)
    if case.is_open and not case.to_join and case.newest("joined") is None:
        raise NotPossible(wording_case_joining.NOTHING_TO_JOIN)
    options = case_joining.options(desk, stored)
    if not options or stored.status != "recorded":
        raise NotPossible(wording_case_joining.NONE_TO_JOIN)
    return step(ask, "case", "option", wording_case_joining.WHICH_CASE, options)


def set_aside(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Says for good that a decision belongs to no earlier case, and why."""
    if not casework.read(desk, stored).to_join:
        raise NotPossible(wording_case_joining.NOTHING_TO_SET_ASIDE)
    if not ask.value("words"):
        return step(ask, "words", "words", wording_case_joining.SET_ASIDE_WHY)
    casework.add(desk, stored, "closed", person, words=ask.value("words"))
    return [Text.of(wording_case_joining.set_aside(stored.ref))]
