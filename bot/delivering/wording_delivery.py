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


def not_swept(minutes: int) -> str:
    """The watch has stopped."""
    return f"Reminders have not been looked at for {minutes} minutes. Please see that the bot runs; ask `bot doctor`."


NOT_WOKEN = (
    "A case could not be looked at, so its reminders wait. It is tried again every few minutes. "
    "Please look at the bot's log: it names the case."
)
NOT_TOLD = (
    "Somebody's reminders could not be put together, so they wait. It is tried again every few minutes. "
    "Please look at the bot's log: it names the person's id."
)
STUCK = "Reminders have been on their way for more than two hours. Please see that e-mail and the chat channels work."
UNREACHED = (
    "There are reminders that have reached nobody. Please see that the accounts of the leads and deputies work. "
    "They are tried again every hour of the working day."
)
ONLY_ON_A_PAGE = (
    "There are reminders that stand on the web page and were sent to nobody. "
    "Please give the leads and deputies an account that messages can be sent to, such as e-mail."
)
