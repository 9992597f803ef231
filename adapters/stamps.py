"""What a button is stamped with, by what came of the press."""

from __future__ import annotations

from bot import wording_channels
from bot.exchange import Took

CAME_TO_NOTHING = {Took.STALE: wording_channels.STALE, Took.REFUSED: wording_channels.NOT_DONE}
"""The stamp of what was taken up and changed nothing."""
