"""The commands worth a button of their own, beside what is asked."""

from __future__ import annotations

from bot.messages import Option
from bot.moment import Moment
from bot.prompts import buttons

_LABELS = {
    "back": "Back",
    "why": "Why do you ask?",
    "change": "Change an answer",
    "where": "Where am I?",
    "stop": "Stop for now",
    "resume": "Carry on",
    "practice": "Practise on an invented incident",
    "code": "Use another device",
}


def shortcuts(moment: Moment) -> tuple[Option, ...]:
    """The commands worth a button now."""
    state, dialog = moment.state, moment.dialog
    if state.danger:
        return (Option("resume", "Every child is safe: carry on"), Option("menu", "Menu"))
    if dialog is None:
        names = ["practice", "code"]
        if moment.unfinished():
            names.insert(0, "resume")
        news = (flow for flow in moment.definitions.without_a_door if flow.goes_on is not None)
        return (*buttons(moment, news), *(Option(name, _LABELS[name]) for name in names))
    names = ["back", "why", "change", "where", "stop"]
    if not dialog.said:
        names = ["why", "stop"]
    return tuple(Option(name, _LABELS[name]) for name in names)
