"""A small sign-in service for the tests: strict about what it is asked, and able to answer wrongly on purpose."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "the-bot", "s3cret~of.the_bot"
CODE_LASTS = timedelta(minutes=5)
Claims = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """A code that was given out, for whom and for which request."""

    claims: Claims
    redirect: str
    nonce: str
    challenge: str
    at: datetime


def _as_they_are(claims: Claims) -> Claims:
    return claims


class StrictProvider:
    """Whoever comes is `who`. What is set on it is answered wrongly from then on; `asked` is what it was asked for."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.issuer = ""
        self.begin(clock)

    def begin(self, clock: Callable[[], datetime]) -> None:
        """Be strict and truthful again, with nobody known."""
        self.who: Claims = {"sub": "ada-1", "email": "ada@example.gov.uk", "email_verified": True}
        self.redirects: set[str] = set()
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.published = [self.key]
        self.alter: Callable[[Claims], Claims] = _as_they_are
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.sign_with: Any = self.key
        self.says: Claims = {}
        self.userinfo: Claims = {}
        self.answer: Response | None = None
        self.asked: list[str] = []
        self._clock = clock
        self._given: dict[str, Given] = {}

    @property
    def app(self) -> Starlette:
        """The service."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/userinfo", self._userinfo),
            ]
        )

    async def _configuration(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        place = self.issuer
        values = {
            "issuer": place,
            "authorization_endpoint": f"{place}/authorize",
            "token_endpoint": f"{place}/token",
            "jwks_uri": f"{place}/keys",
            "userinfo_endpoint": f"{place}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        return JSONResponse({**values, **self.says})

    async def _authorize(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        given = dict(request.query_params)
        expected = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        wrong = [name for name, value in expected.items() if given.get(name) != value]
        wrong += [name for name in ("state", "nonce", "code_challenge") if len(given.get(name, "")) < 43]
        if wrong or given.get("redirect_uri") not in self.redirects or "openid" not in given.get("scope", "").split():
            return PlainTextResponse(f"refused: {wrong} {given}", 400)
        code = secrets.token_urlsafe(30)
        self._given[code] = Given(
            dict(self.who), given["redirect_uri"], given["nonce"], given["code_challenge"], self._clock()
        )
        return RedirectResponse(f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}", 302)

    async def _token(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        if self.answer is not None:
            return self.answer
        async with request.form() as form:
            sent = {name: str(value) for name, value in form.items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return JSONResponse({"error": "invalid_client"}, 401)
        given = self._given.pop(sent.get("code", ""), None)
        if given is None or self._clock() >= given.at + CODE_LASTS or given.redirect != sent.get("redirect_uri"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        if _challenge(sent.get("code_verifier", "")) != given.challenge or sent["grant_type"] != "authorization_code":
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {"access_token": "an-access-token", "token_type": "Bearer", "id_token": self._id_token(given)}
        )

    def _id_token(self, given: Given) -> str:
        now = int(self._clock().timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": given.nonce, **given.claims}
        altered = {name: value for name, value in self.alter(claims).items() if value is not None}
        return jwt.encode(self.header, altered, self.sign_with, algorithms=[self.header["alg"]])

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.published]})

    async def _userinfo(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        if request.headers.get("authorization") != "Bearer an-access-token":
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(self.userinfo)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
