"""Pictures of deadlines as SVG, drawn here: one case's clocks along time, and an area's month; words beside each."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from bot.cases.clock_words import standing
from bot.cases.clocks import Clock
from bot.cases.digest import Kept
from dialogs.date_words import spoken
from dialogs.days import Calendar

WIDTH, LEFT, ROW, TOP = 960, 380, 30, 46
"""Across and down, in the picture's own units: the whole, where time begins, one clock's row, and what stands above."""
_CELL, _CELL_HEIGHT, _HEAD = 136, 96, 58
_MOST_ROWS = 60
_LONGEST = 34
# What fits into a day's cell below its number, in the widest of the fonts that stand in for Arial.
_LONGEST_IN_CELL, _MOST_LINES = 15, 4
_SHAPES = {"met": "circle", "running": "bar", "late": "triangle", "stopped": "cross"}


@dataclass(frozen=True)
class _Scale:
    """Where a day lies between the two ends of a picture."""

    first: date
    last: date

    def at(self, day: date) -> float:
        days = max(1, (self.last - self.first).days)
        return LEFT + (WIDTH - LEFT - 40) * max(0, min(days, (day - self.first).days)) / days


def of_case(ref: str, clocks: Iterable[Clock], today: date) -> str:
    """A case's clocks along time: when each began, its deadline, and how it stands, told by shape and word."""
    shown = [one for one in clocks if one.started_on is not None and one.deadline is not None and one.nudged]
    shown = sorted(shown, key=lambda one: (one.deadline or date.max, one.name))[:_MOST_ROWS]
    if not shown:
        return _svg(f"Case {ref}: no clock has begun", WIDTH, 60, [_text(20, 36, "No clock has begun.")])
    days = [day for one in shown for day in (one.started_on, one.deadline, one.met_on) if day is not None]
    scale = _Scale(min(*days, today), max(*days, today))
    height = TOP + ROW * len(shown) + 40
    parts = [
        _line(scale.at(today), TOP - 14, scale.at(today), height - 30, "today"),
        _text(scale.at(today), TOP - 20, f"today, {spoken(today)}", anchor="middle"),
        _text(LEFT, height - 10, spoken(scale.first)),
        _text(WIDTH - 40, height - 10, spoken(scale.last), anchor="end"),
    ]
    for number, clock in enumerate(shown):
        parts += _row(clock, TOP + ROW * number, scale, today)
    return _svg(f"Case {ref}: its clocks along time", WIDTH, height, parts)


def of_month(cases: Iterable[Kept], year: int, month: int, calendar: Calendar, today: date) -> str:
    """An area's month: on each day the deadlines that fall on it, by case reference; days off are said to be."""
    first = date(year, month, 1)
    due: dict[date, list[tuple[str, str]]] = {}
    for case, clocks in cases:
        for clock in clocks:
            if case.is_open and clock.is_running and clock.nudged and clock.deadline is not None:
                due.setdefault(clock.deadline, []).append((case.ref, clock.title))
    start = first - timedelta(days=first.weekday())
    weeks = (first.weekday() + monthrange(year, month)[1] + 6) // 7
    parts = [_text(20 + _CELL * at, _HEAD - 14, name) for at, name in enumerate("Mon Tue Wed Thu Fri Sat Sun".split())]
    for number in range(weeks * 7):
        day = start + timedelta(days=number)
        if day.month == month:
            parts += _day(day, number, due.get(day, []), calendar, today)
    return _svg(f"{first:%B %Y}: deadlines", 20 + _CELL * 7, _HEAD + _CELL_HEIGHT * weeks + 10, parts)


def _row(clock: Clock, top: float, scale: _Scale, today: date) -> list[str]:
    assert clock.started_on is not None
    assert clock.deadline is not None
    is_late = clock.is_running and clock.binding and clock.deadline < today
    state = "late" if is_late else clock.state
    middle = top + ROW / 2
    start, end = scale.at(clock.started_on), scale.at(clock.deadline)
    title = clock.title[:1].upper() + clock.title[1:]
    words = f"{title}: from {spoken(clock.started_on)}, deadline {spoken(clock.deadline)}, {standing(clock)}"
    return [
        f"<g><title>{escape(words)}</title>",
        _text(LEFT - 12, middle + 5, f"{_short(title)} ({_word(state)})", anchor="end"),
        f'<rect class="span {state}" x="{start:.1f}" y="{middle - 5:.1f}" '
        f'width="{max(2.0, end - start):.1f}" height="10" rx="3"/>',
        _mark(state, scale.at(clock.met_on) if clock.met_on else end, middle),
        "</g>",
    ]


def _word(state: str) -> str:
    return {"met": "done", "running": "running", "late": "late", "stopped": "not needed"}.get(state, state)


def _mark(state: str, x: float, y: float) -> str:
    """A shape for each state, so that no colour is needed to tell them apart."""
    shape = _SHAPES.get(state, "bar")
    if shape == "circle":
        return f'<circle class="mark {state}" cx="{x:.1f}" cy="{y:.1f}" r="8"/>'
    if shape == "triangle":
        return f'<path class="mark {state}" d="M{x:.1f} {y - 10:.1f}l10 18h-20z"/>'
    if shape == "cross":
        return f'<path class="mark {state}" d="M{x - 7:.1f} {y - 7:.1f}l14 14m0 -14l-14 14"/>'
    return f'<rect class="mark {state}" x="{x - 3:.1f}" y="{y - 10:.1f}" width="6" height="20"/>'


def _day(day: date, number: int, due: Sequence[tuple[str, str]], calendar: Calendar, today: date) -> list[str]:
    x, y = 20 + _CELL * (number % 7) - 8, _HEAD + _CELL_HEIGHT * (number // 7)
    why = calendar.why_not_working(day)
    kind = "today" if day == today else "off" if why else "working"
    lines = _wrapped(why.partition(": ")[2] or why) if why and day.weekday() < 5 else []
    lines += _counted(Counter(ref for ref, _ in due), _MOST_LINES - len(lines))
    said = "; ".join(f"{ref} {title}" for ref, title in due) or "nothing due"
    words = f"{spoken(day)}: {said}{f'; not a working day ({why})' if why else ''}"
    number_words = f"{day.day}{' today' if day == today else ''}"
    return [
        f"<g><title>{escape(words)}</title>",
        f'<rect class="day {kind}" x="{x}" y="{y}" width="{_CELL - 6}" height="{_CELL_HEIGHT - 6}"/>',
        _text(x + 8, y + 18, number_words),
        *(_text(x + 8, y + 37 + 15 * at, line) for at, line in enumerate(lines)),
        "</g>",
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _wrapped(text: str) -> list[str]:
    """Why a day is off, in the one or two lines that fit its cell; the day's title has all of it."""
    plain = text.replace("(", "").replace(")", "")
    return wrap(plain, _LONGEST_IN_CELL, max_lines=2, placeholder="…")


def _counted(due: Mapping[str, int], room: int) -> list[str]:
    """How many deadlines of each case, in as many lines as there is room for."""
    shown = list(due.items()) if len(due) <= room else list(due.items())[: room - 1]
    lines = [f"{ref}: {count} due" for ref, count in shown]
    return lines if len(shown) == len(due) else [*lines, f"and {len(due) - len(shown)} more"]


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _svg(title: str, width: int, height: int, parts: Iterable[str]) -> str:
    """The picture; its look is the page's style sheet, because a page's security policy allows no other."""
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f"aria-label={quoteattr(title)}><title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
