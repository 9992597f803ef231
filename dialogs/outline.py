"""A flow as a list for reading: each question with when it is asked, its answers, where it stops, and the outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.flow import NONE_OF_THESE, SOME_WORDS, UNSURE, Flow, Question
from dialogs.in_words import asked_in_words, row_in_words
from dialogs.table import Row


@dataclass(frozen=True)
class Answer:
    """An answer in words; `stops` is the code and title of the gate at which it ends the dialog, or empty."""

    label: str
    stops: str = ""


@dataclass(frozen=True)
class Step:
    """One question: its place from 1, when it is asked (empty for always), and its answers."""

    number: int
    name: str
    short: str
    text: str
    help: str
    why: str
    kind: str
    asked: str
    answers: tuple[Answer, ...]

    @property
    def stops(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Where the dialog stops here: the gate's code and title, and the answers that lead to it."""
        gates: dict[str, tuple[str, ...]] = {}
        for answer in self.answers:
            if answer.stops:
                gates[answer.stops] = (*gates.get(answer.stops, ()), answer.label)
        return tuple(gates.items())


@dataclass(frozen=True)
class Ending:
    """A gate or a row: its name, the outcome's code and title, and what must hold for it."""

    name: str
    code: str
    title: str
    when: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """A whole flow, for reading."""

    name: str
    title: str
    version: str
    rules_version: str
    steps: tuple[Step, ...]
    gates: tuple[Ending, ...]
    rows: tuple[Ending, ...]


def outline(flow: Flow) -> Outline:
    """The flow as a list for reading."""
    steps = tuple(_step(flow, number, question) for number, question in enumerate(flow.questions, start=1))
    gates = tuple(_ending(flow, row) for row in flow.table.gates)
    rows = tuple(_ending(flow, row) for row in flow.table.rows)
    return Outline(flow.name, flow.title, flow.version, flow.table.version, steps, gates, rows)


def _step(flow: Flow, number: int, question: Question) -> Step:
    return Step(
        number=number,
        name=question.name,
        short=question.short,
        text=question.text,
        help=question.help,
        why=question.why,
        kind=question.kind,
        asked=asked_in_words(flow, question.name),
        answers=tuple(_answers(flow, question)),
    )


def _answers(flow: Flow, question: Question) -> list[Answer]:
    if question.kind == "date":
        return [Answer("A date to come" if question.ahead else "A date"), Answer("Not sure")]
    if question.kind == "text":
        return [Answer(SOME_WORDS)]
    ids = [option.id for option in question.options]
    if question.kind == "many":
        ids = [*ids, NONE_OF_THESE, UNSURE]
    return [Answer(question.label(one), _stop(flow, question.name, one)) for one in ids]


def _stop(flow: Flow, name: str, answer: str) -> str:
    facts = {name: answer}
    if not flow.stopped(facts):
        return ""
    gate = next((row for row in flow.table.gates if row.holds(facts)), None)
    return f"{gate.code}: {gate.title}" if gate else "The dialog stops"


def _ending(flow: Flow, row: Row) -> Ending:
    return Ending(row.name, row.code, row.title, row_in_words(flow, row))
