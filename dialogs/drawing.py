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
    versions = f"Dialog '{read.name}', version {read.version}; rules, version {read.rules_version}"
    lines = [read.title, _hanging("", versions), ""]
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
    return as_svgs(flow)[0]


def as_svgs(flow: Flow, tallest: int | None = None) -> tuple[str, ...]:
    """The same drawing in parts of at most `tallest` units where that can be; a part is 940 units wide.

    Without `tallest` there is one part.
    """
    read = outline(flow)
    pieces = [_step_piece(step) for step in read.steps]
    pieces.append(_endings_piece("Gates: the first that holds is the outcome", read.gates))
    pieces.append(_endings_piece("Otherwise, from the top, the first row that holds", read.rows))
    pages: list[list[_Piece]] = [[]]
    for piece in pieces:
        if tallest and pages[-1] and sum(one.height for one in pages[-1]) + piece.height > tallest:
            pages.append([])
        pages[-1].append(piece)
    return tuple(_page(read, page, number, len(pages)) for number, page in enumerate(pages, start=1))


def _page(read: Outline, pieces: list[_Piece], number: int, of: int) -> str:
    height = sum(piece.height for piece in pieces) + _PAD
    last = height - _PAD - pieces[-1].height + pieces[-1].joins
    ids = f"drawing-{read.name}-{number}"
    part = f", part {number} of {of}" if of > 1 else ""
    desc = (
        f"{len(read.steps)} questions from top to bottom, joined by a line. Those with a dashed border are asked only "
        f"if the words above them hold. Boxes to the right are where the dialog stops early. The outcomes follow: "
        f"{len(read.gates)} gates and {len(read.rows)} rows. The list beside this diagram says the same in words."
    )
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{ids}-title"'
        f' aria-describedby="{ids}-desc" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' font-family="Arial, Helvetica, sans-serif" font-size="15">',
        f'<title id="{ids}-title">{escape(read.title)}{part}</title>',
        f'<desc id="{ids}-desc">{escape(desc)}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<path d="M {_SPINE} 0 V {last if number == of else height}" stroke="#1d70b8" stroke-width="3" fill="none"/>',
    ]
    y = _PAD // 2
    for piece in pieces:
        drawn += [f'<g transform="translate(0 {y})">', *piece.parts, "</g>"]
        y += piece.height
    return "\n".join([*drawn, "</svg>"])


class _Piece:
    """A part of the drawing that is never cut: what is drawn, how far down it reaches, and where the line joins it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.height = 0
        self.joins = 0

    def box(self, x: int, y: int, width: int, height: int, style: str) -> None:
        """A rounded box; the piece grows to hold it."""
        self.parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" {style}/>')
        self.height = max(self.height, y + height)

    def text(self, lines: list[str], x: int, y: int, style: str = "") -> int:
        """Lines from the height `y` down. Returns the height below them."""
        for line in lines:
            self.parts.append(f'<text x="{x}" y="{y + 15}" {style}>{escape(line)}</text>')
            y += _LINE
        return y


def _step_piece(step: Step) -> _Piece:
    piece = _Piece()
    top = 0
    if step.asked:
        condition = _wrapped(f"If {step.asked}:", _BOX)
        top = piece.text(condition, _LEFT, 0, 'font-style="italic" fill="#505a5f"') + 4
    body = _wrapped(step.text, _BOX - 2 * _PAD)
    answers = _packed([answer.label for answer in step.answers], _BOX - 2 * _PAD)
    height = _LINE * (1 + len(body) + len(answers)) + 2 * _PAD
    dashed = ' stroke-dasharray="6 4"' if step.asked else ""
    piece.box(_LEFT, top, _BOX, height, f'fill="#f3f6f9" stroke="#1d70b8" stroke-width="2"{dashed}')
    piece.joins = top + height // 2
    inside = "#ffffff" if step.asked else "#1d70b8"
    piece.parts += [
        f'<path d="M {_SPINE} {piece.joins} H {_LEFT}" stroke="#1d70b8" stroke-width="2"{dashed}/>',
        f'<circle cx="{_SPINE}" cy="{piece.joins}" r="7" fill="{inside}" stroke="#1d70b8" stroke-width="2"/>',
    ]
    y = piece.text([f"{step.number}. {step.short}"], _LEFT + _PAD, top + _PAD, 'font-weight="bold"')
    y = piece.text(body, _LEFT + _PAD, y)
    piece.text(answers, _LEFT + _PAD, y, 'fill="#383f43"')
    _stops(piece, step, top)
    piece.height += _GAP
    return piece


def _stops(piece: _Piece, step: Step, top: int) -> None:
    width = _WIDTH - _STOP_LEFT - 4
    for gate, answers in step.stops:
        given = _wrapped(f"{listed(f'“{one}”' for one in answers)}: stop", width - 2 * _PAD)
        outcome = _wrapped(gate, width - 2 * _PAD)
        height = _LINE * (len(given) + len(outcome)) + 2 * _PAD
        middle = top + height // 2
        piece.box(_STOP_LEFT, top, width, height, 'fill="#fdf2f0" stroke="#aa2a16" stroke-width="2"')
        piece.parts += [
            f'<path d="M {_LEFT + _BOX} {middle} H {_STOP_LEFT - 9}" stroke="#aa2a16" stroke-width="2"/>',
            f'<path d="M {_STOP_LEFT - 10} {middle - 6} l 10 6 l -10 6 z" fill="#aa2a16"/>',
        ]
        y = piece.text(given, _STOP_LEFT + _PAD, top + _PAD, 'font-weight="bold"')
        piece.text(outcome, _STOP_LEFT + _PAD, y)
        top += height + _PAD


def _endings_piece(heading: str, endings: tuple[Ending, ...]) -> _Piece:
    piece = _Piece()
    titles = [_wrapped(f"{ending.title} ({ending.name})", _WIDTH - _LEFT - 100) for ending in endings]
    height = _LINE * (1 + sum(map(len, titles))) + 6 * len(titles) + 2 * _PAD
    piece.box(_LEFT, 0, _WIDTH - _LEFT - 4, height, 'fill="#ffffff" stroke="#0b0c0c" stroke-width="2"')
    piece.joins = _PAD + _LINE // 2
    piece.parts.append(f'<path d="M {_SPINE} {piece.joins} H {_LEFT}" stroke="#1d70b8" stroke-width="3"/>')
    y = piece.text([heading], _LEFT + _PAD, _PAD, 'font-weight="bold"')
    for ending, title in zip(endings, titles, strict=True):
        y += 6
        piece.text([ending.code], _LEFT + _PAD, y, 'font-weight="bold"')
        y = piece.text(title, _LEFT + 84, y)
    piece.height = height + _GAP
    return piece


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
