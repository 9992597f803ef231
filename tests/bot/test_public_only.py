"""Where only public information is spoken of, what is offered is what is understood, and no detail is said again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters import channel_folders
from bot import allowed_here, wording, wording_channels
from bot.allowed_here import Switches
from bot.messages import Choices, Chosen, Filled, Link, Reply, Typed
from bot.public_only import OWN
from bot.reply_text import to_text

from .talk import Talk

INCIDENTS = (
    "a baby in foster care died last friday, neglect is suspected",
    "a child was seriously hurt at home and is in hospital",
)
PAGE = "https://bot.example"
Say = Callable[[str | Chosen | Filled], Reply]


def talking(channel: str, switches: Switches) -> tuple[Talk, Say]:
    """A conversation on a platform that is not switched on, and how something is said or pressed in it."""
    talk = Talk()

    def say(said: str | Chosen | Filled) -> Reply:
        moment = talk.moment(Typed(said) if isinstance(said, str) else said)
        area = replace(moment.definitions.area, case_dialog_channels=())
        here = replace(moment.definitions, area=area)
        moment = replace(moment, definitions=here, turn=replace(moment.turn, channel=channel))
        answer = allowed_here.shown(moment, allowed_here.answered(moment, switches))
        talk.state = answer.outcome.state
        return answer.reply

    return talk, say


@pytest.fixture(params=sorted({*channel_folders.names(), "a_platform_of_tomorrow"} - OWN))
def public(request: pytest.FixtureRequest) -> tuple[Talk, Say]:
    return talking(request.param, Switches(public_url=PAGE))


def choices(reply: Reply) -> Choices:
    return next(one for one in reply.blocks if isinstance(one, Choices))


@pytest.mark.parametrize("incident", INCIDENTS)
def test_an_incident_is_not_said_again_and_the_page_and_999_are_named(public, incident):
    talk, say = public
    reply = say(incident)
    said = to_text(reply)
    for detail in ("What happened", "Suspected", "They died", "last 12 months", wording.INCIDENT_CARRIED):
        assert detail not in said
    assert wording.INCIDENT not in said
    assert wording_channels.NOT_HERE in said
    assert wording.LINE_999 in said
    assert "01632 960 123" in said
    assert [one.url for one in reply.blocks if isinstance(one, Link)] == [PAGE]
    assert talk.state.awaited is not None
    assert not [one for one in talk.state.awaited.answers if "=" in one]


def test_after_danger_nothing_is_promised_that_cannot_be_begun(public):
    said = to_text(public[1]("he is strangling her right now"))
    assert "Phone 999 now" in said
    assert wording_channels.PUBLIC_DANGER in said
    assert wording.DANGER_NOTHING_KEPT not in said


def test_without_a_web_page_nobody_is_sent_to_one():
    said = to_text(talking("slack", Switches())[1](INCIDENTS[0]))
    assert "web page" not in said
    assert f"{wording_channels.NOT_HERE_PHONE}:" in said


@pytest.mark.parametrize("question", [*INCIDENTS, "I am worried about a child", "what is a rapid review", "reviews"])
def test_the_numbers_that_are_asked_for_are_those_shown(public, question):
    _, say = public
    shown = choices(say(question))
    assert "five" not in str(shown)
    said = to_text(say(str(len(shown.options) + 1)))
    assert f"1 to {len(shown.options)}" in said


@pytest.mark.parametrize("incident", INCIDENTS)
def test_each_that_is_shown_is_had_by_its_number(public, incident):
    talk, say = public
    topics = [one.id for one in choices(say(incident)).options][:-1]
    for at, topic in enumerate(topics, start=1):
        say(incident)
        say(str(at))
        assert talk.state.asked.topic == topic


@pytest.mark.parametrize("words", ["new information", "help", "resume", "document", "open a case", "refer"])
def test_nobody_is_told_to_type_what_is_refused(public, words):
    _, say = public
    said = to_text(say(words))
    for refused in ("refer to begin", "“refer”", "resume", "practice"):
        assert refused not in said


def test_after_danger_one_may_carry_on(public):
    talk, say = public
    say("he is strangling her right now")
    assert talk.state.danger
    assert wording_channels.PUBLIC_PROMPT in to_text(say("resume"))
    assert not talk.state.danger


def test_what_was_begun_before_the_area_switched_it_off_is_not_promised_to_go_on_here(public):
    talk, say = public
    for words in ("refer", "no", "ok"):
        talk.say(Typed(words))
    said = to_text(say("he is strangling her right now"))
    assert "Phone 999 now" in said
    assert wording_channels.PUBLIC_DANGER_KEPT in said
    assert "type resume" not in said
    reply = say("every child is safe")
    assert not talk.state.danger
    assert wording_channels.NOT_HERE in to_text(reply)
    assert [one.url for one in reply.blocks if isinstance(one, Link)] == [PAGE]
    assert wording_channels.PUBLIC_PROMPT in to_text(reply)


@pytest.mark.parametrize(
    "said", ["where am I", "change", "start over", "stop", "resume", "the button", "a later button"]
)
def test_who_had_answered_before_the_area_switched_it_off_is_told_that_it_is_kept_and_where_to_go(public, said):
    talk, say = public
    for words in ("refer", "no", "ok"):
        talk.say(Typed(words))
    ask = next(one for one in reversed(talk.asked) if isinstance(one, Choices))
    if said == "late button":
        say("hello")
    reply = say(Chosen(ask.prompt, (ask.options[0].id,)) if said.endswith("button") else said)
    told = to_text(reply)
    assert wording_channels.PUBLIC_KEPT in told
    assert wording_channels.NOT_HERE in told
    assert [one.url for one in reply.blocks if isinstance(one, Link)] == [PAGE]
    assert wording.STALE not in told
    assert len(talk.state.aside) == 1


def test_a_form_from_before_the_area_switched_it_off_is_answered_so_too(public):
    talk, say = public
    for words in ("refer", "no", "ok"):
        talk.say(Typed(words))
    ask = next(one for one in reversed(talk.asked) if isinstance(one, Choices))
    assert wording_channels.PUBLIC_KEPT in to_text(say(Filled(ask.prompt, (("on", "27/11/2026"),))))
    assert wording_channels.PUBLIC_KEPT not in to_text(say(Filled("case-form", (("on", "27/11/2026"),))))


def test_a_button_of_guidance_is_no_longer_asked_and_nothing_else_whatever_had_been_answered(public):
    talk, say = public
    for words in ("refer", "no", "ok"):
        talk.say(Typed(words))
    asked = choices(say("yes"))
    say("hello")
    told = to_text(say(Chosen(asked.prompt, (asked.options[0].id,))))
    assert wording_channels.PUBLIC_KEPT not in told


def test_danger_that_stopped_all_before_the_area_switched_it_off_still_stands_and_can_be_over(public):
    talk, say = public
    for words in ("refer", "no", "ok", "he is strangling her right now"):
        talk.say(Typed(words))
    assert "Phone 999 now" in to_text(say("what now"))
    reply = say("resume")
    assert not talk.state.danger
    assert wording_channels.NOT_HERE in to_text(reply)


@pytest.mark.parametrize("words", ["refer", "my cases", INCIDENTS[0], "resume"])
def test_999_is_named_once_where_there_is_no_dialog(public, words):
    _, say = public
    assert to_text(say(words)).count(wording.LINE_999) == 1
