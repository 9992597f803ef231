"""The parts the Word template is built of: paragraphs, lists and tables that are filled in by a loop or condition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

BULLET = "List Bullet"
Add = Callable[[Any, str], None]
Column = tuple[str, float]
"""A column's heading and its width in centimetres."""


def mark(where: Any, tag: str) -> None:
    """A paragraph that is nothing but a loop's or condition's mark, and is gone once the template is filled."""
    where.add_paragraph("{%p " + tag + " %}")


def each(where: Any, lines: str, add: Add) -> None:
    """One paragraph, added by `add`, for each of the lines."""
    mark(where, f"for line in {lines}")
    add(where, "{{ line }}")
    mark(where, "endfor")


def when(where: Any, condition: str, text: str) -> None:
    """A paragraph that stands only under a condition."""
    mark(where, f"if {condition}")
    where.add_paragraph(text)
    mark(where, "endif")


def listed(document: Any, heading: str, lines: str, note: str = "") -> None:
    """A heading, a note and a list; nothing at all where there are no lines."""
    mark(document, f"if {lines}")
    document.add_heading(heading, 1)
    if note:
        document.add_paragraph(note)
    each(document, lines, bullet)
    mark(document, "endif")


def plain(where: Any, text: str) -> None:
    """A paragraph."""
    where.add_paragraph(text)


def bullet(where: Any, text: str) -> None:
    """A list item."""
    where.add_paragraph(text, style=BULLET)


def bold(where: Any, text: str) -> None:
    """A paragraph in bold, kept with what follows."""
    paragraph = where.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True


def small(where: Any, text: str) -> None:
    """A paragraph in small letters."""
    from docx.shared import Pt

    where.add_paragraph().add_run(text).font.size = Pt(9)


def labelled(where: Any, label: str, text: str) -> None:
    """A paragraph that opens with a label in bold."""
    paragraph = where.add_paragraph()
    paragraph.add_run(label).bold = True
    paragraph.add_run(text)


def table(document: Any, caption: str, columns: tuple[Column, ...], loop: str, cells: tuple[str, ...]) -> Any:
    """A captioned table with a heading row and one row for each turn of a loop; returns that row."""
    from docx.shared import Cm

    document.add_paragraph(caption, style="Caption")
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.autofit = False
    _describe(table, caption)
    for place, (name, width) in enumerate(columns):
        table.columns[place].width = Cm(width)
        for row in table.rows:
            row.cells[place].width = Cm(width)
        heading = table.rows[0].cells[place].paragraphs[0]
        heading.add_run(name).bold = True
        heading.paragraph_format.keep_with_next = True
        table.rows[2].cells[place].text = cells[place]
    _row_property(table.rows[0], "w:tblHeader")
    for row in table.rows:
        _row_property(row, "w:cantSplit")
    table.rows[1].cells[0].text = "{%tr for " + loop + " %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    return table.rows[2]


def unpadded(cell: Any) -> None:
    """Takes away the empty paragraph a new cell begins with, once it has others."""
    cell._tc.remove(cell.paragraphs[0]._p)


def _describe(table: Any, caption: str) -> None:
    """The table's own title for screen readers; the first row, not the first column, is marked as its heading."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstColumn"), "0")
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    table._tbl.tblPr.append(title)


def _row_property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
