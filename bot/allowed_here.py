"""Answers a turn as far as the place it is spoken in allows: switched off, public information only, or everything.

An area switches dialogs and cases on for a platform by naming it in `case_dialog_channels`; until then people there get
general guidance, who to phone, and the way to the web page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot import assistant, wording, wording_channels
from bot.account_step import Act
from bot.assistant import Answer
from bot.commands import BEGIN
from bot.messages import Began, Block, Choices, Form, Link, Reply, Text
from bot.moment import Moment, Outcome
from bot.prompts import DOOR, START
from bot.state import State
from knowledge.area import Area, shown_phones

PLATFORMS = frozenset({"slack", "teams", "telegram"})
"""Where an area has to say knowingly that dialogs and cases may be spoken of."""
_OWN_ACCOUNT: frozenset[Act] = frozenset({"accounts", "join", "work e-mail", "remove", "away", "returned"})
_NOT_PUBLIC = frozenset({"referral", "protect", "allegation", "practice", "resume", "code", "document", START})
_LEADING = frozenset({"which dialog", "which decision"})


@dataclass(frozen=True)
class Switches:
    """What whoever runs the bot has switched off: channels, and what their users are told besides."""

    off: frozenset[str] = frozenset()
    off_words: str = ""
    public_url: str = ""


def is_public_only(area: Area, channel: str) -> bool:
    """Whether nothing but public information is spoken of on a channel in an area."""
    return channel in PLATFORMS and channel not in area.case_dialog_channels


def answered(moment: Moment, switches: Switches) -> Answer:
    """What comes of a turn where it is spoken."""
    if moment.turn.channel in switches.off:
        return _switched_off(moment, switches)
    is_public = is_public_only(moment.definitions.area, moment.turn.channel)
    if isinstance(moment.turn.said, Began):
        sitting = moment.at(replace(moment.state.put_aside(), danger=False))
        return _welcome(sitting) if is_public else assistant.opening(sitting)
    if not is_public:
        return assistant.handle(moment)
    here = moment if moment.dialog is None else moment.at(moment.state.put_aside())
    answer = assistant.handle(here)
    if not _leads_further(answer.outcome):
        return answer
    blocks = tuple(_not_here(here.definitions.area, switches))
    outcome = Outcome(replace(here.state, awaited=None), blocks, "not here", answer.outcome.words)
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


def _not_here(area: Area, switches: Switches) -> Iterator[Block]:
    care = area.contacts.children_social_care
    phones = shown_phones(care) if care.phone or care.night_phone else ""
    second = f"{wording_channels.NOT_HERE_GO}: {care.name}{f', {phones}' if phones else ''}."
    yield Text.of(f"{wording_channels.NOT_HERE}\n\n{second}\n\n{wording.LINE_999}")
    if switches.public_url:
        yield Link(wording_channels.NOT_HERE_PAGE, switches.public_url)


def _welcome(moment: Moment) -> Answer:
    state = replace(moment.state, opened=True)
    text = f"{wording_channels.PUBLIC_WELCOME} {wording.WELCOME_LIMITS}\n\n{wording.LINE_999}"
    blocks = (Text.of(text), Text.of(wording_channels.PUBLIC_PROMPT))
    outcome = Outcome(state, blocks, "opened", "")
    return Answer(outcome, assistant.spoken(moment.at(state), outcome))


def _switched_off(moment: Moment, switches: Switches) -> Answer:
    """Says so, with 999 first: nobody may wait here for help. Nothing of what was said is looked at or kept."""
    blocks: list[Block] = [wording.emergency(moment.definitions.area), Text.of(wording_channels.SWITCHED_OFF)]
    if switches.off_words:
        blocks.append(Text.of(switches.off_words))
    if switches.public_url:
        blocks += [Text.of(wording_channels.SWITCHED_OFF_ELSEWHERE), Link(switches.public_url, switches.public_url)]
    outcome = Outcome(moment.state, tuple(blocks), "switched off", "Something, while this was switched off.")
    return Answer(outcome, Reply(tuple(blocks)))


def _without(reply: Reply, state: State) -> Reply:
    allowed = {"resume"} if state.danger else set()
    shortcuts = tuple(one for one in reply.shortcuts if one.id in allowed or not _is_way_in(one.id))
    return replace(reply, blocks=tuple(_public(reply.blocks)), shortcuts=shortcuts)


def _public(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Choices) and block.prompt == DOOR:
            yield Text.of(wording_channels.PUBLIC_PROMPT)
        elif isinstance(block, Choices):
            options = tuple(one for one in block.options if not _is_way_in(one.id))
            if options:
                yield replace(block, options=options)
        elif not isinstance(block, Form):
            yield block


def _is_way_in(id_: str) -> bool:
    return id_ in _NOT_PUBLIC or id_.startswith(BEGIN)
