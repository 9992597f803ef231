"""Makes the document of a decision as Word, web page or plain text from one source, with an area's own templates."""

from __future__ import annotations

import re
import textwrap
import traceback
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from bot.decisions.decision_sheet import Sheet, sheet_of
from bot.decisions.sample_record import sample_records
from bot.record import Record
from dialogs.flow import Flow
from knowledge.area import Area

if TYPE_CHECKING:
    from jinja2 import Environment

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
KINDS = tuple(MEDIA_TYPES)
FILES = {"docx": "decision.docx", "html": "decision.html.j2", "txt": "decision.txt.j2"}
OURS = Path(__file__).parent / "templates"
_WIDTH = 78
# Characters that neither XML nor a printed page can hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# What a mistake in a template raises: Jinja's own errors are added where Jinja is loaded.
_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, BadZipFile, SyntaxError)


class BrokenTemplate(Exception):
    """An area's own template cannot be used; the message names the file and, where known, the line."""


@dataclass(frozen=True)
class Document:
    """A document to keep: its file name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


def build(record: Record, area: Area, kind: str, flow: Flow, templates: Path | None = None) -> Document:
    """The document of a record; `kind` is one of KINDS, `flow` the dialog it came from.

    `templates` is the folder of the area's own templates, by default the one its `area.toml` stands in; a file there
    named as in FILES replaces ours, as does the Word file the area names. Raises BrokenTemplate for a fault in it.
    """
    file = _template(kind, area, templates)
    content = _render(kind, file, sheet_of(record, area, flow))
    return Document(f"{record.reference}-{record.version}.{kind}", MEDIA_TYPES[kind], content)


def check_templates(area: Area, flows: Iterable[Flow], templates: Path | None = None) -> None:
    """Tries each of an area's own templates on invented records. Raises BrokenTemplate for the first that fails."""
    own = [kind for kind in KINDS if _template(kind, area, templates).parent != OURS]
    for flow in flows if own else ():
        for record in sample_records(flow):
            for kind in own:
                build(record, area, kind, flow, templates)


def style_hashes(document: Document) -> tuple[str, ...]:
    """What a content security policy's style-src must list for a web page's own styles, such as 'sha256-…'."""
    styles = re.findall(rb"<style[^>]*>(.*?)</style>", document.content, re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(style).digest()).decode()}'" for style in styles)


def _template(kind: str, area: Area, templates: Path | None) -> Path:
    folder = templates or (area.file.parent if area.file.name == "area.toml" else None)
    named = area.template_path() if kind == "docx" else None
    own = [named] if named else []
    own += [folder / FILES[kind]] if folder else []
    return next((file for file in own if file.is_file()), OURS / FILES[kind])


def _render(kind: str, file: Path, sheet: Sheet) -> bytes:
    from jinja2 import TemplateError

    values = {field.name: _printable(getattr(sheet, field.name)) for field in fields(sheet)}
    try:
        if kind == "docx":
            return _word(file, values)
        env = _environment(file.parent, kind == "html")
        text = env.get_template(file.name).render(values)
        return (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n" if kind == "txt" else text).encode()
    except (TemplateError, *_FAULTS) as fault:
        raise BrokenTemplate(f"{file}{_line(fault, file)}: {_reason(fault)}") from fault


def _word(file: Path, values: dict[str, Any]) -> bytes:
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(file.read_bytes()))
    try:
        template.render(values, jinja_env=_environment(file.parent, True), autoescape=True)
    except PackageNotFoundError as fault:
        raise ValueError("this is not a Word file") from fault
    # Set here because the library would escape them twice.
    template.docx.core_properties.title = values["title"]
    template.docx.core_properties.language = "en-GB"
    out = BytesIO()
    template.save(out)
    return out.getvalue()


@lru_cache(maxsize=16)
def _environment(folder: Path, escape: bool) -> Environment:
    """Templates of a folder, then ours; `ours/` before a name means ours, so that an own template can extend it."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ours = FileSystemLoader(OURS)
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder), ours, PrefixLoader({"ours": ours})]),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["wrapped"] = _wrapped
    return env


def _wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """Text in lines of at most 78 characters, the first opening with `first`, the others with `rest`."""
    after = " " * len(first) if rest is None else rest
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )


def _printable(value: Any) -> Any:
    """The same value with characters that cannot be printed left out of every text in it."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, tuple):
        return tuple(_printable(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(**{field.name: _printable(getattr(value, field.name)) for field in fields(value)})
    return value


def _line(fault: BaseException, file: Path) -> str:
    """Where in a template a fault is; a Word file has no lines, so the words near it are given instead."""
    near = " ".join(" ".join(getattr(fault, "docx_context", ())).split())
    if near:
        return f', near "{near[:120]}"'
    line = getattr(fault, "lineno", None)
    if line is None:
        frames = traceback.extract_tb(fault.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(file)), None)
    return f", line {line}" if line and file.suffix != ".docx" else ""


def _reason(fault: BaseException) -> str:
    return str(fault) or type(fault).__name__
