"""The distinct paths through a flow: its many walks gathered into as few rows as tell what each outcome depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dialogs.answer_classes import A_DAY, Class, answer_classes, conditions_of_row, dates_said
from dialogs.condition import Condition
from dialogs.decision import Local
from dialogs.flow import NONE_OF_THESE, UNSURE, Answers, Flow, Question
from dialogs.table import Row


@dataclass(frozen=True)
class PathRow:
    """Walks that differ in nothing the outcome depends on.

    `fits` names, for each question that matters, the answers these walks give; `answers` is the same in words, each
    question by its short name. `gate` is the name of the gate they meet, or empty. `asked` is the most questions any
    of them asks, `walks` how many walks there are, counting a date as given or not known, and boxes as ticked one at
    a time, not at all, or not known.
    """

    fits: tuple[tuple[str, frozenset[str]], ...]
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    outcome: str
    title: str
    row: str
    gate: str
    asked: int
    walks: int

    def holds(self, answers: Answers) -> bool:
        """Whether a finished walk gives one of these answers to each question that matters here."""
        return all(_one_of(answers.get(name), fits) for name, fits in self.fits)


def _one_of(answer: str | None, fits: frozenset[str]) -> bool:
    return answer is not None and (answer in fits or (answer not in {UNSURE, NONE_OF_THESE} and A_DAY in fits))


def row_for(rows: tuple[PathRow, ...], answers: Answers) -> PathRow:
    """The row a finished walk belongs to: a gate it meets, otherwise the one row below the gates that holds.

    Raises LookupError where there is none, which the rows of the walk's own flow never do.
    """
    for row in rows:
        if row.holds(answers):
            return row
    raise LookupError(f"no path holds for {dict(answers)}")


class _Leaf(NamedTuple):
    row: Row | None


class _Split(NamedTuple):
    question: str
    branches: tuple[tuple[Class, _Shape], ...]


_Shape = _Leaf | _Split


class _Walks(NamedTuple):
    """How the walks on from one place end: the shape of what decides it and, for each leaf, how many and how long."""

    shape: _Shape
    counts: tuple[tuple[int, int], ...]


def distinct_paths(flow: Flow, local: Local | None = None) -> tuple[PathRow, ...]:
    """Gates first, then every distinct path that meets none, in the order of the questions.

    Every walk belongs to exactly one row: the first gate it meets or, meeting none, the one row that holds for it.
    """
    setting = local or Local()

    def gate_met(answers: Answers) -> Row | None:
        met = flow.decide(answers, dates_said(answers), setting).row
        return next((row for row in flow.table.gates if row.name == met), None)

    def at_gate(answers: Answers) -> _Walks:
        return _Walks(_Leaf(gate_met(answers)), ((1, 0),))

    def below(answers: Answers) -> _Walks | None:
        facts = flow.facts(answers)
        if flow.stopped(facts):
            return None
        # A walk that meets a gate has been counted there. Here it takes the row it would have reached, splitting none.
        return _Walks(_Leaf(flow.table.first_row(facts)), ((0 if gate_met(answers) else 1, 0),))

    return (*_rows(flow, _Gathering(flow, at_gate), gates=True), *_rows(flow, _Gathering(flow, below), gates=False))


def count_walks(flow: Flow) -> int:
    """How many walks there are through a flow, counted as PathRow counts them, whatever they lead to."""
    gathered = _Gathering(flow, lambda _: _Walks(_Leaf(None), ((1, 0),))).walks({}, 0)
    return gathered.counts[0][0] if gathered else 0


class _Gathering:
    """Walks gathered by how they end; each place is looked at once for all answers that can no longer matter."""

    def __init__(self, flow: Flow, ending: Callable[[Answers], _Walks | None]) -> None:
        self.flow, self.ending, self.classes = flow, ending, answer_classes(flow)
        self.reads = tuple(sorted({name for one in _deciding(flow) for name, _ in one.fits}))
        self.dates = [question.name for question in flow.questions if question.kind == "date"]
        self.known: dict[tuple[object, ...], _Walks | None] = {}

    def walks(self, used: dict[str, str], place: int) -> _Walks | None:
        """How the walks from this place end; None where none of them counts."""
        facts = self.flow.facts(used)
        while place < len(self.flow.questions) and not self.flow.asks(self.flow.questions[place], facts):
            place += 1
        over = self.flow.stopped(facts) or place == len(self.flow.questions)
        key = (over, place, *(facts.get(name) for name in self.reads), *(used.get(name) for name in self.dates))
        if key not in self.known:
            self.known[key] = self.ending(used) if over else self._after(used, place)
        return self.known[key]

    def _after(self, used: dict[str, str], place: int) -> _Walks | None:
        name = self.flow.questions[place].name
        ways: dict[_Shape, tuple[Class, tuple[tuple[int, int], ...]]] = {}
        for answers in self.classes[name]:
            after = self.walks({**used, name: answers[0]}, place + 1)
            if after is not None:
                counts = tuple((walks * len(answers), asked + 1) for walks, asked in after.counts)
                same, so_far = ways.get(after.shape, ((), counts))
                ways[after.shape] = (same + answers, _added(so_far, counts) if same else counts)
        if len(ways) > 1:
            shape = _Split(name, tuple((answers, each) for each, (answers, _) in ways.items()))
            return _Walks(shape, tuple(count for _, counts in ways.values() for count in counts))
        return next((_Walks(shape, counts) for shape, (_, counts) in ways.items()), None)


def _added(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (walks + more, max(asked if walks else 0, longer if more else 0))
        for (walks, asked), (more, longer) in zip(one, other, strict=True)
    )


def _deciding(flow: Flow) -> Iterator[Condition]:
    """The conditions that an outcome hangs on; those of duties and add-ons do not change it."""
    yield from flow.stops_when
    yield from (one for alternatives in flow.conditions.values() for one in alternatives)
    yield from (one for row in flow.table.gates + flow.table.rows for one in conditions_of_row(row))


def _rows(flow: Flow, gathering: _Gathering, *, gates: bool) -> Iterator[PathRow]:
    gathered = gathering.walks({}, 0)
    if gathered is None:
        return
    found = [
        _Gathered({name: set(answers) for name, answers in fits}, row, walks, asked)
        for (fits, row), (walks, asked) in zip(_leaves(gathered.shape), gathered.counts, strict=True)
        if row is not None
    ]
    for one in _merged(found):
        fits = tuple((name, frozenset(answers)) for name, answers in one.fits.items())
        words = tuple(_in_words(flow, name, answers) for name, answers in fits)
        gate = one.row.name if gates else ""
        yield PathRow(fits, words, one.row.code, one.row.title, one.row.name, gate, one.asked, one.walks)


@dataclass
class _Gathered:
    fits: dict[str, set[str]]
    row: Row
    walks: int
    asked: int


def _merged(found: list[_Gathered]) -> list[_Gathered]:
    """The same walks in fewer rows: two rows that differ only in the answers to one question become one."""
    kept: list[_Gathered] = []
    for one in found:
        into = next((other for other in kept if other.row is one.row and _differ_in(one, other)), None)
        if into is None:
            kept.append(one)
            continue
        name = _differ_in(one, into)
        into.fits[name] |= one.fits[name]
        into.walks, into.asked = into.walks + one.walks, max(into.asked, one.asked)
    return kept if len(kept) == len(found) else _merged(kept)


def _differ_in(one: _Gathered, other: _Gathered) -> str:
    """The one question in whose answers two rows differ; empty where they differ in more, or in what they ask."""
    if list(one.fits) != list(other.fits):
        return ""
    differing = [name for name, answers in one.fits.items() if answers != other.fits[name]]
    return differing[0] if len(differing) == 1 else ""


def _leaves(shape: _Shape) -> Iterator[tuple[tuple[tuple[str, Class], ...], Row | None]]:
    if isinstance(shape, _Leaf):
        yield (), shape.row
        return
    for answers, after in shape.branches:
        for fits, row in _leaves(after):
            yield ((shape.question, answers), *fits), row


def _in_words(flow: Flow, name: str, answers: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    question = flow.question(name)
    assert question is not None
    ids = [option.id for option in question.options] or [A_DAY, UNSURE]
    ids += [one for one in (NONE_OF_THESE, UNSURE) if question.kind == "many"]
    return question.short, tuple(_label(question, one) for one in ids if one in answers)


def _label(question: Question, answer: str) -> str:
    return "A day is given" if answer == A_DAY else question.label(answer)
