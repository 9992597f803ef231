"""A strict stand-in of the Bot Connector, the token authority and the key server, with their limits."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.adapters.filtered import filtered
from tests.adapters.web.serving import served

# For so long at most it hangs where it is told to.
_LOOKS, _LOOKS_SECONDS = 150, 1.5
Json = dict[str, Any]

APP = "0a1b2c3d-0000-4000-8000-00000000b07a"
TENANT = "11111111-2222-4333-8444-555555555555"
SECRET = "a client secret for tests"
BOT_TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJib3QifQ.c2ln"
LARGEST = 28 * 1024
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_ELEMENTS = {"RichTextBlock", "Container", "ActionSet", "Input.ChoiceSet", "Input.Text", "Input.Date"}
_ACTIONS = {"Action.Execute", "Action.OpenUrl"}


class Broken(Exception):
    """A card that Teams would not show."""


@dataclass
class Shown:
    """A message as it stands in a conversation; `changes` counts how often it was replaced, `only` sees it alone."""

    conversation: str
    id: str
    message: Json
    changes: int = 0
    only: str = ""

    @property
    def card(self) -> Json:
        """Its card, or what it asks about a file."""
        return dict(self.message["attachments"][0]["content"])

    def elements(self) -> list[Json]:
        """Every element of its card, in order."""
        return list(walked(self.card))

    def inputs(self) -> list[Json]:
        """What can be filled in."""
        return [one for one in self.elements() if one["type"].startswith("Input.")]

    def buttons(self) -> list[Json]:
        """What can be pressed and says something to the bot."""
        actions = [action for one in self.elements() for action in one.get("actions", ())]
        return [one for one in actions if one["type"] == "Action.Execute"]

    def read(self) -> str:
        """The message as its reader sees it."""
        return read(self.message)


@dataclass
class Microsoft:
    """What is known, what was sent, and how the next message is answered."""

    url: str = ""
    sent: list[Shown] = field(default_factory=list)
    tokens: int = 0
    keys_asked: int = 0
    keys_wait: float = 0.0
    keys_instead: Json | None = None
    identity_wait: float = 0.0
    always: tuple[int, dict[str, str]] | None = None
    once: list[tuple[int, dict[str, str]] | None] = field(default_factory=list)
    hangs: bool = False
    spoils: str = ""
    opens_personal: bool = True
    targets: bool = True

    def said_in(self, conversation: str) -> list[Shown]:
        """The messages of a conversation, newest last."""
        return [one for one in self.sent if one.conversation == conversation]

    def signed(self, payload: Json, key: rsa.RSAPrivateKey = KEY, alg: str = "RS256", **claims: Any) -> str:
        """The header by which Microsoft shows that an activity is its own."""
        now = int(time.time())
        said = {"iss": "https://api.botframework.com", "aud": APP, "nbf": now - 10, "exp": now + 600}
        said |= {"serviceurl": payload.get("serviceUrl", ""), **claims}
        kid = said.pop("kid", "key-1")
        return "Bearer " + jwt.encode(said, key if alg == "RS256" else "s" * 40, algorithm=alg, headers={"kid": kid})

    def app(self) -> Starlette:
        """Everything on one port."""
        conversations = "/connector/v3/conversations"
        return Starlette(
            routes=[
                Route("/{tenant}/oauth2/v2.0/token", self._token, methods=["POST"]),
                Route("/metadata/identity/oauth2/token", self._machine),
                Route("/metadata", self._metadata),
                Route("/keys", self._keys),
                Route(conversations, self._create, methods=["POST"]),
                Route(conversations + "/{id}/activities", self._take, methods=["POST"]),
                Route(conversations + "/{id}/activities/{message}", self._change, methods=["PUT"]),
            ]
        )

    async def _token(self, request: Request) -> Response:
        given = dict(await request.form())
        wanted = {"client_id": APP, "client_secret": SECRET, "scope": "https://api.botframework.com/.default"}
        if request.path_params["tenant"] != TENANT or given != {"grant_type": "client_credentials", **wanted}:
            return JSONResponse({"error": "invalid_client"}, 401)
        self.tokens += 1
        return JSONResponse({"token_type": "Bearer", "expires_in": 3599, "access_token": BOT_TOKEN})

    async def _machine(self, request: Request) -> Response:
        """What a machine in Azure answers about its own identity, at an address that only it reaches."""
        wanted = {"api-version": "2018-02-01", "resource": "https://api.botframework.com", "client_id": APP}
        if request.headers.get("metadata") != "true" or dict(request.query_params) != wanted:
            return JSONResponse({"error": "invalid_request"}, 400)
        await asyncio.sleep(self.identity_wait)
        self.tokens += 1
        return JSONResponse({"token_type": "Bearer", "expires_in": "86399", "access_token": BOT_TOKEN})

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: Request) -> Response:
        self.keys_asked += 1
        await asyncio.sleep(self.keys_wait)
        if self.keys_instead is not None:
            return JSONResponse(self.keys_instead)
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return JSONResponse({"keys": [{**key, "kid": "key-1", "use": "sig", "endorsements": ["msteams"]}]})

    async def _create(self, request: Request) -> Response:
        if (answered := filtered(self.spoils)) is not None:
            return answered
        body = await request.json()
        if not self.opens_personal:
            return JSONResponse({"error": {"code": "BotNotInConversationRoster"}}, 403)
        if body.get("tenantId") != TENANT or len(body.get("members", ())) != 1:
            return JSONResponse({"error": {"code": "BadSyntax"}}, 400)
        return JSONResponse({"id": f"a:alone-{body['members'][0]['id'].rpartition(':')[2]}"}, 201)

    async def _take(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {BOT_TOKEN}":
            return Response(status_code=401)
        refusal = self.once.pop(0) if self.once else self.always
        if refusal:
            return JSONResponse({"error": {"code": "Refused"}}, refusal[0], refusal[1])
        if (answered := filtered(self.spoils)) is not None:
            return answered
        if self.spoils == "way to sign in":
            return RedirectResponse("https://filter.example/sign-in")
        message, fault = _checked(await request.body())
        if fault:
            return fault
        is_targeted = (message.get("recipient") or {}).get("isTargeted") is True
        if is_targeted != (request.query_params.get("isTargetedActivity") == "true"):
            return JSONResponse({"error": {"code": "BadSyntax"}}, 400)
        if is_targeted and not self.targets:
            return JSONResponse({"error": {"code": "ConversationNotFound"}}, 404)
        shown = Shown(request.path_params["id"], f"{1795705200000 + len(self.sent)}", message)
        shown.only = message["recipient"]["id"] if is_targeted else ""
        self.sent.append(shown)
        for _ in range(_LOOKS):
            if not self.hangs:
                break
            await asyncio.sleep(_LOOKS_SECONDS / _LOOKS)
        answer = JSONResponse({"id": shown.id}, 201)
        return Response(answer.body[:-3], 201, media_type="application/json") if self.spoils else answer

    async def _change(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {BOT_TOKEN}":
            return Response(status_code=401)
        message, fault = _checked(await request.body())
        if fault:
            return fault
        for one in self.said_in(request.path_params["id"]):
            if one.id == request.path_params["message"]:
                one.message = message
                one.changes += 1
                return JSONResponse({"id": one.id})
        return JSONResponse({"error": {"code": "ActivityNotFoundInConversation"}}, 404)


def _checked(raw: bytes) -> tuple[Json, Response | None]:
    """A message, and what Teams answers where it does not take it."""
    message = json.loads(raw)
    try:
        check(message, len(raw))
    except Broken as fault:
        return message, JSONResponse({"error": {"code": "BadSyntax", "message": str(fault)}}, 400)
    return message, None


def check(message: Json, size: int) -> None:
    """Look whether Teams would take a message. Raises Broken."""
    if size > LARGEST:
        raise Broken(f"{size} bytes")
    if message.get("type") != "message" or not message.get("summary") or len(message.get("attachments", ())) != 1:
        raise Broken("not one attachment, or no summary")
    if "text" in message:
        raise Broken("words beside the card could be markup")
    for attachment in message["attachments"]:
        if attachment["contentType"].endswith("card.adaptive"):
            card = attachment["content"]
            if card.get("type") != "AdaptiveCard" or card.get("version") != "1.5" or not card.get("body"):
                raise Broken("no card")
            ids = [one["id"] for one in walked(card) if one["type"].startswith("Input.")]
            if len(ids) != len(set(ids)):
                raise Broken("two inputs of one name")
            for element in walked(card):
                _check_element(element)


def _check_element(element: Json) -> None:
    if element["type"] not in _ELEMENTS:
        raise Broken(f"{element['type']} is not used here: it may read markup")
    if element["type"] == "ActionSet" and not 1 <= len(element["actions"]) <= 6:
        raise Broken("too many actions")
    for action in element.get("actions", ()):
        if action["type"] not in _ACTIONS or not action.get("title"):
            raise Broken("no such action")
    if element.get("isRequired") and not (element.get("label") and element.get("errorMessage")):
        raise Broken("it would not be said what is missing")
    for choice in element.get("choices", ()):
        if "," in choice["value"] or not choice["title"]:
            raise Broken("a choice without words, or with a comma")


def walked(card: Json) -> Iterator[Json]:
    """Every element of a card, in order."""
    for element in card.get("body", card.get("items", ())):
        yield element
        yield from walked(element)


def read(message: Json) -> str:
    """A message as its reader sees it."""
    lines = []
    for attachment in message["attachments"]:
        if not attachment["contentType"].endswith("card.adaptive"):
            lines.append(attachment["name"])
            continue
        for one in walked(attachment["content"]):
            lines += ["".join(_run(one) for one in one.get("inlines", ()))]
            lines += [one["label"]] if "label" in one else []
            lines += [choice["title"] for choice in one.get("choices", ())]
            lines += [f"{action['title']} {action.get('url', '')}".strip() for action in one.get("actions", ())]
    return "\n".join(lines)


def _run(run: Json) -> str:
    url = run.get("selectAction", {}).get("url", "")
    return f"{run['text']} {url}" if url else str(run["text"])


@contextmanager
def microsoft() -> Iterator[Microsoft]:
    """The stand-in, for as long as needed."""
    here = Microsoft()
    with served(here.app()) as url:
        here.url = url
        yield here
