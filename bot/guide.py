"""Leads a person through a flow: asks, says why, takes an answer, goes back, and reads answers out for checking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from bot import wording
from bot.messages import Block, Card, Choices, Chosen, Field, Filled, Form, Option, Said, Text, Typed
from bot.state import Dialog
from dialogs.ages import parse_age
from dialogs.answers import InvalidAnswer, parse_choice, parse_many, parse_plainly, says_unsure
from dialogs.date_words import spoken
from dialogs.days_ahead import days_ahead
from dialogs.flow import NONE_OF_THESE, UNSURE, Flow, Question
from dialogs.own_words import parse_words
from dialogs.typed_dates import ReadBack, Understood, from_parts, parse_date
from dialogs.walk import Said as Answer
from dialogs.walk import questions_left, walk

CHECK = "check"
WHICH = "which"
APPLY = "apply"
DATE_CHECK = "date"


@dataclass(frozen=True)
class Given:
    """An answer as understood."""

    answer: str


@dataclass(frozen=True)
class ToConfirm:
    """A date that needs a yes: the readings, and the sentence to ask with."""

    dates: tuple[date, ...]
    text: str


def prompt_id(dialog: Dialog, name: str) -> str:
    """The id of a prompt, so that a button pressed late is known for what it is."""
    return f"{dialog.number}-{name}"


def words(question: Question, answer: str) -> str:
    """An answer in words; a date with its weekday."""
    if question.kind == "date" and answer != UNSURE:
        return spoken(date.fromisoformat(answer))
    return question.label(answer)


def noted(question: Question, answer: str) -> str:
    """An answer as the timeline has it: a person's own words stand with the answers only."""
    if question.kind == "text":
        return wording.IN_OWN_WORDS
    return f"{words(question, answer)}."


def ask(flow: Flow, dialog: Dialog, question: Question, *, counted: bool = True) -> tuple[Block, ...]:
    """The blocks that ask a question, with how many are likely left."""
    left = (Text.of(wording.left(questions_left(flow, dialog.all_said)), tone="note"),) if counted else ()
    prompt = prompt_id(dialog, question.name)
    if question.kind == "date":
        how = wording.DATE_AHEAD_HELP if question.ahead else wording.DATE_HELP
        help_text = " ".join(part for part in (question.help, how) if part)
        return (*left, Form(prompt, question.text, (Field("date", question.short, "date", help_text),)))
    if question.kind == "text":
        return (*left, Form(prompt, question.text, (Field("words", question.short, "long", question.help),)))
    options = tuple(Option(one.id, one.label, one.hint) for one in question.options)
    if question.kind == "many":
        options = (*options, Option(NONE_OF_THESE, "None of these"), Option(UNSURE, "Not sure"))
    return (*left, Choices(prompt, question.text, options, many=question.kind == "many", help=question.help))


def check(flow: Flow, dialog: Dialog) -> tuple[Block, ...]:
    """The answers read back, and whether they are right."""
    return (
        Card("Your answers", facts_shown(flow, dialog)),
        *_doubts(walk(flow, dialog.all_said).by_name),
        Choices(prompt_id(dialog, CHECK), wording.CHECK_PROMPT, wording.CHECK_OPTIONS),
    )


def _doubts(answers: Mapping[str, str]) -> tuple[Block, ...]:
    aware_on, notified_on = answers.get("aware_on", UNSURE), answers.get("notified_on", UNSURE)
    crossed = UNSURE not in (aware_on, notified_on) and notified_on < aware_on
    return (Text.of(wording.DATES_CROSS, tone="note"),) if crossed else ()


def which_change(flow: Flow, dialog: Dialog) -> tuple[Block, ...]:
    """The answers that can be changed, to choose from."""
    options = tuple(
        Option(question.name, question.short, words(question, answer))
        for question, answer in shown_answers(flow, dialog)
    )
    return (Choices(prompt_id(dialog, WHICH), wording.CHANGE_PROMPT, options),)


def shown_answers(flow: Flow, dialog: Dialog) -> tuple[tuple[Question, str], ...]:
    """The answers worth reading back: all but the plain "I understand"."""
    return tuple((one, answer) for one, answer in walk(flow, dialog.all_said).answers if one.kind != "ready")


def facts_shown(flow: Flow, dialog: Dialog) -> tuple[tuple[str, str], ...]:
    """The answers worth reading back, each with the reason given for it."""
    answers = shown_answers(flow, dialog)
    reasons = {one.reason_for: answer for one, answer in answers if one.reason_for}
    return tuple(
        (question.short, reasoned(words(question, answer), reasons.get(question.name, "")))
        for question, answer in answers
        if not question.reason_for
    )


def reasoned(answer: str, reason: str) -> str:
    """An answer with the reason for it."""
    return f"{answer}. {reason}" if reason else answer


def reason_above(flow: Flow, dialog: Dialog, question: Question) -> str:
    """The reason that stands right above the answer a question asks the reason for; empty where there is none."""
    answers = walk(flow, dialog.all_said).answers
    before = tuple(takewhile(lambda pair: pair[0].name != question.name, answers))[-2:]
    stands = len(before) == 2 and before[0][0].reason_for and before[1][0].name == question.reason_for
    return before[0][1] if stands else ""


def understand(question: Question, prompt: str, said: Said, today: date, above: str = "") -> Given | ToConfirm:
    """The answer meant, of words of their own that of the reason `above` where they say so.

    Raises InvalidAnswer with a kind sentence where it is not one.
    """
    if isinstance(said, Chosen):
        return Given(_chosen(question, said))
    if isinstance(said, Filled):
        return _filled(question, prompt, said, today, above)
    if not isinstance(said, Typed):
        raise InvalidAnswer(wording.STALE)
    if question.kind == "text":
        return Given(parse_words(said.text, above))
    if question.kind == "date":
        return _date(question, said.text, today)
    if question.kind == "many":
        return Given(UNSURE if says_unsure(said.text) else _many(question, said.text))
    if question.unclear:
        return Given(parse_plainly(said.text, question.options, question.unclear))
    parse = parse_age if question.takes_ages else parse_choice
    return Given(parse(said.text, question.options))


def _many(question: Question, text: str) -> str:
    shown = len(question.options)
    # The last two numbers on the list are "None of these" and "Not sure".
    alone = {str(shown + 1): NONE_OF_THESE, str(shown + 2): UNSURE}
    if (number := text.strip(" .)")) in alone:
        return alone[number]
    if set(re.findall(r"\d+", text)) & set(alone):
        raise InvalidAnswer(wording.STANDS_ALONE)
    return ",".join(parse_many(text, question.options)) or NONE_OF_THESE


def _chosen(question: Question, said: Chosen) -> str:
    alone = {NONE_OF_THESE, UNSURE} & set(said.ids)
    if question.kind == "many" and alone and len(said.ids) > 1:
        raise InvalidAnswer(wording.STANDS_ALONE)
    beside = {"many": [NONE_OF_THESE, UNSURE], "date": [UNSURE]}.get(question.kind, [])
    known = [*beside, *(option.id for option in question.options)]
    answer = ",".join(one for one in known if one in said.ids) or NONE_OF_THESE
    if question.kind != "many" and len(said.ids) != 1:
        raise InvalidAnswer("Please choose one answer.")
    if not set(said.ids) <= set(known) or not question.fits(answer):
        raise InvalidAnswer("Please choose one of the answers shown.")
    return answer


def _filled(question: Question, prompt: str, said: Filled, today: date, above: str) -> Given | ToConfirm:
    values = dict(said.values)
    if said.form != prompt or question.kind not in {"date", "text"}:
        raise InvalidAnswer(wording.STALE)
    if question.kind == "text":
        return Given(parse_words(values.get("words", ""), above))
    if typed := values.get("date", "").strip():
        return _date(question, typed, today)
    read = from_parts(values.get("day", ""), values.get("month", ""), values.get("year", ""), today)
    return _reading(question, read, today)


def _date(question: Question, text: str, today: date) -> Given | ToConfirm:
    if says_unsure(text):
        return Given(UNSURE)
    try:
        read = parse_date(text, today)
    except InvalidAnswer as slip:
        if not question.ahead or slip.field:
            raise
        days = days_ahead(text, today)
        return Given(days[0].isoformat()) if len(days) == 1 else ToConfirm(days, wording.day_meant(days))
    return _reading(question, read, today)


def _reading(question: Question, read: Understood | ReadBack, today: date) -> Given | ToConfirm:
    if question.ahead:
        return _ahead(read, today)
    return ToConfirm(read.on, read.text) if isinstance(read, ReadBack) else Given(read.on.isoformat())


def _ahead(read: Understood | ReadBack, today: date) -> Given | ToConfirm:
    """A day to come: days that have passed are not meant, and one that is still to come needs no yes."""
    days = read.on if isinstance(read, ReadBack) else (read.on,)
    coming = tuple(day for day in days if day >= today)
    if not coming:
        raise InvalidAnswer(wording.has_passed(days[0]))
    if len(coming) == 1 and (isinstance(read, Understood) or read.why == "future"):
        return Given(coming[0].isoformat())
    return ToConfirm(coming, wording.day_meant(coming))


def confirm_date(dialog: Dialog, question: Question, dates: tuple[date, ...], text: str) -> tuple[Block, ...]:
    """Asks which date is meant."""
    if len(dates) == 1:
        options: tuple[Option, ...] = (
            Option(dates[0].isoformat(), f"Yes, {spoken(dates[0])}"),
            Option("other", "No, another day"),
        )
    else:
        options = (*(Option(day.isoformat(), spoken(day)) for day in dates), Option("other", "Another day"))
    return (Choices(prompt_id(dialog, f"{DATE_CHECK}-{question.name}"), text, options),)


def answered(dialog: Dialog, question: str, answer: str) -> Dialog:
    """The dialog with one more answer said."""
    return replace(dialog, said=(*dialog.said, Answer(question, answer)))


def taken_back(dialog: Dialog) -> Dialog:
    """The dialog with its last answer forgotten."""
    return replace(dialog, said=dialog.said[:-1])


def without(dialog: Dialog, question: str) -> Dialog:
    """The dialog with every answer to one question forgotten."""
    return replace(dialog, said=tuple(one for one in dialog.said if one.question != question))


def echo(question: Question, answer: str, said: Said) -> tuple[Block, ...]:
    """What was understood, said back where it was typed rather than pressed; own words always, as they are kept."""
    if question.kind == "text":
        return (Text.of(f"{question.short}: {words(question, answer)}", tone="plain"),)
    if isinstance(said, Typed) and question.kind != "ready":
        if answer == question.unclear and not _says(question, answer, said.text):
            return (Text.of(wording.taken_as(question.short, words(question, answer)), tone="plain"),)
        return (Text.of(f"{question.short}: {words(question, answer)}.", tone="plain"),)
    return ()


def _says(question: Question, answer: str, text: str) -> bool:
    try:
        return parse_choice(text, question.options) == answer
    except InvalidAnswer:
        return False
