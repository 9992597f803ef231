"""Rewrites the bot's lines in the transcripts, all of them or those named, and says which are different."""

from __future__ import annotations

import sys
from pathlib import Path

from .players import player_of
from .script import all_files


def main(names: list[str]) -> None:
    """Read the difference before keeping it."""
    for path in [Path(name) for name in names] or all_files():
        before = path.read_text(encoding="utf-8")
        after = player_of(path)(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"Rewritten: {path}")


main(sys.argv[1:])
