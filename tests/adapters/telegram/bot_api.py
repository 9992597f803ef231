"""A strict stand-in of Telegram's Bot API: it keeps its limits, refuses what Telegram would refuse, and remembers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.adapters.filtered import filtered
from tests.adapters.telegram.linking import links_made, links_sent
from tests.adapters.web.serving import served

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
ME = {"id": 123456789, "is_bot": True, "first_name": "Safeguarding", "username": "safe_test_bot"}
_ALLOWED = {
    "getMe": set(),
    "getChatMember": {"chat_id", "user_id"},
    "sendMessage": {
        "chat_id",
        "text",
        "entities",
        "reply_markup",
        "link_preview_options",
        "protect_content",
        "reply_parameters",
    },
    "sendDocument": {"chat_id", "document", "protect_content"},
    "editMessageText": {"chat_id", "message_id", "text", "entities", "reply_markup", "link_preview_options"},
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "getWebhookInfo": set(),
    "setMyCommands": {"commands", "scope"},
    "getMyCommands": {"scope"},
    "getUpdates": {"offset", "timeout", "allowed_updates"},
}


_RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
)
_ADMINISTRATOR = {"status": "administrator", **dict.fromkeys(_RIGHTS.split(), False)}
# For so long at most it hangs where it is told to.
_LOOKS, _LOOKS_SECONDS = 150, 1.5
_WORDS = {"text", "url", "secret_token", "callback_query_id", "document"}


class Refused(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, why: str, **parameters: Any) -> None:
        super().__init__(why)
        self.code, self.why, self.parameters = code, why, parameters


@dataclass
class Shown:
    """A message as it stands in a chat."""

    chat: int
    id: int
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    document: tuple[str, bytes] | None = None
    protected: bool = False
    answers: int | None = None

    def read(self) -> str:
        """The message as a person reads it: links with where they lead, then the buttons, then the document."""
        raw = self.text.encode("utf-16-le")
        said, at = "", 0
        for end, leads in sorted((*links_sent(self.entities), *links_made(self.text, self.entities))):
            said += raw[2 * at : 2 * end].decode("utf-16-le") + f" ({leads})"
            at = end
        said += raw[2 * at :].decode("utf-16-le")
        buttons = [one["text"] for row in self.keyboard for one in row]
        return "\n".join([said, *buttons, *([self.document[0]] if self.document else [])])


class BotApi:
    """Telegram's side. `started` are the private chats whose person has begun one; None: every one."""

    def __init__(self) -> None:
        self.messages: list[Shown] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.queries: dict[str, str | None] = {}
        self.webhook: dict[str, Any] = {"url": ""}
        self.commands: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []
        self.started: set[int] | None = None
        self.refuses: list[Refused | None] = []
        self.always: Refused | None = None
        self.refuses_in: dict[int, Refused] = {}
        self.refuses_edits: Refused | None = None
        self.spoils = ""
        self.garbles: list[Any] = []
        self.knows_webhook: Any = None
        self.hangs = False
        self.privacy = True
        self.administers = False
        self._ids = 100
        self.app = Starlette(routes=[Route("/bot{token}/{method}", self._called, methods=["GET", "POST"])])

    @contextmanager
    def running(self) -> Iterator[str]:
        """Served on this machine; gives what BOT_TELEGRAM_API_URL is to be."""
        with served(self.app) as address:
            yield f"{address}/bot"

    def next_id(self) -> int:
        """The id of the next message of anybody's."""
        self._ids += 1
        return self._ids

    def in_chat(self, chat: int) -> list[Shown]:
        """What the bot has said in a chat."""
        return [one for one in self.messages if one.chat == chat]

    async def answered(self, answer: httpx.Response) -> None:
        """What the bot's server answers to an update; it may carry one call, of which it hears no more."""
        if answer.status_code != 200 or not answer.content:
            return
        assert answer.headers["content-type"] == "application/json"
        given = answer.json()
        await self._done(given.pop("method"), given, None, [])

    async def _called(self, request: Request) -> Response:
        is_spoiled = request.path_params["method"] == "sendMessage"
        if is_spoiled and (answered := filtered(self.spoils)) is not None:
            return answered
        try:
            answer = JSONResponse({"ok": True, "result": await self._result(request)})
            return Response(answer.body[:-3], media_type="application/json") if is_spoiled and self.spoils else answer
        except Refused as refused:
            body = {"ok": False, "error_code": refused.code, "description": refused.why}
            parameters = {"parameters": refused.parameters} if refused.parameters else {}
            return JSONResponse({**body, **parameters}, refused.code)

    async def _result(self, request: Request) -> Any:
        if request.path_params["token"] != TOKEN:
            raise Refused(401, "Unauthorized")
        method = request.path_params["method"]
        form = await request.form()
        attached = [name for name in form if hasattr(form[name], "filename")]
        given = {name: _value(name, str(value)) for name, value in form.items()}
        return await self._done(method, given, form, attached)

    async def _done(self, method: str, given: dict[str, Any], form: Any, attached: Sequence[str]) -> Any:
        if method not in _ALLOWED:
            raise Refused(404, "Not Found: method not found")
        unknown = set(given) - _ALLOWED[method] - set(attached)
        if unknown:
            raise Refused(400, f"Bad Request: the stand-in does not know {sorted(unknown)} of {method}")
        self.calls.append((method, {k: v for k, v in given.items() if k not in attached}))
        if method in {"sendMessage", "sendDocument"}:
            await self._perhaps_not(given["chat_id"])
        if method.startswith("edit") and self.refuses_edits is not None:
            raise self.refuses_edits
        ours = re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", method)
        return await getattr(self, f"_{ours}")(given, form)

    async def _perhaps_not(self, chat: Any) -> None:
        for _ in range(_LOOKS):
            if not self.hangs:
                break
            await asyncio.sleep(_LOOKS_SECONDS / _LOOKS)
        refused = self.refuses.pop(0) if self.refuses else self.refuses_in.get(chat, self.always)
        if refused is not None:
            raise refused

    async def _get_me(self, *_: Any) -> Any:
        extra = {"can_join_groups": True, "can_read_all_group_messages": not self.privacy}
        return {**ME, **extra, "supports_inline_queries": False}

    async def _get_chat_member(self, given: dict[str, Any], _: Any) -> Any:
        if given["user_id"] != ME["id"]:
            raise Refused(400, "Bad Request: the stand-in knows no member but the bot")
        return {"user": ME, **(_ADMINISTRATOR if self.administers else {"status": "member"})}

    async def _send_message(self, given: dict[str, Any], _: Any) -> Any:
        chat = self._chat(given)
        text, spans = _checked_text(given)
        answers = given.get("reply_parameters", {}).get("message_id")
        keyboard = _checked_keyboard(given)
        shown = Shown(chat, self.next_id(), text, spans, keyboard, None, given.get("protect_content") is True, answers)
        self.messages.append(shown)
        return as_message(shown)

    async def _send_document(self, given: dict[str, Any], form: Any) -> Any:
        chat = self._chat(given)
        name = str(given["document"]).removeprefix("attach://")
        file = form[name] if name in form else form["document"]
        content = await file.read()
        await form.close()
        if not content or len(content) > 50 * 1024 * 1024:
            raise Refused(413, "Request Entity Too Large")
        shown = Shown(chat, self.next_id(), document=(file.filename, content))
        self.messages.append(shown)
        return {**as_message(shown), "document": {"file_id": "f", "file_unique_id": "u", "file_name": file.filename}}

    async def _edit_message_text(self, given: dict[str, Any], _: Any) -> Any:
        shown = self._message(given)
        text, spans = _checked_text(given)
        keyboard = _checked_keyboard(given)
        if (text, keyboard) == (shown.text, shown.keyboard):
            raise Refused(400, "Bad Request: message is not modified")
        shown.text, shown.entities, shown.keyboard = text, spans, keyboard
        return as_message(shown)

    async def _edit_message_reply_markup(self, given: dict[str, Any], _: Any) -> Any:
        shown = self._message(given)
        keyboard = _checked_keyboard(given)
        if keyboard == shown.keyboard:
            raise Refused(400, "Bad Request: message is not modified")
        shown.keyboard = keyboard
        return as_message(shown)

    async def _answer_callback_query(self, given: dict[str, Any], _: Any) -> Any:
        query = str(given["callback_query_id"])
        if query not in self.queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(str(given.get("text", ""))) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self.queries[query] = given.get("text", "")
        return True

    async def _set_webhook(self, given: dict[str, Any], _: Any) -> Any:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(given.get("secret_token", ""))):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = given
        return True

    async def _get_webhook_info(self, *_: Any) -> Any:
        if self.knows_webhook is not None:
            return self.knows_webhook
        told = {"allowed_updates": self.webhook["allowed_updates"]} if self.webhook.get("allowed_updates") else {}
        return {"url": self.webhook["url"], "has_custom_certificate": False, "pending_update_count": 0, **told}

    async def _set_my_commands(self, given: dict[str, Any], _: Any) -> Any:
        for one in given["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]) or not 1 <= len(one["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands = given["commands"]
        return True

    async def _get_my_commands(self, *_: Any) -> Any:
        return self.commands

    async def _get_updates(self, given: dict[str, Any], _: Any) -> Any:
        if self.garbles:
            garbled = self.garbles.pop(0)
            if isinstance(garbled, Refused):
                raise garbled
            return garbled
        if self.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset", 0))
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates:
            await asyncio.sleep(0.05)
        return self.updates[:100]

    def _chat(self, given: dict[str, Any]) -> int:
        chat = given.get("chat_id")
        if not isinstance(chat, int) or chat == 0:
            raise Refused(400, "Bad Request: chat not found")
        if self.started is not None and chat > 0 and chat not in self.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def _message(self, given: dict[str, Any]) -> Shown:
        for one in self.messages:
            if (one.chat, one.id) == (given.get("chat_id"), given.get("message_id")):
                return one
        raise Refused(400, "Bad Request: message to edit not found")


def as_message(shown: Shown) -> dict[str, Any]:
    """A message of the bot's as Telegram gives it."""
    kind = {"type": "private", "first_name": "Pat"} if shown.chat > 0 else {"type": "supergroup", "title": "Team"}
    message = {
        "message_id": shown.id,
        "date": 1795705200,
        "from": ME,
        "chat": {"id": shown.chat, **kind},
        "text": shown.text,
        "entities": shown.entities,
    }
    return {**message, **({"reply_markup": {"inline_keyboard": shown.keyboard}} if shown.keyboard else {})}


def _value(name: str, text: str) -> Any:
    return text if name in _WORDS else json.loads(text)


def _checked_text(given: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    text = str(given.get("text", ""))
    size = len(text.encode("utf-16-le")) // 2
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if size > 4096:
        raise Refused(400, "Bad Request: message is too long")
    spans = given.get("entities", [])
    if len(spans) > 100:
        raise Refused(400, "Bad Request: too many entities")
    for one in spans:
        if one["offset"] < 0 or one["length"] < 1 or one["offset"] + one["length"] > size:
            raise Refused(400, "Bad Request: entity out of bounds")
        if one["type"] == "text_link" and not re.match(r"https?://\S+$", one.get("url", "")):
            raise Refused(400, "Bad Request: wrong URL")
    return text, spans


def _checked_keyboard(given: dict[str, Any]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = given.get("reply_markup", {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise Refused(400, "Bad Request: reply markup is too long")
    seen: set[str] = set()
    for one in (button for row in rows for button in row):
        if not one.get("text", "").strip():
            raise Refused(400, "Bad Request: text buttons must be non-empty")
        data = one.get("callback_data")
        if data is None and not one.get("url", "").startswith("https://"):
            raise Refused(400, "Bad Request: BUTTON_URL_INVALID")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if data is not None and data in seen:
            raise Refused(400, "Bad Request: the stand-in takes no two buttons that carry the same")
        seen.add(data or "")
    return rows
