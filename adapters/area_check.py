"""`bot area check`: every mistake in an area's file and its templates, with its line where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from adapters.channel_folders import case_channels
from bot.definitions import AUTHORS_FAULTS, load_definitions
from knowledge.area import area_names, check_area_file, unread_files


def check(files: Sequence[Path], areas_dir: Path | None) -> bool:
    """Says what is wrong with each file, or with every area there is; whether all is well."""
    if files:
        results = [_check_file(file) for file in files]
    else:
        results = [_say_unread(file, why) for file, why in unread_files(areas_dir)]
        results += [_check_area(name, areas_dir) for name in area_names(areas_dir)]
    return all(results)


def _say_unread(file: Path, why: str) -> bool:
    click.echo(f"{file}: {why}")
    return False


def _check_file(file: Path) -> bool:
    problems = check_area_file(file, case_channels())
    for problem in problems:
        click.echo(f"{file}, line {problem.line}: {problem.message}")
    if problems:
        return False
    file = file.absolute()
    own_folder = file.name == "area.toml"
    return _check_area(file.parent.name if own_folder else file.stem, file.parents[1] if own_folder else file.parent)


def _check_area(name: str, areas_dir: Path | None) -> bool:
    """Checks a file against the rest of the definitions as well: its overlays and its document templates."""
    try:
        definitions = load_definitions(name, areas_dir, case_channels())
    except AUTHORS_FAULTS as fault:
        click.echo(str(fault))
        return False
    click.echo(f"{definitions.area.file}: no mistakes found")
    return True
