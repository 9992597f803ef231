"""What comes of answers to what the bot asks outside a flow: which date, which answer to change, are you sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answering import accept, apply_change
from bot.beginning import begin, go_on_from, take_up
from bot.case_answers import answered
from bot.earlier import can_go_on_from
from bot.librarian import asked
from bot.messages import Choices, Chosen, Option, Said
from bot.moment import Moment, Outcome
from bot.prompts import again, asked_now, problem, prompt, stale, told
from bot.state import Awaited, AwaitedKind
from dialogs.answers import InvalidAnswer, looks_like_question, parse_choice
from dialogs.answers import Option as Answer
from dialogs.typed_dates import Understood, parse_date


def heard(moment: Moment) -> Outcome | None:
    """What comes of an answer to what is awaited, or None where nothing is."""
    awaited = moment.state.awaited
    if awaited is None:
        return None
    if awaited.step is not None:
        return answered(moment, awaited.step)
    if awaited.account is not None:
        # Whatever answers it has been taken before this; a question is left.
        return asked(moment) if moment.typed is not None else stale(moment)
    is_question = moment.typed is not None and looks_like_question(moment.typed)
    if is_question and not _is_option(moment) and not _in_own_words(moment):
        return asked(moment)
    if awaited.kind == "new answer":
        return _new_answer(moment, awaited)
    block = prompt(moment)[-1]
    assert isinstance(block, Choices)
    if moment.typed is None and not _is_of(block, moment.turn.said):
        return stale(moment)
    try:
        chosen = _choice(moment, block)
    except InvalidAnswer as slip:
        if awaited.kind == "date" and moment.typed is not None:
            return _another_date(moment, awaited, slip)
        return problem(moment, slip.message)
    return _HEARD[awaited.kind](moment, awaited, chosen)


def _is_option(moment: Moment) -> bool:
    block = prompt(moment)[-1]
    said = (moment.typed or "").casefold().strip(" .")
    return isinstance(block, Choices) and any(said == option.label.casefold().strip(" .") for option in block.options)


def _in_own_words(moment: Moment) -> bool:
    """Whether a question for words of their own is asked again: they may begin like a question."""
    question = asked_now(moment)
    return question is not None and question.kind == "text"


def _is_of(block: Choices, said: Said) -> bool:
    """Whether something pressed stands in this block."""
    ids = said.ids if isinstance(said, Chosen) and said.prompt == block.prompt else ()
    return ids in {(option.id,) for option in block.options}


def _choice(moment: Moment, block: Choices) -> str:
    said = moment.turn.said
    if isinstance(said, Chosen):
        return said.ids[0]
    options = tuple(Answer(option.id, option.label, also=_also(option)) for option in block.options)
    return parse_choice(moment.typed or "", options)


def _also(option: Option) -> tuple[str, ...]:
    return ("neither", "no", "other", "another day", "a different day") if option.id == "other" else ()


def _new_answer(moment: Moment, awaited: Awaited) -> Outcome:
    dialog = moment.dialog
    assert dialog is not None
    question = moment.flow(dialog).question(awaited.question)
    assert question is not None
    return accept(moment, dialog, question)


def _which_change(moment: Moment, _: Awaited, chosen: str) -> Outcome:
    dialog = moment.dialog
    assert dialog is not None
    question = moment.flow(dialog).question(chosen)
    assert question is not None
    state = replace(moment.state, awaited=Awaited("new answer", chosen))
    return Outcome(state, prompt(moment.at(state)), "changing", f"Change: {question.short}.")


def _apply(moment: Moment, awaited: Awaited, chosen: str) -> Outcome:
    dialog = moment.dialog
    assert dialog is not None
    if chosen == "yes":
        return apply_change(moment, dialog, awaited.question, awaited.answers[0], "Yes.")
    state = replace(moment.state, awaited=None)
    return told(moment.at(state), "change left", "No.", wording.CHANGE_LEFT)


def _start_over(moment: Moment, _: Awaited, chosen: str) -> Outcome:
    dialog = moment.dialog
    assert dialog is not None
    if chosen == "yes":
        kept = (dialog.practice, dialog.earlier, dialog.case)
        return begin(moment, dialog.flow, practice=kept[0], words="Start over.", earlier=kept[1], case=kept[2])
    state = replace(moment.state, awaited=None)
    return told(moment.at(state), "start over left", "No.", wording.CHANGE_LEFT)


def _which_dialog(moment: Moment, _: Awaited, chosen: str) -> Outcome:
    number = int(chosen.removeprefix("d"))
    dialog = next(one for one in moment.state.aside if one.number == number)
    return take_up(moment, dialog)


def _which_decision(moment: Moment, awaited: Awaited, chosen: str) -> Outcome:
    here = moment.at(replace(moment.state, awaited=None))
    if chosen == "menu":
        return again(here, "menu", "Menu.")
    flow = moment.definitions.flows[awaited.question]
    found = next(one for one in can_go_on_from(here, flow) if f"d{one.number}" == chosen)
    return go_on_from(here, flow, found)


def _date(moment: Moment, awaited: Awaited, chosen: str) -> Outcome:
    dialog = moment.dialog
    assert dialog is not None
    question = moment.flow(dialog).question(awaited.question)
    assert question is not None
    state = replace(moment.state, awaited=None)
    if chosen == "other":
        state = replace(moment.state, awaited=Awaited("new answer", question.name))
        return Outcome(state, prompt(moment.at(state)), "date not meant", "Another day.")
    day = date.fromisoformat(chosen)
    state_again = replace(moment.state, awaited=Awaited("new answer", question.name))
    if question.ahead and day < moment.today:
        return problem(moment.at(state_again), wording.has_passed(day), "date passed", "A date that has passed.")
    if day > moment.today and not question.ahead:
        return problem(moment.at(state_again), wording.not_yet(day), "date to come", "A date to come.")
    return accept(moment.at(state), dialog, question, answer=chosen)


def _another_date(moment: Moment, awaited: Awaited, slip: InvalidAnswer) -> Outcome:
    """A date typed where a yes was asked for is taken as the date meant."""
    try:
        read = parse_date(moment.typed or "", moment.today)
    except InvalidAnswer:
        return problem(moment, slip.message)
    days = {day.isoformat() for day in ((read.on,) if isinstance(read, Understood) else read.on)}
    meant = days & set(awaited.answers)
    if len(meant) == 1:
        return _date(moment, awaited, meant.pop())
    return _new_answer(moment.at(replace(moment.state, awaited=Awaited("new answer", awaited.question))), awaited)


_HEARD: dict[AwaitedKind, Callable[[Moment, Awaited, str], Outcome]] = {
    "which change": _which_change,
    "apply change": _apply,
    "start over": _start_over,
    "which dialog": _which_dialog,
    "which decision": _which_decision,
    "date": _date,
}
