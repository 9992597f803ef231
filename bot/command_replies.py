"""What comes of the fixed words: help, back, change, why, where, stop, resume and the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot import guide, wording, wording_cases
from bot.answering import change
from bot.beginning import begin, begin_by_name, earlier_kept, resume, stop
from bot.case_answers import asking, pressed_on_case
from bot.case_step import CaseAsk
from bot.cases.nudge_words import label
from bot.commands import BEGIN, Command
from bot.decisions import documents
from bot.decisions.decision_words import source_words
from bot.delivering.nudge_buttons import ACT_WORDS
from bot.librarian import more, none_of_these, said_helped, said_not_helped, tell_me, topic_answer, worry
from bot.messages import Block, Bullets, Card, File, Text
from bot.moment import Moment, Outcome
from bot.prompts import again, asked_now, doors, problem, prompt, stale, told
from bot.protecting import SOMEBODY_TO_TALK_TO, answer_meanwhile, is_of_oneself, says_safe
from bot.reference import reference
from bot.reviews import browse
from bot.state import Awaited
from bot.topic_blocks import answer_blocks, local_blocks
from dialogs.walk import questions_left


def reply_to(moment: Moment, said: Command) -> Outcome:
    """What comes of a command."""
    if moment.state.danger and said.name not in {"resume", "menu", "danger", "help", "code"}:
        return _held_of_a_case(moment) if said.case or pressed_on_case(said.name) else held(moment)
    if said.name == "resume" and said.code:
        return Outcome(
            moment.state, (), "resumed by code", "Resume with a code.", request="redeem code", code=said.code
        )
    if ask := said.case or pressed_on_case(said.name):
        return asking(moment, ask, _said_of_a_case(ask))
    if topic := moment.definitions.library.topics.get(said.name):
        return topic_answer(moment, topic)
    if said.name.startswith(BEGIN) and said.name.removeprefix(BEGIN) in moment.definitions.flows:
        return begin_by_name(moment, said.name.removeprefix(BEGIN))
    reply = _REPLIES.get(said.name)
    return stale(moment) if reply is None else reply(moment)


def _said_of_a_case(ask: CaseAsk) -> str:
    """What was said or pressed of a case, as the conversation shows it."""
    if ask.act == "case":
        return f"{label(ask.ref)}."
    words = ACT_WORDS.get(ask.act, ask.act)
    return f"{label(ask.ref)}: {words}." if ask.ref else f"{words}."


def _help(moment: Moment) -> Outcome:
    entrances = (flow.entrance for flow in moment.definitions.without_a_door if flow.entrance)
    known = (*wording.COMMANDS, *((one.words[0], one.help) for one in entrances))
    lines = Bullets(tuple(f"{name}: {what}" for name, what in known))
    return again(moment, "help", "Help.", Text.of("You can say any of these at any time:", lines))


def _back(moment: Moment) -> Outcome:
    dialog = moment.dialog
    if moment.state.awaited is not None:
        moment = moment.at(replace(moment.state, awaited=None))
        return told(moment, "back", "Back.", wording.CHANGE_LEFT)
    if moment.state.recorded:
        # Straight after it that is what is meant, and no answer of a dialog that ended before.
        return told(moment, "back", "Back.", wording_cases.TAKEN_BACK_THERE)
    if dialog is None or not dialog.said:
        return told(moment, "back", "Back.", wording.NOTHING_TO_GO_BACK)
    last, shorter = dialog.said[-1], guide.taken_back(dialog)
    question = moment.flow(dialog).question(last.question)
    was_change = last.question in moment.at(moment.state.with_dialog(shorter)).place(shorter).by_name
    short = question.short if question else last.question
    text = wording.change_undone(short) if was_change else wording.taken_back(short)
    return told(moment.at(moment.state.with_dialog(shorter)), "back", "Back.", text)


def _why(moment: Moment) -> Outcome:
    question = asked_now(moment)
    if question is None:
        return told(moment, "why", "Why do you ask?", wording.WHY_OTHER)
    sources = Bullets(tuple(source_words(cite) for cite in question.cites))
    return again(moment, "why", "Why do you ask?", Text.of(question.why, sources))


def _where(moment: Moment) -> Outcome:
    dialog = moment.dialog
    if dialog is None:
        return told(moment, "where", "Where am I?", wording.WHERE_NOWHERE)
    flow = moment.flow(dialog)
    facts = guide.facts_shown(flow, dialog)
    left = questions_left(flow, dialog.all_said)
    text = f"{flow.title}\n\n{wording.left(left) if left else wording.ALL_ANSWERED}"
    card = (Card("Your answers so far", facts),) if facts else ()
    return again(moment, "where", "Where am I?", Text.of(text), *card)


def _skip(moment: Moment) -> Outcome:
    """Says that nothing is left out: a reason is needed, and of anything else not sure is an answer."""
    question = asked_now(moment)
    if moment.state.awaited is not None and (step := moment.state.awaited.step) is not None and step.takes == "words":
        return problem(moment, wording_cases.WORDS_NEEDED)
    needed = question is not None and question.kind == "text"
    return told(moment, "skip", "Skip.", wording.REASON_NEEDED if needed else wording.NOTHING_TO_SKIP)


def _start_over(moment: Moment) -> Outcome:
    if moment.dialog is None or not moment.dialog.said:
        return told(moment, "start over", "Start over.", wording.NOTHING_TO_GO_BACK)
    state = replace(moment.state, awaited=Awaited("start over"))
    return Outcome(state, prompt(moment.at(state)), "start over", "Start over.")


def _practice(moment: Moment) -> Outcome:
    return begin(moment, "referral", practice=True, words="Practice.")


def _document(moment: Moment) -> Outcome:
    dialog = moment.dialog
    if dialog is None or dialog.confirmed is None:
        return told(moment, "document", "Get the document.", wording.NO_DECISION_YET)
    name = f"{reference(moment.conversation, dialog)}-{dialog.versions}"
    files = tuple(
        File(f"{name}.{kind}", media_type, f"{name}.{kind}") for kind, media_type in documents.MEDIA_TYPES.items()
    )
    return again(moment, "document", "Get the document.", Text.of(wording.DOCUMENT_READY), *files)


def _code(moment: Moment) -> Outcome:
    return Outcome(moment.state, prompt(moment), "code", "A code, please.", request="issue code")


def _menu(moment: Moment) -> Outcome:
    state = replace(moment.state.put_aside(), danger=False)
    return Outcome(state, (*earlier_kept(moment), doors()), "menu", "Menu.")


def emergency(moment: Moment, words: str) -> Outcome:
    """999 first, then children's social care; whatever was being done is kept."""
    state = replace(moment.state, danger=True)
    kept = moment.dialog is not None or bool(moment.unfinished())
    text = wording.DANGER_KEPT if kept else wording.DANGER_NOTHING_KEPT
    is_theirs = moment.typed is not None and moment.heard is not None and is_of_oneself(moment.heard.text)
    whom = _under_999(moment, SOMEBODY_TO_TALK_TO) if is_theirs else ()
    blocks = (wording.emergency(moment.definitions.area), *whom, Text.of(text))
    return Outcome(state, blocks, "danger", words, emergency=True)


def held(moment: Moment) -> Outcome:
    """The emergency answer still stands: nothing goes on until somebody says that every child is safe.

    What is asked meanwhile is answered under it.
    """
    if moment.typed is not None and says_safe(moment.typed):
        return _safe(moment)
    answer = _under_999(moment, answer_meanwhile(moment)) if moment.typed is not None else ()
    blocks = (wording.emergency(moment.definitions.area), *answer, Text.of(wording.DANGER_STILL))
    return Outcome(moment.state, blocks, "held", "Something while stopped for danger.", emergency=True)


def _held_of_a_case(moment: Moment) -> Outcome:
    """The same to whoever answers a reminder: they must not think that it is on record."""
    outcome = held(moment)
    return replace(outcome, blocks=(*outcome.blocks, Text.of(wording.DANGER_NOT_RECORDED, tone="problem")))


def _under_999(moment: Moment, name: str) -> tuple[Block, ...]:
    """A topic's answer, fit to stand under 999; nothing where there is no such topic."""
    library, area = moment.definitions.library, moment.definitions.area
    topic = library.topics.get(name)
    if topic is None:
        return ()
    blocks = answer_blocks(topic, library, area, moment.today)
    # An invented area's numbers could be dialled.
    left_out = tuple(local_blocks(topic, area)) if area.invented else ()
    return tuple(one for one in blocks if one not in left_out)


def _safe(moment: Moment) -> Outcome:
    """No child is in danger now: what was begun goes on, else what helps with a worry."""
    if moment.dialog is not None or moment.unfinished():
        return resume(moment)
    return worry(moment.at(replace(moment.state, danger=False, awaited=None)))


def _danger(moment: Moment) -> Outcome:
    return emergency(moment, "A child is in danger now.")


def _begins(flow: str) -> Callable[[Moment], Outcome]:
    return lambda moment: begin(moment, flow)


def _cases(moment: Moment) -> Outcome:
    return asking(moment, CaseAsk("cases"), "My cases.")


def _open_a_case(moment: Moment) -> Outcome:
    return told(moment, "open a case", "Open a case.", wording_cases.HOW_A_CASE_OPENS)


def _question(moment: Moment) -> Outcome:
    return told(moment, "question", "A question.", wording.ASK_AWAY)


_REPLIES: dict[str, Callable[[Moment], Outcome]] = {
    "help": _help,
    "back": _back,
    "change": change,
    "why": _why,
    "where": _where,
    "stop": stop,
    "resume": resume,
    "start over": _start_over,
    "practice": _practice,
    "document": _document,
    "skip": _skip,
    "code": _code,
    "menu": _menu,
    "danger": _danger,
    "protect": _begins("protect"),
    "referral": _begins("referral"),
    "allegation": _begins("allegation"),
    "question": _question,
    "more": more,
    "helped": said_helped,
    "not-helped": said_not_helped,
    "tell-me": tell_me,
    "none": none_of_these,
    "reviews": browse,
    "cases": _cases,
    "open-a-case": _open_a_case,
}
