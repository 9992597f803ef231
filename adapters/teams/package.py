"""The packages an administrator may upload: a manifest and two icons, zipped; `python -m` this writes one."""

from __future__ import annotations

import json
import re
import struct
import sys
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from adapters.settings import load_settings
from adapters.teams.settings import TeamsSettings
from bot.clock import now

_FIRST = "1.0.0"
_SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json"
_PREVIEW_SCHEMA = "https://developer.microsoft.com/json-schemas/teams/vDevPreview/MicrosoftTeams.schema.json"
_PREVIEW = "devPreview"
_ASK = {"title": "ask", "description": "A general question, which nobody else here sees"}
_GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_COLOUR = (29, 112, 184, 255)
_WHITE = (255, 255, 255, 255)
_NOTHING = (0, 0, 0, 0)


class NotReady(Exception):
    """A setting that the package is made of is not there."""


def version_at(at: datetime) -> str:
    """The version of a package made at a moment: Teams takes another only in place of one with a lower version.

    It ends in the day's milliseconds, for two packages may be made one right after the other.
    """
    utc = at.astimezone(UTC)
    midnight = utc.replace(hour=0, minute=0, second=0, microsecond=0)
    return f"1.{utc:%Y%m%d}.{(utc - midnight) // timedelta(milliseconds=1)}"


def manifest(settings: TeamsSettings, *, preview: bool = False, version: str = _FIRST) -> dict[str, Any]:
    """What Teams is told of the bot; with `preview` also what it knows only in preview. Raises NotReady."""
    told = {**_manifest(settings), "version": version}
    return _with_what_is_in_preview(told) if preview else told


def _with_what_is_in_preview(told: dict[str, Any]) -> dict[str, Any]:
    """The same with a command that nobody else in a group sees, which is answered so too.

    https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
    """
    (bot,) = told["bots"]
    (alone,) = bot["commandLists"]
    among = {"scopes": ["team", "groupChat"], "triggers": ["slash"], "commands": [_ASK, *alone["commands"][:1]]}
    lists = [{**alone, "triggers": ["mention"]}, among]
    bots = [{**bot, "supportsTargetedMessages": True, "commandLists": lists}]
    return {**told, "$schema": _PREVIEW_SCHEMA, "manifestVersion": _PREVIEW, "bots": bots}


def _manifest(settings: TeamsSettings) -> dict[str, Any]:
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


def package(settings: TeamsSettings, *, preview: bool = False, version: str = _FIRST) -> bytes:
    """The zipped package, as everybody may upload it or for those whose Teams has previews on. Raises NotReady."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest(settings, preview=preview, version=version), indent=2))
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


def _main(arguments: list[str]) -> None:
    if len(arguments) not in {1, 2} or arguments[0].startswith("-") or arguments[1:] not in ([], ["--preview"]):
        sys.exit("Say where to: python -m adapters.teams.package FILE [--preview]")
    try:
        settings = cast(TeamsSettings, load_settings())
        Path(arguments[0]).write_bytes(package(settings, preview=len(arguments) == 2, version=version_at(now())))
    except NotReady as fault:
        sys.exit(f"{fault}")
    except OSError as fault:
        sys.exit(f"{arguments[0]} cannot be written: {fault.strerror}")


if __name__ == "__main__":
    _main(sys.argv[1:])
