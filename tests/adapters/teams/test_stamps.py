"""A card of several reminders: its own part alone changes, in the card that was pressed, however many there are."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from adapters.teams.render import LARGEST, Shown, render, size_of
from adapters.teams.stamp import stamped_apart
from bot import wording_controls
from bot.button_tokens import apart
from bot.delivering.nudge_buttons import LABELS, buttons
from bot.messages import COMMAND, Choices, Chosen, Reply, Said
from bot.took import Took
from bot.used_buttons import Part, Use

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def token(said: Said) -> str:
    assert isinstance(said, Chosen)
    return f"token of {said.ids[0]}"


def reminders(words: str) -> Reply:
    return Reply(
        tuple(Choices(COMMAND, f"Case 26-{one:03}: {words}", buttons(f"26-{one:03}", "told")) for one in range(1, 61))
    )


def part(block: Choices, *uses: Use) -> Part:
    return Part(frozenset(token(Chosen(COMMAND, (one.id,))) for one in block.options), uses)


def pressable(card: object) -> int:
    return json.dumps(card).count("Action.Execute")


@pytest.mark.parametrize("words", ["tell the partners. Due today.", "w " * 400])
@pytest.mark.parametrize("at", [0, 30, 59])
def test_only_the_buttons_of_the_reminder_that_was_used_go(words, at):
    reply = reminders(words)
    before = [one.card for one in render(reply, token) if isinstance(one, Shown)]
    assert len(before) > 2
    blocks = apart(reply)
    used = Use(LABELS["acknowledge"], Took.UP, AT)
    parts = [part(one, *([used] if number == at else [])) for number, one in enumerate(blocks)]
    pressed = Chosen(COMMAND, (blocks[at].options[0].id,))
    (card,) = (one for one in before if token(pressed) in json.dumps(one))
    after = stamped_apart(reply, token, pressed, parts)
    assert pressable(card) - pressable(after) == len(blocks[at].options)
    assert size_of(after) <= LARGEST
    said = [json.dumps(one, ensure_ascii=False) for one in after["body"]]
    (stamp,) = (number for number, one in enumerate(said) if wording_controls.CHOSEN + used.label in one)
    assert f"Case 26-{at + 1:03}" in next(one for one in reversed(said[:stamp]) if "Case " in one)
    kept = [one for one in card["body"] if one in after["body"]]
    assert len(kept) == len(card["body"]) - len(blocks[at].options)


def test_a_reminder_is_never_torn_between_two_cards():
    for shown in render(reminders("w " * 400), token):
        assert isinstance(shown, Shown)
        assert pressable(shown.card) == len(LABELS) * json.dumps(shown.card).count("Case 26-")
