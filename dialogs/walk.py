"""Where someone is in a flow, from what they said: their place is worked out afresh each time, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dialogs.condition import Facts
from dialogs.flow import NONE_OF_THESE, SOME_WORDS, UNSURE, Flow, Question


@dataclass(frozen=True)
class Said:
    """One answer a person gave, in the order they gave it. The last one to a question is the one that counts."""

    question: str
    answer: str


@dataclass(frozen=True)
class Place:
    """Where someone is: the answers in use, the next question (None when all are answered), and what is left aside.

    `aside` holds answers that do not apply now; they return if the change that set them aside is undone.
    `misfit` names a question whose kept answer the flow no longer takes.
    """

    answers: tuple[tuple[Question, str], ...]
    next: Question | None
    aside: tuple[tuple[str, str], ...]
    misfit: str | None
    facts: Facts

    @property
    def by_name(self) -> dict[str, str]:
        """The answers in use, by question."""
        return {question.name: answer for question, answer in self.answers}


@dataclass(frozen=True)
class Effect:
    """What a changed answer would do: questions whose answers would be set aside, and questions it would open."""

    drops: tuple[Question, ...]
    opens: tuple[Question, ...]


# One turn looks at the same place several times.
@lru_cache(maxsize=256)
def walk(flow: Flow, said: tuple[Said, ...]) -> Place:
    """The place reached by replaying what was said from the first question."""
    return _walk(flow, answers_that_count(flow, said))


def answers_that_count(flow: Flow, said: tuple[Said, ...]) -> dict[str, str]:
    """The answer that counts to each question: the last one given.

    A reason counts only for the answer it was given for. Where a dialog goes on from an earlier decision, answers from
    before what is new was said count only to questions that this does not open again.
    """
    last = _carried(flow, said)
    about: dict[str, str] = {}
    given: dict[tuple[str, str | None], str] = {}
    for one in said if flow.reasons else ():
        about[one.question] = one.answer
        if one.question in flow.reasons:
            given[one.question, about.get(flow.reasons[one.question])] = one.answer
    for name, asked in flow.reasons.items():
        last.pop(name, None)
        if (name, last.get(asked)) in given:
            last[name] = given[name, last.get(asked)]
    return last


def _carried(flow: Flow, said: tuple[Said, ...]) -> dict[str, str]:
    news = flow.goes_on
    places = [at for at, one in enumerate(said) if news is not None and one.question == news.question]
    if news is None or not places:
        return {one.question: one.answer for one in said}
    new = said[places[-1]].answer
    stood = {one.question: one.answer for one in said[: places[0]]}
    before = {name: answer for name, answer in stood.items() if name not in news.asked_again(new)}
    given = news.given(new)
    # What is new was said later than any other answer to the questions it answers by itself.
    since = {
        one.question: one.answer
        for at, one in enumerate(said)
        if at >= places[0] and (at > places[-1] or one.question not in given)
    }
    now = {**before, **given, **since}
    opened = news.opened(stood, now) - given.keys() - since.keys()
    return {name: answer for name, answer in now.items() if name not in opened}


def _walk(flow: Flow, kept: Mapping[str, str], *, likely: bool = False) -> Place:
    """The place reached with these answers; with `likely`, as most people answer wherever there is none."""
    used: dict[str, str] = {}
    answers: list[tuple[Question, str]] = []
    facts = flow.facts(used)
    following: Question | None = None
    misfit: str | None = None
    for question in flow.questions:
        if flow.stopped(facts):
            break
        answer = kept.get(question.name)
        if not (flow.asks(question, facts) or (answer is not None and flow.stands(question, facts))):
            continue
        if likely and (answer is None or not question.fits(answer)):
            answer = question.likely
        if answer is None or not question.fits(answer):
            following = question
            misfit = question.name if answer is not None else None
            break
        used[question.name] = answer
        answers.append((question, answer))
        facts = flow.facts(used)
    aside = tuple((name, answer) for name, answer in kept.items() if name not in used)
    if misfit is None and following is None:
        misfit = next((name for name, _ in aside if flow.question(name) is None), None)
    return Place(tuple(answers), following, aside, misfit, facts)


def change_effect(flow: Flow, said: tuple[Said, ...], new: Said) -> Effect:
    """What would happen if `new` replaced the answer to its question."""
    before = walk(flow, said)
    after = walk(flow, (*said, new))
    now_used = {question.name for question, _ in after.answers}
    drops = tuple(q for q, _ in before.answers if q.name not in now_used and q.name != new.question)
    later = _likely_end(flow, (*said, new))
    # What is still to be asked anyway is not opened by the change; what was answered and is asked again is.
    to_come = {question.name for question, _ in _likely_end(flow, said).answers} - {q.name for q, _ in before.answers}
    kept = answers_that_count(flow, (*said, new))
    opened = (question for question, _ in later.answers if question.name not in {*now_used, *to_come, *kept})
    opens = tuple(question for question in opened if question.kind != "ready")
    really_dropped = tuple(q for q in drops if q.name not in {one.name for one, _ in later.answers})
    return Effect(really_dropped, opens)


def questions_left(flow: Flow, said: tuple[Said, ...]) -> int:
    """How many questions are likely left, the next one included, if the usual answers are given."""
    kept = answers_that_count(flow, said)
    return sum(kept.get(question.name) != answer for question, answer in _likely_end(flow, said).answers)


def _likely_end(flow: Flow, said: tuple[Said, ...]) -> Place:
    return _walk(flow, answers_that_count(flow, said), likely=True)


def every_path(flow: Flow) -> Iterator[tuple[Said, ...]]:
    """Every way through the flow, ticking nothing or one box at a time and leaving dates unknown."""
    stack: list[tuple[Said, ...]] = [()]
    while stack:
        said = stack.pop()
        place = walk(flow, said)
        if place.next is None:
            yield said
            continue
        stack += [(*said, Said(place.next.name, answer)) for answer in reversed(possible_answers(place.next))]


def possible_answers(question: Question) -> list[str]:
    """One answer for each way a question can be answered."""
    if question.kind in {"date", "text"}:
        return [UNSURE if question.kind == "date" else SOME_WORDS]
    answers = [option.id for option in question.options]
    return [NONE_OF_THESE, *answers] if question.kind == "many" else answers
