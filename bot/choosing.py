"""What comes of choosing from what stands under an answer; whoever types something else has asked something new."""

from __future__ import annotations

from dataclasses import replace

from bot import account_answers, carried, librarian
from bot.beginning import begin
from bot.command_replies import reply_to
from bot.commands import Command, plainly
from bot.messages import Choices, Chosen, Typed
from bot.moment import Moment, Outcome
from bot.prompts import START, prompt, stale
from bot.reviews import on_theme
from bot.state import SUGGESTIONS
from bot.topic_blocks import theme_names


def let_go(moment: Moment) -> Moment:
    """The moment without what was only suggested, where the person types something else."""
    moment = account_answers.let_go(moment)
    awaited, said = moment.state.awaited, moment.turn.said
    if awaited is None or awaited.kind not in SUGGESTIONS or isinstance(said, Chosen):
        return moment
    block = prompt(moment)[-1]
    if _chosen(moment):
        return moment
    is_under = isinstance(said, Typed) and isinstance(block, Choices) and said.prompt == block.prompt
    turn = replace(moment.turn, said=Typed(said.text)) if is_under and isinstance(said, Typed) else moment.turn
    return replace(moment, turn=turn).at(replace(moment.state, awaited=None))


def chosen(moment: Moment) -> Outcome | None:
    """What comes of a suggestion that was chosen, or None where none was open."""
    awaited = moment.state.awaited
    if awaited is None or awaited.kind not in SUGGESTIONS:
        return None
    choice = _chosen(moment)
    if not choice:
        return stale(moment)
    if topic := moment.definitions.library.topics.get(choice):
        return librarian.topic_answer(moment, topic)
    if awaited.kind == "theme" and choice != "menu":
        return on_theme(moment, theme_names(moment.definitions.library)[int(choice.removeprefix("theme-"))])
    if choice == START:
        return _start(moment)
    return reply_to(moment, Command(choice))


def _chosen(moment: Moment) -> str:
    """The id of the suggestion that was chosen: pressed, or typed by its number or its words; empty for none."""
    block, said = prompt(moment)[-1], moment.turn.said
    if not isinstance(block, Choices):
        return ""
    if isinstance(said, Chosen):
        fits = said.prompt == block.prompt and said.ids in {(one.id,) for one in block.options}
        return said.ids[0] if fits else ""
    words = plainly(moment.typed or "")
    if words.isdecimal() and 1 <= int(words) <= len(block.options):
        return block.options[int(words) - 1].id
    if moment.state.awaited is not None and moment.state.awaited.kind == "incident" and words in {"yes", "y", "ok"}:
        return START
    return next((one.id for one in block.options if plainly(one.label) == words), "")


def _start(moment: Moment) -> Outcome:
    awaited = moment.state.awaited
    answers = carried.answers_in(awaited.answers) if awaited is not None else ()
    return begin(moment.at(replace(moment.state, awaited=None)), carried.FLOW, said=answers)
