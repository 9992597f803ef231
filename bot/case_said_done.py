"""That one duty is done, said by its own words and of no case: in which of somebody's cases it may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.case_step import CaseAsk
from bot.cases.case import NotPossible
from bot.cases.case_refused import not_running
from bot.cases.clocks import Clock
from bot.cases.nudge_words import label
from bot.casework import area_year, case_blocks
from bot.casework.casework import Desk
from bot.plain_words import OF_DUTY
from bot.wording_cases import NOTHING_FOR_THAT


def is_said(asked: CaseAsk) -> bool:
    """Whether a duty was named by its own words."""
    return bool(asked.value(OF_DUTY))


def options(desk: Desk, found: Iterable[area_year.Found], asked: CaseAsk) -> tuple[tuple[str, str], ...]:
    """The cases in which that duty runs, by reference, each with it and its day."""
    each = ((stored, _meant(asked, clocks)) for stored, _, clocks in found)
    return tuple(
        (stored.ref, f"{label(stored.ref)}: {case_blocks.due(clock, desk.today)}")
        for stored, clock in each
        if clock is not None
    )


def of_case(asked: CaseAsk, clocks: Sequence[Clock]) -> CaseAsk:
    """The same of the clock that runs in one case. Raises NotPossible, saying why, where none of them does."""
    if (clock := _meant(asked, clocks)) is not None:
        return asked.having("clock", clock.id)
    stands = next((one for one in reversed(clocks) if one.rule.name in asked.value(OF_DUTY).split()), None)
    raise NotPossible(not_running(stands) if stands is not None else NOTHING_FOR_THAT)


def _meant(asked: CaseAsk, clocks: Sequence[Clock]) -> Clock | None:
    named = asked.value(OF_DUTY).split()
    return next((one for one in case_blocks.urgent(clocks) if one.rule.name in named), None)
