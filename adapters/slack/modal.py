"""The two windows that open over Slack: a form's answer in words, and a message taken into private; pure."""

from __future__ import annotations

from typing import Any

from adapters.slack import wording_slack
from adapters.slack.rich import one_line, short
from bot.messages import Form

ANSWER, TAKEN = "form_answer", "message_taken"
"""Which window it is."""
WORDS = "words"
"""The block that is typed in, and its input."""
MOST = 3000
_LONGEST_TITLE = 24
_LONGEST_LABEL = 2000

Json = dict[str, Any]


def answering(form: Form, token: str) -> Json:
    """The window for a form's answer. It holds the button's token and nothing of the case."""
    field = form.fields[0]
    label = short(form.title, _LONGEST_LABEL) or short(field.label, _LONGEST_LABEL)
    return _window(ANSWER, wording_slack.ANSWER_TITLE, form.submit, label, field.help, "", token)


def taking(text: str) -> Json:
    """The window for a message of a channel, in which its words can be changed before the bot sees them."""
    initial = text if len(text) <= MOST else ""
    return _window(
        TAKEN,
        wording_slack.TAKE_TITLE,
        wording_slack.TAKE_SUBMIT,
        wording_slack.TAKE,
        wording_slack.TAKE_HELP,
        initial,
        "",
    )


def refused(why: str) -> Json:
    """The answer that leaves the window open with the reason on its field."""
    return {"response_action": "errors", "errors": {WORDS: why}}


def _window(id_: str, title: str, submit: str, label: str, hint: str, initial: str, token: str) -> Json:
    typed: Json = {"type": "plain_text_input", "action_id": WORDS, "multiline": True, "max_length": MOST}
    if initial:
        typed["initial_value"] = initial
    block: Json = {"type": "input", "block_id": WORDS, "label": _plain(label), "element": typed}
    if hint:
        block["hint"] = _plain(short(hint, _LONGEST_LABEL))
    return {
        "type": "modal",
        "callback_id": id_,
        "private_metadata": token,
        "title": _plain(short(title, _LONGEST_TITLE)),
        "submit": _plain(short(submit, _LONGEST_TITLE)),
        "close": _plain(wording_slack.CANCEL),
        "blocks": [block],
    }


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": one_line(text), "emoji": False}
