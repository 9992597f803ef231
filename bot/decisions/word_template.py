"""Builds the Word template that decisions are filled into, so that it can be changed, rebuilt and compared."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.decisions.word_parts import (
    BULLET,
    bold,
    bullet,
    each,
    labelled,
    listed,
    mark,
    plain,
    small,
    table,
    unpadded,
    when,
)

TARGET = Path(__file__).parent / "templates" / "decision.docx"
_SIZES = {"Title": 20, "Heading 1": 15, "Heading 2": 12}
_WIDTH_CM = 18.0


def word_template() -> bytes:
    """The template's bytes: fields of `Sheet` in double braces, loops and conditions in brace and per cent."""
    from docx import Document

    document = Document()
    _look(document)
    _first_page(document)
    _steps(document)
    _contacts(document)
    _why(document)
    _recording(document)
    _closing(document)
    out = BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _undated(content: bytes) -> bytes:
    """The same file without the hour it was built at, so that building it again changes nothing."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as built, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in built.namelist():
            kept.writestr(ZipInfo(name), built.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _look(document: Any) -> None:
    """Page, language and styles."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _WIDTH_CM) / 2)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for style in document.styles:
        fonts = style.element.find(qn("w:rPr") + "/" + qn("w:rFonts"))
        if fonts is not None:
            for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
                del fonts.attrib[theme]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name, size in {"Normal": 10.5, "Caption": 10.5, **_SIZES}.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        style.paragraph_format.space_after = Pt(4)
        if name != "Normal":
            style.font.bold = True
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 8)
    document.styles[BULLET].paragraph_format.space_after = Pt(2)
    _light_lines(document)
    core = document.core_properties
    core.author, core.title, core.comments, core.language = "", "Decision record", "", "en-GB"
    core.created = core.modified = datetime(2026, 11, 23)
    _page_numbers(section)


def _light_lines(document: Any) -> None:
    """No rule under the title; grey lines and a little room in tables."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = document.styles["Title"].element.pPr
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    grid = document.styles["Table Grid"].element.find(qn("w:tblPr"))
    for line in grid.find(qn("w:tblBorders")):
        line.set(qn("w:color"), "B1B4B6")
    margins = grid.find(qn("w:tblCellMar"))
    if margins is None:
        margins = OxmlElement("w:tblCellMar")
        grid.append(margins)
    for edge in list(margins):
        margins.remove(edge)
    for name, twips in (("top", 50), ("left", 100), ("bottom", 20), ("right", 100)):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)


def _page_numbers(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("{{ reference }}, version {{ version }}. Page ")
    for field in ("PAGE", "NUMPAGES"):
        for kind, text in (("begin", None), (None, field), ("end", None)):
            _field_part(paragraph.add_run(), kind, text)
        if field == "PAGE":
            paragraph.add_run(" of ")


def _field_part(run: Any, kind: str | None, text: str | None) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    run._r.append(element)


def _first_page(document: Any) -> None:
    each(document, "warnings", bold)
    document.add_paragraph("{{ heading }}", style="Title")
    document.add_paragraph("{{ stamp }}")
    bold(document, "{{ notices[0] }}")
    document.add_heading("Do this next", 1)
    paragraph = document.add_paragraph()
    paragraph.add_run("{{ next.who }}. ").bold = True
    paragraph.add_run("{{ next.does }}").bold = True
    labelled(document, "Contact: ", "{{ next.to|join('; ') }}")
    labelled(document, "By when: ", "{{ next.by|join(' ') }}")
    mark(document, "if dated or undated")
    document.add_heading("Dates", 1)
    document.add_paragraph("{{ dates_notes|join(' ') }}")
    mark(document, "if dated")
    columns = (("What", 10.4), ("Aim for", 3.8), ("Latest", 3.8))
    cells = ("", "{{ one.aim_for }}", "{{ one.latest }}")
    row = table(document, "Dates that are counted in working days", columns, "one in dated", cells)
    mark(row.cells[0], "for step in one.steps")
    labelled(row.cells[0], "{{ step.who }}. ", "{{ step.headline }}")
    mark(row.cells[0], "endfor")
    unpadded(row.cells[0])
    mark(document, "endif")
    mark(document, "if undated")
    bold(document, "No date yet:")
    mark(document, "for step in undated")
    document.add_paragraph("{{ step.who }}. {{ step.headline }} {{ step.waiting }}", style=BULLET)
    mark(document, "endfor")
    mark(document, "endif")
    mark(document, "endif")
    document.add_heading("Why", 1)
    document.add_paragraph("{{ because }} Source: {{ because_sources }}.")
    when(document, "would_be", "{{ would_be }}")
    each(document, "local", plain)


def _steps(document: Any) -> None:
    document.add_heading("Who does what, by when", 1)
    about = "“Today” is {{ today }}. The numbers after “Source” are those of the list of sources at the end."
    document.add_paragraph(about).paragraph_format.keep_with_next = True
    _step_table(document, "Steps, the first one first", "step in steps")
    mark(document, "if also")
    document.add_heading("Also applies", 1)
    mark(document, "for one in also")
    document.add_heading("{{ one.title }}", 2)
    document.add_paragraph("{{ one.because }} Source: {{ one.sources }}.")
    each(document, "one.local", plain)
    mark(document, "if one.steps")
    _step_table(document, "Steps: {{ one.title }}", "step in one.steps")
    mark(document, "endif")
    mark(document, "endfor")
    mark(document, "endif")
    listed(document, "Running beside it", "other_processes", "None of these replaces another.")


def _step_table(document: Any, caption: str, loop: str) -> None:
    columns = (("Who does what", 8.0), ("Contact", 5.2), ("By when", 4.8))
    first, contact, by_when = table(document, caption, columns, loop, ("", "", "")).cells
    labelled(first, "{{ step.who }}. ", "{{ step.does }}")
    each(first, "step.local", plain)
    each(first, "step.standing", small)
    small(first, "Source: {{ step.sources }}")
    each(contact, "step.to", plain)
    each(by_when, "step.by", plain)
    for cell in (first, contact, by_when):
        unpadded(cell)


def _contacts(document: Any) -> None:
    document.add_heading("Whom to contact", 1)
    each(document, "contact_notes", plain)
    columns = (("Who", 5.6), ("Phone", 5.2), ("Other", 7.2))
    cells = ("{{ one.name }}", "{{ one.phone }}", "{{ one.other or 'not set' }}")
    mark(document, "if contacts")
    table(document, "Contacts in {{ area }}", columns, "one in contacts", cells)
    mark(document, "endif")


def _why(document: Any) -> None:
    mark(document, "if workings")
    document.add_heading("How the dates were counted", 1)
    mark(document, "for one in workings")
    document.add_heading("{{ one.title }}", 2)
    document.add_paragraph("For:")
    each(document, "one.what", bullet)
    each(document, "one.lines", plain)
    mark(document, "endfor")
    mark(document, "endif")
    document.add_heading("Your answers", 1)
    columns = (("Question", 6.5), ("Answer", 8.5), ("Decided it?", 3.0))
    cells = ("{{ one.question }}", "{{ one.words }}", "{{ 'Yes' if one.decided else 'No' }}")
    table(document, "What you answered, and which answers decided the outcome", columns, "one in answers", cells)
    listed(document, "What would change this", "changes")


def _recording(document: Any) -> None:
    listed(document, "Have ready", "have_ready")
    listed(document, "Record in your case system", "to_record")
    listed(document, "What not to do", "not_to_do")
    mark(document, "if form")
    document.add_heading("For the partnership’s own form", 1)
    document.add_paragraph("{{ form_note }}")
    mark(document, "for section in form")
    columns = (("Field", 8.0), ("From your answers, or blank", 10.0))
    table(document, "{{ section.title }}", columns, "one in section.fields", ("{{ one.label }}", "{{ one.known }}"))
    mark(document, "endfor")
    mark(document, "endif")
    document.add_heading("Left blank", 1)
    each(document, "left_blank", bullet)
    when(document, "not left_blank", "Nothing: this outcome needs no form.")


def _closing(document: Any) -> None:
    mark(document, "if compared")
    document.add_heading("What is different from {{ compared }}", 1)
    columns = (("What", 6.0), ("Before", 6.0), ("Now", 6.0))
    mark(document, "if differences")
    cells = ("{{ one.what }}", "{{ one.before }}", "{{ one.now }}")
    table(document, "Differences", columns, "one in differences", cells)
    mark(document, "else")
    document.add_paragraph("Nothing in the answers, the outcome, the steps or the dates.")
    mark(document, "endif")
    mark(document, "endif")
    document.add_heading("Sources", 1)
    mark(document, "for one in references")
    document.add_paragraph("{{ one.number }}. {{ one.words }}{% if one.where %}. {{ one.where }}{% endif %}")
    mark(document, "endfor")
    document.add_heading("About this record", 1)
    document.add_paragraph("{{ notices[1] }}")
    table(
        document,
        "About this record",
        (("What", 6.0), ("Value", 12.0)),
        "one in about",
        ("{{ one[0] }}", "{{ one[1] }}"),
    )


if __name__ == "__main__":
    TARGET.write_bytes(word_template())
