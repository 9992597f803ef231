"""What would change a decision: other answers to one question, each walked as it would be, never further than asked."""

from __future__ import annotations

from dialogs.decision import Change
from dialogs.flow import Flow, Question
from dialogs.walk import Place, Said, walk

MORE_FIRST = "I would ask more before I could say"


def what_would_change(flow: Flow, said: tuple[Said, ...]) -> tuple[Change, ...]:
    """For each answer in use that can decide, the other answers that would lead elsewhere, grouped by where.

    An answer that opens a question which could itself decide leads to more questions, not to an outcome: `outcome` is
    then empty. Nothing for a dialog that stopped early.
    """
    now = _outcome(flow, walk(flow, said))
    found: dict[tuple[str, str, str], list[str]] = {}
    for question, given in walk(flow, said).answers if now else ():
        for option in question.options if _is_weighed(flow, question) else ():
            place = walk(flow, (*said, Said(question.name, option.id)))
            other = _outcome(flow, place)
            if option.id != given and other != now and not flow.stopped(place.facts):
                found.setdefault((question.name, *(other or ("", MORE_FIRST))), []).append(option.id)
    return tuple(Change(name, tuple(answers), code, title) for (name, code, title), answers in found.items())


def _outcome(flow: Flow, place: Place) -> tuple[str, str] | None:
    """The code and title of the row reached, or None where a question is open that could still decide."""
    if flow.stopped(place.facts) or (place.next is not None and _may_decide(flow, place.next)):
        return None
    row = flow.table.first_row(place.facts)
    return row.code, row.title


def _is_weighed(flow: Flow, question: Question) -> bool:
    """Whether other answers are worth naming: what people judge for themselves is not held up to them."""
    return question.kind == "choice" and not question.recorded and _may_decide(flow, question)


def _may_decide(flow: Flow, question: Question) -> bool:
    names = [one.name for one in flow.questions]
    return names.index(question.name) <= max(names.index(one) for one in flow.table.decisive)
