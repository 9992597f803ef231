"""The windows over Slack: a message taken into private, and a form's answer; what is wrong stands on the field."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from adapters.slack import wording_windows
from adapters.slack.parse import Me, Submitted, parse
from bot import wording, wording_channels, wording_controls
from bot.clock import now
from bot.messages import Field, Form

from .block_kit import read
from .member import FORM as FORM_KIND
from .member import controls
from .web_api import TEAM

PAT = "U0PAT0001"
ADDRESS = f"{TEAM}/{PAT}"
REASON = "An earlier review asked for the same changes to handovers."
MOST_QUESTIONS = 12


async def test_a_message_is_taken_into_private_and_nothing_is_said_where_it_stands(house):
    member = house.member()
    await member.point_at("what is a <LADO>?")
    (view,) = house.api.views
    assert view["blocks"][0]["element"]["initial_value"] == "what is a <LADO>?"
    assert view["private_metadata"] == ""
    assert house.api.messages == []
    assert (await member.submit("what is a LADO?")).content == b""
    # What Slack was told may have been lost on its way, and the words may be others by now.
    again = await member.submit("he is strangling her")
    assert again.json() == {"response_action": "errors", "errors": {"words": wording_controls.TAKEN_BEFORE}}
    assert house.api.in_channel("C0GROUP01") == []
    (shown,) = house.api.said_to(PAT)
    assert "designated officer" in shown.read().casefold()


async def test_a_message_that_is_too_long_for_the_window_is_not_cut_and_the_window_says_so(house):
    await house.member().point_at("x" * 3000)
    await house.member().point_at("x" * 3001)
    (whole,), (said, empty) = (view["blocks"] for view in house.api.views)
    assert whole["element"]["initial_value"] == "x" * 3000
    assert read([said]) == wording_windows.TOO_LONG_TO_TAKE
    assert "initial_value" not in empty["element"]


@pytest.mark.parametrize("words", ["", "  \n "])
async def test_a_window_without_words_stays_open_and_says_so_on_its_field(house, words):
    member = house.member()
    await member.point_at("x" * 5000)
    answer = await member.submit(words)
    assert answer.json() == {"response_action": "errors", "errors": {"words": wording_controls.NOTHING_WRITTEN}}
    assert house.api.messages == []


async def asked_in_words(house) -> None:
    """A question that is answered in somebody's own words stands in Pat's direct messages."""
    await house.member().type("review outcome")
    for _ in range(MOST_QUESTIONS):
        newest = house.api.said_to(PAT)[-1]
        buttons = [one["text"]["text"] for one in controls(newest)]
        if wording_controls.WRITE_ANSWER in buttons:
            return
        await house.member().press(newest, "No" if "No" in buttons else buttons[0])
    raise AssertionError(newest.read())


async def opened_form(house) -> dict:
    """The window of that question, opened by Pat."""
    await asked_in_words(house)
    await house.member().press(house.api.said_to(PAT)[-1], wording_controls.WRITE_ANSWER)
    return house.api.views[-1]


async def test_an_answer_in_words_is_written_in_a_window_once(house):
    view = await opened_form(house)
    before = len(house.api.said_to(PAT))
    label = view["blocks"][0]["label"]["text"]
    assert label
    assert label in house.api.said_to(PAT)[-1].read()
    token, *message = view["private_metadata"].split(" ")
    assert len(token) == 22
    assert message == [house.api.said_to(PAT)[-1].channel, house.api.said_to(PAT)[-1].ts, ""]
    assert label not in json.dumps(view["private_metadata"])
    member = house.member()
    assert (await member.submit(REASON)).content == b""
    assert len(house.api.said_to(PAT)) == before + 1
    assert REASON in house.api.said_to(PAT)[-1].read()
    answer = await member.submit("Once more, in other words.")
    assert answer.json()["errors"] == {"words": wording_channels.USED}
    assert len(house.api.said_to(PAT)) == before + 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (" \n ", wording_controls.NOTHING_WRITTEN),
        ("ok", "I need that in words"),
        ("The office can be reached on 07700 900123.", "It looks as if that has a phone number in it"),
        ("a reason " * 320, "That is longer than I can keep here"),
    ],
)
async def test_what_the_rules_refuse_leaves_the_window_open_with_why_on_its_field_and_changes_nothing(
    house, words, why
):
    await opened_form(house)
    shown = [one.read() for one in house.api.said_to(PAT)]
    said = await house.exchange.read("slack", ADDRESS)
    member = house.member()
    for _ in range(2):
        answer = await member.submit(words)
        assert (answer.status_code, answer.json()["response_action"]) == (200, "errors")
        assert why in answer.json()["errors"]["words"]
    assert [one.read() for one in house.api.said_to(PAT)] == shown
    assert await house.exchange.read("slack", ADDRESS) == said
    assert (await member.submit(REASON)).content == b""
    assert REASON in house.api.said_to(PAT)[-1].read()


async def test_a_form_that_was_filled_in_loses_its_buttons_and_opens_no_window_again(house):
    await opened_form(house)
    shown, member = house.api.said_to(PAT)[-1], house.member()
    asked, again = shown.read(), member.pressing(shown, wording_controls.WRITE_ANSWER)
    assert (await member.submit(REASON)).content == b""
    assert controls(shown) == []
    assert wording_controls.SENT in shown.read()
    assert asked.splitlines()[0] in shown.read()
    await house.bring(again, FORM_KIND)
    assert len(house.api.views) == 1
    assert house.api.messages[-1].read() == wording_channels.USED


async def test_a_button_whose_window_slack_does_not_open_says_how_to_go_on(house):
    await asked_in_words(house)
    member, shown = house.member(), house.api.said_to(PAT)[-1]
    late = member.pressing(shown, wording_controls.WRITE_ANSWER)
    house.at += timedelta(seconds=3)
    assert (await house.bring(late, FORM_KIND)).status_code == 200
    assert (house.api.messages[-1].read(), house.api.messages[-1].only) == (wording_controls.NOT_OPENED, PAT)
    house.api.limited = ["views.open"]
    assert (await member.point_at("x")).status_code == 200
    assert house.api.said_to(PAT)[-1].read() == wording_controls.TAKE_NOT_OPENED


async def test_danger_in_a_window_is_answered_at_once_with_999_and_is_no_mistake_in_a_field(house):
    await opened_form(house)
    assert (await house.member().submit("She is unconscious and not breathing, 07700 900123.")).content == b""
    assert "999" in house.api.said_to(PAT)[-1].read()


async def test_where_words_that_are_refused_may_tell_of_danger_what_to_do_first_is_said_and_stands_in_no_window(house):
    await house.member().type("refer")
    await house.member().point_at("x")
    assert (await house.member().submit("Her mother is on 07700 900123")).content == b""
    assert "If a child may need protecting" in house.api.said_to(PAT)[-1].read()


async def test_what_belongs_to_an_earlier_question_is_not_lost_either(house):
    await opened_form(house)
    await house.member().type(REASON)
    answer = await house.member().submit("Other words, of my own.")
    assert answer.json()["errors"] == {"words": wording.STALE}
    before = len(house.api.messages)
    answer = await house.member().submit("The child was not seen for some weeks.")
    assert "phone children's social care today" in answer.json()["errors"]["words"]
    assert wording.STALE in answer.json()["errors"]["words"]
    assert len(house.api.messages) == before


async def test_a_message_taken_into_private_may_hold_no_number_while_something_is_asked(house):
    member = house.member()
    await member.type("refer")
    await member.point_at("The office has the number 07700 900123")
    before = len(house.api.said_to(PAT))
    answer = await member.submit("The office has the number 07700 900123")
    assert "phone number" in answer.json()["errors"]["words"]
    assert len(house.api.said_to(PAT)) == before
    assert (await member.submit("no")).content == b""
    assert len(house.api.said_to(PAT)) == before + 1


async def test_another_persons_window_says_nothing_for_them(house):
    await opened_form(house)
    answer = await house.member("U0SAM0001").submit("I am not Pat, that is sure.")
    assert answer.json()["errors"] == {"words": wording_channels.NO_LONGER}
    assert json.dumps(house.api.said_to("U0SAM0001")) == "[]"
    assert controls(house.api.said_to(PAT)[-1])


FORM = Form(
    "visit",
    "A visit that was late",
    (
        Field("who", "Whose visit", "text", "A role, and no name."),
        Field("day", "Which day", "date"),
        Field("reason", "Why it was late", "long"),
    ),
    "Keep it",
)


async def test_a_form_of_several_fields_is_one_window_with_an_input_for_each(house):
    await house.ask(ADDRESS, FORM)
    shown = house.api.said_to(PAT)[-1]
    assert [one["text"]["text"] for one in controls(shown)] == [wording_controls.FILL_IN]
    member = house.member()
    await member.press(shown, wording_controls.FILL_IN)
    (view,) = house.api.views
    title, *inputs = view["blocks"]
    assert read([title]) == FORM.title
    assert view["submit"]["text"] == "Keep it"
    kinds = {one["block_id"]: (one["label"]["text"], one["element"]["type"]) for one in inputs}
    assert kinds == {
        "who": ("Whose visit", "plain_text_input"),
        "day": ("Which day", "datepicker"),
        "reason": ("Why it was late", "plain_text_input"),
    }
    answer = await member.fill({"who": "The health visitor", "day": "", "reason": " "})
    assert answer.json()["errors"] == dict.fromkeys(("day", "reason"), wording_controls.NOTHING_WRITTEN)
    # Nobody asks this form here: it belongs to nothing that is asked now, and what was written stays.
    answer = await member.fill({"who": "The health visitor", "day": "2026-12-18", "reason": "Nobody was told."})
    assert answer.json()["errors"] == {"who": wording.STALE}


def test_what_a_window_holds_is_read_field_by_field_with_days_as_people_here_write_them():
    states = {
        "who": {"words": {"type": "plain_text_input", "value": "The health visitor"}},
        "day": {"words": {"type": "datepicker", "selected_date": "2026-12-08"}},
        "reason": {"words": {"type": "plain_text_input", "value": None}},
    }
    view = {"id": "V1", "callback_id": "form_answer", "private_metadata": "t", "state": {"values": states}}
    payload = {"type": "view_submission", "user": {"id": PAT, "team_id": TEAM}, "view": view, "trigger_id": "1.2"}
    found = parse(payload, Me(TEAM, "U0BOT0001"), now())
    assert isinstance(found, Submitted)
    assert found.values == (("who", "The health visitor"), ("day", "8/12/2026"), ("reason", ""))
    assert parse({**payload, "view": {**view, "state": {"values": {}}}}, Me(TEAM, "U0BOT0001"), now()) is None
