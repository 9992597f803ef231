"""A decision of a conversation that waits to become a case until it is known whose it is: opened as soon as that is."""

from __future__ import annotations

from collections.abc import Sequence

from bot import after_decision, record
from bot.casework.case_opening import opened_from
from bot.casework.casework import Desk
from bot.messages import Block
from bot.storage import conversations, decisions
from bot.storage.people import Person


def opened(desk: Desk, conversation: str, person: Person) -> Sequence[Block]:
    """What is said once whatever of a conversation's decisions waited is a case; nothing where none becomes one."""
    conversations.case_found(desk.connection, conversation)
    newest: dict[str, record.Record] = {}
    for kept in decisions.read(desk.connection, desk.keys, conversation, practice=False):
        if kept.flow == after_decision.FLOW:
            newest[kept.dialog] = record.from_json(kept.body)
    return [block for one in newest.values() for block in after_decision.words(opened_from(desk, one, person))]


def opened_if_known(desk: Desk, conversation: str, person: Person | None) -> Sequence[Block]:
    """The same, once it is known who somebody is; nothing before, and where nothing waits."""
    if person is None or not after_decision.is_known(person):
        return ()
    if not conversations.wants_a_case(desk.connection, conversation):
        return ()
    return opened(desk, conversation, person)
