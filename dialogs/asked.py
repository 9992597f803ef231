"""Whether a flow asks the right questions: none whose answer can change nothing, and none left out that could."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dialogs.answer_classes import TODAY, answer_classes, conditions_of_row, dates_said, stands_alone
from dialogs.condition import Condition, Facts, Value
from dialogs.decision import Dates, Decision, Local
from dialogs.flow import Flow, Question
from dialogs.table import Row

Said = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fault:
    """A question asked in vain, or left out though its answer could change something.

    `answers` is one walk to that point, of `cases` like it; `answer` is the answer left out that would have mattered.
    """

    question: str
    answers: Said
    cases: int
    answer: str = ""

    def __str__(self) -> str:
        path = ", ".join(f"{name}={answer}" for name, answer in self.answers)
        what = f"{self.question}={self.answer}" if self.answer else self.question
        return f"{what}, in {self.cases} cases, such as: {path}"


@dataclass(frozen=True)
class Findings:
    """What a law was found to hold for (`cases` points of a walk), where it fails, and the questions met."""

    cases: int
    faults: tuple[Fault, ...]
    asked: frozenset[str] = frozenset()


Difference = tuple[str, frozenset[str], frozenset[tuple[str, str]]]


def difference(decision: Decision) -> Difference:
    """What makes one decision differ from another: the outcome, the add-ons, the duties and the days they run from."""
    duties = frozenset((duty.name, str(duty.counted_on)) for duty in decision.duties)
    return decision.outcome, frozenset(one.code for one in decision.add_ons), duties


@dataclass
class Outcomes:
    """Decisions of one flow, each worked out once for all facts that its row, its add-ons and its duties cannot tell.

    Inputs that do not decide the outcome, such as the role, are always told apart.
    """

    flow: Flow
    local: Local = field(default_factory=Local)
    _rows: dict[tuple[Value | None, ...], Row | None] = field(default_factory=dict)
    _reads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Difference] = field(default_factory=dict)

    def of(self, answers: Mapping[str, str]) -> Difference:
        """What the decision for these answers is known by."""
        facts = self.flow.facts(answers)
        row = self.row(facts)
        dates = dates_said(answers)
        reads = self._reads_of(row)
        worked_out = frozenset((name, value) for name, value in facts.items() if name not in self.flow.table.inputs)
        key = (row and row.name, *(facts.get(name) for name in reads), worked_out, dates)
        if key not in self._known:
            self._known[key] = difference(self.flow.decide(answers, dates, self.local))
        return self._known[key]

    def row(self, facts: Facts) -> Row | None:
        """The row that these facts reach, whatever gate they meet; None for a walk that stopped early."""
        key = tuple(facts.get(name) for name in self.flow.table.decisive)
        if key not in self._rows:
            self._rows[key] = _first_row(self.flow, facts)
        return self._rows[key]

    def _reads_of(self, row: Row | None) -> tuple[str, ...]:
        name = row.name if row else ""
        if name not in self._reads:
            self._reads[name] = _reads(self.flow, row)
        return self._reads[name]


def _first_row(flow: Flow, facts: Facts) -> Row | None:
    try:
        return flow.table.first_row(facts)
    except LookupError:
        # A walk that stops early reaches no row.
        return None


def _reads(flow: Flow, row: Row | None) -> tuple[str, ...]:
    table = flow.table
    if row is None:
        return tuple(table.inputs)
    rows = [*table.gates, row, *table.add_ons]
    conditions = [one for each in table.gates + table.add_ons for one in conditions_of_row(each)]
    named = [*table.always, *(name for each in rows for name in each.duties)]
    conditions += [table.duties[name].when for name in named]
    read = {name for one in conditions for name, _ in one.fits}
    return tuple(name for name in table.inputs if name in read or name not in table.decisive)


def asked_in_vain(flow: Flow, outcomes: Outcomes | None = None) -> Findings:
    """Every point of a walk where a question is asked though no two of its answers can lead to different decisions.

    A question with one answer only, such as a notice to be acknowledged, is not counted; nor are words of their own and
    what is asked because it belongs on the record.
    """
    return _Vain(flow, outcomes or Outcomes(flow)).findings()


class _Vain:
    def __init__(self, flow: Flow, outcomes: Outcomes) -> None:
        self.flow, self.outcomes, self.tried = flow, outcomes, _tried(flow)
        self.ids: dict[object, int] = {}
        self.found: dict[str, list[Said]] = {}
        self.known: dict[object, int] = {}
        self.asked: set[str] = set()
        self.cases = 0

    def findings(self) -> Findings:
        self._shape({}, 0)
        faults = tuple(Fault(name, at[0], len(at)) for name, at in self.found.items())
        return Findings(self.cases, faults, frozenset(self.asked))

    def _shape(self, used: dict[str, str], place: int) -> int:
        """A number for all that can still be decided from here: the same number, the same decisions."""
        question, place, facts = _next(self.flow, used, place)
        if question is None:
            return self._number(self.outcomes.of(used))
        key = _known_by(used, place, facts)
        if key not in self.known:
            self.known[key] = self._asking(question, used, place)
        return self.known[key]

    def _asking(self, question: Question, used: dict[str, str], place: int) -> int:
        self.asked.add(question.name)
        shapes = [self._shape({**used, question.name: answer}, place + 1) for answer in self.tried[question.name]]
        if question.kind not in {"ready", "text"} and not question.recorded:
            self.cases += 1
            if len(set(shapes)) == 1:
                self.found.setdefault(question.name, []).append(tuple(used.items()))
        return shapes[0] if len(set(shapes)) == 1 else self._number((question.name, *shapes))

    def _number(self, shape: object) -> int:
        return self.ids.setdefault(shape, len(self.ids))


def left_out(
    flow: Flow, by_design: Mapping[str, tuple[Condition, ...]] | None = None, outcomes: Outcomes | None = None
) -> Findings:
    """Every question left out of a walk though an answer to it, with what it opens, would change the decision.

    `by_design` names, for a question, when it is left out on purpose. Walks that stop early are not counted.
    """
    return _LeftOut(flow, by_design or {}, outcomes or Outcomes(flow)).findings()


class _LeftOut:
    def __init__(self, flow: Flow, by_design: Mapping[str, tuple[Condition, ...]], outcomes: Outcomes) -> None:
        self.flow, self.by_design, self.outcomes = flow, by_design, outcomes
        self.tried = _tried(flow)
        alone = [question.name for question in flow.questions if stands_alone(flow, question.name)]
        self.varied = {**self.tried, **{name: self.tried[name][:1] for name in alone}}
        self.besides: dict[tuple[str, str], list[Condition]] = {}
        self.found: dict[tuple[str, str, str], list[Said]] = {}
        self.cases = 0

    def findings(self) -> Findings:
        for used in _ends(self.flow, self.varied, {}, 0):
            facts = self.flow.facts(used)
            if not self.flow.stopped(facts):
                self._look_at(used, facts)
        faults = (Fault(name, at[0], len(at), answer) for (name, answer, _), at in self.found.items())
        return Findings(self.cases, tuple(faults))

    def _look_at(self, used: dict[str, str], facts: Facts) -> None:
        as_it_is = self.outcomes.of(used)
        for place, question in enumerate(self.flow.questions):
            name = question.name
            if name in used or any(one.holds(facts) for one in self.by_design.get(name, ())):
                continue
            self.cases += len(self.tried[name])
            for answer in self.tried[name] if self._may_count(question, used, facts) else ():
                if any(self.outcomes.of(end) != as_it_is for end in self._with(used, place, answer)):
                    self.found.setdefault((name, answer, as_it_is[0]), []).append(tuple(used.items()))

    def _may_count(self, question: Question, used: dict[str, str], facts: Facts) -> bool:
        """Whether some condition reads the answer, and the rest of that condition holds."""
        name = question.name
        if name not in self.flow.table.inputs:
            return question.kind == "date" or any(
                self.flow.facts({**used, name: answer}) != facts for answer in self.tried[name]
            )
        row = self.outcomes.row(facts)
        key = (name, row.name if row else "")
        if key not in self.besides:
            self.besides[key] = list(_read_besides(self.flow, name, row))
        return any(rest.holds(facts) for rest in self.besides[key])

    def _with(self, used: dict[str, str], place: int, answer: str) -> Iterator[dict[str, str]]:
        """The walks that end as this one does once this question is answered too."""
        earlier = {question.name for question in self.flow.questions[:place]}
        start = {name: given for name, given in used.items() if name in earlier}
        return _ends(self.flow, self.varied, {**start, self.flow.questions[place].name: answer}, place + 1, used)


def _read_besides(flow: Flow, name: str, row: Row | None) -> Iterator[Condition]:
    """What else must hold, for each condition that reads this answer, before the answer can count.

    Duties are those of this row, the gates and the add-ons; another row's count only once that row is reached.
    """
    table = flow.table
    rows = [*table.gates, *table.add_ons, *([row] if row else [])]
    duties = {*table.always, *(duty for each in rows for duty in each.duties)}
    conditions = [*flow.stops_when, *(one for alternatives in flow.conditions.values() for one in alternatives)]
    conditions += [one for each in table.every_row() for one in conditions_of_row(each)]
    conditions += [table.duties[duty].when for duty in duties]
    for one in conditions:
        if any(each == name for each, _ in one.fits):
            yield Condition(tuple(fit for fit in one.fits if fit[0] != name and fit[0] not in table.derived))


def _ends(
    flow: Flow,
    tried: Mapping[str, tuple[str, ...]],
    start: dict[str, str],
    place: int,
    kept: Mapping[str, str] | None = None,
) -> Iterator[dict[str, str]]:
    """The complete walks from a place, giving the kept answers again wherever they are asked for.

    Of walks that have asked the same, know the same and stand at the same place, one goes on for all.
    """
    stack = [(start, place)]
    seen: set[object] = set()
    while stack:
        used, place = stack.pop()
        question, place, facts = _next(flow, used, place)
        if (key := _known_by(used, place, facts)) in seen:
            continue
        seen.add(key)
        if question is None:
            yield used
            continue
        given = kept.get(question.name) if kept else None
        answers = (given,) if given else reversed(tried[question.name])
        stack += [({**used, question.name: answer}, place + 1) for answer in answers]


def _next(flow: Flow, used: Mapping[str, str], place: int) -> tuple[Question | None, int, Facts]:
    facts = flow.facts(used)
    if flow.stopped(facts):
        return None, place, facts
    while place < len(flow.questions):
        question = flow.questions[place]
        if flow.asks(question, facts):
            return question, place, facts
        place += 1
    return None, place, facts


def _known_by(used: Mapping[str, str], place: int, facts: Facts) -> object:
    """All that what comes after a point of a walk can depend on."""
    return place, frozenset(used), frozenset(facts.items()), Dates.said(TODAY, used)


def _tried(flow: Flow) -> dict[str, tuple[str, ...]]:
    """One answer for each class. Of boxes that bear on nothing else, none and one are enough to see a difference."""
    tried = {name: tuple(one[0] for one in classes) for name, classes in answer_classes(flow).items()}
    for question in flow.questions:
        if question.kind == "many" and stands_alone(flow, question.name):
            tried[question.name] = tried[question.name][:2]
    return tried
