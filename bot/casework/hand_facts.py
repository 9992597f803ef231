"""What a form for a case opened by hand says of the child, and which add-ons of the decision table that brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.cases.case_event import plain
from bot.casework import wording_board as wording
from dialogs.table import Row, Table

_AGE, _EFFECT, _CARE = "age_at_event", "effect", "care"
# What each answer to who died says, as the questions of the referral call it.
_SAID = {
    "child": ("under_18", "died"),
    "adult": ("18_24", "died"),
    "nobody": ("under_18", "serious"),
    "unsure": ("unsure", "unsure"),
}
_NOT_SURE = "unsure"
_SETTLING = frozenset({_AGE, _EFFECT, _CARE, "outcome", "would_be"})


def settles(row: Row) -> bool:
    """Whether the form's own questions say if an add-on holds, so that nobody has to tick it."""
    return _SETTLING.issuperset(row.reads())


@dataclass(frozen=True)
class HandFacts:
    """An outcome as clocks call it, and what was said beside it: who died, and in whose care they were."""

    table: Table
    outcome: str
    died: str
    care: str

    @cached_property
    def _fits(self) -> dict[str, frozenset[str]]:
        """With which answers a decision can come to this outcome, for each question that all of its rows ask."""
        rows = [row for row in self.table.rows if dict(row.runs_as).get(row.code, row.code) == self.outcome]
        rows = rows or [row for row in self.table.rows if row.code == self.outcome]
        asked = [dict(row.when.fits) for row in rows]
        return {
            name: frozenset().union(*(one[name] for one in asked))
            for name in (_AGE, _EFFECT, _CARE)
            if asked and all(name in one for one in asked)
        }

    @cached_property
    def facts(self) -> dict[str, str]:
        """What is known: what was said, or else the only answer that the outcome leaves."""
        age, effect = _SAID.get(self.died, ("", ""))
        said = {_AGE: age, _EFFECT: effect, _CARE: self.care}
        only = {name: next(iter(fits)) for name, fits in self._fits.items() if len(fits) == 1}
        known = {name: said[name] or only.get(name, "") for name in said}
        code = plain(self.outcome)
        return {name: value for name, value in known.items() if value} | {"outcome": code, "would_be": code}

    def faults(self) -> dict[str, str]:
        """What is missing, or does not go with the outcome, by the name of its field."""
        found = {}
        if _EFFECT not in self.facts and self._could_have_died:
            found["died"] = wording.SAY_WHO_DIED
        elif self.died and not self._goes_with(_AGE, _EFFECT):
            found["died"] = wording.NOT_WITH_OUTCOME
        if self.facts.get(_EFFECT) == "died" and _CARE not in self.facts:
            found["care"] = wording.SAY_WHOSE_CARE
        elif self.care and not self._goes_with(_CARE):
            found["care"] = wording.NOT_WITH_OUTCOME
        return found

    @property
    def _could_have_died(self) -> bool:
        return self._fits.get(_AGE) != frozenset({"unborn"})

    def _goes_with(self, *names: str) -> bool:
        """Whether answers can lead to the outcome. That one is not sure goes with any."""
        answers = ((name, self.facts.get(name, "")) for name in names)
        return all(one in {"", _NOT_SURE} or one in self._fits.get(name, {one}) for name, one in answers)

    def add_ons(self) -> tuple[str, ...]:
        """The add-ons that hold by what is known."""
        return tuple(row.code for row in self.table.add_ons if settles(row) and row.holds(self.facts))
