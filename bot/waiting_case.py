"""A decision of a conversation that waits to become a case until it is known whose it is: opened as soon as that is."""

from __future__ import annotations

from collections.abc import Sequence

from bot import after_decision, record
from bot.case_dialogs import case_behind
from bot.case_step import NEWS
from bot.casework import casework
from bot.casework.case_opening import corrected, opened_from
from bot.casework.casework import Desk
from bot.casework.kept_decisions import records_of
from bot.messages import Block
from bot.storage import conversations, decisions
from bot.storage.people import Person


def opened(desk: Desk, conversation: str, person: Person) -> Sequence[Block]:
    """What is said once whatever of a conversation's decisions waited is a case; nothing where none becomes one."""
    conversations.case_found(desk.connection, conversation)
    newest: dict[str, record.Record] = {}
    for kept in decisions.read(desk.connection, desk.keys, conversation, practice=False):
        newest[kept.dialog] = record.from_json(kept.body)
    made = [one for one in newest.values() if one.flow == after_decision.FLOW]
    said = [block for one in made for block in after_decision.words(opened_from(desk, one, person))]
    for one in newest.values():
        stored = case_behind(desk, conversation, one.follows) if one.flow == NEWS else None
        if stored is not None and one not in records_of(desk, stored, casework.read(desk, stored)):
            said += after_decision.words(corrected(desk, stored, one, person))
    return said


def opened_if_known(desk: Desk, conversation: str, person: Person | None) -> Sequence[Block]:
    """The same, once it is known who somebody is; nothing before, and where nothing waits."""
    if person is None or not after_decision.is_known(person):
        return ()
    if not conversations.wants_a_case(desk.connection, conversation):
        return ()
    return opened(desk, conversation, person)
