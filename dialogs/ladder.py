"""The ladder for disagreements: whom to go to, one step after another, and how long each step may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.options import Option

NONE_TRIED = "none"
LAST = "last"
MOST_STEPS = 8


@dataclass(frozen=True)
class Rung:
    """One step: who, how, and within how many working days; None where nothing says."""

    role: str
    how: str = ""
    working_days: int | None = None


def step_options(ladder: Sequence[Rung]) -> tuple[Option, ...]:
    """The steps as answers. The last has the same id whatever the ladder's length, so that rules can name it."""
    ids = [f"step{number}" for number in range(1, len(ladder))] + [LAST]
    return tuple(
        Option(name, f"Step {number}: {rung.role}", also=(f"step {number}",))
        for number, (name, rung) in enumerate(zip(ids, ladder, strict=True), 1)
    )


def steps_left(ladder: Sequence[Rung], tried: str) -> tuple[tuple[int, Rung], ...]:
    """The steps after the last one tried, each with its number; all of them where none or no known one was."""
    done = len(ladder) if tried == LAST else int(tried.removeprefix("step")) if tried.startswith("step") else 0
    return tuple(enumerate(ladder, 1))[done:]


def days_by_then(ladder: Sequence[tuple[int, Rung]]) -> tuple[int | None, ...]:
    """Within how many working days each step is reached, counted from the last one; None after a step without any."""
    reached: list[int | None] = []
    for _, rung in ladder:
        before = reached[-1] if reached else 0
        reached.append(None if before is None or rung.working_days is None else before + rung.working_days)
    return tuple(reached)
