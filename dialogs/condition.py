"""Conditions on answers, as a policy owner writes them: which answers fit, for each question that matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Value = str | frozenset[str]
Facts = Mapping[str, Value]
"""What is known: an answer for each input, a set of answers where several can be ticked. Unknown inputs are absent."""


@dataclass(frozen=True)
class Condition:
    """Holds where every named input has one of its listed answers; an input that is absent never fits."""

    fits: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def read(cls, written: Mapping[str, Sequence[str]]) -> Condition:
        """A condition from its written form: for each input, the answers that fit."""
        return cls(tuple((name, frozenset(answers)) for name, answers in written.items()))

    def holds(self, facts: Facts) -> bool:
        """Whether all of it holds."""
        for name, answers in self.fits:
            value = facts.get(name)
            if value is None:
                return False
            if isinstance(value, str):
                if value not in answers:
                    return False
            elif answers.isdisjoint(value):
                return False
        return True

    def faults(self, allowed: Mapping[str, Iterable[str]]) -> list[str]:
        """What is wrong with it, given each input's possible answers."""
        found = []
        for name, answers in self.fits:
            if name not in allowed:
                found.append(f"unknown input '{name}'")
                continue
            found += [f"'{answer}' is not an answer of '{name}'" for answer in sorted(answers - set(allowed[name]))]
            if not answers:
                found.append(f"no answer is listed for '{name}'")
        return found


ALWAYS = Condition(())
