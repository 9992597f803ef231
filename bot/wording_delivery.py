"""The bot's own sentences about what did not arrive, and to those who look after it."""

from __future__ import annotations

MAY_BE_REPEAT = "This may be a repeat: I could not tell whether it arrived before."


def instead_of(name: str) -> str:
    """To someone who gets what could not be delivered to another; `name` is empty where it is not known."""
    return f"{name or 'The person this was for'} could not be reached, so this comes to you."


def beside(name: str) -> str:
    """To someone who hears as well, because another has it only on a page that has to be looked at."""
    return f"{name or 'The person this was for'} has this only on a page and may not see it soon, so you hear too."


def reached_nobody(ref: str) -> str:
    """To administrators: a reference and nothing of the case."""
    return (
        f"Case {ref}: a reminder has reached nobody. Please see today that its owner hears of it, "
        "and that the accounts of its owner and deputy work."
    )


AREA_REACHED_NOBODY = (
    "A reminder of the area's own dates has reached nobody. Please see today that the lead hears of it, "
    "and that the accounts of the lead and deputy work."
)
