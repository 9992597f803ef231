"""Which player a transcript needs: a conversation's, or its folder's: `clocks` a case's, `people` several people's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .case_play import played_case
from .people_play import played_people
from .play import played
from .script import FOLDER

PLAYERS = {"clocks": played_case, "people": played_people}


def player_of(path: Path) -> Callable[[str], str]:
    """What plays the transcript at a path."""
    return PLAYERS.get(path.resolve().relative_to(FOLDER).parts[0], played)
