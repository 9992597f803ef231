"""Every channel says what it can do, is known to the tools that part channels, and is loaded only where enabled."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import channel_folders
from adapters.__main__ import main
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
def test_every_channel_has_a_name_for_people_and_takes_part_in_the_rule_that_none_imports_another(name):
    assert name in wording_people.CHANNELS
    assert channel_folders.capabilities()[name].title
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    apart = next(one for one in contracts if one["name"] == "no channel imports another")
    assert f"adapters.{name}" in apart["modules"]


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
