"""A flow as a diagram for the people who own the policy: SVG, Mermaid, and plain text that says all of it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill, wrap
from xml.sax.saxutils import escape

from dialogs.flow import Flow
from dialogs.in_words import listed
from dialogs.outline import Ending, Outline, Step, outline

_WIDE = 96
"""Columns of the text form."""

_SPINE, _LEFT, _BOX, _STOP_LEFT, _WIDTH = 26, 60, 560, 664, 940
"""Across, in the diagram's own units: the line that joins the questions, their boxes, and the boxes of early stops."""

_LINE, _PAD, _GAP = 20, 14, 26
_CHARACTER = 7.4
"""An average character's width at 15 units, a little wide, so that no line leaves its box in any common typeface."""


def as_text(flow: Flow) -> str:
    """The whole flow for a terminal: questions in order, when each is asked, answers, stops, gates and rows."""
    read = outline(flow)
    lines = [read.title, f"Dialog '{read.name}', version {read.version}; rules, version {read.rules_version}", ""]
    for step in read.steps:
        lines += [*_step_text(step), ""]
    lines += ["Gates, before the table; the first that holds is the outcome:", ""]
    lines += [line for gate in read.gates for line in _ending_text(gate)]
    lines += ["Rows of the decision table, from the top; the first that holds is the outcome:", ""]
    lines += [line for row in read.rows for line in _ending_text(row)]
    return "\n".join(lines).rstrip() + "\n"


def _step_text(step: Step) -> Iterator[str]:
    yield _hanging(f"{step.number}. ", f"{step.short}: {step.text}")
    if step.help:
        yield _hanging("     Help: ", step.help)
    yield _hanging("     Asked: ", f"if {step.asked}" if step.asked else "always")
    for answer in step.answers:
        yield _hanging("     - ", f"{answer.label} -> stops: {answer.stops}" if answer.stops else answer.label)


def _ending_text(ending: Ending) -> Iterator[str]:
    yield _hanging("  ", f"{ending.name} -> {ending.code}: {ending.title}")
    yield from (_hanging("     - ", line) for line in ending.when)
    yield ""


def _hanging(mark: str, text: str) -> str:
    return fill(text, _WIDE, initial_indent=mark, subsequent_indent=" " * len(mark))


def as_mermaid(flow: Flow) -> str:
    """The flow as Mermaid text: a question that is not always asked hangs on a diamond with its condition."""
    read = outline(flow)
    entries = [f"if{step.number}" if step.asked else f"q{step.number}" for step in read.steps] + ["table"]
    lines = ["flowchart TD"]
    for step, entry, after in zip(read.steps, entries, entries[1:], strict=False):
        if step.asked:
            lines.append(f'  {entry}{{"{_quoted(step.asked)}?"}}')
            lines += [f"  {entry} -- yes --> q{step.number}", f"  {entry} -- no --> {after}"]
        lines.append(f'  q{step.number}["{step.number}. {_quoted(step.text)}"]')
        for number, (gate, answers) in enumerate(step.stops):
            given = listed(f"“{one}”" for one in answers)
            lines.append(f'  q{step.number} -- "{_quoted(given)}" --> stop{step.number}_{number}(["{_quoted(gate)}"])')
        lines.append(f"  q{step.number} --> {after}")
    lines.append('  table[["Gates, then the decision table: the first that holds"]]')
    for number, ending in enumerate((*read.gates, *read.rows)):
        lines.append(f'  table --> out{number}(["{_quoted(f"{ending.name}: {ending.code}, {ending.title}")}"])')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;")


def as_svg(flow: Flow) -> str:
    """The flow as SVG text that needs nothing from outside; `as_text` says all that it shows, and more."""
    read = outline(flow)
    drawn = _Drawn()
    for step in read.steps:
        drawn.step(step)
    drawn.endings(read)
    height = drawn.y + _PAD
    ids = f"drawing-{read.name}"
    desc = (
        f"{len(read.steps)} questions from top to bottom, joined by a line. Those with a dashed border are asked only "
        f"if the words above them hold. Boxes to the right are where the dialog stops early. The outcomes follow: "
        f"{len(read.gates)} gates and {len(read.rows)} rows. The list beside this diagram says the same in words."
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{ids}-title {ids}-desc" '
            f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
            f'font-family="Arial, Helvetica, sans-serif" font-size="15">',
            f'<title id="{ids}-title">{escape(read.title)}</title>',
            f'<desc id="{ids}-desc">{escape(desc)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<path d="M {_SPINE} {_PAD} V {drawn.spine_end}" stroke="#1d70b8" stroke-width="3" fill="none"/>',
            *drawn.parts,
            "</svg>",
        ]
    )


class _Drawn:
    """What has been drawn so far, and how far down it reaches."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = _PAD
        self.spine_end = _PAD

    def step(self, step: Step) -> None:
        """A question's box on the line, under the words of its condition, with its early stops to the right."""
        if step.asked:
            self._text(_wrapped(f"If {step.asked}:", _BOX), _LEFT, style='font-style="italic" fill="#505a5f"')
            self.y += 4
        top = self.y
        title = [f"{step.number}. {step.short}"]
        body = _wrapped(step.text, _BOX - 2 * _PAD)
        answers = _packed([answer.label for answer in step.answers], _BOX - 2 * _PAD)
        height = _LINE * (len(title) + len(body) + len(answers)) + 2 * _PAD
        dashed = ' stroke-dasharray="6 4"' if step.asked else ""
        self._box(_LEFT, top, _BOX, height, f'fill="#f3f6f9" stroke="#1d70b8" stroke-width="2"{dashed}')
        middle = top + height // 2
        self.parts.append(f'<path d="M {_SPINE} {middle} H {_LEFT}" stroke="#1d70b8" stroke-width="2"{dashed}/>')
        fill_ = "#ffffff" if step.asked else "#1d70b8"
        self.parts.append(
            f'<circle cx="{_SPINE}" cy="{middle}" r="7" fill="{fill_}" stroke="#1d70b8" stroke-width="2"/>'
        )
        self.y = top + _PAD
        self._text(title, _LEFT + _PAD, style='font-weight="bold"')
        self._text(body, _LEFT + _PAD)
        self._text(answers, _LEFT + _PAD, style='fill="#383f43"')
        low = self._stops(step, top)
        self.spine_end = middle
        self.y = max(top + height, low) + _GAP

    def _stops(self, step: Step, top: int) -> int:
        for gate, answers in step.stops:
            lines = _wrapped(f"{listed(f'“{one}”' for one in answers)}: stop", _WIDTH - _STOP_LEFT - 2 * _PAD)
            outcome = _wrapped(gate, _WIDTH - _STOP_LEFT - 2 * _PAD)
            height = _LINE * (len(lines) + len(outcome)) + 2 * _PAD
            middle = top + height // 2
            right = _LEFT + _BOX
            self.parts.append(f'<path d="M {right} {middle} H {_STOP_LEFT - 9}" stroke="#aa2a16" stroke-width="2"/>')
            self.parts.append(f'<path d="M {_STOP_LEFT - 10} {middle - 6} l 10 6 l -10 6 z" fill="#aa2a16"/>')
            self._box(
                _STOP_LEFT, top, _WIDTH - _STOP_LEFT - 4, height, 'fill="#fdf2f0" stroke="#aa2a16" stroke-width="2"'
            )
            at, self.y = self.y, top + _PAD
            self._text(lines, _STOP_LEFT + _PAD, style='font-weight="bold"')
            self._text(outcome, _STOP_LEFT + _PAD)
            self.y, top = at, top + height + _PAD
        return top

    def endings(self, read: Outline) -> None:
        """The outcomes: the gates, then the rows in their order."""
        for heading, endings in (
            ("Gates: the first that holds is the outcome", read.gates),
            ("Otherwise, from the top, the first row that holds", read.rows),
        ):
            top = self.y
            lines = [(ending, _wrapped(f"{ending.title} ({ending.name})", _WIDTH - _LEFT - 100)) for ending in endings]
            height = _LINE * (1 + sum(len(wrapped) for _, wrapped in lines)) + 6 * len(lines) + 2 * _PAD
            self._box(_LEFT, top, _WIDTH - _LEFT - 4, height, 'fill="#ffffff" stroke="#0b0c0c" stroke-width="2"')
            self.parts.append(f'<path d="M {_SPINE} {top + 24} H {_LEFT}" stroke="#1d70b8" stroke-width="3"/>')
            self.spine_end = top + 24
            self.y = top + _PAD
            self._text([heading], _LEFT + _PAD, style='font-weight="bold"')
            for ending, wrapped in lines:
                at = self.y = self.y + 6
                self._text([ending.code], _LEFT + _PAD, style='font-weight="bold"')
                self.y = at
                self._text(wrapped, _LEFT + 84)
            self.y = top + height + _GAP

    def _box(self, x: int, y: int, width: int, height: int, style: str) -> None:
        self.parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" {style}/>')

    def _text(self, lines: list[str], x: int, style: str = "") -> None:
        for line in lines:
            self.parts.append(f'<text x="{x}" y="{self.y + 15}" {style}>{escape(line)}</text>')
            self.y += _LINE


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, int(width / _CHARACTER))


def _packed(labels: list[str], width: int) -> list[str]:
    """Answers side by side, as many as a line takes, none broken that fits one."""
    lines: list[str] = []
    for label in labels:
        together = f"{lines[-1]}  \u00b7  {label}" if lines else label
        if lines and len(_wrapped(together, width)) == 1:
            lines[-1] = together
        else:
            lines += _wrapped(label, width)
    return lines
