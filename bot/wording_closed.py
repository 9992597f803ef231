"""What is said of a closed case: what cannot be done with it, and what came that may be a reason to open it again."""

from __future__ import annotations

from collections.abc import Sequence

OPEN_IT_AGAIN, LEAVE_IT_CLOSED = "Open it again", "Leave it closed"
OPEN_OR_NOT = (("yes", OPEN_IT_AGAIN), ("no", LEAVE_IT_CLOSED))
OPEN_IT, WHETHER_TITLE = "Is it opened again?", "Say whether to open it again"
WHY_OPEN_OR_NOT = "Why is it opened again, or why does it stay closed?"
OPEN_ALREADY = "This case is open already."
NOTHING_CAME = "Nothing waits here for a lead to say whether this case is opened again."
NEWER_CAME = "Something newer came meanwhile. Please look at the case again first."
WHY_LEFT_CLOSED = "Why does it stay closed? In a few words, without a child's details. They stay in the record."
STAYS_CLOSED = "Noted. The case stays closed, and I will not ask again about what came until now."
LEFT_CLOSED = "A lead has said that the case stays closed"
NEWS_NOT_OWED = (
    "The case is closed, so no clock runs for this. Whoever has the case is being told, and can open it again."
)
NEWS_ASKED = (
    "The case is closed, so no clock runs for this. More would be owed by it, so a lead is asked each working morning "
    "whether to open the case again."
)
DISAGREEMENT_KEPT = (
    "The case is closed, so no reminder comes of this by itself. Whoever has the case is being told now, and a lead is "
    "asked each working morning whether to open it again."
)
WHETHER_TO_OPEN = "say whether to open it again"
SAY_IF_REOPENED = f"{WHETHER_TO_OPEN}, for it is closed and an answer is wanted"
WAITS_LISTED = "closed; a lead is asked whether to open it again"


def open_it_first(ref: str) -> str:
    """To a lead, of what cannot be done with a closed case."""
    return f"This case is closed. Open it again first: say “reopen {ref}”."


def disagreement_on_closed(ref: str) -> str:
    """To whoever has a closed case about which somebody disagrees."""
    return (
        f"Case {ref} is closed, and a disagreement about it was raised. No reminder comes of it while it is closed. "
        f"{_which_of_two(ref)}"
    )


def your_disagreement(ref: str) -> str:
    """To whoever has a closed case and disagrees with it themselves."""
    return f"No reminder comes of this while the case is closed. To act on it, open it again: say “reopen {ref}”."


def news_of_closed(ref: str, owed: Sequence[str]) -> str:
    """To whoever has a closed case of which something new was told; `owed` is what it would bring if it were open."""
    if not owed:
        return f"The case is closed, so no clock runs for this. If you want to act on it, say “reopen {ref}”."
    return f"The case is closed, so no clock runs for this. {_would_be_owed(owed)} {_which_of_two(ref)}"


def asks_to_reopen(case: str, ref: str, owed: Sequence[str]) -> str:
    """Asks a lead whether to open a closed case again; `case` is what it is called."""
    brings = _would_be_owed(owed) if owed else "A disagreement about it was raised."
    return f"{case}: {WHETHER_TO_OPEN}. It is closed, so no clock runs. {brings} {_which_of_two(ref)}"


def to_be_said(owed: Sequence[str]) -> str:
    """What a lead has still to say of a closed case."""
    brings = _would_be_owed(owed) if owed else "A disagreement about it was raised."
    return f"{WHETHER_TO_OPEN[:1].upper()}{WHETHER_TO_OPEN[1:]}. {brings}"


def what_you_told_left_it_closed(ref: str) -> str:
    """To whoever told what came."""
    return f"Case {ref}: a lead has looked at what you told, and the case stays closed."


def _would_be_owed(owed: Sequence[str]) -> str:
    return f"Opened again, this would be owed: {'; '.join(owed)}. So would whatever was not done when it was closed."


def _which_of_two(ref: str) -> str:
    return f"Say “reopen {ref}” to open it again, or “leave closed {ref}” and why."
