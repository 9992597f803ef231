"""What a platform's own page for one person shows: their open cases and the clocks in them, the most urgent first."""

from __future__ import annotations

from datetime import date, datetime

from bot import wording, wording_agreeing, wording_cases, wording_channels
from bot.cases.nudge_words import label
from bot.casework import board_reading, case_blocks, casework
from bot.casework.board import Row
from bot.casework.case_blocks import urgent
from bot.casework.casework import Desk
from bot.definitions import Definitions
from bot.messages import Block, Bullets, Text
from bot.public_only import is_public_only
from bot.storage import Connection, KeyRing, people

# Each takes a block of the page or two, of which a platform shows so many and no more.
_IN_FULL = 15


def shown(
    connection: Connection, keys: KeyRing, definitions: Definitions, channel: str, address: str, at: datetime
) -> tuple[Block, ...]:
    """The blocks for whoever has this address; looking at the page is no turn, so nothing of it is kept."""
    line = Text.of(wording.LINE_999, tone="note")
    if is_public_only(definitions.area, channel):
        return (Text.of(wording_channels.PUBLIC_WELCOME), line)
    desk = Desk(connection, keys, definitions, at)
    if not casework.are_kept(desk):
        return (Text.of(wording_cases.NO_CASES_HERE), line)
    person = people.at_account(connection, keys, channel, address)
    if person is None:
        return (Text.of(wording_cases.NOT_KNOWN), line)
    rows = board_reading.running(desk, person)
    if not rows:
        return (Text.of(wording_cases.NO_CASES), line)
    most, others = rows[:_IN_FULL], rows[_IN_FULL:]
    lines = tuple(case_blocks.one_line(row.stored, row.case, row.clocks, desk.today) for row in others)
    rest = (Text.of(Bullets(lines)),) if lines else ()
    how = Text.of(wording_cases.more_words(rows[0].stored.ref))
    return (Text.of(wording_cases.OPEN_CASES), *(_with_clocks(row, desk.today) for row in most), *rest, how, line)


def _with_clocks(row: Row, today: date) -> Text:
    """A case with every clock that runs in it; with what there is to say of it where none does."""
    running = tuple(case_blocks.due(one, today) for one in urgent(row.clocks))
    if not running:
        return Text.of(case_blocks.named_line(row.stored, row.case, row.clocks, today))
    waits = wording_agreeing.WAITS_LISTED if row.case.to_agree is not None else ""
    return Text.of(f"{label(row.stored.ref)}{waits}:", Bullets(running))
