"""What is said of a closed case: what cannot be done with it, and what came that may be a reason to open it again."""

from __future__ import annotations

from bot.wording_cases import EVENTS

DISAGREEMENT_KEPT = (
    "The case is closed, so no reminder comes of this by itself. Whoever has the case is being told now, and can open "
    "it again."
)


def open_it_first(ref: str) -> str:
    """To a lead, of what cannot be done with a closed case."""
    return f"This case is closed. Open it again first: {_how(ref)}."


def disagreement_on_closed(ref: str) -> str:
    """To whoever has a closed case about which somebody disagrees."""
    return (
        f"Case {ref} is closed, and a disagreement about it was raised. No reminder comes of it while it is closed. "
        f"To act on it, open the case again: {_how(ref)}."
    )


def your_disagreement(ref: str) -> str:
    """To whoever has a closed case and disagrees with it themselves."""
    return f"No reminder comes of this while the case is closed. To act on it, open the case again: {_how(ref)}."


def _how(ref: str) -> str:
    return f"say “record {ref}” and choose “{EVENTS['reopened']}”"
