"""What is said of what is new about a case: what it moves, which day on record stands, and what is still owed."""

from __future__ import annotations

from datetime import date

from bot.cases.case import EventKind
from bot.wording_cases import EVENTS
from dialogs.date_words import spoken


def changed_by_news(ref: str, what: str) -> str:
    """To whoever has a case that somebody else's news has changed; `what` says it line by line."""
    return f"Case {ref} was changed by new information. {what} Say “case {ref}” to see it."


def aware_day_stands(given: date, on_record: date) -> str:
    """A later day was given as the one on which the council became aware."""
    return (
        f"{spoken(given)} was given as the day the council became aware. "
        f"The earlier day, {spoken(on_record)}, stands unless the lead puts it right."
    )


def suspected_since(day: date, knew: date) -> str:
    """Abuse came to be suspected of what the council had known before."""
    return (
        f"Abuse or neglect is suspected since {spoken(day)}: what that brings is counted from then. "
        f"What was to be done before is still counted from {spoken(knew)}."
    )


def known_by_then(given: date, on_record: date, what: str, done_on: date) -> str:
    """A day was given as the one on which the council became aware that is after something it did once it knew."""
    return (
        f"{spoken(given)} was given as the day the council became aware. {what} on {spoken(done_on)}, so it knew "
        f"by then. {spoken(on_record)} stands."
    )


def known_as_opened(given: date, on_record: date, opened: date) -> str:
    """A day was given as the one on which the council became aware that is after its own people opened the case."""
    return (
        f"{spoken(given)} was given as the day the council became aware. The case was opened on {spoken(opened)}, so "
        f"it knew by then. {spoken(on_record)} stands."
    )


def later_needs_why(ref: str, given: date, on_record: date) -> str:
    """A lead gave a later day as the one on which the council became aware: why has to be on record with it."""
    return (
        f"{spoken(given)} was given as the day the council became aware. The earlier day, {spoken(on_record)}, stands "
        "until why it is later is on record. "
        f"Say “record {ref}”, choose “{EVENTS['awareness corrected']}”, and give the day and the reason."
    )


def notified_day_stands(given: date, on_record: date) -> str:
    """Another day was given as the one on which the Panel was told."""
    return (
        f"{spoken(given)} was given as the day the Panel was told. "
        f"The earlier day, {spoken(on_record)}, stands unless the lead puts it right."
    )


def not_known_any_more(on_record: date) -> str:
    """The council is said not to know of it, though a day is on record."""
    return (
        "The day the council became aware was left open. "
        f"The day on record, {spoken(on_record)}, stands unless the lead puts it right."
    )


def counted_from_awareness(day: date) -> str:
    """The decision as it is read counts from another day than its case does."""
    return f"On this case the council became aware on {spoken(day)}. Its dates count from that day: work to those."


def notified_on_record(day: date, *, theirs: bool) -> str:
    """The decision as it is read does not know that the Panel was notified, or has another day."""
    who = "the other council notified the Panel" if theirs else "the Panel was notified"
    return f"It is on record with this case that {who} on {spoken(day)}."


def late_unexplained(ref: str, event: EventKind = "notified") -> str:
    """Those who are told by `event` were told late, and why is not on record."""
    return (
        f"{_told_late(event)}, and why is not on record. The lead "
        f"adds it: say “record {ref}”, choose “{EVENTS[event]}”, and give the same day."
    )


def late_why(ref: str, event: EventKind) -> str:
    """Asks for the reason at once, and says how it is given later."""
    return (
        f"{_told_late(event)}. Please say why in a few words, without a child's details. "
        f"Later, say “record {ref}”, choose “{EVENTS[event]}”, and give the same day."
    )


def _told_late(event: EventKind) -> str:
    who = "The Panel was" if event == "notified" else "The Secretary of State and Ofsted were"
    return f"{who} told later than five working days after the council knew"


OWED_STAYS = (
    "By what is new it would not be notifiable. But the Panel has been told, or the partners decided to tell it, so "
    "everything owed stays. If the partners now decide that the test is not met, please record that."
)


def said_to_be_notified(day: date) -> str:
    """Somebody who does not act on the case said that the Panel was told."""
    return (
        f"{spoken(day)} was given as the day the Panel was told. "
        "Reminders go on until a lead records it: “done”, and the day."
    )


def panel_told_without_day(ref: str, event: EventKind) -> str:
    """It was said that the Panel was told, and no day of that was given; `event` is what records it here."""
    return (
        "It was said that the Panel has been told, and the day was not given, so reminders go on. A lead records it: "
        f"say “record {ref}”, choose “{EVENTS[event]}”, and give the day."
    )


def confirmation_unrecorded(ref: str) -> str:
    """Somebody who does not act on the case said that the other council has said in writing that it notifies."""
    return (
        "It was said that the other council has said in writing that it notifies. Reminders to get that go on until a "
        f"lead says “done {ref}”."
    )


def not_met_unrecorded(ref: str) -> str:
    """It was said that the partners decided that the test was not met, and nobody has recorded that they did."""
    return (
        "What the partners decided about the test is not recorded yet, so reminders go on. A lead records it: say "
        f"“record {ref}”, and choose “{EVENTS['partner decision']}”. Then telling the Panel is reminded of."
    )
