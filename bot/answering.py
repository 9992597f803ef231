"""Takes an answer to a question: moves on, reads a date back, warns what a change would do, and decides at the end."""

from __future__ import annotations

from dataclasses import replace

from bot import guide, wording
from bot.decided import decided_outcome
from bot.librarian import asked
from bot.messages import Block, Bullets, Chosen, Filled, Text, Typed
from bot.moment import Moment, Outcome
from bot.prompts import asked_now, problem, prompt, stale, told
from bot.state import Awaited, Dialog
from dialogs.answers import InvalidAnswer, looks_like_question, parse_choice
from dialogs.answers import Option as Answer
from dialogs.flow import Question
from dialogs.walk import Said, change_effect


def answer(moment: Moment) -> Outcome | None:
    """What comes of an answer to the dialog in hand, or None where there is no dialog."""
    dialog = moment.dialog
    if dialog is None:
        return None
    place = moment.place(dialog)
    if place.next is not None:
        return accept(moment, dialog, place.next)
    if moment.decided(dialog):
        return None
    return _checked(moment, dialog)


def answers_what_is_asked(moment: Moment) -> bool:
    """Whether words typed are one of the answers offered now: then they are that, whatever else they could mean."""
    question = asked_now(moment)
    if question is None or question.kind not in {"choice", "many"} or moment.typed is None:
        return False
    try:
        # Where any words at all are taken for an answer, that does not make them one that is offered.
        guide.understand(replace(question, unclear=""), "", Typed(moment.typed), moment.today)
    except InvalidAnswer:
        return False
    return True


def is_asked(moment: Moment) -> bool:
    """Whether something is asked now to which any words may be the answer: a dialog's question, or words of their own.

    What may come after a decision, and a choice about a case, are not: whatever else is said there is meant.
    """
    awaited, dialog = moment.state.awaited, moment.dialog
    if awaited is not None and awaited.step is not None:
        return awaited.step.takes == "words"
    if awaited is not None and awaited.account is not None:
        return True
    return asked_now(moment) is not None or (dialog is not None and not moment.decided(dialog))


def accept(moment: Moment, dialog: Dialog, question: Question, answer: str | None = None) -> Outcome:
    """Takes what was said as the answer to a question, new or changed; `answer` is one already understood."""
    if answer is None:
        understood = _understood(moment, dialog, question)
        if isinstance(understood, Outcome):
            return understood
        answer = understood
    if question.name in moment.place(dialog).by_name:
        return _changed(moment, dialog, question, answer)
    return _moved_on(moment, guide.answered(dialog, question.name, answer), question, answer)


def change(moment: Moment) -> Outcome:
    """Asks which answer to change."""
    dialog = moment.dialog
    if dialog is None or not guide.shown_answers(moment.flow(dialog), dialog):
        return told(moment, "change", "Change an answer.", wording.NOTHING_TO_CHANGE)
    state = replace(moment.state, awaited=Awaited("which change"))
    return Outcome(state, prompt(moment.at(state)), "change", "Change an answer.")


def apply_change(moment: Moment, dialog: Dialog, name: str, answer: str, words: str) -> Outcome:
    """Replaces an earlier answer and goes on from there."""
    question = moment.flow(dialog).question(name)
    assert question is not None
    return _moved_on(moment, guide.answered(dialog, name, answer), question, answer, words)


def _understood(moment: Moment, dialog: Dialog, question: Question) -> str | Outcome:
    said, prompt_id = moment.turn.said, guide.prompt_id(dialog, question.name)
    under = said.prompt if isinstance(said, Chosen) else said.form if isinstance(said, Filled) else prompt_id
    if under != prompt_id:
        return stale(moment)
    if question.kind == "text" and (moment.typed or "").rstrip().endswith("?"):
        # Words of their own may begin like a question; only its mark says that they are one.
        return asked(moment)
    try:
        above = guide.reason_above(moment.flow(dialog), dialog, question)
        given = guide.understand(question, prompt_id, said, moment.today, above)
    except InvalidAnswer as slip:
        if moment.typed is not None and looks_like_question(moment.typed) and question.kind != "text":
            return asked(moment)
        return problem(moment, slip.message)
    if isinstance(given, guide.Given):
        return given.answer
    days = tuple(day.isoformat() for day in given.dates)
    state = replace(moment.state, awaited=Awaited("date", question.name, days))
    blocks = guide.confirm_date(dialog, question, given.dates, given.text)
    return Outcome(state, blocks, "date read back", "A date.")


def _changed(moment: Moment, dialog: Dialog, question: Question, answer: str) -> Outcome:
    flow, words = moment.flow(dialog), guide.words(question, answer)
    noted = f"{question.short}: {guide.noted(question, answer)}"
    if moment.place(dialog).by_name[question.name] == answer:
        state = replace(moment.state, awaited=None)
        return told(moment.at(state), "change left", noted, wording.CHANGE_LEFT)
    effect = change_effect(flow, dialog.all_said, Said(question.name, answer))
    if not effect.drops and not effect.opens:
        return apply_change(moment, dialog, question.name, answer, noted)
    blocks: list[Block] = [Text.of(wording.change_asked(question.short, words))]
    if effect.drops:
        blocks.append(Text.of(wording.CHANGE_DROPS, Bullets(tuple(q.short for q in effect.drops))))
    if effect.opens:
        blocks.append(Text.of(wording.CHANGE_OPENS, Bullets(tuple(q.short for q in effect.opens))))
    state = replace(moment.state, awaited=Awaited("apply change", question.name, (answer,)))
    return Outcome(state, (*blocks, *prompt(moment.at(state))), "change asked", noted)


def _moved_on(moment: Moment, dialog: Dialog, question: Question, answer: str, words: str = "") -> Outcome:
    state = moment.state.with_dialog(dialog)
    here = moment.at(state)
    said = words or guide.noted(question, answer)
    flow = moment.flow(dialog)
    place = here.place(dialog)
    if place.facts.get("danger_now") in {"yes", "unsure"}:
        state = replace(state, danger=True)
        understood = guide.echo(question, answer, moment.turn.said) if question.name == "danger_now" else ()
        blocks = (wording.emergency(moment.definitions.area), *understood, Text.of(wording.DANGER_KEPT))
        return Outcome(state, blocks, "danger", said, emergency=True)
    if place.next is None and flow.stopped(place.facts):
        return decided_outcome(here, dialog, said)
    return Outcome(state, (*guide.echo(question, answer, moment.turn.said), *prompt(here)), "answered", said)


def _checked(moment: Moment, dialog: Dialog) -> Outcome:
    """What comes of "is everything right?"."""
    said = moment.turn.said
    if not isinstance(said, Typed | Chosen):
        return stale(moment)
    if isinstance(said, Chosen):
        known = {(option.id,) for option in wording.CHECK_OPTIONS}
        if said.prompt != guide.prompt_id(dialog, guide.CHECK) or said.ids not in known:
            return stale(moment)
        chosen = said.ids[0]
    else:
        also = {"confirm": ("yes", "confirm", "correct", "all right", "show the decision"), "change": ("no",)}
        options = tuple(Answer(one.id, one.label, also=also[one.id]) for one in wording.CHECK_OPTIONS)
        try:
            chosen = parse_choice(said.text, options)
        except InvalidAnswer as slip:
            if looks_like_question(said.text):
                return asked(moment)
            return problem(moment, slip.message)
    return decided_outcome(moment, dialog, "Yes, show the decision.") if chosen == "confirm" else change(moment)
