"""Every transcript is what the bot says today, word for word; in the terminal itself where it can be."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from .transcripts.channels import name_of, played_on
from .transcripts.play import played
from .transcripts.players import player_of
from .transcripts.script import BrokenTranscript, all_files
from .transcripts.terminal_play import played_in_the_terminal

IN_THE_TERMINAL = set(played_on("terminal"))


@pytest.mark.parametrize("path", all_files(), ids=name_of)
def test_the_bot_says_what_the_transcript_says(path: Path) -> None:
    """Where a difference is meant, `make accept` writes it."""
    kept = path.read_text(encoding="utf-8")
    now = (played_in_the_terminal if path in IN_THE_TERMINAL else player_of(path))(kept)
    found = unified_diff(kept.splitlines(), now.splitlines(), "the transcript", "the bot today", lineterm="", n=6)
    assert kept == now, "\n" + "\n".join(found)


def test_a_transcript_with_the_wrong_weekday_is_refused() -> None:
    with pytest.raises(BrokenTranscript, match="that day is a Friday"):
        played("@ Mon 18 Dec 2026 16:50\n> hello\n")


def test_a_transcript_that_presses_a_button_that_is_not_there_is_refused() -> None:
    with pytest.raises(BrokenTranscript, match="no such button"):
        played("@ Fri 18 Dec 2026 16:50\n@ press Send it all\n")
