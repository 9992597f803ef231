"""Every channel says what it can do, is known to the tools that part channels, and is loaded only where enabled."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import channel_folders
from adapters.__main__ import main
from adapters.settings import Settings
from adapters.slack import render as slack
from adapters.slack import rich
from adapters.teams import render as teams
from adapters.teams import said
from adapters.telegram import entities
from bot import wording_people

ROOT = Path(__file__).parent.parent.parent


def test_the_published_page_is_what_the_channels_declare():
    result = CliRunner().invoke(main, ["channels"])
    assert result.exit_code == 0
    assert (ROOT / "adapters" / "channels.md").read_text(encoding="utf-8") == result.output


@pytest.mark.parametrize("name", channel_folders.names())
def test_every_channel_has_a_name_for_people_and_settings_that_begin_with_its_own(name):
    assert channel_folders.capabilities()[name].title
    if channel_folders.has(name, "settings"):
        own = channel_folders.loaded(name, "settings", "SETTINGS")
        assert issubclass(own, Settings)
        assert {field for field in own.model_fields if field not in Settings.model_fields}
        assert all(one.startswith(f"{name}_") for one in own.model_fields if one not in Settings.model_fields)


def test_a_platform_is_called_in_a_sentence_as_it_calls_itself_or_as_its_folder(monkeypatch):
    monkeypatch.setattr(wording_people, "_PLATFORMS", {})
    assert wording_people.channel("pigeon_post") == "Pigeon Post"
    assert wording_people.channel("web") == "the web page"
    wording_people.call_platforms({"pigeon_post": "PigeonPost", "web": "Web page"})
    assert wording_people.channel("pigeon_post") == "PigeonPost"
    assert wording_people.channel("web") == "the web page"


@pytest.mark.parametrize(
    ("name", "kept_to"),
    [
        ("slack", (rich.LONGEST, slack.MOST_CHARACTERS, slack.MOST_BLOCKS)),
        ("teams", (said.LONGEST, teams.LARGEST)),
        ("telegram", (entities.LONGEST,)),
    ],
)
def test_what_is_said_of_a_long_text_is_what_the_renderer_keeps_to(name, kept_to):
    declared = channel_folders.capabilities()[name]
    assert tuple(map(int, re.findall(r"\d+", declared.long_text))) == kept_to
    assert declared.limits.text in (None, *kept_to)


def test_a_server_for_the_page_alone_loads_no_platform():
    said = "import sys, adapters.serve; print(sorted({'slack_bolt', 'microsoft_teams', 'telegram'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
