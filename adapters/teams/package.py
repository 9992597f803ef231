"""The package that a tenant's administrator uploads: the manifest and two icons, zipped; `python -m` this writes it."""

from __future__ import annotations

import json
import re
import struct
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from adapters.settings import load_settings
from adapters.teams.settings import TeamsSettings

VERSION = "1.0.0"
_SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json"
_GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_COLOUR = (29, 112, 184, 255)
_WHITE = (255, 255, 255, 255)
_NOTHING = (0, 0, 0, 0)


class NotReady(Exception):
    """A setting that the package is made of is not there."""


def manifest(settings: TeamsSettings) -> dict[str, Any]:
    """What Teams is told of the bot. Raises NotReady."""
    if not _GUID.fullmatch(settings.teams_app_id):
        raise NotReady("BOT_TEAMS_APP_ID must be set to the application's whole ID")
    if not settings.public_url.startswith("https://"):
        raise NotReady("BOT_PUBLIC_URL must be set, and begin with https://")
    site = settings.public_url
    commands = [
        {"title": "help", "description": "What you can say"},
        {"title": "menu", "description": "The ways to begin"},
        {"title": "stop", "description": "Stop for now"},
    ]
    return {
        "$schema": _SCHEMA,
        "manifestVersion": "1.19",
        "version": VERSION,
        "id": str(uuid5(NAMESPACE_URL, f"{site}/teams/{settings.teams_app_id}")),
        "developer": {
            "name": "Safeguarding partners",
            "websiteUrl": site,
            "privacyUrl": site,
            "termsOfUseUrl": site,
        },
        "name": {"short": "Safeguarding bot", "full": "Safeguarding bot: decisions after a serious incident"},
        "description": {
            "short": "Answers questions about safeguarding children, and helps to decide.",
            "full": "Answers questions from checked guidance, and walks staff through a decision about a serious "
            "incident. In group chats and channels it gives general guidance only. In an emergency, phone 999.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1D70B8",
        # Everything but general guidance is for one person alone.
        "defaultInstallScope": "personal",
        "bots": [
            {
                "botId": settings.teams_app_id,
                "scopes": ["personal", "team", "groupChat"],
                "supportsFiles": True,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": ["personal"], "commands": commands}],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(site).hostname or ""],
        "webApplicationInfo": {"id": settings.teams_app_id},
    }


def package(settings: TeamsSettings) -> bytes:
    """The zipped package. Raises NotReady."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest(settings), indent=2))
        archive.writestr("color.png", _icon(192, 44, _COLOUR))
        archive.writestr("outline.png", _icon(32, 5, _NOTHING))
    return written.getvalue()


def _icon(size: int, thick: int, ground: tuple[int, ...]) -> bytes:
    """A white ring on the ground, as a PNG."""
    middle, outer = (size - 1) / 2, size * 0.4
    rows = bytearray()
    for y in range(size):
        rows.append(0)
        for x in range(size):
            away = ((x - middle) ** 2 + (y - middle) ** 2) ** 0.5
            rows += bytes(_WHITE if outer - thick <= away <= outer else ground)
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


if __name__ == "__main__":
    try:
        Path(sys.argv[1]).write_bytes(package(cast(TeamsSettings, load_settings())))
    except (NotReady, IndexError) as fault:
        sys.exit(f"{fault}" if isinstance(fault, NotReady) else "Say where to: python -m adapters.teams.package FILE")
