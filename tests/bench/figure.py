"""How a figure is written: one line, with what is aimed at."""

from __future__ import annotations

from collections.abc import Sequence


def say(name: str, value: float, unit: str, aim: str = "") -> None:
    shown = f"{value:.0f}" if value >= 100 else f"{value:.2f}"
    print(f"{name}: {shown} {unit}{f' (aim: {aim})' if aim else ''}", flush=True)


def percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]
