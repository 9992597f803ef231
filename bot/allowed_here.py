"""Answers a turn as far as the place it is spoken in allows: switched off, public information only, or everything.

An area switches dialogs and cases on for a platform by naming it in `case_dialog_channels`; until then people there get
general guidance, who to phone, and the way to the web page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from bot import assistant, guide, wording, wording_channels, wording_people
from bot.account_step import Act
from bot.assistant import Answer
from bot.carried import topics_in
from bot.messages import Began, Block, Choices, Chosen, Filled, Form, Link, Reply, Text
from bot.moment import NOT_HERE, SWITCHED_OFF, Moment, Outcome
from bot.prompts import DOOR, prompt
from bot.public_only import is_public_only, is_way_in, without_ways_in
from bot.state import Awaited, State
from knowledge.area import Area, shown_phones

_OWN_ACCOUNT: frozenset[Act] = frozenset({"accounts", "join", "work e-mail", "remove", "away", "returned"})
_LEADING = frozenset({"which dialog", "which decision"})
_OF_WORK = frozenset({"nothing to go on from", "resumed", "document", "open a case"})
"""The kinds of what says only how to get to a dialog, or that there is none."""
_DENYING = (wording.WHERE_NOWHERE, wording.NOTHING_TO_CHANGE, wording.NOTHING_TO_GO_BACK, wording.NOTHING_OPEN)
"""What is said where nothing was begun."""


@dataclass(frozen=True)
class Switches:
    """What whoever runs the bot has switched off: channels, and what their users are told besides."""

    off: frozenset[str] = frozenset()
    off_words: str = ""
    public_url: str = ""


def answered(moment: Moment, switches: Switches) -> Answer:
    """What comes of a turn where it is spoken."""
    if moment.turn.channel in switches.off:
        return _switched_off(moment, switches)
    is_public = is_public_only(moment.definitions.area, moment.turn.channel)
    if isinstance(moment.turn.said, Began):
        is_kept = moment.turn.said.keeps
        sitting = moment if is_kept else moment.at(replace(moment.state.put_aside(), danger=False))
        begun = _welcome(sitting) if is_public else assistant.opening(sitting)
        return _what_to_do_first(sitting, begun) if moment.turn.said.from_detail else begun
    if not is_public:
        return assistant.handle(moment)
    here = moment if moment.dialog is None else moment.at(moment.state.put_aside())
    answer = assistant.handle(replace(here, doors_shown=False))
    if answer.outcome.kind == "help":
        return _welcome(here)
    says_of_work = answer.outcome.kind in _OF_WORK and not here.state.danger
    of_begun = _of_what_was_begun(here, answer.outcome)
    if says_of_work or of_begun or _leads_further(answer.outcome):
        kept = (Text.of(wording_channels.PUBLIC_KEPT),) if of_begun else ()
        blocks = (*kept, *_not_here(here, switches))
        outcome = Outcome(replace(here.state, awaited=None), blocks, NOT_HERE, answer.outcome.words)
    elif _tells_of_incident(answer.outcome):
        outcome = _not_gone_through(here, answer.outcome, switches)
    elif here.state.danger and answer.outcome.kind == "resumed" and here.unfinished():
        # The area has switched this off since: what was begun here is not gone on with here.
        outcome = replace(answer.outcome, blocks=(*_not_here(here, switches), *answer.outcome.blocks))
    else:
        return answer
    return Answer(outcome, assistant.spoken(here.at(outcome.state), outcome))


def shown(moment: Moment, answer: Answer) -> Answer:
    """The answer without what cannot be chosen where it is spoken."""
    if not is_public_only(moment.definitions.area, moment.turn.channel):
        return answer
    return replace(answer, reply=_without(answer.reply, answer.outcome.state))


def _leads_further(outcome: Outcome) -> bool:
    """Whether an outcome is more than public information, or the way to it."""
    state = outcome.state
    is_work = outcome.account is not None and outcome.account.act not in _OWN_ACCOUNT
    leads = state.awaited is not None and (state.awaited.kind in _LEADING or state.awaited.step is not None)
    asks = bool(outcome.request) or outcome.case is not None or outcome.record is not None
    return state.dialog is not None or is_work or leads or asks


def _of_what_was_begun(moment: Moment, outcome: Outcome) -> bool:
    """Whether an outcome is about answers that were given here before the area chose otherwise."""
    begun = moment.unfinished()
    if not begun or moment.state.danger:
        return False
    said = moment.turn.said
    if outcome.is_stale and isinstance(said, Chosen | Filled):
        asked = said.prompt if isinstance(said, Chosen) else said.form
        return any(asked.startswith(guide.prompt_id(one, "")) for one in begun)
    denies = any(Text.of(one) in outcome.blocks for one in _DENYING)
    return denies or outcome.is_stale or outcome.kind == "resumed"


def _tells_of_incident(outcome: Outcome) -> bool:
    return outcome.state.awaited is not None and outcome.state.awaited.kind == "incident"


def _not_gone_through(moment: Moment, outcome: Outcome, switches: Switches) -> Outcome:
    """An incident told where it cannot be gone through: nothing of it is said again or carried; guidance is offered."""
    assert outcome.state.awaited is not None
    topics = topics_in(outcome.state.awaited.answers)
    state = replace(outcome.state, awaited=Awaited("offer", "", topics) if topics else None)
    first = takewhile(lambda block: block != Text.of(wording.INCIDENT), outcome.blocks)
    blocks = (*first, *_not_here(moment, switches), *prompt(moment.at(state)))
    return replace(outcome, state=state, blocks=blocks)


def _not_here(moment: Moment, switches: Switches) -> Iterator[Block]:
    care = moment.definitions.area.contacts.children_social_care
    phones = shown_phones(care) if care.phone or care.night_phone else ""
    go = wording_channels.NOT_HERE_GO if switches.public_url else wording_channels.NOT_HERE_PHONE
    second = f"{go}: {care.name}{f', {phones}' if phones else ''}."
    # Under what was typed it stands anyway.
    last = f"\n\n{wording.LINE_999}" if moment.typed is None else ""
    yield Text.of(f"{wording_channels.NOT_HERE}\n\n{second}{last}")
    if switches.public_url:
        yield Link(wording_channels.NOT_HERE_PAGE, switches.public_url)


def _welcome(moment: Moment) -> Answer:
    state = replace(moment.state, opened=True)
    text = f"{wording_channels.PUBLIC_WELCOME} {wording.WELCOME_LIMITS}\n\n{wording.LINE_999}"
    blocks = (Text.of(text), Text.of(wording_channels.PUBLIC_PROMPT))
    outcome = Outcome(state, blocks, "opened", "")
    return Answer(outcome, assistant.spoken(moment.at(state), outcome))


def _what_to_do_first(moment: Moment, begun: Answer) -> Answer:
    """The beginning, and before it what is to be done about what was written in a group."""
    outcome = begun.outcome
    outcome = replace(outcome, blocks=(Text.of(wording_channels.CAME_FROM_DETAIL), *outcome.blocks))
    return Answer(outcome, assistant.spoken(moment.at(outcome.state), outcome))


def _switched_off(moment: Moment, switches: Switches) -> Answer:
    """Says so. Nothing of what was said is looked at or kept."""
    blocks = said_where_off(moment.definitions.area, switches)
    outcome = Outcome(moment.state, blocks, SWITCHED_OFF, "Something, while this was switched off.")
    return Answer(outcome, Reply(blocks))


def said_where_off(area: Area, switches: Switches) -> tuple[Block, ...]:
    """What is said on a channel that is switched off, with 999 first: nobody may wait there for help."""
    blocks: list[Block] = [wording.emergency(area), Text.of(wording_channels.SWITCHED_OFF)]
    if switches.off_words:
        blocks.append(Text.of(switches.off_words))
    if switches.public_url:
        blocks += [Text.of(wording_channels.SWITCHED_OFF_ELSEWHERE), Link(switches.public_url, switches.public_url)]
    return tuple(blocks)


def _without(reply: Reply, state: State) -> Reply:
    allowed = {"resume"} if state.danger else set()
    shortcuts = tuple(one for one in reply.shortcuts if one.id in allowed or not is_way_in(one.id))
    return replace(reply, blocks=tuple(_public(reply.blocks)), shortcuts=shortcuts)


def _public(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Choices) and block.prompt == DOOR:
            yield Text.of(wording_channels.PUBLIC_PROMPT)
        elif isinstance(block, Choices):
            kept = without_ways_in(block)
            if isinstance(kept, Choices) and kept.options:
                yield kept
        elif isinstance(block, Text):
            yield replace(block, runs=tuple(_OTHER_WORDS.get(run, run) for run in block.runs))
        elif not isinstance(block, Form):
            yield block


# What is said of dialogs and cases everywhere else, as it is said where there are none.
_OTHER_WORDS: Mapping[object, str] = {
    wording_people.NOT_KNOWN: wording_channels.PUBLIC_NOT_KNOWN,
    wording.DANGER_NOTHING_KEPT: wording_channels.PUBLIC_DANGER,
    wording.DANGER_KEPT: wording_channels.PUBLIC_DANGER_KEPT,
}
