"""Finds templates that would never be used: beside an area's file under a name, or in a place, where nothing looks."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from bot.decisions.documents import FILES, BrokenTemplate
from knowledge.area import Area

_ALIKE = 0.7


def check_names(area: Area) -> None:
    """Raises BrokenTemplate, a line for each file beside the area's that its owner will have meant as a template."""
    own_folder = area.file.name == "area.toml"
    beside = [*area.file.parent.iterdir()] + ([] if own_folder else [*area.file.with_suffix("").glob("*")])
    faults = [
        f"{file}: {_meant(file, own_folder, area.key)}"
        for file in sorted(beside)
        if _is_anyones(file) and not _is_read(file, area, own_folder)
    ]
    if faults:
        raise BrokenTemplate("\n".join(faults))


def _is_anyones(file: Path) -> bool:
    """Whether a file reads as a template for documents; what editors leave behind does not."""
    if not file.is_file() or file.name.startswith((".", "~$")) or file.name.endswith("~"):
        return False
    return bool(_nearest(file)) or file.suffix.lower() == ".docx"


def _is_read(file: Path, area: Area, own_folder: bool) -> bool:
    if file == area.template_path():
        return True
    if own_folder:
        return file.name in FILES.values()
    # Areas that share a folder may each name a Word file there.
    return any(file.name in text.read_text("utf-8", "replace") for text in file.parent.glob("*.toml") if text.is_file())


def _meant(file: Path, own_folder: bool, key: str) -> str:
    if not own_folder:
        return f"no area uses this. For templates, move the area's file to {key}/area.toml and put them beside it"
    if file.suffix.lower() == ".docx" and not _nearest(file):
        return 'nothing uses this. Name it in area.toml as document_template = "' + file.name + '", or take it away'
    return f"nothing uses a file of this name; did you mean {_nearest(file)}? If it is not wanted, take it away"


def _nearest(file: Path) -> str:
    return next(iter(get_close_matches(file.name.casefold(), FILES.values(), n=1, cutoff=_ALIKE)), "")
