"""A strict stand-in of the Bot Connector, the token authority and the key server, with their limits."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.settings import Settings
from tests.adapters.web.serving import served

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
class Microsoft:
    """What is known, what was sent, and how the next message is answered."""

    url: str = ""
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changed: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    tokens: int = 0
    keys_asked: int = 0
    keys_wait: float = 0.0
    always: tuple[int, dict[str, str]] | None = None
    once: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    hangs: bool = False
    opens_personal: bool = True

    def cards(self, conversation: str) -> list[dict[str, Any]]:
        """The messages of a conversation, newest last."""
        return [message for where, message in self.sent if where == conversation]

    def signed(self, payload: dict[str, Any], key: rsa.RSAPrivateKey = KEY, alg: str = "RS256", **claims: Any) -> str:
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

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: Request) -> Response:
        self.keys_asked += 1
        await asyncio.sleep(self.keys_wait)
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return JSONResponse({"keys": [{**key, "kid": "key-1", "use": "sig", "endorsements": ["msteams"]}]})

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        if not self.opens_personal:
            return JSONResponse({"error": {"code": "BotNotInConversationRoster"}}, 403)
        if body.get("tenantId") != TENANT or len(body.get("members", ())) != 1:
            return JSONResponse({"error": {"code": "BadSyntax"}}, 400)
        return JSONResponse({"id": f"a:alone-{body['members'][0]['id'].rpartition(':')[2]}"}, 201)

    async def _take(self, request: Request) -> Response:
        refusal = self.once.pop(0) if self.once else self.always
        if request.headers.get("authorization") != f"Bearer {BOT_TOKEN}":
            return Response(status_code=401)
        if refusal:
            return JSONResponse({"error": {"code": "Refused"}}, refusal[0], refusal[1])
        raw = await request.body()
        message = json.loads(raw)
        try:
            check(message, len(raw))
        except Broken as fault:
            return JSONResponse({"error": {"code": "BadSyntax", "message": str(fault)}}, 400)
        self.sent.append((request.path_params["id"], message))
        if self.hangs:
            await asyncio.sleep(3)
        return JSONResponse({"id": f"sent-{len(self.sent)}"}, 201)

    async def _change(self, request: Request) -> Response:
        message = await request.json()
        self.changed.append((request.path_params["id"], request.path_params["message"], message))
        return JSONResponse({"id": request.path_params["message"]})


def check(message: dict[str, Any], size: int) -> None:
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


def _check_element(element: dict[str, Any]) -> None:
    if element["type"] not in _ELEMENTS:
        raise Broken(f"{element['type']} is not used here: it may read markup")
    if element["type"] == "ActionSet" and not 1 <= len(element["actions"]) <= 6:
        raise Broken("too many actions")
    for action in element.get("actions", ()):
        if action["type"] not in _ACTIONS or not action.get("title"):
            raise Broken("no such action")
    for choice in element.get("choices", ()):
        if "," in choice["value"] or not choice["title"]:
            raise Broken("a choice without words, or with a comma")


def walked(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every element of a card, in order."""
    for element in card.get("body", card.get("items", ())):
        yield element
        yield from walked(element)


def read(message: dict[str, Any]) -> str:
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


def _run(run: dict[str, Any]) -> str:
    url = run.get("selectAction", {}).get("url", "")
    return f"{run['text']} {url}" if url else str(run["text"])


def settings_for(url: str, folder: Path) -> Settings:
    """Settings by which everything is found on this machine."""
    return Settings(
        data_dir=folder,
        channels=("teams",),
        teams_app_id=APP,
        teams_tenant_id=TENANT,
        teams_client_secret=SECRET,
        teams_authority_url=url,
        teams_metadata_url=f"{url}/metadata",
    )


@contextmanager
def microsoft() -> Iterator[Microsoft]:
    """The stand-in, for as long as needed."""
    here = Microsoft()
    with served(here.app()) as url:
        here.url = url
        yield here
