"""The transcripts are played on every channel that people talk on, by a test in its folder; what is not says why."""

from __future__ import annotations

from importlib.util import find_spec

from tests.transcripts.channels import name_of, not_played, played_on
from tests.transcripts.script import all_files

from .conftest import PLATFORMS

ONLY_TELLS = {"mail": "nobody talks by it: replies are not read"}
BY = {"terminal": "tests.test_transcripts"}
"""Where it is not by the channel's own `test_transcripts`."""
TALKING = sorted(PLATFORMS.keys() - ONLY_TELLS.keys())


def test_every_channel_that_people_talk_on_plays_them() -> None:
    for channel in TALKING:
        assert find_spec(BY.get(channel, f"tests.adapters.{channel}.test_transcripts")) is not None
        assert len(played_on(channel)) > 100


def test_what_is_not_played_is_a_transcript_and_says_why() -> None:
    names = {name_of(one) for one in all_files()}
    for channel in TALKING:
        reasons = not_played(channel)
        assert reasons.keys() <= names
        assert all(reasons.values())
