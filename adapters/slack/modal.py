"""The two windows that open over Slack: a form to fill in, and a message taken into private; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapters.slack import wording_windows
from adapters.slack.rich import blocks, short
from adapters.styled_words import one_line, strong, words
from bot import wording_controls
from bot.messages import Field, Form

ANSWER, TAKEN = "form_answer", "message_taken"
"""Which window it is."""
WORDS = "words"
"""Every input's action; of the message taken into private also its block. A form's block is its field's id."""
MOST = 3000
_LONGEST_TITLE = 24
_LONGEST_LABEL = 2000
_LONGEST_REASON = 500

Json = dict[str, Any]


def answering(form: Form, token: str, *message: str) -> Json:
    """The window of a form, with an input for each field.

    It holds the button's token and where its message stands, and nothing of the case.
    """
    held = " ".join((token, *message))
    if len(form.fields) == 1:
        (field,) = form.fields
        label = short(form.title, _LONGEST_LABEL) or short(field.label, _LONGEST_LABEL)
        return _window(ANSWER, wording_controls.ANSWER_TITLE, form.submit, [_input(field, label)], held)
    inputs = [_input(field, short(field.label, _LONGEST_LABEL)) for field in form.fields]
    return _window(ANSWER, wording_controls.FORM_TITLE, form.submit, [*blocks(strong(form.title)), *inputs], held)


def taking(text: str) -> Json:
    """The window for a message of a channel, in which its words can be changed before the bot sees them.

    A message that is too long for it is not cut: it says so.
    """
    fits = len(text) <= MOST
    above = [] if fits else blocks(words(wording_windows.TOO_LONG_TO_TAKE))
    field = Field(WORDS, wording_controls.TAKE, "long", wording_controls.TAKE_HELP)
    block = _input(field, field.label, text if fits else "")
    return _window(TAKEN, wording_controls.TAKE_TITLE, wording_controls.TAKE_SUBMIT, [*above, block], "")


def refused(why: str, fields: Iterable[str] = (WORDS,)) -> Json:
    """The answer that leaves the window open with the reason on these fields; what was written in it stays."""
    reason = short(why, _LONGEST_REASON)
    return {"response_action": "errors", "errors": dict.fromkeys(fields, reason)}


def _input(field: Field, label: str, initial: str = "") -> Json:
    element: Json
    if field.kind == "date":
        element = {"type": "datepicker", "action_id": WORDS, "placeholder": _plain(wording_controls.DAY)}
    else:
        is_long = field.kind == "long"
        element = {"type": "plain_text_input", "action_id": WORDS, "multiline": is_long, "max_length": MOST}
    if initial:
        element["initial_value"] = initial
    block: Json = {"type": "input", "block_id": field.id, "label": _plain(label), "element": element}
    if field.help:
        block["hint"] = _plain(short(field.help, _LONGEST_LABEL))
    return block


def _window(id_: str, title: str, submit: str, shown: list[Json], held: str) -> Json:
    return {
        "type": "modal",
        "callback_id": id_,
        "private_metadata": held,
        "title": _plain(short(title, _LONGEST_TITLE)),
        "submit": _plain(short(submit, _LONGEST_TITLE)),
        "close": _plain(wording_controls.CANCEL),
        "blocks": shown,
    }


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": one_line(text), "emoji": False}
