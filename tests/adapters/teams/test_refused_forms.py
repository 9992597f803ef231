"""A form that is not taken stays: what was written is still in it, why stands on it, and nothing of it is kept."""

from __future__ import annotations

import json
from typing import Any

from adapters.teams.form_again import form_again
from adapters.teams.render import LARGEST, size_of
from bot import wording, wording_controls
from bot.messages import Choices, Field, Filled, Form, Option, Reply, Text

from .house import House
from .microsoft import Shown, check, read, walked
from .person import CHAT

NAMED = "Jayden Smith of 12 High Street told us so on 07700 900123"
A_REASON, A_DAY = "review outcome", "refer"
MOST_QUESTIONS = 14
REASON = Form("why", "Why?", (Field("words", "Reason", "long"),))


def token(said: object) -> str:
    return str(hash(said))


async def asked(house: House, begin: str) -> Shown:
    """A form that a dialog asks to be filled in."""
    await house.say(begin)
    for _ in range(MOST_QUESTIONS):
        newest = house.api.said_in(CHAT)[-1]
        if newest.inputs() and newest.inputs()[0]["type"] != "Input.ChoiceSet":
            return newest
        titles = [one["title"] for one in newest.buttons()]
        await house.say(next((one for one in ("No", "Under 18") if one in titles), "1"))
    raise AssertionError("no form is asked for")


def as_message(answer: dict[str, Any]) -> dict[str, Any]:
    """The card of an answer, as a message that Teams would have to show."""
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    message = {"type": "message", "summary": "x"}
    message["attachments"] = [{"contentType": answer["type"], "content": answer["value"]}]
    check(message, len(json.dumps(message)))
    return message


async def test_a_refused_reason_stays_in_its_field_with_why_and_goes_through_once_mended(house):
    form = await asked(house, A_REASON)
    sent, before = len(house.api.sent), form.card
    for _ in range(2):
        answer = (await house.person().press(form, "Continue", words=NAMED)).json()
        again = Shown(CHAT, form.id, as_message(answer))
        (field,) = again.inputs()
        assert field["value"] == NAMED
        assert "phone number" in again.read()
        assert again.buttons() == form.buttons()
        assert "✔" not in again.read()
    assert (len(house.api.sent), form.card, form.changes) == (sent, before, 0)
    assert NAMED not in str(await house.exchange.read("teams", CHAT))
    taken = (await house.person().press(again, "Continue", words="The panel decided so")).json()
    assert wording_controls.SENT in read(as_message(taken))
    assert len(house.api.sent) == sent + 1


async def test_a_day_that_cannot_be_is_said_on_its_field(house):
    form = await asked(house, A_DAY)
    sent = len(house.api.sent)
    answer = (await house.person().press(form, "Continue", date="1850-01-01")).json()
    (field,) = Shown(CHAT, form.id, as_message(answer)).inputs()
    assert field["value"] == "1850-01-01"
    assert len(house.api.sent) == sent


async def test_what_was_written_too_late_is_not_gone(house):
    form = await asked(house, A_REASON)
    await house.say("stop")
    answer = (await house.person().press(form, "Continue", words="The panel decided so")).json()
    assert wording.STALE in read(as_message(answer))
    assert "The panel decided so" in str(answer["value"])


async def test_danger_in_a_form_is_answered_where_it_is_read(house):
    form = await asked(house, A_REASON)
    answer = (await house.person().press(form, "Continue", words="he is strangling her right now")).json()
    assert "strangling" not in str(answer)
    assert "Phone 999 now" in house.api.said_in(CHAT)[-1].read()


def test_teams_itself_asks_for_what_is_missing_but_not_where_a_list_would_be_held_up():
    listed = Choices("which", "Which?", tuple(Option(f"o{one}", f"Option {one}") for one in range(9)))
    for blocks, must in (((REASON,), True), ((listed, REASON), False)):
        card = form_again(Reply(blocks), Filled("why", (("words", "x"),)), (Text.of("No."),), token)
        (field,) = (one for one in walked(card) if one["type"] == "Input.Text")
        assert field.get("isRequired", False) is must
        assert bool(field.get("errorMessage")) is must


def test_a_card_with_no_room_for_what_was_written_is_the_form_alone():
    long = tuple(Text.of("A long word. " * 290) for _ in range(6))
    for typed, kept in (("short", True), ("wörds " * 600, True), ("w" * 30_000, False)):
        made = form_again(Reply((*long, REASON)), Filled("why", (("words", typed),)), (Text.of("No."),), token)
        assert size_of(made) <= LARGEST
        assert "No." in str(made)
        assert (typed in str(made)) is kept
