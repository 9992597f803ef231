"""By when a duty is due, in words: the days, what they are counted from, and how they were worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dialogs.date_words import spoken
from dialogs.dated_duties import FIRST_DAY_MAY_COUNT
from dialogs.days import DueDate
from dialogs.decision import Duty
from knowledge.area import Area

RAPID_REVIEW = ("rapid_review_from_notification", "rapid_review_from_awareness")
_OTHER_EVENTS: Mapping[str | None, str] = {
    "decision": "the day the partners decided",
    "news": "the day what is new was put on record, after the partners had decided",
    "step": "the day of the last step",
    "day given": "the day you gave",
}
_PROVISIONAL = "Provisional: bank holidays that far ahead have not been published. The dates may move."


def sentence(text: str) -> str:
    """Text with a capital first letter and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def headline(duty: Duty) -> str:
    """The duty's first sentence, with the one before it where it is late."""
    sentences = duty.does.split(". ")
    return sentence(". ".join(sentences[: 2 if duty.late else 1]))


def event_words(duty: Duty) -> str:
    """The moment from which a duty's days are counted."""
    known = duty.counted_on is not None
    if duty.event in _OTHER_EVENTS:
        return _OTHER_EVENTS[duty.event]
    if duty.event == "notification":
        return "the day the Panel was told" if known else "the day the Panel is told"
    if duty.who == "you":
        return "the day you or your organisation first knew"
    council = "the other council" if duty.who == "other local authority" else "the council"
    return f"the day {council} {'became' if known else 'becomes'} aware"


def days_words(duty: Duty) -> str:
    """How long a duty has, such as "5 working days from the day the council became aware"."""
    if duty.event == "day given":
        return "By the day you gave" if duty.due else "By a day that is not set yet"
    if duty.within is not None:
        return f"{duty.within} from {event_words(duty)}"
    return f"{duty.working_days} working day{'' if duty.working_days == 1 else 's'} from {event_words(duty)}"


def first_day_counts(duty: Duty, area: Area) -> bool:
    """Whether the area makes the date to aim for the deadline of this duty."""
    return area.count_first_day and duty.event in FIRST_DAY_MAY_COUNT


def aim_for_words(duty: Duty, area: Area) -> str:
    """The date to aim for, or that it is not known; empty where there is no clock."""
    if duty.event is None:
        return ""
    here = " (this area's deadline)" if first_day_counts(duty, area) else ""
    return f"{spoken(duty.due.aim_for)}{here}" if duty.due else "Not known yet"


def latest_words(duty: Duty) -> str:
    """The latest date with its warnings, or that it is not known; empty where there is no clock."""
    if duty.event is None:
        return ""
    if duty.due is None:
        return "Not known yet"
    warnings = (" (passed: late)" if duty.late else "") + (" (provisional)" if duty.due.provisional else "")
    return f"{spoken(duty.due.latest)}{warnings}"


def due_words(duty: Duty, area: Area, council_knows: str = "") -> list[str]:
    """By when, a line for each fact. `council_knows` is the answer to whether the council knows, where it was asked."""
    if duty.event is None:
        return [sentence(duty.by).removesuffix(".")]
    if duty.due is None:
        lines = [f"{days_words(duty)}.", *([] if duty.event == "day given" else [_not_started(duty, council_knows)])]
    elif duty.event == "day given":
        lines = [f"Latest: {latest_words(duty)}", f"{days_words(duty)}."]
    else:
        lines = [f"Aim for: {aim_for_words(duty, area)}", f"Latest: {latest_words(duty)}"]
        started = spoken(duty.counted_on) if duty.counted_on else ""
        lines.append(f"{days_words(duty)}, {started}.")
        if duty.due.provisional:
            lines.append("Provisional: bank holidays that far ahead have not been published.")
    return [*lines, *(one for one in (policy_words(duty, area), sooner_words(duty)) if one)]


def waiting_words(duty: Duty, area: Area, council_knows: str) -> str:
    """What a clock without a date waits for; how long it is, too, unless the duty says so itself."""
    if duty.event is None or duty.due is not None:
        return ""
    lines = due_words(duty, area, council_knows)
    return " ".join(lines[1:] if "working day" in headline(duty) else lines)


def _not_started(duty: Duty, council_knows: str) -> str:
    if duty.event == "awareness" and council_knows == "no" and duty.who != "other local authority":
        return "Starts when you tell them."
    return "That day is not known yet: not guessed."


def policy_words(duty: Duty, area: Area) -> str:
    """Which of the two ways to count the rapid review this is for the area; empty for any other duty."""
    if duty.name not in RAPID_REVIEW:
        return ""
    if duty.policy:
        return "This is how this area counts."
    if area.rapid_review_start == "receipt":
        return (
            "This area counts from the day its business unit receives the notification: ask it for that date. "
            "Work to the earliest."
        )
    return "This area counts the other way. Work to the earlier date."


def sooner_words(duty: Duty) -> str:
    """By when the area itself asks for it, where that is sooner than the guidance; empty where it is not."""
    if duty.sooner is None:
        return ""
    by = f"by {spoken(duty.sooner.by)} ({duty.sooner.within})" if duty.sooner.by else f"within {duty.sooner.within}"
    return f"This area asks for it sooner: {by}."


def working_words(duty: Duty, area: Area) -> list[str]:
    """How a duty's dates were worked out: the start, each day counted, each skipped and why; empty without dates."""
    due, start = duty.due, duty.counted_on
    if due is None or start is None:
        return []
    if duty.within is not None:
        return _working_of_a_length(duty, due, start)
    counted = "; ".join(f"{number}: {spoken(day)}" for number, day in enumerate(due.counted, 1))
    skipped = "; ".join(f"{spoken(one.on)} ({_why(one.why)})" for one in due.skipped)
    lines = [f"Start: {spoken(start)}, {event_words(duty)}.", f"Counted: {counted}."]
    lines.append(f"Not counted: {skipped}." if skipped else "Not counted: nothing lies between.")
    lines.append(f"Latest is day {len(due.counted)}: {spoken(due.latest)}.")
    if due.aim_for == due.latest:
        lines.append("The start is not a working day, so the date to aim for is the same.")
    else:
        here = " In this area that is the deadline." if first_day_counts(duty, area) else ""
        lines.append(f"Aim for counts the start itself as day 1: {spoken(due.aim_for)}.{here}")
    lines += [
        f"Counted although {shut.reason[:1].lower()}{shut.reason[1:]}: {spoken(shut.date)}."
        for shut in area.closure_days
        if shut.date in due.counted
    ]
    return [*lines, *([_PROVISIONAL] if due.provisional else [])]


def _working_of_a_length(duty: Duty, due: DueDate, start: date) -> list[str]:
    """How a length in months or weeks was counted: the same day number, or the month's last; the last working day."""
    lines = [f"Start: {spoken(start)}, {event_words(duty)}.", f"{duty.within} later: {spoken(due.latest)}."]
    if due.aim_for != due.latest:
        lines.append(f"Aim for the last working day up to then: {spoken(due.aim_for)}.")
    return [*lines, *([_PROVISIONAL] if due.provisional else [])]


def _why(why: str) -> str:
    return "weekend" if why in {"Saturday", "Sunday"} else why
