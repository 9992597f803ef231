"""Refuses what makes no sense of an action agreed in a case, in kind words for the person who tried to record it."""

from __future__ import annotations

from datetime import date

from bot.cases.action import NOT_LOOKED_AT
from bot.cases.case import Action, Case, Event, NotPossible
from dialogs.date_words import spoken
from dialogs.days import Calendar
from dialogs.spans import read_span


def agreed(case: Case, event: Event, _calendar: Calendar) -> None:
    """An action that is agreed."""
    number = event.value("action")
    if number:
        known(case, number)
    elif not event.value("due"):
        raise NotPossible("An action needs a day it is due by.", "due")
    if event.value("due") and date.fromisoformat(event.value("due")) < event.day:
        raise NotPossible("An action cannot be due before it is agreed. Please check both days.", "due")
    if event.value("review") not in ("", NOT_LOOKED_AT):
        try:
            span = read_span(event.value("review"))
        except ValueError:
            raise NotPossible('How often should it be looked at? For example "3 months".', "review") from None
        if span.unit not in ("weeks", "months") or span.before:
            raise NotPossible('How often should it be looked at? For example "3 months" or "6 weeks".', "review")


def changed(case: Case, event: Event, _calendar: Calendar) -> None:
    """An action whose day or owner is changed."""
    action = known(case, event.value("action"))
    due = date.fromisoformat(event.value("due")) if event.value("due") else action.due_on
    if (due, event.value("owner") or action.owner) == (action.due_on, action.owner):
        raise NotPossible("Nothing would change. Please give another day, or another owner.", "due")
    if due is not None and due < action.agreed.on:
        raise NotPossible("An action cannot be due before it is agreed. Please check the day.", "due")
    if not event.words:
        raise NotPossible("Please say why it is changed. It stays in the record.", "words")


def audited(case: Case, event: Event, _calendar: Calendar) -> None:
    """An action that was looked at. Looked at again on one day, it would meet the next audit as well."""
    if event.day in {one.on for one in known(case, event.value("action")).audits}:
        raise NotPossible(
            f"That action was looked at on {spoken(event.day)}: it is on record already. To add to it, add a note.",
            "day",
        )


def impact(case: Case, event: Event, _calendar: Calendar) -> None:
    """What an action, or the whole review, has changed."""
    if event.value("action"):
        known(case, event.value("action"))
    elif case.fact("published") is None:
        raise NotPossible(
            "The impact of a whole review is looked at after it is published. For one action, say which.", "action"
        )


def known(case: Case, number: str) -> Action:
    """An action by its number, while it goes on. Raises NotPossible."""
    found = next((one for one in case.actions if one.id == number), None)
    if found is None:
        raise NotPossible("There is no such action in this case.", "action")
    if found.impact is not None:
        raise NotPossible("The impact of that action is recorded already.", "action")
    return found
