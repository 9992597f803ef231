"""What the bot is waiting to hear, put as a prompt, so that it can always be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot import guide, wording, wording_aside, wording_cases, wording_going_on, wording_people
from bot.account_step import LEAVE as AS_IT_IS
from bot.account_step import AccountStep
from bot.carried import topics_in
from bot.case_step import LEAVE, CaseStep
from bot.commands import BEGIN
from bot.earlier import can_go_on_from, title_of
from bot.messages import Block, Choices, Option, Text
from bot.moment import Moment, Outcome
from bot.public_only import START, is_public_only, without_ways_in
from bot.reference import reference
from bot.state import SUGGESTIONS, Awaited, Dialog
from dialogs.date_words import spoken
from dialogs.flow import Flow, Question
from knowledge.learning import themes

DOOR = "door"
WHICH_DIALOG = "which-dialog"
WHICH_DECISION = "which-decision"
OVER = "over"
NONE = "none"
PROTECT = "protect"
AFTER = "after"


def doors() -> Choices:
    """The five ways to begin."""
    return Choices(DOOR, wording.DOOR_PROMPT, tuple(Option(one.id, one.label) for one in wording.DOORS))


def prompt(moment: Moment) -> tuple[Block, ...]:
    """What the bot is waiting to hear at this moment, asked again, with what can be chosen where it is spoken."""
    if is_public_only(moment.definitions.area, moment.turn.channel) and moment.state.awaited is not None:
        return tuple(without_ways_in(one) for one in _prompt(moment))
    return _prompt(moment)


def _prompt(moment: Moment) -> tuple[Block, ...]:
    dialog = moment.dialog
    if moment.state.awaited is not None:
        return _awaited_prompt(moment)
    if dialog is None:
        return (doors(),)
    place = moment.place(dialog)
    if place.next is not None:
        return guide.ask(moment.flow(dialog), dialog, place.next)
    if moment.decided(dialog):
        return (Choices(guide.prompt_id(dialog, AFTER), wording.AFTER_PROMPT, _after_options(moment, dialog)),)
    return guide.check(moment.flow(dialog), dialog)


def asked_now(moment: Moment) -> Question | None:
    """The question of the dialog in hand that is asked now, anew or again."""
    dialog, awaited = moment.dialog, moment.state.awaited
    if dialog is None:
        return None
    if awaited is not None and awaited.question:
        return moment.flow(dialog).question(awaited.question)
    return moment.place(dialog).next


def _after_options(moment: Moment, dialog: Dialog) -> tuple[Option, ...]:
    """What may come after a decision: what may always, and the dialogs that are worth their button there."""
    *first, last = wording.AFTER_OPTIONS
    if moment.flow(dialog).stopped(moment.place(dialog).facts):
        return wording.AFTER_OPTIONS
    flows = moment.definitions.without_a_door
    found = (one for one in flows if one.entrance and dialog.flow in one.entrance.after)
    return (*first, *buttons(moment, found), last)


def buttons(moment: Moment, flows: Iterable[Flow]) -> tuple[Option, ...]:
    """The buttons of dialogs without a door of their own; one that has no decision to go on from has none."""
    return tuple(
        Option(f"{BEGIN}{flow.name}", flow.entrance.button)
        for flow in flows
        if flow.entrance and (flow.goes_on is None or can_go_on_from(moment, flow))
    )


def again(moment: Moment, kind: str, words: str, *blocks: Block) -> Outcome:
    """Says something and asks the same thing again; nothing has changed but what `moment` already holds."""
    return Outcome(moment.state, (*blocks, *prompt(moment)), kind, words)


def told(moment: Moment, kind: str, words: str, text: str) -> Outcome:
    """Says a sentence and asks the same thing again."""
    return again(moment, kind, words, Text.of(text))


def problem(
    moment: Moment, message: str, kind: str = "not understood", words: str = "Something I could not take."
) -> Outcome:
    """A kind complaint and the same question again; nothing has changed."""
    return again(moment, kind, words, Text.of(message, tone="problem"))


def stale(moment: Moment) -> Outcome:
    """A button, box or form of an earlier prompt was used: says so, and asks what is asked now."""
    words = "A choice from an earlier question." if moment.typed is None else "Words for an earlier question."
    return told(moment, "stale", words, wording.STALE)


def _awaited_prompt(moment: Moment) -> tuple[Block, ...]:
    awaited, dialog = moment.state.awaited, moment.dialog
    assert awaited is not None
    if awaited.step is not None:
        return (step_prompt(awaited.step),)
    if awaited.account is not None:
        return (account_prompt(awaited.account),)
    if awaited.kind in SUGGESTIONS:
        return (_suggestions(moment, awaited),)
    if awaited.kind == "which dialog":
        return (Choices(WHICH_DIALOG, "Which one?", _dialog_options(moment)),)
    if awaited.kind == "which decision":
        return (Choices(WHICH_DECISION, wording_going_on.WHICH_DECISION, _decision_options(moment, awaited.question)),)
    assert dialog is not None
    flow = moment.flow(dialog)
    if awaited.kind == "which change":
        return guide.which_change(flow, dialog)
    if awaited.kind == "start over":
        return (Choices(guide.prompt_id(dialog, OVER), wording.START_OVER_ASK, wording.YES_NO),)
    if awaited.kind == "apply change":
        return (Choices(guide.prompt_id(dialog, guide.APPLY), wording.APPLY_PROMPT, wording.YES_NO),)
    question = flow.question(awaited.question)
    assert question is not None
    if awaited.kind == "date":
        days = tuple(date.fromisoformat(day) for day in awaited.answers)
        return guide.confirm_date(dialog, question, days, "Which day do you mean?")
    return guide.ask(flow, dialog, question, counted=False)


def step_prompt(step: CaseStep) -> Choices:
    """What is asked about a case."""
    options = tuple(Option(id_, label) for id_, label in step.options)
    return Choices(step.prompt, step.text, (*options, Option(LEAVE, wording_cases.LEAVE_IT)))


def account_prompt(step: AccountStep) -> Choices:
    """What is asked about accounts, roles or absence."""
    options = tuple(Option(id_, label) for id_, label in (*step.options, (AS_IT_IS, wording_people.LEAVE_IT)))
    return Choices(step.prompt, step.text, options, help=step.help)


def _suggestions(moment: Moment, awaited: Awaited) -> Choices:
    """What stands under an answer: what may come next, or the topics that may be meant."""
    library = moment.definitions.library
    menu = Option("menu", wording.MENU)
    if awaited.kind == "next":
        topic = library.topics.get(awaited.question)
        related = _topics(moment, topic.related[:2] if topic else ())
        more = (Option("more", wording.MORE),) if "more" in awaited.answers else ()
        reviews = (Option("reviews", wording.REVIEWS),) if topic and topic.reviews else ()
        flows = moment.definitions.without_a_door
        begin = buttons(moment, (one for one in flows if one.entrance and awaited.question in one.entrance.topics))
        return Choices(f"next-{awaited.question}", wording.NEXT_PROMPT, (*more, *related, *reviews, *begin, menu))
    if awaited.kind == "offer":
        referral = (Option(PROTECT, wording_aside.REFER_NOW),) if awaited.question == PROTECT else ()
        options = (*referral, *_topics(moment, awaited.answers), Option(NONE, wording.NONE_OF_THESE))
        return Choices("offer", wording.OFFER_PROMPT, options)
    if awaited.kind == "incident":
        start, protect = Option(START, wording.INCIDENT_START), Option(PROTECT, wording.INCIDENT_PROTECT)
        first = (protect, start) if awaited.question == PROTECT else (start, protect)
        options = (*first, *_topics(moment, topics_in(awaited.answers)), menu)
        return Choices("incident", wording.INCIDENT_PROMPT, options)
    if awaited.kind == "theme":
        names = tuple(Option(f"theme-{at}", name.capitalize()) for at, name in enumerate(themes(library.reviews)))
        return Choices("theme", wording.THEME_PROMPT, (*names, menu))
    return Choices("unanswered", wording.UNANSWERED_PROMPT, (Option("tell-me", wording.TELL_ME), menu))


def _topics(moment: Moment, ids: Iterable[str]) -> tuple[Option, ...]:
    """The topics that there are, to choose from; one may have been taken away since it was offered."""
    topics = moment.definitions.library.topics
    return tuple(Option(one, topics[one].title) for one in ids if one in topics)


def _decision_options(moment: Moment, name: str) -> tuple[Option, ...]:
    """The decisions that a dialog can go on from, with the way back to the menu."""
    found = can_go_on_from(moment, moment.definitions.flows[name])
    options = (Option(f"d{one.number}", _decision_label(moment, one)) for one in found)
    return (*options, Option("menu", wording.MENU))


def _decision_label(moment: Moment, dialog: Dialog) -> str:
    decided = spoken(date.fromisoformat(dialog.confirmed_on))
    return f"{title_of(moment, dialog)} ({reference(moment.conversation, dialog)}, decided {decided})"


def _dialog_options(moment: Moment) -> tuple[Option, ...]:
    return tuple(_dialog_option(moment, one) for one in moment.unfinished())


def _dialog_option(moment: Moment, dialog: Dialog) -> Option:
    flow = moment.flow(dialog)
    answered = len(guide.shown_answers(flow, dialog))
    started = spoken(date.fromisoformat(dialog.started))
    count = f"{answered} answer{'' if answered == 1 else 's'}"
    return Option(f"d{dialog.number}", f"{flow.title} (begun {started}, {count} so far)")
