"""What is said where an answer of a case is read back, or asked for anew because it was asked for long before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.clock import LONDON, london_date
from bot.wording_cases import LEAVE_IT
from dialogs.date_words import spoken


def asked_before(at: datetime) -> str:
    """Words came for what was asked for long before; since then a reminder may be what they answer."""
    return (
        f"I asked for this at {at.astimezone(LONDON):%H:%M} on {spoken(london_date(at))}, so I am not sure that your "
        "words are the answer to it. Nothing is recorded. Please give them again if they are, or choose "
        f"“{LEAVE_IT}”."
    )


def turned(asked: date) -> str:
    """“Today” or “Yesterday” was chosen on a later day than that on which it was offered."""
    return (
        f"I asked for the day on {spoken(asked)}, so I am not sure which day you mean. Nothing is recorded. Please "
        "choose it again, or type it."
    )


def sure(what: str, why: str, ended: Sequence[str]) -> str:
    """What is decided and why, read back before it is put on record; `ended` are the duties that end undone by it."""
    ends = f" This ends by it, and is reminded of no more: {'; '.join(ended)}." if ended else ""
    return f"“{what}”, because: “{why}”{ends} Is that right?"


def decided_before(on_record: str) -> str:
    """To whoever decides once more on a review: what stands, and what a new decision does to its dates."""
    return f"On record is: {on_record}. A new decision takes its place, and everything counted from its day moves."


def meanwhile(lines: Sequence[str]) -> str:
    """What others put on record while something was read back, in a line each."""
    return (
        f"Nothing is recorded yet. Since I asked, this has come on record: {'; '.join(lines)}. Please look once more."
    )
