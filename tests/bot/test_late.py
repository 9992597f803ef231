"""What comes from under an earlier question changes nothing, unless it speaks of danger or can do no harm."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wording
from bot.late import HARMLESS
from bot.messages import COMMAND, NOTHING_ASKED, Choices, Chosen, Filled, Form, Typed
from bot.prompts import DOOR
from bot.reply_text import to_text

from .talk import PLACES, Talk, answered, asks_last, is_emergency, talked
from .test_any_turn import DANGERS, IDENTIFIERS, replace_opened
from .test_exchange import WEB, kept, shown, turn

IN_HAND = [place for place in PLACES if PLACES[place]().state.dialog and not PLACES[place]().state.danger]


def under(talk: Talk) -> str:
    now = talk.prompt
    assert now is not None
    return now.prompt if isinstance(now, Choices) else now.id


@pytest.mark.parametrize("text", ["yes", "no", "1", "2", "not sure", "police", "yesterday", "what is a SIN?", "none"])
@pytest.mark.parametrize("place", IN_HAND)
def test_words_typed_under_an_earlier_question_answer_nothing(place, text):
    talk = PLACES[place]()
    before = talk.state
    for earlier in ("1-nothing_asked_now", DOOR, NOTHING_ASKED):
        if earlier == under(talk):
            continue
        answer = talk.say(Typed(text, earlier))
        assert answer.outcome.kind == "stale"
        assert wording.STALE in to_text(answer.reply)
        assert asks_last(answer.reply)
        assert talk.state == replace_opened(before)


def test_an_answer_to_a_yes_or_no_question_is_not_recorded_for_the_next():
    talk = talked("refer", "no", "ok", "police")
    asked = under(talk)
    talk.type("yes")
    before = talk.answers
    talk.say(Typed("yes", asked))
    assert talk.answers == before


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_words_under_the_question_asked_now_mean_what_they_always_mean(data):
    place = data.draw(st.sampled_from(IN_HAND))
    text = data.draw(st.sampled_from(["yes", "no", "1", "not sure", "back", "31/2", "yesterday", "?", ""]))
    plain, named = PLACES[place](), PLACES[place]()
    plain.say(Typed(text))
    named.say(Typed(text, under(named)))
    assert named.state == plain.state


@pytest.mark.parametrize("place", IN_HAND)
@pytest.mark.parametrize("name", ["back", "change", "start over", "practice", "referral"])
def test_an_old_pages_button_or_word_does_not_act_on_a_newer_place(place, name):
    talk = PLACES[place]()
    before = talk.state
    for said in (Chosen(COMMAND, (name,), "1-nothing_asked_now"), Typed(name, "1-nothing_asked_now")):
        assert talk.say(said).outcome.kind == "stale"
        assert talk.state == replace_opened(before)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_an_old_pages_harmless_buttons_still_act(place, name):
    late, now = PLACES[place](), PLACES[place]()
    late.say(Chosen(COMMAND, (name,), "1-nothing_asked_now"))
    now.say(Chosen(COMMAND, (name,)))
    assert late.state == now.state


@pytest.mark.parametrize("place", PLACES)
def test_danger_is_heard_from_any_old_page(place):
    for said in (
        *(Typed(words, "1-nothing_asked_now") for words in DANGERS),
        *(Typed(words, "99-danger_now") for words in ("yes", "1", "not sure")),
        Chosen("99-danger_now", ("yes",)),
        Chosen("99-danger_now", ("unsure",)),
        Chosen(DOOR, ("danger",)),
        Chosen(COMMAND, ("danger",), "1-nothing_asked_now"),
    ):
        assert is_emergency(PLACES[place]().say(said).reply)


def test_that_nobody_was_in_danger_on_an_old_page_is_no_answer_now():
    talk = talked("refer", "no")
    before = talk.state
    for said in (Typed("no", "99-danger_now"), Chosen("99-danger_now", ("no",)), Typed("purple", "99-danger_now")):
        assert talk.say(said).outcome.kind == "stale"
        assert talk.state == replace_opened(before)


def test_identifiers_typed_on_an_old_page_are_stopped_as_ever():
    talk = talked("refer", "no")
    for text in IDENTIFIERS:
        assert talk.say(Typed(text, "1-nothing_asked_now")).outcome.kind == "identifier stopped"


def test_a_page_left_open_after_stopping_can_begin_but_not_answer():
    assert talked("refer", "no", "stop").say(Typed("serious incident", NOTHING_ASKED)).outcome.kind == "begun"
    assert talked("refer", "no").say(Typed("serious incident", NOTHING_ASKED)).outcome.kind == "stale"


async def test_the_same_late_words_delivered_again_change_nothing(exchange):
    await exchange.take(turn("a", "refer", "e1"))
    await exchange.take(turn("a", Typed("no", "1-danger_now"), "e2"))
    before = await kept(exchange, "a")
    await exchange.take(turn("a", Typed("no", "1-danger_now"), "e3"))
    assert await kept(exchange, "a") == before
    once = shown(await exchange.read(WEB, "a"))
    await asyncio.gather(*(exchange.take(turn("a", Typed("no", "1-danger_now"), event)) for event in ("e2", "e3")))
    assert shown(await exchange.read(WEB, "a")) == once
    assert await kept(exchange, "a") == before


def test_a_form_of_an_earlier_date_is_refused_while_another_is_asked():
    talk = answered(talked("refer"))
    before = talk.state
    talk.say(Filled("1-aware_on", (("date", "yesterday"),)))
    assert talk.state == replace_opened(before)
    assert not isinstance(talk.prompt, Form)
