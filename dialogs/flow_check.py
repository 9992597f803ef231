"""Refuses a broken flow: a name twice, an unknown condition or answer, a question that can never be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product

from dialogs.condition import Condition
from dialogs.flow import BrokenFlow, Flow, Question
from dialogs.walk import Said, walk


def check_flow(flow: Flow) -> None:
    """Raises BrokenFlow naming the flow and the question of the first mistake found."""
    names = [question.name for question in flow.questions]
    for question in flow.questions:
        place = f"flow '{flow.name}', question '{question.name}'"
        if names.count(question.name) > 1:
            raise BrokenFlow(f"{place}: this name is used twice")
        for fault in chain(_question_faults(flow, question), _condition_faults(flow, question)):
            raise BrokenFlow(f"{place}: {fault}")
    for fault in _going_on_faults(flow):
        raise BrokenFlow(f"flow '{flow.name}', going on from a decision: {fault}")
    used = {name for question in flow.questions for name in (*question.asked_when, *question.stands_when)}
    for name, alternatives in flow.conditions.items():
        if name not in used:
            raise BrokenFlow(f"flow '{flow.name}', condition '{name}': no question uses it")
        for fault in (fault for one in alternatives for fault in one.faults(_readable(flow))):
            raise BrokenFlow(f"flow '{flow.name}', condition '{name}': {fault}")
    for fault in (fault for one in flow.stops_when for fault in one.faults(_readable(flow))):
        raise BrokenFlow(f"flow '{flow.name}', where it stops early: {fault}")
    for question in flow.questions:
        if not _can_be_asked(flow, question):
            raise BrokenFlow(f"flow '{flow.name}', question '{question.name}': no answers lead to it")


def _question_faults(flow: Flow, question: Question) -> Iterator[str]:
    ids = [option.id for option in question.options]
    known = flow.table.inputs.get(question.name)
    if len(set(ids)) != len(ids):
        yield "an option is given twice"
    if question.kind in {"choice", "many", "ready"} and not ids:
        yield "it has no options"
    if question.kind in {"date", "text"} and ids:
        yield f"a {question.kind} has no options"
    if question.kind != "text" and question.reason_for:
        yield "only words of their own give a reason"
    if question.ahead and question.kind != "date":
        yield "only a date lies ahead"
    earlier = [one.name for one in flow.questions[: flow.questions.index(question)]]
    if question.reason_for and question.reason_for not in earlier:
        yield f"'{question.reason_for}', for which it gives the reason, is not asked before it"
    if not question.why:
        yield "it does not say why it is asked"
    if not question.likely or not question.fits(question.likely):
        yield f"its likely answer '{question.likely}' is not one of its answers"
    if question.unclear and (question.kind != "choice" or question.unclear not in ids):
        yield f"'{question.unclear}', taken where words are unclear, is not one of its answers"
    if known is not None:
        yield from (f"'{one}' is not an answer the table knows" for one in ids if one not in known)


def _condition_faults(flow: Flow, question: Question) -> Iterator[str]:
    """A condition may read only what was asked before, or what is worked out from it."""
    later = {one.name for one in flow.questions[flow.questions.index(question) :]}
    for name in (*question.asked_when, *question.stands_when):
        if name not in flow.conditions:
            yield f"no condition is called '{name}'"
            continue
        for asked, _ in (fit for one in flow.conditions[name] for fit in one.fits):
            if asked in later:
                yield f"its condition '{name}' needs '{asked}', which has not been asked by then"


def _going_on_faults(flow: Flow) -> Iterator[str]:
    """What is carried over, asked again and given must be questions of this flow, and answers they take."""
    news = flow.goes_on
    if news is None:
        return
    asks = flow.question(news.question)
    if asks is None or asks.kind != "many":
        yield f"'{news.question}' is no question where several can be ticked"
        return
    ids = {option.id for option in asks.options}
    yield from (f"'{one}' is not an answer of '{asks.name}'" for one in sorted({*news.again, *news.gives} - ids))
    named = {name for names in news.again.values() for name in names} | news.afresh | news.personal
    named |= {name for one in news.once_other for name in (*one.again, *(fit for fit, _ in one.was.fits))}
    yield from (f"there is no question '{name}'" for name in sorted(named) if flow.question(name) is None)
    for name, answer in ((name, answer) for given in news.gives.values() for name, answer in given.items()):
        question = flow.question(name)
        if question is None or not question.fits(answer):
            yield f"'{name}' does not take '{answer}'"


def _readable(flow: Flow) -> Mapping[str, tuple[str, ...]]:
    own = {one.name: tuple(option.id for option in one.options) for one in flow.questions}
    return {**own, **flow.table.inputs, **flow.table.derived}


def _can_be_asked(flow: Flow, question: Question) -> bool:
    """Whether some walk asks a question.

    The walks tried give the answers that its condition names, then those that a row of the table names, then the
    likely ones: a condition on the outcome is met by the answers of a row that has it. A condition on what is worked
    out from several answers is met by giving them all alike.
    """
    return any(_asked_on(flow, question, forced) for forced in _walks_to_try(flow, question))


def _walks_to_try(flow: Flow, question: Question) -> Iterator[dict[str, str]]:
    alternatives = [one for name in question.asked_when for one in flow.conditions[name]] or [Condition(())]
    for alternative, alike in product(alternatives, ("", "yes", "no")):
        wherever = {one.name: alike for one in flow.questions if alike and _goes_on(flow, one, alike)}
        for row in (None, *flow.table.rows):
            by_row = {name: min(answers) for name, answers in row.when.fits} if row else {}
            named = [[(name, answer) for answer in sorted(answers)] for name, answers in alternative.fits]
            for answers in product(*named):
                yield {**wherever, **by_row, **dict(answers)}


def _goes_on(flow: Flow, question: Question, answer: str) -> bool:
    """Whether a question takes an answer that does not stop the dialog."""
    return question.kind == "choice" and question.fits(answer) and not flow.stopped({question.name: answer})


def _asked_on(flow: Flow, question: Question, forced: Mapping[str, str]) -> bool:
    said: tuple[Said, ...] = ()
    while (following := walk(flow, said).next) is not None:
        if following.name == question.name:
            return True
        answer = forced.get(following.name, following.likely)
        said = (*said, Said(following.name, answer if following.fits(answer) else following.likely))
    return False
