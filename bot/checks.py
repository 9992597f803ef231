"""Checks run live from the definitions for those who sign the policy off: what each promises, and how it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bot.referral_laws import BY_DESIGN, LAWS, Law
from dialogs.answer_classes import conditions_of_row
from dialogs.asked import Outcomes, asked_in_vain, left_out
from dialogs.decision import Local
from dialogs.flow import Flow
from dialogs.in_words import condition_in_words, listed
from dialogs.paths import PathRow, count_walks
from dialogs.table import Row, Table
from dialogs.table_check import unused_duties
from knowledge.sources import Source


@dataclass(frozen=True)
class CheckResult:
    """One check: what it promises, whether that holds, for how many cases, and the first cases where it does not.

    `note` says what is excepted on purpose.
    """

    name: str
    promise: str
    passed: bool
    cases: int
    detail: tuple[str, ...] = ()
    note: str = ""


def run(
    flows: Mapping[str, Flow], sources: Mapping[str, Source], paths: Mapping[str, tuple[PathRow, ...]], local: Local
) -> tuple[CheckResult, ...]:
    """Every check of every dialog. `paths` holds each dialog's distinct paths, by its name."""
    found = [result for flow in flows.values() for result in _of_flow(flow, sources, paths[flow.name], local)]
    if "referral" in flows:
        found += [_law(law, flows["referral"]) for law in LAWS]
    return (*found, _duties_used([flow.table for flow in flows.values()]))


def _of_flow(
    flow: Flow, sources: Mapping[str, Source], paths: tuple[PathRow, ...], local: Local
) -> Iterator[CheckResult]:
    # For both laws: most of their time is the decisions, and each would work out the same ones.
    outcomes = Outcomes(flow, local)
    vain = asked_in_vain(flow, outcomes)
    yield _every_combination(flow)
    yield _every_walk(flow, paths)
    yield _rows_reached(flow, paths)
    if flow.table.add_ons:
        yield _add_ons_reached(flow)
    yield _result(
        f"{flow.name}: every question is reached",
        "Every question is asked on some walk.",
        len(flow.questions),
        (one.name for one in flow.questions if one.name not in vain.asked),
    )
    yield _result(
        f"{flow.name}: no question in vain",
        "A question is asked only while its answer can still change the outcome, a duty, a date or an add-on.",
        vain.cases,
        map(str, vain.faults),
        _asked_for_the_record(flow),
    )
    yield _nothing_left_out(flow, outcomes)
    yield _sources_known(flow, sources)


def _asked_for_the_record(flow: Flow) -> str:
    """Which questions are asked whatever they change, because their answers belong on the record."""
    named = [one.short for one in flow.questions if one.recorded]
    reasons = " So are the reasons, in a person's own words." if flow.reasons else ""
    return f"Asked because the answer belongs on the record: {listed(named, 'and')}.{reasons}" if named else ""


def _every_combination(flow: Flow) -> CheckResult:
    combinations = list(flow.table.combinations())
    return _result(
        f"{flow.name}: one outcome each",
        "Every combination of the answers that decide has exactly one primary outcome: the first row that holds.",
        len(combinations),
        (str(facts) for facts in combinations if not any(row.holds(facts) for row in flow.table.rows)),
    )


def _every_walk(flow: Flow, paths: tuple[PathRow, ...]) -> CheckResult:
    walks, ended = count_walks(flow), sum(path.walks for path in paths)
    faults = [] if walks == ended else [f"{walks} walks, of which the paths account for {ended}"]
    return _result(
        f"{flow.name}: every walk ends",
        "Every way of answering ends at one gate or one row, and is covered by one line of the table of paths.",
        walks,
        faults,
    )


def _rows_reached(flow: Flow, paths: tuple[PathRow, ...]) -> CheckResult:
    reached = {path.row for path in paths if path.walks}
    rows = flow.table.gates + flow.table.rows
    return _result(
        f"{flow.name}: no dead row",
        "Every gate and every row is the outcome of some walk.",
        len(rows),
        (row.name for row in rows if row.name not in reached),
    )


def _add_ons_reached(flow: Flow) -> CheckResult:
    return _result(
        f"{flow.name}: no dead add-on",
        "Every add-on applies to some answers.",
        len(flow.table.add_ons),
        (row.name for row in flow.table.add_ons if not _can_hold(flow.table, row)),
    )


def _can_hold(table: Table, row: Row) -> bool:
    read = {name for one in conditions_of_row(row) for name, _ in one.fits}
    known = {**table.inputs, **table.derived}
    others = [name for name in known if name in read and name not in {*table.decisive, "outcome", "would_be"}]
    ways = [dict(zip(others, values, strict=True)) for values in product(*(known[name] for name in others))]
    for facts in table.combinations():
        code = table.first_row(facts).code
        reached = {**facts, "outcome": code, "would_be": code}
        if any(row.holds({**reached, **way}) for way in ways):
            return True
    return False


def _nothing_left_out(flow: Flow, outcomes: Outcomes) -> CheckResult:
    excepted = {name: tuple(one for one, _ in each) for name, each in BY_DESIGN.items() if flow.question(name)}
    findings = left_out(flow, excepted, outcomes)
    notes = [
        f"{question.short} is not asked where {condition_in_words(flow, one)}. {why}"
        for name, each in BY_DESIGN.items()
        if (question := flow.question(name)) is not None
        for one, why in each
    ]
    return _result(
        f"{flow.name}: nothing left out",
        "A question that was not asked could not have changed the outcome, a duty, a date or an add-on.",
        findings.cases,
        map(str, findings.faults),
        " ".join(notes),
    )


def _sources_known(flow: Flow, sources: Mapping[str, Source]) -> CheckResult:
    named = {name for row in flow.table.every_row() for name in row.duties} | set(flow.table.always)
    cites = [(f"row {row.name}", cite) for row in flow.table.every_row() for cite in row.cites]
    cites += [(f"duty {name}", cite) for name in sorted(named) for cite in flow.table.duties[name].cites]
    cites += [(f"question {question.name}", cite) for question in flow.questions for cite in question.cites]
    return _result(
        f"{flow.name}: every source is known",
        "Every rule, duty and question names a document that is in the list of sources.",
        len(cites),
        (f"{place}: {cite.source}" for place, cite in cites if cite.source not in sources),
    )


def _duties_used(tables: list[Table]) -> CheckResult:
    return _result(
        "all: every duty is used",
        "Every duty is named by some row, gate or add-on.",
        len(tables[0].duties),
        unused_duties(tables[0], *tables[1:]),
    )


def _law(law: Law, flow: Flow) -> CheckResult:
    cases, faults = law.check(flow)
    return _result(f"referral: {law.name}", law.promise, cases, faults)


def _result(name: str, promise: str, cases: int, faults: Iterable[str], note: str = "") -> CheckResult:
    found = list(faults)
    shown = found[:5] + ([f"and {len(found) - 5} more"] if len(found) > 5 else [])
    return CheckResult(name, promise, not found, cases, tuple(shown), note)
