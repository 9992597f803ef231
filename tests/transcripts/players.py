"""Which player a transcript needs: a conversation's, or, in the folder `clocks`, a case's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .case_play import played_case
from .play import played
from .script import FOLDER

CLOCKS = FOLDER / "clocks"


def player_of(path: Path) -> Callable[[str], str]:
    """What plays the transcript at a path."""
    return played_case if path.resolve().is_relative_to(CLOCKS) else played
