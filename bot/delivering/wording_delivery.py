"""The bot's own sentences about what did not arrive, and to those who look after it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import LONDON, london_date
from dialogs.date_words import spoken

NOT_SAID = "I could not answer you here before, and may not repeat it here now. Please ask me again."
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


NOBODY_THERE = (
    "Reminders of this area's cases wait, because it has no lead and no deputy. Please give somebody the role today: "
    "they then get them."
)


def how_long(length: timedelta) -> str:
    """A length of time in the unit in which people say it."""
    minutes = int(length.total_seconds() // 60)
    count, unit = (minutes, "minute") if minutes < 120 else (minutes // 60, "hour")
    if count >= 48 and unit == "hour":
        count, unit = count // 24, "day"
    return f"{count} {unit}{'' if count == 1 else 's'}"


def not_swept(length: timedelta) -> str:
    """The watch has stopped."""
    return f"Reminders have not been looked at for {how_long(length)}. Please see that the bot runs; ask `bot doctor`."


def was_away(since: datetime, until: datetime) -> str:
    """The watch had stopped, and runs again."""
    begun, ended = (f"{spoken(london_date(at))}, {at.astimezone(LONDON):%H:%M}" for at in (since, until))
    return (
        f"No reminders were sent from {begun}, to {ended} ({how_long(until - since)}): the bot did not run. What came "
        "due meanwhile is said now, as it stands. Please see why it did not run, and ask the leads to look at their "
        "cases."
    )


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
