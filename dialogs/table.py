"""The decision table as data: gates, outcome rows, add-ons and duties, and which of them hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

from dialogs.condition import Condition, Facts, Value
from dialogs.ladder import Rung
from dialogs.spans import Span

Badge = Literal["must", "should", "local"]
BADGES = ("must", "should", "local")
HELD_FOR_ANOTHER = frozenset({"DB", "EC"})
"""What clocks call D and E where the other council has not accepted it in writing: ours works as under B and C."""
TO_BE_TOLD = "NEWS"
"""The add-on of what is new that those have to hear who were told before: it bears on the test."""
OWN_CLOCKS: Mapping[str, tuple[str, ...]] = {
    "HF": ("F", "G", "GH"),
    "HG": ("G",),
    "HL": (),
    "GH": (),
    "DB": (),
    "EC": (),
}
"""What clocks call an outcome where others run than for the rest of its code, and the outcomes that make it clear.

H where it is not clear whether a death is to be notified whatever its cause, as that of a looked-after child or a care
leaver (HF), or of a care leaver of 18 or over (HG); H of a care leaver who died at an age not known (HL); G where they
were under 18, so that the test is considered (GH); and D and E that are held for another council (DB, EC).
"""
EVENTS = ("awareness", "notification", "other awareness", "decision", "step")
WHO = (
    "you",
    "safeguarding lead",
    "local authority",
    "other local authority",
    "business unit",
    "safeguarding partners",
    "provider",
)


class BrokenTable(Exception):
    """The table's author made a mistake; the message names the file and the row."""


@dataclass(frozen=True)
class Cite:
    """Where a rule comes from: a source's id and the place in it."""

    source: str
    place: str


@dataclass(frozen=True)
class DutyRule:
    """A duty as written: who does what, to whom, and by when, where `when` holds.

    Its deadline is one of: `working_days`, or `within` another length of time, both counted from an event; `on`, the
    day given in answer to the question of that name; `by`, in words. `each` makes one duty for the next step of the
    ladder for disagreements, or for each later one, after the step that the input `steps_after` says was tried. `clock`
    is the row of the clock table that keeps its deadline, where that has another name. `anew`: once the partners have
    decided not to notify it is done, until what is new bears on the test; then it is counted from that.
    """

    name: str
    when: Condition
    who: str
    does: str
    to: tuple[str, ...]
    badge: Badge
    deadline_badge: Badge
    by: str
    working_days: int | None
    counted_from: str | None
    policy_when: Condition
    if_late: str
    cites: tuple[Cite, ...]
    within: Span | None = None
    on: str = ""
    each: Literal["", "next step", "later steps"] = ""
    steps_after: str = ""
    clock: str = ""
    anew: bool = False


@dataclass(frozen=True)
class LateRule:
    """What makes the derived input `late` hold: done, or not yet done, later than so many working days after a start.

    `done_when` holds where it was done, even on a day not known.
    """

    counted_from: str
    until: str
    working_days: int
    done_when: Condition


@dataclass(frozen=True)
class Row:
    """One row: where it holds, the outcome or add-on it gives, why, and the duties it brings.

    `runs_as` pairs an outcome with what the clock table calls it by this row, where other clocks run than for others of
    that code: a row's own outcome, or those beside which an add-on stands. `because_instead` is why, in place of the
    row's own reason, where an add-on makes something else of its outcome.
    """

    kind: Literal["gate", "row", "add_on"]
    name: str
    code: str
    title: str
    when: Condition
    any_of: tuple[Condition, ...]
    unless: Condition | None
    because: str
    cites: tuple[Cite, ...]
    duties: tuple[str, ...]
    other_processes: tuple[str, ...]
    have_ready: tuple[str, ...]
    do_not: tuple[str, ...]
    add_ons: bool
    would_be: bool
    to_record: tuple[str, ...] = ()
    runs_as: tuple[tuple[str, str], ...] = ()
    because_instead: str = ""

    def reads(self) -> Iterator[str]:
        """The inputs that this row's conditions name."""
        for one in (self.when, *self.any_of, *([self.unless] if self.unless else [])):
            yield from (name for name, _ in one.fits)

    def holds(self, facts: Facts) -> bool:
        """Whether this row's conditions hold."""
        if not self.when.holds(facts):
            return False
        if self.any_of and not any(one.holds(facts) for one in self.any_of):
            return False
        return self.unless is None or not self.unless.holds(facts)


@dataclass(frozen=True, eq=False)
class Table:
    """A policy's decision table with its duties and the version it stands at.

    `ladder` is used where an area has none of its own. `own_duties` are the names of those that stand in its own file.
    """

    name: str
    version: str
    inputs: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, tuple[str, ...]]
    decisive: tuple[str, ...]
    always: tuple[str, ...]
    gates: tuple[Row, ...]
    rows: tuple[Row, ...]
    add_ons: tuple[Row, ...]
    duties: Mapping[str, DutyRule]
    recipients: Mapping[str, str]
    late: LateRule | None = None
    ladder: tuple[Rung, ...] = ()
    own_duties: frozenset[str] = frozenset()

    def combinations(self) -> Iterator[dict[str, str]]:
        """Every combination of the decisive inputs."""
        for values in product(*(self.inputs[name] for name in self.decisive)):
            yield dict(zip(self.decisive, values, strict=True))

    def every_row(self) -> tuple[Row, ...]:
        """Gates, outcome rows and add-ons, in order."""
        return self.gates + self.rows + self.add_ons

    def first_row(self, facts: Facts) -> Row:
        """The first outcome row that holds. Raises LookupError if none does, which a checked table never does."""
        key = tuple([facts.get(name) for name in self.deciding])
        if key not in self._found:
            self._found[key] = next((row for row in self.rows if row.holds(facts)), None)
        row = self._found[key]
        if row is None:
            raise LookupError(f"{self.name}: no row holds for {dict(facts)}")
        return row

    def telling(self, facts: Facts) -> frozenset[str]:
        """The decisive inputs of which another answer would meet a row with another code, or open a question."""
        key = tuple([facts.get(name) for name in self.deciding])
        if key not in self._telling:
            now = self._code(facts)
            known = (name for name in self.decisive if name in facts)
            self._telling[key] = frozenset(
                name
                for name in known
                if any(self._code({**facts, name: one}) != now for one in self.inputs[name] if one != facts[name])
            )
        return self._telling[key]

    def _code(self, facts: Facts) -> str | None:
        try:
            return self.first_row(facts).code
        except LookupError:
            return None

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The only inputs that can tell one outcome row from another."""
        return tuple(dict.fromkeys((*self.decisive, *(name for row in self.rows for name in row.reads()))))

    @cached_property
    def _found(self) -> dict[tuple[Value | None, ...], Row | None]:
        """Rows found before: a dialog asks for the same ones again and again."""
        return {}

    @cached_property
    def _telling(self) -> dict[tuple[Value | None, ...], frozenset[str]]:
        return {}

    def cites(self) -> Iterator[tuple[str, Cite]]:
        """Every citation, with the name of the row that makes it."""
        for row in self.every_row():
            yield from ((row.name, cite) for cite in row.cites)
        for duty in self.duties.values():
            yield from ((duty.name, cite) for cite in duty.cites)
