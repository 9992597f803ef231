"""Answers a question from what we know, offers what it may be about, or says that it does not know and who may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot import wording, wording_aside
from bot.carried import carried, facts
from bot.messages import Block, Bold, Bullets, Card, Text
from bot.moment import Feedback, Moment, Outcome
from bot.privacy import privacy
from bot.privacy.privacy_gaps import kept
from bot.prompts import PROTECT, again, prompt
from bot.protecting import PROTECTING, WORRIED, protecting
from bot.question_marks import marks_of, salt_of
from bot.reviews import wanted
from bot.state import SUGGESTIONS, Asked, Awaited
from bot.topic_blocks import answer_blocks, detail_blocks, version_line
from knowledge.topic import Topic
from knowledge.understanding import Earlier, Found, is_elsewhere

MORE = "more"
"""The kind of what comes of asking for the rest of an answer."""


def asked(moment: Moment) -> Outcome:
    """What comes of a question; in a dialog, the same question of the dialog again after it."""
    assert moment.understanding is not None
    assert moment.heard is not None
    if moment.heard.text.strip(" .!") == wording.NONE_OF_THESE.casefold() and moment.dialog is None:
        return none_of_these(moment)
    before = Earlier(moment.state.asked.question, moment.state.asked.topic)
    # In a dialog, the dialog about what has happened is already in hand.
    found = moment.understanding.find(moment.heard, before, incidents=moment.dialog is None)
    found = protecting(moment, found)
    moment = _remembered(moment, found, moment.words or "")
    outcome = _REPLIES[found.route](moment, found)
    first = (*_identifiers_noted(moment), *wanted(moment, found.reviews))
    return replace(outcome, found=found, blocks=(*first, *outcome.blocks))


def named(moment: Moment, found: Found) -> Outcome:
    """The answer to words that only name something, kept as the question what that is."""
    words = moment.words or ""
    moment = _remembered(moment, found, words if len(words.split()) > 1 else f"what is {words}")
    return replace(_answer(moment, found), found=found)


def _remembered(moment: Moment, found: Found, question: str) -> Moment:
    """The moment with what was asked now as its newest question."""
    assert moment.understanding is not None
    masked = kept(moment.understanding, question)
    salt = salt_of(moment.conversation, moment.turn.event, moment.turn.at.isoformat())
    marks = marks_of(moment.understanding, question, salt)
    return unsuggested(moment.at(replace(moment.state, asked=Asked(masked, found.topic, marks))))


def topic_answer(moment: Moment, topic: Topic, words: str = "") -> Outcome:
    """A topic's answer, and what may be asked next."""
    state = replace(moment.state, asked=replace(moment.state.asked, topic=topic.id))
    blocks = answer_blocks(topic, moment.definitions.library, moment.definitions.area, moment.today)
    return _then_next(unsuggested(moment.at(state)), blocks, topic, words or f"{topic.title}.")


def more(moment: Moment) -> Outcome:
    """The rest of what is known about the last topic."""
    topic = moment.definitions.library.topics.get(moment.state.asked.topic)
    if topic is None:
        return again(moment, "more", "More.", Text.of(wording.NOTHING_ANSWERED))
    if not topic.detail:
        return again(moment, "more", "More.", Text.of(wording.NOTHING_MORE))
    moment = unsuggested(moment)
    outcome = _then_next(moment, detail_blocks(topic, moment.definitions.library), topic, "More.", has_more=False)
    return replace(outcome, kind=MORE)


def said_helped(moment: Moment) -> Outcome:
    """Thanks for saying that an answer helped."""
    if not moment.state.asked.topic:
        return again(moment, "feedback", "That helped.", Text.of(wording.NOTHING_ANSWERED))
    moment = unsuggested(moment)
    outcome = again(moment, "feedback", "That helped.", Text.of(wording.THANKS_HELPED))
    return replace(outcome, feedback=Feedback(helped=True))


def said_not_helped(moment: Moment) -> Outcome:
    """Takes it that an answer did not help: the question goes to the content owner, and here is who may know."""
    if not moment.state.asked.question:
        return again(moment, "feedback", "That did not help.", Text.of(wording.NOTHING_ANSWERED))
    opening, people = wording.who_knows(moment.definitions.area, wording.ASK_THEM)
    blocks = (Text.of(wording.THANKS_NOT_HELPED), Text.of(opening, people))
    outcome = _unanswered(moment, blocks, "That did not help.")
    return replace(outcome, feedback=Feedback(helped=False, masked=moment.state.asked.question))


def tell_me(moment: Moment) -> Outcome:
    """Keeps that the person wants to hear once there is an answer."""
    if not moment.state.asked.question:
        return again(moment, "feedback", "Tell me when there is an answer.", Text.of(wording.NOTHING_ANSWERED))
    moment = unsuggested(moment)
    outcome = again(moment, "feedback", "Tell me when there is an answer.", Text.of(wording.WILL_TELL))
    return replace(outcome, feedback=Feedback(masked=moment.state.asked.question, wants_answer=True))


def none_of_these(moment: Moment) -> Outcome:
    """Takes it that none of the topics offered is meant."""
    if not moment.state.asked.question:
        return again(moment, "feedback", "None of these.", Text.of(wording.NOTHING_ANSWERED))
    opening, people = wording.who_knows(moment.definitions.area)
    outcome = _unanswered(moment, (Text.of(opening, people),), "None of these.")
    return replace(outcome, feedback=Feedback(masked=moment.state.asked.question))


def worry(moment: Moment) -> Outcome:
    """What helps somebody who is worried about a child and has told no more."""
    return _offer(moment, Found("offer", offers=PROTECTING, log={WORRIED: True}))


def _answer(moment: Moment, found: Found) -> Outcome:
    return topic_answer(moment, moment.definitions.library.topics[found.topic], "A question.")


def _offer(moment: Moment, found: Found) -> Outcome:
    if WORRIED in found.log:
        # Where danger is heard, what to do about it stands over every reply already.
        is_heard = moment.heard is not None and moment.heard.danger is not None
        notice = () if is_heard else (wording.soft_danger(moment.definitions.area),)
        said = (*notice, Text.of(wording_aside.WORRIED))
        return _choose(moment, said, "A worry.", found.offers, first=PROTECT)
    return _choose(moment, (Text.of(wording.OFFERED),), "A question.", found.offers)


def _clarify(moment: Moment, found: Found) -> Outcome:
    assert found.acronym is not None
    said = wording.both_mean(found.acronym.acronym, [one.label for one in found.acronym.meanings])
    return _choose(moment, (Text.of(said),), "A question.", found.offers, first=found.acronym.acronym)


def _decline(moment: Moment, found: Found) -> Outcome:
    decoy = moment.definitions.library.decoys.get(found.decoy)
    if decoy is not None:
        blocks = (Text.of(Bold(f"{decoy.title}. "), decoy.text), version_line(moment.definitions.library))
        if is_elsewhere(found):
            return again(moment, "asked", "A question.", *blocks)
        outcome = _unanswered(moment, blocks, "A question.")
        return replace(outcome, feedback=Feedback(masked=moment.state.asked.question))
    opening, people = wording.who_knows(moment.definitions.area)
    outcome = _unanswered(moment, (Text.of(opening, people), version_line(moment.definitions.library)), "A question.")
    return replace(outcome, feedback=Feedback(masked=moment.state.asked.question))


def _smalltalk(moment: Moment, found: Found) -> Outcome:
    decoy = moment.definitions.library.decoys[found.decoy]
    return again(moment, "asked", "Something said in passing.", Text.of(decoy.text))


def _refer(moment: Moment, found: Found) -> Outcome:
    remembered = carried(moment)
    told = facts(moment, remembered)
    card = (Card(wording.INCIDENT_CARRIED, told),) if told else ()
    first = PROTECT if WORRIED in found.log else ""
    state = replace(moment.state, awaited=Awaited("incident", first, (*found.offers[:2], *remembered)))
    blocks = (Text.of(wording.INCIDENT), Text.of(wording.SENDS_NOTHING), *card)
    return Outcome(state, (*blocks, *prompt(moment.at(state))), "asked", "Something that has happened.")


_REPLIES = {
    "answer": _answer,
    "offer": _offer,
    "clarify": _clarify,
    "decline": _decline,
    "smalltalk": _smalltalk,
    "refer": _refer,
}


def unsuggested(moment: Moment) -> Moment:
    """The moment without what was only suggested; what a dialog waits for stays."""
    awaited = moment.state.awaited
    if awaited is None or awaited.kind not in SUGGESTIONS:
        return moment
    return moment.at(replace(moment.state, awaited=None))


def _choose(
    moment: Moment, blocks: tuple[Block, ...], words: str, topics: Iterable[str], *, first: str = ""
) -> Outcome:
    topics = tuple(topics)
    if moment.dialog is not None or moment.state.awaited is not None:
        # A dialog waits for its own answer: the titles are named, and can be pressed as commands can.
        titles = tuple(moment.definitions.library.topics[one].title for one in topics)
        outcome = again(moment, "asked", words, *blocks, Text.of(Bullets(titles), wording.ASK_IN_FULL))
        return replace(outcome, offered=topics)
    state = replace(moment.state, awaited=Awaited("offer", first, tuple(topics)))
    return Outcome(state, (*blocks, *prompt(moment.at(state))), "asked", words)


def _unanswered(moment: Moment, blocks: tuple[Block, ...], words: str) -> Outcome:
    """Says something, and outside a dialog what can be done about it."""
    moment = unsuggested(moment)
    state = moment.state
    if moment.dialog is None and state.awaited is None:
        state = replace(state, awaited=Awaited("unanswered"))
    return Outcome(state, (*blocks, *prompt(moment.at(state))), "asked", words)


def _then_next(
    moment: Moment, blocks: tuple[Block, ...], topic: Topic, words: str, *, has_more: bool = True
) -> Outcome:
    """Says something of a topic, and then what is asked in the dialog, or what may be asked next."""
    state, helped = moment.state, Text.of(wording.DID_IT_HELP, tone="note")
    if moment.dialog is not None or state.awaited is not None:
        titles = [moment.definitions.library.topics[other].title for other in topic.related[:2]]
        asked_next = Text.of(wording.ask_next(*titles))
        return Outcome(state, (*blocks, asked_next, helped, *prompt(moment)), "asked", words, topic=topic.id)
    state = replace(state, awaited=Awaited("next", topic.id, ("more",) if has_more and topic.detail else ()))
    return Outcome(state, (*blocks, helped, *prompt(moment.at(state))), "asked", words, topic=topic.id)


def _identifiers_noted(moment: Moment) -> tuple[Block, ...]:
    found = privacy.identifiers(moment.words or "")
    return (Text.of(privacy.note(found), tone="note"),) if found else ()
