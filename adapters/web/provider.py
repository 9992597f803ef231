"""The sign-in service: where it is, where to send people, and what it says of them, none of it believed unchecked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from bot.loopback import is_loopback
from bot.people.issuer import entra_tenant

# Signed with a key that only the service has. HS256 and none are left out: our own secret, or nothing, would do.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
SCOPES = "openid profile email"
_CONFIGURED_AT = "/.well-known/openid-configuration"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_SECONDS = 10
_KNOWN_FOR = timedelta(hours=1)
_CLOCKS_DIFFER_SECONDS = 120
# What its answers may be: nothing at all, no JSON, no key, no token, a token of somebody else's.
_FAULTS = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    OAuthError,
    JoseError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,
)


class ProviderTrouble(Exception):
    """The sign-in service cannot be reached or its answer not be trusted; the message is for an administrator.

    `is_down`: it did not answer, or only that it is broken itself, so that nobody was turned away by it.
    """

    def __init__(self, message: str, *, is_down: bool) -> None:
        super().__init__(message)
        self.is_down = is_down


@dataclass(frozen=True)
class Configured:
    """What the service says of itself, and when it did."""

    values: Mapping[str, Any]
    at: datetime

    def __getitem__(self, name: str) -> str:
        return str(self.values[name])


@dataclass(frozen=True)
class Coming:
    """What belongs to one attempt: where people come back to, and what only we know until they do."""

    redirect: str
    state: str
    nonce: str
    verifier: str = field(repr=False)


class Provider:
    """An OpenID Connect provider, https://openid.net/specs/openid-connect-core-1_0.html."""

    def __init__(self, issuer: str, client_id: str, secret: str) -> None:
        self.issuer = issuer
        self._client_id = client_id
        self._secret = secret
        self._configured: Configured | None = None

    async def configured(self, at: datetime) -> Configured:
        """What the service says of itself, asked for once an hour. Raises ProviderTrouble."""
        known = self._configured
        if known is None or not known.at <= at < known.at + _KNOWN_FOR:
            with self._explained("cannot be asked about itself"):
                async with self._client({}) as client:
                    known = Configured(await _json(client, self.issuer.rstrip("/") + _CONFIGURED_AT), at)
                    self._check(known)
            self._configured = known
        return known

    async def address(self, coming: Coming, at: datetime) -> str:
        """Where to send somebody who wants to sign in. Raises ProviderTrouble."""
        configured = await self.configured(at)
        asked = OAuth2Client(
            None, self._client_id, scope=SCOPES, redirect_uri=coming.redirect, code_challenge_method="S256"
        )
        url, _ = asked.create_authorization_url(
            configured["authorization_endpoint"], coming.state, coming.verifier, nonce=coming.nonce
        )
        return str(url)

    async def claims(self, code: str, coming: Coming, at: datetime) -> Mapping[str, Any]:
        """What the service says of who came back with a code, checked (section 3.1.3.7). Raises ProviderTrouble."""
        configured = await self.configured(at)
        with self._explained("did not say who it was in a way that can be trusted"):
            async with self._client(configured.values) as client:
                token = await client.fetch_token(
                    configured["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=coming.redirect,
                    code_verifier=coming.verifier,
                )
                signed = await self._verified(client, configured, token["id_token"])
                claims = self._checked(signed, token, coming.nonce, at)
                return {**await self._more(client, configured, claims), **claims}

    async def _verified(self, client: AsyncOAuth2Client, configured: Configured, id_token: str) -> jwt.Token:
        # Asked for each time: people sign in seldom, and keys change.
        found = await _json(client, configured["jwks_uri"])
        keys = KeySet.import_key_set({"keys": found["keys"]})
        return jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))

    def _checked(self, signed: jwt.Token, token: Mapping[str, Any], nonce: str, at: datetime) -> dict[str, Any]:
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
            "sub": {"essential": True},
        }
        known = {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(signed.claims, signed.header, options, known)
        claims.validate(now=int(at.timestamp()), leeway=_CLOCKS_DIFFER_SECONDS)
        return dict(claims)

    async def _more(
        self, client: AsyncOAuth2Client, configured: Configured, claims: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What some services say only when asked again; Entra ID has nothing to add there that it vouches for."""
        address = configured.values.get("userinfo_endpoint")
        if "email" in claims or not address or entra_tenant(self.issuer):
            return {}
        more = await _json(client, self._safe(address), withhold_token=False)
        # https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse: else it may be about somebody else.
        return more if more.get("sub") == claims["sub"] else {}

    def _check(self, configured: Configured) -> None:
        """Raises ValueError where the service is not the one that was meant, or would be spoken to in the open."""
        said = configured.values.get("issuer")
        if said != self.issuer:
            raise ValueError(f"it calls itself {said!r}; BOT_OIDC_ISSUER must be exactly that")
        for name in _ENDPOINTS:
            self._safe(configured[name])

    def _safe(self, address: Any) -> str:
        parts = urlsplit(str(address))
        here = is_loopback(urlsplit(self.issuer).hostname or "") and is_loopback(parts.hostname or "")
        if parts.scheme != "https" and not (parts.scheme == "http" and here):
            raise ValueError(f"it names an address that is not https: {address!r}")
        return str(address)

    def _client(self, configured: Mapping[str, Any]) -> AsyncOAuth2Client:
        ways = configured.get("token_endpoint_auth_methods_supported")
        # In the form rather than the header where there is a choice: servers differ in how they read the header.
        way = "client_secret_post" if isinstance(ways, list) and "client_secret_post" in ways else "client_secret_basic"
        return AsyncOAuth2Client(
            self._client_id, self._secret, token_endpoint_auth_method=way, timeout=_SECONDS, follow_redirects=False
        )

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except _FAULTS as fault:
            said = str(fault).partition("\n")[0]
            raise ProviderTrouble(
                f"{self.issuer} {what}: {type(fault).__name__}: {said}", is_down=_is_down(fault)
            ) from fault


def _is_down(fault: Exception) -> bool:
    if isinstance(fault, httpx2.HTTPStatusError):
        return fault.response.is_server_error
    return isinstance(fault, httpx2.TransportError)


async def _json(client: AsyncOAuth2Client, address: str, *, withhold_token: bool = True) -> dict[str, Any]:
    answer = await client.request("GET", address, withhold_token=withhold_token)
    answer.raise_for_status()
    values = answer.json()
    if not isinstance(values, dict):
        raise TypeError("its answer is no JSON object")
    return values
