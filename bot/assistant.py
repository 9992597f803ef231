"""One turn and its answer: the ordered list of what is tried, danger first; values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot import mind, wording, wording_aside
from bot.account_answers import account
from bot.account_commands import account_ask
from bot.answering import answer, answers_what_is_asked, is_asked
from bot.aside import aside, passing
from bot.awaiting import heard
from bot.beginning import refreshed, resume, unfinished_line
from bot.case_answers import about_the_same, option_named, pressed_on_case
from bot.choosing import chooses, chosen, let_go
from bot.command_replies import emergency, held, reply_to
from bot.commands import BEGIN, Command, command, plainly
from bot.late import HARMLESS, is_late, speaks_of_danger
from bot.librarian import asked, more
from bot.messages import COMMAND, Attached, Block, Choices, Chosen, Edited, Option, Reply, Text, Typed
from bot.moment import Moment, Outcome
from bot.not_words import beside_words, by_its_words, not_words
from bot.privacy import privacy
from bot.prompts import DOOR, asked_now, problem, prompt, stale
from bot.shortcuts import shortcuts
from dialogs.answers import InvalidAnswer, looks_like_question, parse_choice
from dialogs.answers import Option as Choice
from knowledge.danger import detect
from knowledge.harm_told import tells_of_harm
from knowledge.harm_words import names_harm
from knowledge.hearing import EXAMPLE

Attempt = Callable[[Moment], Outcome | None]
"""Says what comes of a turn, or None where it is for another to say."""


_HELPED = (Option("helped", wording.HELPED), Option("not-helped", wording.NOT_HELPED))


@dataclass(frozen=True)
class Answer:
    """What comes of a turn, with the reply as it is said."""

    outcome: Outcome
    reply: Reply


def handle(moment: Moment) -> Answer:
    """The answer to a turn. Whatever was said, there is one."""
    sent = moment.turn.said
    moment = by_its_words(_listened(moment))
    # Neither answers anything, so what was suggested stays.
    answers_nothing = isinstance(moment.turn.said, Edited | Attached)
    moment, changed = refreshed(moment if answers_nothing else let_go(moment))
    outcome = _tried(moment, TRIED)
    if outcome.state.recorded and not answers_nothing and outcome.kind != "back":
        outcome = replace(outcome, state=replace(outcome.state, recorded=False))
    if changed and not outcome.emergency:
        outcome = replace(outcome, blocks=(Text.of(wording.CHANGED_QUESTIONS), *outcome.blocks))
    if isinstance(sent, Attached) and not isinstance(moment.turn.said, Attached):
        outcome = beside_words(outcome)
    outcome = _with_notice(moment, outcome)
    return Answer(outcome, spoken(moment, outcome))


def question(moment: Moment) -> Answer:
    """The answer to words that are a question whatever they are, for a program that asks nothing else."""
    moment = _listened(moment)
    outcome = _with_notice(moment, _tried(moment, (_unreadable, _danger, _more, asked)))
    return Answer(outcome, spoken(moment, outcome))


def _tried(moment: Moment, attempts: Sequence[Attempt]) -> Outcome:
    return next(found for found in (attempt(moment) for attempt in attempts) if found is not None)


def _with_notice(moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome with what to do first where the words may tell of danger."""
    if moment.heard is None or outcome.emergency:
        return outcome
    danger, told = moment.heard.danger, _in_own_words(moment) and tells_of_harm(moment.words or "")
    few = 0 if told else _FEW if _tells(moment, outcome) else _FEW_FOR_A_NOTICE
    if (danger is None and not told) or _is_plain(moment, few):
        return outcome
    notice = wording.soft_danger(moment.definitions.area)
    # An incident told as over is that before all else, unless it hardly is over.
    is_incident = outcome.found is not None and outcome.found.route == "refer"
    softly = (danger is not None and danger.pressing) or not is_incident
    return replace(outcome, blocks=(notice, *outcome.blocks), softly=softly)


def _tells(moment: Moment, outcome: Outcome) -> bool:
    """Whether few words may tell something: they answered nothing, or are in their own words and name harm."""
    if outcome.kind in ("asked", "not understood"):
        return True
    return _in_own_words(moment) and names_harm(moment.words or "")


def _in_own_words(moment: Moment) -> bool:
    """Whether what is asked now is answered in words or with a day, where harm is no option to be named."""
    awaited, question = moment.state.awaited, asked_now(moment)
    if awaited is not None and awaited.step is not None:
        return awaited.step.takes != "option"
    if awaited is not None and awaited.account is not None:
        return awaited.account.takes_words
    return question is not None and question.kind in ("text", "date")


def opening(moment: Moment) -> Answer:
    """The first message of a conversation, or of a new sitting."""
    state = replace(moment.state, opened=True)
    unfinished = unfinished_line(moment.at(state))
    blocks: list[Block] = [Text.of(f"{wording.WELCOME} {wording.WELCOME_LIMITS}\n\n{wording.LINE_999}")]
    if unfinished:
        blocks.append(Text.of(unfinished))
    outcome = Outcome(state, (*blocks, *prompt(moment.at(state))), "opened", "")
    return Answer(outcome, spoken(moment, outcome))


def spoken(moment: Moment, outcome: Outcome) -> Reply:
    """The reply of an outcome: what stands over every reply, what is said, and 999 where words were typed."""
    dialog = outcome.state.dialog
    blocks = list(outcome.blocks)
    over = wording.banner(moment.definitions.area, practice=dialog is not None and dialog.practice)
    if moment.typed is not None and not outcome.emergency and outcome.kind != "opened":
        blocks.append(Text.of(wording.LINE_999, tone="note"))
    if moment.degraded:
        blocks.insert(1 if outcome.emergency else 0, Text.of(wording.DEGRADED, tone="emergency"))
    if over:
        blocks.insert(1 if outcome.emergency else 0, Text.of(over, tone="note"))
    topics = moment.definitions.library.topics
    helped = _HELPED if outcome.topic else tuple(Option(one, topics[one].title) for one in outcome.offered)
    return Reply(tuple(blocks), shortcuts=(*outcome.once_known, *helped, *shortcuts(moment.at(outcome.state))))


def shown(moment: Moment, outcome: Outcome, text: str) -> Outcome:
    """An outcome that says a sentence and shows where this conversation stands."""
    return replace(outcome, state=moment.state, blocks=(Text.of(text), *prompt(moment)))


def carried_on(moment: Moment, outcome: Outcome, text: str) -> Outcome:
    """An outcome that says a sentence and carries on what this conversation left unfinished."""
    if moment.dialog is not None or moment.state.danger or not moment.unfinished():
        return shown(moment, outcome, text)
    resumed = resume(moment)
    return replace(outcome, state=resumed.state, blocks=(Text.of(text), *resumed.blocks))


def _unreadable(moment: Moment) -> Outcome | None:
    if moment.words is None:
        return None
    if moment.typed is not None and not moment.typed.strip():
        return problem(moment, wording.EMPTY, "empty", "Nothing.")
    if len(moment.words) > privacy.MAX_CHARS:
        if detect(moment.words[: privacy.MAX_CHARS]):
            return emergency(moment, "Words about danger.")
        return problem(moment, wording.TOO_LONG, "too long", "A very long message.")
    return None


def _danger(moment: Moment) -> Outcome | None:
    if speaks_of_danger(moment):
        return emergency(moment, "A child is in danger now.")
    if moment.heard is None or moment.heard.danger is None or moment.heard.danger.strength != "strong":
        return None
    if not moment.heard.danger.because.startswith(EXAMPLE):
        return emergency(moment, "Words about danger.")
    # Where the emergency answer stands already, it stands over what is said next. Why a duty waits is full of people
    # who are away, ill or alone at a desk: likeness alone stops nobody there, and the notice stands over the answer.
    step = moment.state.awaited.step if moment.state.awaited is not None else None
    if moment.state.danger or _is_plain(moment, _FEW) or (step is not None and step.is_about_the_work):
        return None
    outcome = emergency(moment, "Words about danger.")
    return replace(outcome, blocks=(*outcome.blocks, Text.of(wording_aside.NO_EMERGENCY)))


def _identifiers(moment: Moment) -> Outcome | None:
    if moment.words is None or not (found := privacy.identifiers(moment.words)):
        return None
    if moment.state.danger:
        return None
    awaited = moment.state.awaited
    is_step = awaited is not None and awaited.step is not None
    if moment.typed is not None and not is_step and (moment.dialog is None or looks_like_question(moment.typed)):
        return asked(moment)
    return problem(moment, privacy.advice(found), "identifier stopped", "Something with a name or number in it.")


def _listened(moment: Moment) -> Moment:
    """The moment with what is heard in the words, where nobody has listened yet."""
    if moment.words is None or moment.heard is not None or moment.understanding is None:
        return moment
    before = moment.state.asked.question if moment.dialog is None else ""
    return replace(moment, heard=mind.heard(moment.understanding, moment.words, before))


def _is_plain(moment: Moment, few: int) -> bool:
    """Whether the words only answer what is asked, or are a command: their likeness to danger then tells nothing.

    `few` is how many words are too few to tell anything while an answer is awaited.
    """
    text = moment.words or ""
    is_command = command(text, moment.definitions.begins) is not None or account_ask(text) is not None
    if is_command or not any(letter.isalpha() for letter in text) or chooses(moment) or passing(moment):
        return True
    said = " ".join(text.casefold().split()).strip(" .!")
    block = prompt(moment)[-1]
    options = block.options if isinstance(block, Choices) else ()
    is_awaited = moment.dialog is not None or moment.state.awaited is not None
    is_short = is_awaited and len(said.split()) <= few
    return is_short or any(said == one.label.casefold().strip(" .") for one in options)


def _command(moment: Moment) -> Outcome | None:
    said = moment.turn.said
    found = command(said.text, moment.definitions.begins) if isinstance(said, Typed) else None
    if isinstance(said, Chosen) and said.prompt == COMMAND:
        found = Command(said.ids[0] if said.ids else "")
    if found is None or (found.name.startswith(BEGIN) and answers_what_is_asked(moment)):
        return None
    if found.case is not None and not found.case.ref:
        if is_asked(moment):
            return None  # "done" ends a choice of several; of a case it is meant only where nothing else is asked
        found = replace(found, case=about_the_same(moment, found.case))
    is_harmless = found.name in HARMLESS or found.case is not None or pressed_on_case(found.name) is not None
    return stale(moment) if not is_harmless and is_late(moment) else reply_to(moment, found)


def _more(moment: Moment) -> Outcome | None:
    found = command(moment.typed or "")
    return more(moment) if found is not None and found.name == "more" and moment.state.asked.topic else None


def _held(moment: Moment) -> Outcome | None:
    return held(moment) if moment.state.danger else None


def _late(moment: Moment) -> Outcome | None:
    return stale(moment) if moment.typed is not None and is_late(moment) else None


def _door(moment: Moment) -> Outcome | None:
    if moment.dialog is not None:
        return None
    said = moment.turn.said
    if isinstance(said, Chosen) and said.prompt == DOOR and said.ids:
        return reply_to(moment, Command(said.ids[0]))
    if moment.typed is None:
        return stale(moment)
    if moment.doors_shown:
        return _parsed(moment, moment.typed, wording.DOORS)
    # Other things were shown: only a door's whole name is meant for a door.
    named = (one.id for one in wording.DOORS if plainly(one.label) == plainly(moment.typed))
    return next((reply_to(moment, Command(id_)) for id_ in named), None)


def _parsed(moment: Moment, text: str, options: Sequence[Choice]) -> Outcome | None:
    """What comes of words that name one of these commands, or None where they name none."""
    try:
        return reply_to(moment, Command(parse_choice(text, options)))
    except InvalidAnswer:
        return None


def _after(moment: Moment) -> Outcome | None:
    """What next, once there is a decision."""
    dialog = moment.dialog
    if dialog is None:
        return None
    block = prompt(moment)[-1]
    said = moment.turn.said
    if isinstance(said, Chosen) and isinstance(block, Choices):
        known = said.prompt == block.prompt and said.ids in {(one.id,) for one in block.options}
        return reply_to(moment, Command(said.ids[0])) if known else stale(moment)
    if moment.typed is None:
        return stale(moment)
    options = tuple(Choice(one.id, one.label) for one in block.options) if isinstance(block, Choices) else ()
    return _parsed(moment, moment.typed, options)


# "yes", "her uncle", "9 years old": too little to be told from danger by its likeness; the rules still listen to it.
_FEW, _FEW_FOR_A_NOTICE = 2, 4

TRIED: tuple[Attempt, ...] = (
    _unreadable,
    _danger,
    option_named,
    not_words,
    account,
    _identifiers,
    _command,
    _held,
    _late,
    aside,
    chosen,
    heard,
    answer,
    _door,
    _after,
    asked,
)
