"""A message that was claimed to be sent: what it carries, and how long to wait until it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.channel import Unreachable
from bot.delivering.nudge_message import ALARM
from bot.delivering.pauses import Held
from bot.delivering.retrying import WAITS, WAITS_OF_A_REPLY, WAITS_TODAY, spread, wait_after
from bot.messages import Reply
from bot.storage.nudges import Noted
from bot.storage.outbox import Outgoing

_PRESSING = frozenset({"new case", "today", "passed", "overdue", "escalation", "lapsed", ALARM})
"""The kinds for which another way is tried soon."""


@dataclass(frozen=True)
class Claimed:
    """A claimed row, what to send, and the nudges it carries."""

    row: Outgoing
    reply: Reply
    carried: tuple[Noted, ...]


def wait_for(claimed: Claimed, fault: Unreachable, *, failing: bool = False) -> timedelta | None:
    """How long to wait until something is tried again; None where it is not."""
    row = claimed.row
    if fault.may_have_arrived and not may_be_repeated(row):
        return None
    if not claimed.carried:
        wait = wait_after(fault, row.attempts, WAITS_OF_A_REPLY, failing=failing, has_other_way=False)
        wait = wait and spread(wait, row.id)
    else:
        waits = WAITS_TODAY if any(one.kind in _PRESSING for one in claimed.carried) else WAITS
        wait = wait_after(fault, row.attempts, waits, failing=failing)
    return fault.retry_after if wait and isinstance(fault, Held) else wait


def may_be_repeated(row: Outgoing) -> bool:
    """Said twice to one person, with words that it may be a repeat, it does no harm; in a group it could."""
    return row.audience == "private"
