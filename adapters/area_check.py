"""`bot area check`: every mistake in an area's file, with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot.definitions import load_definitions
from knowledge.area import BrokenArea, area_names, check_area_file, load_area


def check(files: Sequence[Path], areas_dir: Path | None) -> bool:
    """Says what is wrong with each file, or with every area there is; whether all is well."""
    if not files:
        results = [_check_area(name, areas_dir) for name in area_names(areas_dir)]
    else:
        results = [_check_file(file) for file in files]
    return all(results)


def _check_file(file: Path) -> bool:
    problems = check_area_file(file)
    for problem in problems:
        click.echo(f"{file}, line {problem.line}: {problem.message}")
    if problems:
        return False
    folder = file.parent.parent if file.name == "area.toml" else file.parent
    return _check_area(file.parent.name if file.name == "area.toml" else file.stem, folder)


def _check_area(name: str, areas_dir: Path | None) -> bool:
    """Checks a file against the rest of the definitions as well: its overlays and its document templates."""
    try:
        load_definitions(name, areas_dir)
    except BrokenArea as broken:
        click.echo(str(broken))
        return False
    area = load_area(name, areas_dir)
    click.echo(f"{area.file}: no mistakes found")
    return True
