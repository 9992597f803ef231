"""The package holds what Teams asks of one: the right files, lengths, sizes and nothing that was not set."""

from __future__ import annotations

import json
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from adapters.teams.package import NotReady, package
from bot.settings import Settings

from .microsoft import APP


def test_the_package_is_whole(tmp_path: Path):
    settings = Settings(data_dir=tmp_path, teams_app_id=APP, public_url="https://bot.example.gov.uk")
    with zipfile.ZipFile(BytesIO(package(settings))) as archive:
        assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
        told = json.loads(archive.read("manifest.json"))
        sizes = {name: struct.unpack(">II", archive.read(name)[16:24]) for name in ("color.png", "outline.png")}
    assert sizes == {"color.png": (192, 192), "outline.png": (32, 32)}
    assert told["bots"][0]["botId"] == APP
    assert set(told["bots"][0]["scopes"]) == {"personal", "team", "groupChat"}
    assert told["validDomains"] == ["bot.example.gov.uk"]
    limits = {"name": {"short": 30, "full": 100}, "description": {"short": 80, "full": 4000}}
    for part, most in limits.items():
        assert all(0 < len(told[part][name]) <= length for name, length in most.items())


def test_without_an_app_there_is_no_package(tmp_path: Path):
    with pytest.raises(NotReady):
        package(Settings(data_dir=tmp_path))
