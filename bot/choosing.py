"""What comes of choosing from what stands under an answer; whoever types something else has asked something new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import account_answers, carried, librarian
from bot.beginning import begin
from bot.command_replies import reply_to
from bot.commands import Command, command, plainly
from bot.messages import Choices, Chosen, Option, Typed
from bot.moment import Moment, Outcome
from bot.prompts import NONE, PROTECT, problem, prompt, stale
from bot.public_only import START
from bot.reviews import on_theme
from bot.state import SUGGESTIONS
from bot.topic_blocks import theme_names
from dialogs.picking import Pick, by_meaning, by_place, by_title, wants_to_hear
from knowledge.acronyms import load_acronyms
from knowledge.danger import detect


def let_go(moment: Moment) -> Moment:
    """The moment without what was only suggested, where the person types something else."""
    moment = account_answers.let_go(moment)
    awaited, said = moment.state.awaited, moment.turn.said
    if awaited is None or awaited.kind not in SUGGESTIONS or isinstance(said, Chosen):
        return moment
    block = prompt(moment)[-1]
    if _picked(moment) is not None:
        return moment
    is_under = isinstance(said, Typed) and isinstance(block, Choices) and said.prompt == block.prompt
    turn = replace(moment.turn, said=Typed(said.text)) if is_under and isinstance(said, Typed) else moment.turn
    return replace(moment, turn=turn, doors_shown=False).at(replace(moment.state, awaited=None))


def chooses(moment: Moment) -> bool:
    """Whether the words typed only choose among what is shown now, clearly or not: they tell of nothing else."""
    block = prompt(moment)[-1]
    if moment.typed is None or not isinstance(block, Choices):
        return False
    if moment.state.awaited is not None and moment.state.awaited.kind in SUGGESTIONS:
        return _picked(moment) is not None
    return by_place(moment.typed, len(block.options)) is not None


def chosen(moment: Moment) -> Outcome | None:
    """What comes of a suggestion that was chosen, or None where none was open."""
    awaited = moment.state.awaited
    if awaited is None or awaited.kind not in SUGGESTIONS:
        return None
    picked = _picked(moment)
    if picked is None:
        return stale(moment)
    choice, doubt = picked
    if doubt:
        return problem(moment, doubt, "choice not clear", "A choice that was not clear.")
    if topic := moment.definitions.library.topics.get(choice):
        return librarian.topic_answer(moment, topic)
    if awaited.kind == "theme" and choice != "menu":
        return on_theme(moment, theme_names(moment.definitions.library)[int(choice.removeprefix("theme-"))])
    if choice == START:
        return _start(moment)
    return reply_to(moment, Command(choice))


def _picked(moment: Moment) -> tuple[str, str] | None:
    """The id of the suggestion that was chosen, pressed or typed, or a sentence asking which; None for neither."""
    block, said = prompt(moment)[-1], moment.turn.said
    if not isinstance(block, Choices):
        return None
    if isinstance(said, Chosen):
        fits = said.prompt == block.prompt and said.ids in {(one.id,) for one in block.options}
        return (said.ids[0], "") if fits else None
    text = moment.typed or ""
    if same := next((one.id for one in block.options if plainly(one.label) == plainly(text)), ""):
        return same, ""
    if moment.state.awaited is not None and moment.state.awaited.kind == "next" and plainly(text) in _HELPED:
        return _HELPED[plainly(text)], ""
    if moment.state.awaited is not None and moment.state.awaited.kind == "unanswered" and wants_to_hear(text):
        return "tell-me", ""
    titled = [one for one in block.options if one.id not in _ALWAYS]
    found = by_place(text, len(block.options), len(titled) or len(block.options))
    if found is None:
        return _by_meaning(moment, titled) or _by_title(moment, titled, len(block.options))
    if found.place is not None:
        return block.options[found.place].id, ""
    return _meant(moment, found, block)


def _meant(moment: Moment, found: Pick, block: Choices) -> tuple[str, str]:
    """What yes, no, none of them, or something that is not clear comes to under a suggestion."""
    kind = moment.state.awaited.kind if moment.state.awaited is not None else "next"
    ids = [one.id for one in block.options]
    is_no = found.is_none or found.says == "no"
    if is_no and NONE in ids:
        return NONE, ""
    if (is_no and kind != "next") or (found.is_none and "menu" in ids):
        return "menu", ""
    is_level = moment.state.awaited is not None and moment.state.awaited.question == PROTECT
    if found.says == "yes" and kind in _ON_YES and not is_level:
        return _ON_YES[kind], ""
    if kind == "next" and found.says:
        # Nothing that stands there but "Did that help?" can be answered with it.
        return "helped" if found.says == "yes" else "not-helped", ""
    return "", found.doubt


def _by_meaning(moment: Moment, titled: Sequence[Option]) -> tuple[str, str] | None:
    """What an acronym that can mean two things is said to mean, where that was asked; None where it was not."""
    text = moment.typed or ""
    asked = moment.state.awaited.question if moment.state.awaited is not None else ""
    acronym = next((one for one in load_acronyms() if one.acronym == asked), None)
    if acronym is None or command(text, moment.definitions.begins) is not None or detect(text):
        return None
    # A topic for each meaning was offered, in their order.
    pairs = zip(titled, acronym.meanings, strict=False)
    found = by_meaning(text, [f"{one.label} {meaning.label} {meaning.says}" for one, meaning in pairs])
    if found is None:
        return None
    return (titled[found.place].id, "") if found.place is not None else ("", found.doubt)


def _by_title(moment: Moment, titled: Sequence[Option], shown: int) -> tuple[str, str] | None:
    """The suggestion some of whose words were typed, unless a topic that is not shown plainly answers them."""
    text = moment.typed or ""
    found = by_title(text, [one.label for one in titled], shown)
    said = command(text, moment.definitions.begins)
    if found is None or (said is not None and said.name not in _ALSO_TOPICS) or detect(text):
        return None
    if found.place is None:
        return "", found.doubt
    id_ = titled[found.place].id
    if moment.understanding is None or moment.heard is None:
        return id_, ""
    answer = moment.understanding.find(moment.heard, incidents=False)
    is_other = answer.route == "answer" and answer.topic not in {one.id for one in titled}
    return None if is_other else (id_, "")


# What stands under suggestions and is none; and what is also a command, though as a subject it may be meant.
_ALWAYS = frozenset({NONE, "menu"})
_ALSO_TOPICS = frozenset({"protect", "referral", "allegation", "more", "reviews"})
_ON_YES = {"incident": START, "unanswered": "tell-me"}


def _start(moment: Moment) -> Outcome:
    awaited = moment.state.awaited
    answers = carried.answers_in(awaited.answers) if awaited is not None else ()
    return begin(moment.at(replace(moment.state, awaited=None)), carried.FLOW, said=answers)


# What is said to "Did that help?" and to nothing else that stands there.
_HELPED = {
    **dict.fromkeys(("yes it did", "it did", "yes it helped", "it helped", "yes that helped", "yes it was"), "helped"),
    **dict.fromkeys(("not really", "no not really", "no it didn't", "no it did not", "it didn't"), "not-helped"),
}
