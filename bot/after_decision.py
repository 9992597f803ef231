"""What a confirmed decision means for cases, said at the end of its reply: opened, put right, recorded, or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import wording_case_joining, wording_cases
from bot.cases.case import opens
from bot.cases.clocks import Moved
from bot.casework import case_blocks, casework
from bot.casework.case_opening import Opened, opened_from
from bot.casework.casework import Desk
from bot.messages import Block, Bullets, Text
from bot.moment import Moment, Outcome
from bot.people import people
from bot.storage.people import Person

FLOW = "referral"
WEB = "web"
SHOW_NOBODY = frozenset({"terminal", WEB})
"""The channels that are open to whoever sits there. By an account on any other somebody has shown who they are."""


def after_decision(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome with what became of the decision as a case; unchanged where cases are not kept or it is none."""
    record = outcome.record
    assert record is not None
    if record.practice or not casework.are_kept(desk) or opens(record.decision.outcome) == "never":
        return outcome
    turn = moment.turn
    if turn.channel == WEB and (person is None or not is_known(person)):
        said: Sequence[Block] = [Text.of(wording_cases.CONFIRM_FIRST, tone="note")]
        outcome = replace(outcome, case_wanted=True)
    else:
        who = person or people.ensure(desk.connection, desk.keys, turn.channel, turn.conversation, desk.at)
        said = words(opened_from(desk, record, who))
    *before, last = outcome.blocks
    return replace(outcome, blocks=(*before, *said, last))


def is_known(person: Person) -> bool:
    """Whether there is an account by which it is known who someone is, and not only the browser they use."""
    return any(one.channel not in SHOW_NOBODY for one in person.accounts)


def words(opened: Opened | None) -> Sequence[Block]:
    """What became of a decision as a case."""
    if opened is None:
        return []
    ref = opened.stored.ref
    if opened.joins:
        return [Text.of(wording_case_joining.joins(ref))]
    if opened.stored.status == "recorded" and opened.is_new:
        lines = tuple(case_blocks.moved_lines(opened.moved))
        said = wording_cases.recorded(ref, runs=bool(lines))
        return [Text.of(said, *((Bullets(lines),) if lines else ()))]
    if opened.is_new:
        name = people.label(opened.owner) if opened.owner else ""
        return [Text.of(f"{wording_cases.opened(ref, name)} {wording_cases.NOT_A_REFERRAL}")]
    none_runs = () if opened.runs or opened.stored.status != "recorded" else (wording_cases.NO_CLOCK_RUNS,)
    return changed_words(ref, opened.moved, (*opened.stands, *none_runs))


def changed_words(ref: str, moved: Sequence[Moved], stands: Sequence[str] = ()) -> Sequence[Block]:
    """What a decision about a case that is there did to its dates, and which of them `stands` for all it said."""
    lines = (*case_blocks.moved_lines(moved), *stands)
    return [Text.of(wording_cases.corrected(ref), *((Bullets(tuple(lines)),) if lines else ()), tone="note")]
