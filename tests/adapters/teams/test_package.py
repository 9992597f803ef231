"""Each package holds what Teams asks of one: the right files, lengths, sizes and nothing that was not set."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

import adapters.teams
from adapters.teams.package import NotReady, package, version_at
from adapters.teams.settings import TeamsSettings

from .microsoft import APP

SITE = "https://bot.example.gov.uk"
GUIDE = (Path(adapters.teams.__file__).parent / "administrator.md").read_text(encoding="utf-8")
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(params=[False, True], ids=["as it is", "with previews"])
def preview(request: pytest.FixtureRequest) -> bool:
    """Which of the two packages it is."""
    return bool(request.param)


@pytest.fixture
def files(tmp_path: Path, preview: bool) -> dict[str, bytes]:
    """What is in the package."""
    settings = TeamsSettings(data_dir=tmp_path, teams_app_id=APP, public_url=SITE)
    with zipfile.ZipFile(BytesIO(package(settings, preview=preview))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def told(files: dict[str, bytes]) -> dict:
    """What the manifest says."""
    return dict(json.loads(files["manifest.json"]))


def pixels(icon: bytes) -> set[bytes]:
    """The colours of an icon, each as red, green, blue and how much of it is seen."""
    width = struct.unpack(">I", icon[16:20])[0]
    at = icon.index(b"IDAT")
    rows = zlib.decompress(icon[at + 4 : at + 4 + struct.unpack(">I", icon[at - 4 : at])[0]])
    return {rows[i : i + 4] for row in range(0, len(rows), 4 * width + 1) for i in range(row + 1, row + 4 * width, 4)}


def test_it_holds_the_manifest_and_both_icons_at_its_top(files, told):
    assert sorted(files) == ["color.png", "manifest.json", "outline.png"]
    assert set(told["icons"].values()) == {"color.png", "outline.png"}
    sizes = {name: struct.unpack(">II", files[name][16:24]) for name in ("color.png", "outline.png")}
    assert sizes == {"color.png": (192, 192), "outline.png": (32, 32)}
    assert {one[:3] for one in pixels(files["outline.png"]) if one[3]} == {b"\xff\xff\xff"}
    assert any(not one[3] for one in pixels(files["outline.png"]))
    assert all(one[3] == 255 for one in pixels(files["color.png"]))


def test_the_bot_is_offered_everywhere_with_files_and_commands_where_it_is_alone_with_somebody(told, preview):
    (bot,) = told["bots"]
    assert set(bot["scopes"]) == {"personal", "team", "groupChat"}
    assert (bot["supportsFiles"], bot["isNotificationOnly"], told["defaultInstallScope"]) == (True, False, "personal")
    alone, *among = bot["commandLists"]
    assert alone["scopes"] == ["personal"]
    for listed in bot["commandLists"]:
        assert 1 <= len(listed["commands"]) <= 10
        assert all(0 < len(one["title"]) <= 32 and 0 < len(one["description"]) <= 128 for one in listed["commands"])
    assert bool(among) == preview


def test_what_only_a_preview_knows_is_in_the_package_for_previews_alone(told, preview):
    """Teams refuses a field that its schema does not have."""
    (bot,) = told["bots"]
    assert bot.get("supportsTargetedMessages", False) == preview
    triggers = [one.get("triggers") for one in bot["commandLists"]]
    assert triggers == ([["mention"], ["slash"]] if preview else [None])
    scopes = [scope for one in bot["commandLists"] if one.get("triggers") == ["slash"] for scope in one["scopes"]]
    assert "personal" not in scopes, "alone with somebody there is nobody to hide a message from"
    assert (told["manifestVersion"] == "devPreview") == preview


def test_it_is_this_bots_and_leads_to_this_bots_site_alone(told):
    assert told["bots"][0]["botId"] == told["webApplicationInfo"]["id"] == APP
    assert GUID.fullmatch(told["id"])
    assert told["validDomains"] == ["bot.example.gov.uk"]
    assert {url for name, url in told["developer"].items() if name.endswith("Url")} == {SITE}


def test_nothing_is_longer_than_teams_takes(told):
    limits = {"name": {"short": 30, "full": 100}, "description": {"short": 80, "full": 4000}, "developer": {"name": 32}}
    for part, most in limits.items():
        assert all(0 < len(told[part][name]) <= length for name, length in most.items())
    assert re.fullmatch(r"#[0-9A-F]{6}", told["accentColor"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])
    assert told["$schema"].split("/")[-2].casefold() == f"v{told['manifestVersion']}".casefold()


def test_it_asks_for_no_permission_that_the_guide_does_not_explain(told):
    assert told["permissions"]
    for permission in told["permissions"]:
        assert f"| {permission} | " in GUIDE


@pytest.mark.parametrize(
    "less", [{"teams_app_id": ""}, {"teams_app_id": "0a1b2c3d"}, {"public_url": ""}, {"public_url": "http://127.0.0.1"}]
)
def test_without_an_app_or_a_site_there_is_no_package(tmp_path: Path, less):
    with pytest.raises(NotReady):
        package(TeamsSettings(**{"data_dir": tmp_path, "teams_app_id": APP, "public_url": SITE, **less}))


def test_a_package_that_is_made_later_has_the_higher_version():
    first, midnight = datetime(2026, 9, 30, 23, 59, tzinfo=UTC), datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
    later = [timedelta(seconds=0.001), timedelta(seconds=1), timedelta(minutes=1), timedelta(days=99)]
    versions = [version_at(at) for at in (first, midnight, *(midnight + one for one in later))]
    assert versions[:3] == ["1.20260930.86340000", "1.20261001.0", "1.20261001.1"]
    read = [tuple(map(int, one.split("."))) for one in versions]
    assert read == sorted(set(read))
    assert read[0] > (1, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Say where to"),
        (["--help"], "Say where to"),
        (["--preview"], "Say where to"),
        (["{}/none/teams.zip"], "cannot be written: No such file or directory"),
    ],
)
def test_the_command_says_what_is_wrong_in_a_line(tmp_path: Path, arguments: list[str], said: str):
    given = {"BOT_TEAMS_APP_ID": APP, "BOT_PUBLIC_URL": SITE, "BOT_DATA_DIR": str(tmp_path)}
    order = [sys.executable, "-m", "adapters.teams.package", *(one.format(tmp_path) for one in arguments)]
    ended = subprocess.run(order, env={**os.environ, **given}, capture_output=True, text=True)
    assert (ended.returncode, said in ended.stderr, "Traceback" in ended.stderr) == (1, True, False)
    assert list(tmp_path.iterdir()) == []
