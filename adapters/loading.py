"""Loads settings and definitions for a command, and says an author's or administrator's fault in one line."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.definitions import Definitions

AREA = click.option("--area", default=None, help="The area to use, instead of BOT_AREA.")
# How much is made before it is looked through for garbage. With 300 people at once, to look through all that is in hand
# was the longest step of the loop: 0.06 s of processor, by Python's own (700, 10, 10); by these the longest takes 0.03.
_LOOKED_THROUGH = (5_000, 20, 100)
DATA = click.option("--data", default=None, type=click.Path(path_type=Path), help="The folder for everything kept.")


@contextmanager
def kept() -> Iterator[None]:
    """Nothing loaded meanwhile is looked through for garbage, then or later: it all stays to the end."""
    # To look through it takes a tenth of a start.
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def stays() -> None:
    """What is loaded by now stays to the end, and is looked through for garbage no more."""
    # To look through it takes more than a tenth of a second, in which nobody is answered.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_LOOKED_THROUGH)
    _give_back()


def _give_back() -> None:
    """Give the system back what loading needed for a while, a fifth of all, where the C library can (glibc's does)."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def told_999() -> Iterator[None]:
    """Says what to do for a child in danger where somebody wanted to talk and the bot cannot start."""
    from bot.wording import LINE_999

    try:
        yield
    except click.ClickException as fault:
        raise click.ClickException(f"{fault.format_message()}\n{LINE_999}") from None


@contextmanager
def can_open() -> Iterator[None]:
    """Says in one line why the data folder, its keys or the database cannot be used."""
    from adapters.workplace import CannotOpen

    try:
        yield
    except CannotOpen as fault:
        raise click.ClickException(str(fault)) from None


def settings(**overrides: object) -> Settings:
    """The settings, with what a command's options say instead."""
    from adapters.settings import BrokenSettings, load_settings

    try:
        return load_settings(**overrides)
    except BrokenSettings as broken:
        raise click.ClickException(str(broken)) from None


def definitions(area: str | None) -> Definitions:
    """The definitions for an area."""
    return definitions_for(settings(area=area))


def definitions_for(chosen: Settings) -> Definitions:
    """The definitions for the area that the settings name."""
    from adapters.channel_folders import case_channels
    from bot.definitions import AUTHORS_FAULTS, load_definitions

    try:
        return load_definitions(chosen.area, chosen.areas_dir, case_channels())
    except AUTHORS_FAULTS as fault:
        raise click.ClickException(str(fault)) from None


def loaded(area: str | None, data: Path | None, **overrides: object) -> tuple[Settings, Definitions]:
    """The settings and the definitions."""
    chosen = settings(area=area, data_dir=data, **overrides)
    return chosen, definitions_for(chosen)
