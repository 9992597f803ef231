"""What a platform's own page for one person shows: their open cases and the clocks in them, the most urgent first."""

from __future__ import annotations

from datetime import datetime

from bot import wording, wording_cases, wording_channels
from bot.casework import board_reading, case_blocks, casework
from bot.casework.casework import Desk
from bot.definitions import Definitions
from bot.messages import Block, Bullets, Text
from bot.public_only import is_public_only
from bot.storage import Connection, KeyRing, people


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
    lines = tuple(case_blocks.one_line(row.stored, row.case, row.clocks, desk.today) for row in rows)
    return (Text.of(wording_cases.OPEN_CASES, Bullets(lines), wording_cases.more_words(rows[0].stored.ref)), line)
