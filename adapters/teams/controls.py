"""What can be pressed, chosen and filled in on a card: buttons, lists and fields; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adapters.teams.parse import LIST, PRESSED
from adapters.teams.said import Element, line
from bot import wording_controls
from bot.messages import Choices, Chosen, Field, Option, Said

MOST_BUTTONS = 6
# Teams does not wrap a button's words: longer ones would be cut off on a phone, so they are listed, where it does.
_LONGEST_LABEL = 40

_WHAT_IS_MISSING = {"date": wording_controls.DAY_FIRST}

TokenOf = Callable[[Said], str]


def options(block: Choices, number: int, token_of: TokenOf) -> list[Element]:
    """A button for each option, or a list of them with the button that sends what is chosen."""

    def token(id_: str) -> str:
        return token_of(Chosen(block.prompt, (id_,)))

    if not is_listed(block):
        return [action_set([button(one.label, {PRESSED: token(one.id)}, alone=True)]) for one in block.options]
    name = f"{LIST}{number}"
    listed: Element = {
        "type": "Input.ChoiceSet",
        "id": name,
        "style": "expanded",
        "isMultiSelect": block.many,
        "wrap": True,
        "label": wording_controls.TICK_ALL if block.many else wording_controls.CHOOSE_ONE,
        "choices": [{"title": _entry(one), "value": token(one.id)} for one in block.options],
    }
    data = {LIST: name, **({PRESSED: token_of(Chosen(block.prompt, ()))} if block.many else {})}
    return [listed, action_set([button(wording_controls.CONTINUE, data, primary=True)])]


def is_listed(block: Choices) -> bool:
    """Whether the options are a list to choose from, and not a button each."""
    is_long = len(block.options) > MOST_BUTTONS or any(len(one.label) > _LONGEST_LABEL for one in block.options)
    return block.many or is_long


def _entry(option: Option) -> str:
    return line(f"{option.label} ({option.hint})" if option.hint else option.label)


def entry(field: Field, *, must: bool) -> Element:
    """What a field is filled in with; with `must` Teams itself sends nothing while it is empty, and says so there."""
    found: Element = {"type": "Input.Date", "id": field.id, "label": line(field.label)}
    if field.kind != "date":
        is_long = field.kind == "long"
        found |= {"type": "Input.Text", "isMultiline": is_long, "maxLength": 4000 if is_long else 500}
    if must:
        found |= {"isRequired": True, "errorMessage": _WHAT_IS_MISSING.get(field.kind, wording_controls.FILL_FIRST)}
    return found


def button(title: str, data: dict[str, Any], *, primary: bool = False, alone: bool = False) -> Element:
    """A button that says something to the bot; `alone` brings no field of the card along."""
    found: Element = {"type": "Action.Execute", "title": line(title), "verb": "say", "data": data}
    if primary:
        found["style"] = "positive"
    if alone:
        found["associatedInputs"] = "none"
    return found


def action_set(actions: Sequence[Element]) -> Element:
    """Buttons beside one another."""
    return {"type": "ActionSet", "actions": list(actions)}
