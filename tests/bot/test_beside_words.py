"""Words that came with a photo or a file are answered like typed ones; what came with them is never looked at."""

from __future__ import annotations

from bot import wording, wording_channels
from bot.messages import Attached, Text, Typed

from .talk import Talk

NOTE = Text.of(wording_channels.BESIDE_WORDS, tone="note")
DANGER = "he is strangling her right now"


def beside(words: str) -> Attached:
    return Attached(words, is_own=True)


def test_a_question_beside_a_photo_is_answered_as_if_it_stood_alone():
    alone, with_photo = Talk().say(Typed("what is a LADO?")), Talk().say(beside("what is a LADO?"))
    assert NOTE in with_photo.reply.blocks
    assert tuple(one for one in with_photo.reply.blocks if one != NOTE) == alone.reply.blocks
    assert with_photo.outcome.state == alone.outcome.state


def test_an_answer_beside_a_photo_answers_what_is_asked():
    talk = Talk()
    talk.say(Typed("refer"))
    talk.say(beside("no"))
    assert talk.state.dialog is not None
    assert talk.state.dialog.said


def test_danger_beside_a_photo_is_answered_by_999_alone():
    reply = Talk().say(beside(DANGER)).reply
    assert wording.emergency(Talk().moment().definitions.area) in reply.blocks
    assert NOTE not in reply.blocks


def test_while_danger_stands_999_comes_before_the_word_on_the_photo():
    talk = Talk()
    talk.say(Typed(DANGER))
    answer = talk.say(beside("she is upstairs"))
    assert answer.outcome.emergency
    assert answer.reply.blocks.index(wording.emergency(talk.moment().definitions.area)) == 0


def test_what_to_do_first_comes_before_the_word_on_the_photo():
    blocks = Talk().say(beside("a boy told me his stepdad touches him at night")).reply.blocks
    first = next(one for one in blocks if isinstance(one, Text) and "999" in "".join(map(str, one.runs)))
    assert NOTE not in blocks or blocks.index(first) < blocks.index(NOTE)


def test_words_of_others_are_heard_and_answered_by_nobody():
    passed_on = Talk().say(Attached("what is a LADO?")).reply
    assert Text.of(f"{wording_channels.ATTACHED} {wording_channels.WORDS_BESIDE}") in passed_on.blocks
    assert wording.emergency(Talk().moment().definitions.area) in Talk().say(Attached(DANGER)).reply.blocks
