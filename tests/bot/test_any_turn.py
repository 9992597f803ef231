"""Whatever is typed, pressed or sent, in whatever order: there is an answer, it asks on, and no raw words are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import state, wording
from bot.assistant import COMMAND
from bot.commands import _COMMANDS
from bot.messages import Choices, Chosen, Filled, Form, Typed
from bot.prompts import DOOR
from bot.reply_text import to_text
from bot.state import SUGGESTIONS
from dialogs.walk import Said
from knowledge.area import Contact
from knowledge.danger import detect
from knowledge.invented import digits

from .talk import PLACES, Talk, answered, asks_last, definitions, is_emergency, talked

# Letters that no word of ours has in a row, so that they can be looked for in what is kept.
MARK = "zqxvkj"
DANGERS = (
    "he is strangling her right now",
    "there is a child not breathing",
    "she is bleeding and unconscious",
)
IDENTIFIERS = ("NHS number 943 476 5919", "her name is Kylie Blenkinsop", "born 03/04/2015", "SW1A 1AA")
# What is asked of a case is answered where cases are kept, and the open question is put again there.
NOT_CARRYING_ON = {"stopped", "danger", "held", "case"}
BEGINNINGS = ("refer", "protect", "allegation", "practice", "review outcome", "disagreement")

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
words_of_ours = st.sampled_from(
    (
        *sorted(_COMMANDS),
        *("1", "2", "7", "99", "-1", "1, 3", "1-4", "none", "all of them", "not sure", "yes", "no", "y", "maybe", "?"),
        *("18/12", "5/6", "last friday", "yesterday", "31 feb", "2026-11-20", "1/1/1066", "20 nov", "neither"),
        *("he died", "sixteen", "she was 17", "under 18 and over 18", "resume BCDF-GHJK", "why not?", "what is a SIN?"),
        *DANGERS,
        *IDENTIFIERS,
        *("x" * 4001, "1 " * 2001, "é" * 3000, "\x00", "\ud800", "\u202e1"),
    )
)
ids = st.lists(
    st.sampled_from(("", "yes", "no", "unsure", "none", "confirm", "change", "d1", "d99", "other", "danger", "media"))
    | st.sampled_from(("1066-01-01", "2026-11-20", "2100-01-01", "custody,media", "menu", "document", "role"))
    | anything,
    max_size=3,
).map(tuple)
fields = st.lists(
    st.tuples(st.sampled_from(("date", "day", "month", "year", "junk")), words_of_ours | anything), max_size=4
).map(tuple)

Step = Callable[[Talk], object]


def pressed_rightly(number: int) -> Step:
    def step(talk: Talk) -> object:
        now = talk.prompt
        if isinstance(now, Choices):
            return talk.press(now.options[number % len(now.options)].id)
        return talk.press(("unsure", "18/11/2026", "5/6", "yesterday")[number % 4])

    return step


def pressed_late(number: int) -> Step:
    """A button or form of something asked before."""

    def step(talk: Talk) -> object:
        if not talk.asked:
            return talk.type("back")
        late = talk.asked[number % len(talk.asked)]
        if isinstance(late, Form):
            return talk.say(Filled(late.id, (("date", "yesterday"),)))
        return talk.say(Chosen(late.prompt, (late.options[number % len(late.options)].id,)))

    return step


def pressed_wrongly(where: str, chosen: tuple[str, ...]) -> Step:
    def step(talk: Talk) -> object:
        now = talk.prompt
        current = now.prompt if isinstance(now, Choices) else now.id if now else "?"
        return talk.say(Chosen(current if where == "current" else where, chosen))

    return step


def filled(where: str, values: tuple[tuple[str, str], ...]) -> Step:
    def step(talk: Talk) -> object:
        current = talk.prompt.id if isinstance(talk.prompt, Form) else "1-aware_on"
        return talk.say(Filled(current if where == "current" else where, values))

    return step


right = st.integers(0, 40).map(pressed_rightly)
places = st.sampled_from(("current", COMMAND, DOOR, "which-dialog", "1-check", "1-over", "", "1-"))
steps = st.one_of(
    right,
    right,
    (words_of_ours | anything).map(lambda text: lambda talk: talk.type(text)),
    words_of_ours.map(lambda text: lambda talk: talk.type(text)),
    st.integers(0, 400).map(pressed_late),
    st.builds(pressed_wrongly, places, ids),
    st.builds(pressed_wrongly, st.just(COMMAND), st.sampled_from(sorted(set(_COMMANDS.values()))).map(lambda c: (c,))),
    st.builds(filled, st.just("current") | anything, fields),
    st.integers(1, 40).map(lambda days: lambda talk: talk.later(days)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=40))
def test_every_turn_has_an_answer_that_asks_on_unless_it_stops(script):
    talk = Talk()
    for step in script:
        answer = step(talk)
        if answer is None:
            continue
        assert answer.outcome.kind
        outcome = answer.outcome
        if outcome.request == "redeem code" or outcome.case or outcome.account:  # the store answers these
            continue
        assert is_emergency(answer.reply) if answer.outcome.emergency else True
        assert asks_last(answer.reply) or answer.outcome.kind in NOT_CARRYING_ON


HOSTILE_IDS = (
    *((), ("",), ("none",), ("unsure",), ("nothing of ours",), ("yes", "no"), ("none", "media"), ("media", "media")),
    *(("1066-01-01",), ("2100-01-01",), ("2026-11-20",), ("d99",), ("dx",), ("\ud800",), ("x" * 5000,)),
)
HOSTILE_FORMS = (
    *((), (("date", ""),), (("date", "9" * 5000),), (("date", "\ud800"),), (("day", "31"), ("month", "2"))),
    *(
        (("day", "1"), ("month", "1"), ("year", "1066")),
        (("day", "\u0663"), ("month", "x"), ("year", "")),
        (("x", "y"),),
    ),
    *((("date", "1/1/2100"),), (("date", "5/6"), ("date", "5/6"))),
)
HOSTILE_WORDS = ("", " ", "\x00", "\ud800", "\u202e", "?", "0", "-1", "\u0662", "9" * 3000, "a" * 5000, "\u0300" * 3000)


@pytest.mark.parametrize("place", PLACES)
def test_hostile_turns_at_every_place_are_answered_and_ask_on(place):
    current = PLACES[place]().prompt
    here = current.prompt if isinstance(current, Choices) else current.id if current else ""
    prompts = [here, COMMAND, DOOR, "which-dialog", "1-check", "1-over", "1-after", "1-aware_on", "", "\ud800"]
    # Where something is asked every one of them is tried; of the rest a different share at each place.
    turns = [Chosen(here, chosen) for chosen in HOSTILE_IDS]
    share = sorted(PLACES).index(place) % 4
    turns += [Chosen(prompt, chosen) for prompt in prompts[1:] for chosen in HOSTILE_IDS[share::4]]
    turns += [Filled(form, values) for form in (here, "1-aware_on", "?") for values in HOSTILE_FORMS]
    turns += [Typed(text) for text in HOSTILE_WORDS]
    for said in turns:
        talk = PLACES[place]()
        answer = talk.say(said)
        assert asks_last(answer.reply) or answer.outcome.kind in NOT_CARRYING_ON
        if answer.outcome.kind == "answered":
            answered(talk)
            assert talk.press("confirm").outcome.record
        answer = talk.type("back")
        assert asks_last(answer.reply) or answer.outcome.kind in NOT_CARRYING_ON


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sorted(set(_COMMANDS.values())))
def test_every_command_at_every_place_is_answered(place, name):
    by_word, by_button = PLACES[place](), PLACES[place]()
    answer = by_word.type(next(words for words, meant in _COMMANDS.items() if meant == name))
    assert asks_last(answer.reply) or answer.outcome.kind in NOT_CARRYING_ON
    by_button.say(Chosen(COMMAND, (name,)))
    assert by_button.state == by_word.state


@pytest.mark.parametrize("place", PLACES)
def test_every_option_shown_can_be_pressed_and_typed_by_its_number_and_its_label(place):
    now = PLACES[place]().prompt
    for number, option in enumerate(now.options if isinstance(now, Choices) else (), 1):
        pressed, numbered, named = (PLACES[place]() for _ in range(3))
        if pressed.state.danger or place == "stopped":
            continue
        answer = pressed.press(option.id)
        assert answer.outcome.kind not in {"stale", "not understood", "asked"}
        typed = numbered.type(str(number))
        # "4" may be an answer's number or an age: it is asked back.
        assert numbered.state == pressed.state or (place == "an age" and "aged" in to_text(typed.reply))
        labels = [one.label for one in now.options]
        if labels.count(option.label) == 1 and detect(option.label) is None:
            named.type(option.label)
            assert named.state == pressed.state, option


@settings(max_examples=80, deadline=None)
@given(
    st.lists(right, max_size=18), st.lists(st.builds(lambda a, b: f"{a} {MARK} {b}", anything, anything), max_size=4)
)
def test_raw_words_are_never_kept(way, texts):
    talk = Talk()
    talk.type("refer")
    for step in way:
        step(talk)
    for text in texts:
        answer = talk.type(text)
        assert MARK not in answer.outcome.words
        assert MARK not in state.to_json(talk.state)
        assert MARK not in to_text(answer.reply)


@settings(max_examples=80, deadline=None)
@given(st.lists(right, max_size=18), words_of_ours | anything, st.booleans())
def test_the_wrong_words_lose_no_answer(way, text, as_form):
    talk = Talk()
    talk.type("refer")
    for step in way:
        step(talk)
    before = talk.state
    answer = talk.say(Filled("nowhere", (("date", text),)) if as_form else Typed(text))
    if answer.outcome.kind in {"not understood", "asked", "identifier stopped", "empty", "too long", "stale", "held"}:
        # A question is remembered for the next one, and what was only suggested may go; nothing else changes.
        suggested = before.awaited is None or before.awaited.kind in SUGGESTIONS
        awaited = before.awaited if suggested else talk.state.awaited
        assert replace(talk.state, asked=before.asked, awaited=awaited) == replace_opened(before)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.lists(right, max_size=20), st.data())
def test_danger_at_any_point_is_answered_first_and_nothing_is_lost(door, way, data):
    talk = Talk()
    talk.type(door)
    for step in way:
        step(talk)
    before = talk.state
    danger = data.draw(st.sampled_from(DANGERS))
    in_a_form = isinstance(talk.prompt, Form) and data.draw(st.booleans())
    answer = talk.press(danger) if in_a_form else talk.type(danger)
    assert is_emergency(answer.reply)
    assert talk.state.dialog == before.dialog
    assert (talk.state.aside, talk.state.awaited) == (before.aside, before.awaited)
    assert is_emergency(talk.type("yes").reply)  # it stands until they say that every child is safe
    talk.type("resume")
    assert not talk.state.danger
    kept = [one for one in before.dialog.said if one.question != "danger_now"] if before.dialog else []
    assert ([*talk.state.dialog.said] if talk.state.dialog else []) == kept


@pytest.mark.parametrize("flow", ["referral", "protect", "allegation", "review outcome", "disagreement"])
@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_danger_said_in_answer_to_the_first_question_stops_and_resumes_at_it(flow, said):
    talk = Talk()
    talk.type(flow if flow != "referral" else "refer")
    before = talk.state
    answer = talk.press(said)
    assert is_emergency(answer.reply)
    assert answer.outcome.record is None
    talk.type("resume")
    assert talk.state == before


@pytest.mark.parametrize("flow", ["refer", "protect", "allegation", "review outcome", "disagreement"])
@pytest.mark.parametrize("text", ["no, not all of them", "no - the sister is still at home with him", "unsafe"])
def test_unclear_words_about_danger_stop_for_999_and_say_how_they_were_taken(flow, text):
    answer = talked(flow).type(text)
    assert is_emergency(answer.reply)
    assert "could not be sure what you meant" in to_text(answer.reply)
    assert "A child in danger now: Not sure." in to_text(answer.reply)


@pytest.mark.parametrize("text", ["3", "not sure", "dunno"])
def test_being_not_sure_about_danger_is_said_back_plainly(text):
    said = to_text(talked("refer").type(text).reply)
    assert "A child in danger now: Not sure." in said
    assert "could not be sure" not in said


@pytest.mark.parametrize(("text", "kind"), [("what counts as danger?", "asked"), ("9", "not understood")])
def test_a_question_about_danger_is_no_answer_to_it(text, kind):
    talk = talked("refer")
    answer = talk.type(text)
    assert (answer.outcome.kind, talk.state.danger) == (kind, False)
    assert talk.type("why").outcome.kind == "why"
    assert talk.type("they're safe").outcome.kind == "answered"


def _numbers(area):
    for contact in vars(area.contacts).values():
        if isinstance(contact, Contact):
            yield from (number for number in (contact.phone, contact.night_phone) if number)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("hello", "refer", "protect", "practice")), st.lists(right, max_size=20), st.sampled_from(DANGERS)
)
def test_an_invented_areas_numbers_never_stand_in_a_danger_answer(door, way, danger):
    talk = Talk()
    talk.type(door)
    for step in way:
        step(talk)
    area = definitions().area
    numbers = [digits(str(number)) for number in _numbers(area)]
    assert area.invented
    assert numbers
    for answer in (talk.type(danger), talk.type("yes"), talk.type("where"), talk.say(Chosen(DOOR, ("danger",)))):
        shown = "".join(letter for letter in to_text(answer.reply) if letter.isdigit())
        assert not [number for number in numbers if number in shown]


def test_a_real_areas_numbers_stand_in_it_where_they_are_known():
    area = definitions("barnsley").area
    shown = to_text(Talk("barnsley").type(DANGERS[0]).reply)
    care = area.contacts.children_social_care
    for number in (care.phone, care.night_phone):
        assert number is None or str(number) in shown


def test_the_emergency_answer_carries_no_prompt_that_could_distract():
    answer = Talk().type(DANGERS[0])
    assert not any(isinstance(block, Choices | Form) for block in answer.reply.blocks)
    assert wording.LINE_999 not in to_text(answer.reply)


# Named, not found: finding them would play every conversation wherever tests are only collected.
WITHOUT_A_DIALOG = {"nothing begun", "which of several", "stopped", "which decision"}


@pytest.mark.parametrize("place", sorted(WITHOUT_A_DIALOG))
def test_where_no_dialog_is_in_hand_none_can_be_older(place):
    assert PLACES[place]().state.dialog is None


def replace_opened(kept):
    return replace(kept, opened=True)


@pytest.mark.parametrize("place", sorted(PLACES.keys() - WITHOUT_A_DIALOG))
def test_a_dialog_kept_from_older_questions_goes_on_and_says_so_once(place):
    talk = PLACES[place]()
    older = replace(talk.dialog, flow_version="older", said=(Said("asked no longer", "yes"), *talk.dialog.said))
    talk.state = replace(talk.state, dialog=older, danger=False)
    first, second = talk.type("where"), talk.type("where")
    assert asks_last(first.reply)
    assert wording.CHANGED_QUESTIONS not in to_text(second.reply)


@pytest.mark.parametrize("text", ["resume", "menu", "hello", "stop", "yes"])
def test_a_dialog_of_a_flow_that_is_gone_is_left_alone(text):
    talk = talked("refer", "no")
    gone = replace(talk.dialog, flow="gone")
    talk.state = replace(talk.state, dialog=gone, aside=(gone, replace(gone, confirmed=gone.said)))
    answer = talk.type(text)
    assert asks_last(answer.reply) or answer.outcome.kind in NOT_CARRYING_ON
    assert talk.type("resume").outcome.kind == "resumed"
