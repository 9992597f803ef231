"""What comes of words in the middle of a dialog that answer nothing: not understood, upset, or only a name."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import guide, librarian, wording, wording_aside
from bot.command_replies import reply_to
from bot.commands import Command
from bot.messages import Block, Choices, Text, Typed
from bot.moment import Moment, Outcome
from bot.prompts import again, asked_now, prompt
from dialogs.answers import InvalidAnswer, Option, looks_like_question, parse_choice
from dialogs.flow import UNSURE, Question
from dialogs.in_passing import InPassing, said_in_passing
from dialogs.typed_dates import parse_date
from knowledge.understanding import Found

_MEANT_BY = re.compile(r"^.*\b(?:mean|meant) by ")
SUPPORT = "support-for-staff"
"""The topic for whoever is shaken."""


def passing(moment: Moment) -> InPassing:
    """What the words typed in the middle of a dialog say of being asked; "" where they say anything else."""
    if moment.typed is None or not _is_under_way(moment):
        return ""
    said = said_in_passing(moment.typed)
    question = asked_now(moment)
    # Words of their own may tell of anything.
    return "" if said == "hard" and question is not None and question.kind == "text" else said


def aside(moment: Moment) -> Outcome | None:
    """What comes of words that answer nothing in the middle of a dialog, with the same question after it; else None."""
    if moment.typed is None or not _is_under_way(moment):
        return None
    said = passing(moment)
    if said == "why":
        return reply_to(moment, Command("why"))
    if said == "not understood":
        return _explained(moment, moment.typed)
    if said == "hard":
        return _kindly(moment)
    return _named(moment, moment.typed)


def _is_under_way(moment: Moment) -> bool:
    """Whether a dialog is in hand that asks something of its own now."""
    dialog, awaited = moment.dialog, moment.state.awaited
    if dialog is None or moment.state.danger or (awaited is not None and (awaited.step or awaited.account)):
        return False
    return awaited is not None or not moment.decided(dialog)


def _explained(moment: Moment, text: str) -> Outcome:
    """What a word means that a topic explains; else why the question is asked, and that it need not be known."""
    question = asked_now(moment)
    if (found := _defined(moment, _MEANT_BY.sub("what is ", text.casefold()))) is not None:
        return librarian.named(moment, found)
    if question is None:
        return again(moment, "explained", "What does that mean?", Text.of(wording.WHY_OTHER))
    why = wording_aside.explained(question.why, may_be_unsure=_may_be_unsure(question))
    return again(moment, "explained", "What does that mean?", Text.of(why))


def _may_be_unsure(question: Question) -> bool:
    return question.kind in {"many", "date"} or any(option.id == UNSURE for option in question.options)


def _kindly(moment: Moment) -> Outcome:
    """A kind line; where danger is likely, what to do about it first."""
    is_danger = moment.heard is not None and moment.heard.danger is not None
    notice: tuple[Block, ...] = (wording.soft_danger(moment.definitions.area),) if is_danger else ()
    outcome = again(moment, "kind words", "That it is hard.", *notice, Text.of(wording_aside.KIND))
    offered = tuple(one for one in (SUPPORT,) if one in moment.definitions.library.topics)
    return replace(outcome, softly=is_danger, offered=offered)


def _named(moment: Moment, text: str) -> Outcome | None:
    """What is known of what is only named and answers nothing: a word that a topic explains, or a topic's title."""
    question = asked_now(moment)
    is_left = question is not None and question.kind == "text"
    if moment.understanding is None or moment.heard is None or is_left or looks_like_question(text):
        return None
    if not any(letter.isalpha() for letter in text) or _is_answer(moment, text):
        return None
    found = moment.understanding.find(moment.heard, incidents=False)
    if found.route == "clarify":
        return _noted(librarian.asked(moment))
    if (named := _titled(moment, text) or _defined(moment, f"what is {moment.heard.text.strip(' .!')}")) is not None:
        return _noted(librarian.named(moment, named))
    # Where other words are taken for "not sure", only a name is beyond doubt: the rest may tell of the child.
    if question is not None and question.unclear:
        return None
    return _noted(librarian.asked(moment)) if found.route == "answer" else None


def _titled(moment: Moment, text: str) -> Found | None:
    """What comes of a topic's whole title, and of nothing else."""
    said = text.strip(" .!").casefold()
    topics = moment.definitions.library.topics.values()
    topic = next((one.id for one in topics if one.title.casefold() == said), "")
    found = moment.understanding.weigh(said) if topic and moment.understanding is not None else None
    return found if found is not None and found.route == "answer" and found.topic == topic else None


def _defined(moment: Moment, text: str) -> Found | None:
    """What comes of asking for a word's meaning, where a topic says it and the text asks nothing else."""
    found = moment.understanding.weigh(text.casefold()) if moment.understanding is not None else None
    return found if found is not None and "defined" in found.log else None


def _noted(outcome: Outcome) -> Outcome:
    return replace(outcome, blocks=(Text.of(wording_aside.TAKEN_AS_QUESTION), *outcome.blocks))


def _is_answer(moment: Moment, text: str) -> bool:
    """Whether words answer what is asked now, or are so near to it that they are asked back."""
    awaited, question = moment.state.awaited, asked_now(moment)
    try:
        if question is not None and (awaited is None or awaited.kind == "new answer"):
            guide.understand(replace(question, unclear=""), "", Typed(text), moment.today)
            return True
        block = prompt(moment)[-1]
        if isinstance(block, Choices):
            parse_choice(text, tuple(Option(one.id, one.label) for one in block.options))
            return True
    except InvalidAnswer:
        return awaited is not None and awaited.kind == "date" and _is_day(moment, text)
    return False


def _is_day(moment: Moment, text: str) -> bool:
    try:
        parse_date(text, moment.today)
    except InvalidAnswer:
        return False
    return True
