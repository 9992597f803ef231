"""A strict stand-in of Slack's Web API: it keeps Slack's limits, refuses what Slack would refuse, and remembers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.adapters.filtered import filtered
from tests.adapters.web.serving import served

from .block_kit import Invalid, check, check_text, read
from .triggers import Triggers
from .workspaces import BOT, BOT_USER, TEAM, TOKEN, Refused, Team, Workspaces

__all__ = ["BOT", "BOT_USER", "TEAM", "TOKEN", "Refused", "Shown", "WebApi"]

Json = dict[str, Any]
SCOPES = "app_mentions:read,chat:write,commands,files:write,im:history,im:write"
_WORDS = {"channel", "text", "blocks", "metadata", "unfurl_links", "unfurl_media", "mrkdwn", "parse", "thread_ts"}
_ALLOWED = {
    "auth.test": set(),
    "conversations.open": {"users"},
    "conversations.history": {"channel", "limit", "include_all_metadata"},
    "chat.postMessage": _WORDS,
    "chat.postEphemeral": {"channel", "user", "text", "blocks", "thread_ts", "parse"},
    "chat.update": {"channel", "ts", "text", "blocks", "parse"},
    "files.getUploadURLExternal": {"filename", "length"},
    "files.completeUploadExternal": {"files", "channel_id", "thread_ts"},
    "views.open": {"trigger_id", "view"},
    "views.publish": {"user_id", "view"},
    "apps.uninstall": {"client_id", "client_secret"},
}


@dataclass
class Shown:
    """A message as it stands in a channel, sent with a workspace's token; `only` is the one person who sees it."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    metadata: Json | None = None
    thread: str = ""
    only: str = ""
    file: tuple[str, bytes] | None = None
    history: list[str] = field(default_factory=list)
    team: str = TEAM

    def read(self) -> str:
        """As a person reads it."""
        if self.file:
            return self.file[0]
        unescaped = self.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        return read(self.blocks) if self.blocks else unescaped

    def as_message(self) -> Json:
        """As Slack gives it in a payload."""
        message: Json = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "app_id": "A0APP0001",
            "team": TEAM,
            "ts": self.ts,
            **({"thread_ts": self.thread} if self.thread else {}),
            "text": self.text,
            "blocks": [{"block_id": f"b{number}", **one} for number, one in enumerate(self.blocks)],
        }
        return {**message, **({"metadata": self.metadata} if self.metadata else {})}


class WebApi:
    """Slack's side. `members` are the channels with the app in them, each with its people.

    A method that is `held` answers once it is held no more; each that is `limited` wants less once.
    """

    def __init__(self) -> None:
        self.messages: list[Shown] = []
        self.calls: list[tuple[str, Json]] = []
        self.direct: dict[str, str] = {}
        self.members: dict[str, set[str]] = {"C0GROUP01": {"U0PAT0001", "U0SAM0001"}}
        self.nobody: set[str] = set()
        self.triggers = Triggers()
        self.views: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.refuses: list[Refused | None] = []
        self.always: Refused | None = None
        self.hangs = False
        self.hangs_after = False
        self.spoils = ""
        self.spoiled = {"chat.postMessage"}
        self.held: set[str] = set()
        self.limited: list[str] = []
        self.limited_seconds = 5
        self.scopes = SCOPES
        self.workspaces = Workspaces()
        self._uploads: dict[str, tuple[str, bytes]] = {}
        self._url = ""
        self.socket = ""
        self.other_sockets: list[Any] = []
        self.sockets_asked = 0
        self.app_tokens_ended = False
        self._stamp = 1_795_000_000
        self.app = Starlette(
            routes=[
                Route("/api/{method}", self._called, methods=["GET", "POST"]),
                Route("/upload/{id}", self._uploaded, methods=["POST"]),
            ]
        )

    @contextmanager
    def running(self) -> Iterator[str]:
        """Served on this machine; gives what BOT_SLACK_API_URL is to be."""
        with served(self.app) as address:
            self._url = address
            yield f"{address}/api/"

    def dm(self, person: str) -> str:
        """The channel of a person's direct messages with the app."""
        return self.direct.setdefault(person, f"D{person[1:]}")

    def in_channel(self, channel: str) -> list[Shown]:
        """What the app has said in a channel."""
        return [one for one in self.messages if one.channel == channel]

    def said_to(self, person: str) -> list[Shown]:
        """What stands in a person's direct messages, without what is only shown for a moment."""
        return [one for one in self.in_channel(self.dm(person)) if not one.only]

    def next_stamp(self) -> str:
        """The time stamp of the next message of anybody's."""
        self._stamp += 1
        return f"{self._stamp}.000100"

    async def _called(self, request: Request) -> Response:
        headers = {"X-OAuth-Scopes": self.scopes}
        is_spoiled = request.path_params["method"] in self.spoiled
        if is_spoiled and (answered := filtered(self.spoils)) is not None:
            return answered
        try:
            answer = JSONResponse({"ok": True, **await self._result(request)}, headers=headers)
            return Response(answer.body[:-3], media_type="application/json") if is_spoiled and self.spoils else answer
        except Refused as refused:
            return JSONResponse(
                {"ok": False, "error": refused.error}, refused.status, headers={**headers, **refused.headers}
            )
        except Invalid as invalid:
            return JSONResponse({"ok": False, "error": str(invalid)}, headers=headers)

    async def _result(self, request: Request) -> Json:
        method = request.path_params["method"]
        while method in self.held:
            await asyncio.sleep(0.01)
        if method in self.limited:
            self.limited.remove(method)
            raise Refused("ratelimited", 429, {"Retry-After": f"{self.limited_seconds}"})
        if method == "apps.connections.open":
            if not request.headers.get("authorization", "").startswith("Bearer xapp-"):
                raise Refused("not_allowed_token_type")
            if self.app_tokens_ended:
                raise Refused("invalid_auth")
            self.sockets_asked += 1
            return {"url": self.other_sockets.pop(0) if self.other_sockets else self.socket}
        authorization = request.headers.get("authorization", "")
        if method == "oauth.v2.access":
            return self.workspaces.access(authorization, await _given(request))
        token, team = self.workspaces.of(authorization)
        if method not in _ALLOWED:
            raise Refused("unknown_method")
        given = await _given(request)
        unknown = set(given) - _ALLOWED[method]
        if unknown:
            raise Refused(f"the stand-in does not know {sorted(unknown)} of {method}")
        self.calls.append((method, given))
        if method in {"chat.postMessage", "chat.postEphemeral"}:
            await self._perhaps_not()
        if method == "apps.uninstall":
            return self.workspaces.uninstall(token, given)
        result: Json = getattr(self, f"_{method.replace('.', '_')}")(given, team)
        if self.hangs_after and method == "chat.postMessage":
            await asyncio.sleep(1)
        return result

    async def _perhaps_not(self) -> None:
        if self.hangs:
            await asyncio.sleep(1)
        refused = self.refuses.pop(0) if self.refuses else self.always
        if refused is not None:
            raise refused

    def _auth_test(self, _: Json, team: Team) -> Json:
        who = {"user_id": team.bot_user, "bot_id": team.bot, "user": "safeguarding"}
        return {"team_id": team.id, "team": team.name, **who}

    def _conversations_open(self, given: Json, team: Team) -> Json:
        (person,) = given["users"].split(",") if isinstance(given["users"], str) else given["users"]
        if person in self.nobody or not person.startswith("U") or self._team_of(person) != team.id:
            raise Refused("user_not_found")
        return {"channel": {"id": self.dm(person)}}

    def _conversations_history(self, given: Json, team: Team) -> Json:
        channel = self._channel(given["channel"], team)
        seen = [one for one in self.in_channel(channel) if not one.only]
        newest = seen[::-1][: int(given.get("limit", 100))]
        return {"messages": [one.as_message() for one in newest], "has_more": False}

    def _chat_postMessage(self, given: Json, team: Team) -> Json:  # noqa: N802
        channel = self._channel(given["channel"], team)
        shown = self._shown(channel, given, team)
        metadata = given.get("metadata")
        if metadata is not None and set(metadata) != {"event_type", "event_payload"}:
            raise Refused("invalid_metadata_format")
        shown.metadata = metadata
        if given.get("unfurl_links") is not False or given.get("unfurl_media") is not False:
            raise Refused("the stand-in wants no previews: they would fetch what is linked")
        self.messages.append(shown)
        return {"channel": channel, "ts": shown.ts, "message": shown.as_message()}

    def _chat_postEphemeral(self, given: Json, team: Team) -> Json:  # noqa: N802
        channel = self._channel(given["channel"], team)
        in_it = self.members.get(channel, {one for one, dm in self.direct.items() if dm == channel})
        if given["user"] not in in_it:
            raise Refused("user_not_in_channel")
        shown = self._shown(channel, given, team)
        shown.only = given["user"]
        self.messages.append(shown)
        return {"message_ts": shown.ts}

    def _chat_update(self, given: Json, _: Team) -> Json:
        for one in self.messages:
            if (one.channel, one.ts, one.only) == (given["channel"], given["ts"], ""):
                check_text(given["text"])
                check(given["blocks"])
                one.history.append(one.read())
                one.text, one.blocks = given["text"], given["blocks"]
                return {"channel": one.channel, "ts": one.ts}
        raise Refused("message_not_found")

    def _files_getUploadURLExternal(self, given: Json, _: Team) -> Json:  # noqa: N802
        id_ = f"F{len(self._uploads):08}"
        self._uploads[id_] = (given["filename"], b"")
        return {"upload_url": f"{self._url}/upload/{id_}", "file_id": id_}

    def _files_completeUploadExternal(self, given: Json, team: Team) -> Json:  # noqa: N802
        channel = self._channel(given["channel_id"], team)
        for one in given["files"]:
            name, content = self._uploads[one["id"]]
            if not content:
                raise Refused("file_not_found")
            shown = Shown(channel, self.next_stamp(), "", [], file=(name, content), team=team.id)
            shown.thread = given.get("thread_ts", "")
            self.messages.append(shown)
        return {"files": given["files"]}

    def _views_open(self, given: Json, _: Team) -> Json:
        self.triggers.use(given["trigger_id"])
        view = given["view"]
        if view["type"] != "modal" or len(view.get("private_metadata", "")) > 3000:
            raise Refused("invalid_arguments")
        for name in ("title", "submit", "close"):
            if not 1 <= len(view[name]["text"]) <= 24:
                raise Refused(f"invalid_arguments: {name}")
        check(view["blocks"], "view")
        self.views.append(view)
        return {"view": {"id": f"V{len(self.views):08}", **view}}

    def _views_publish(self, given: Json, _: Team) -> Json:
        if given["view"]["type"] != "home":
            raise Refused("invalid_arguments")
        check(given["view"]["blocks"], "view")
        self.homes[given["user_id"]] = given["view"]
        return {"view": given["view"]}

    def _team_of(self, person: str) -> str:
        return self.workspaces.people.get(person, TEAM)

    def _channel(self, channel: str, team: Team) -> str:
        """A channel that the token's workspace has."""
        members = self.members.get(channel) or {one for one, dm in self.direct.items() if dm == channel}
        if team.id not in map(self._team_of, members):
            raise Refused("channel_not_found")
        return channel

    def _shown(self, channel: str, given: Json, team: Team) -> Shown:
        check_text(given.get("text"))
        blocks = given.get("blocks") or []
        check(blocks)
        return Shown(channel, self.next_stamp(), given["text"], blocks, thread=given.get("thread_ts", ""), team=team.id)

    async def _uploaded(self, request: Request) -> Response:
        id_ = request.path_params["id"]
        self._uploads[id_] = (self._uploads[id_][0], await request.body())
        return PlainTextResponse("OK")


async def _given(request: Request) -> Json:
    if request.headers.get("content-type", "").startswith("application/json"):
        found: Json = json.loads(await request.body())
        return found
    pairs = [*request.query_params.items(), *parse_qsl((await request.body()).decode())]
    return {name: json.loads(value) if value[:1] in "[{" else value for name, value in pairs}
