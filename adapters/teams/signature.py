"""Whether Microsoft signed what was brought: the token's key, issuer, audience, times and service, and whose tenant.

The keys are fetched here and not by the vendor's library, which stops the whole process while a key server is slow.
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt

from adapters.endpoint import Refused
from adapters.teams.parse import tenant
from adapters.teams.settings import TeamsSettings
from bot.channel import Unreachable
from bot.loopback import is_loopback, is_unread

ISSUER = "https://api.botframework.com"
WITHIN_SECONDS = 5.0
LEEWAY_SECONDS = 300
FRESH_SECONDS = 24 * 3600
AGAIN_SECONDS = 30
"""Within which an unknown key is not asked for again, so that nobody's invented key makes us ask all the time."""
LEFT_SECONDS = 5
"""For which the keys are not asked for after they could not be had: whoever comes then is told so at once.

Teams waits about 15 s; those who each waited for a slow server would be a longer queue, which any stranger may join.
"""
_MOST_KEYS = 200
_LONGEST_TOKEN = 16_384


class Keys:
    """The keys that Microsoft signs with, each with the channels it is for (none: any)."""

    def __init__(
        self,
        url: str,
        http: httpx.AsyncClient,
        within: float = WITHIN_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._http = http
        self._within = within
        self._monotonic = monotonic
        self._keys: dict[str, tuple[Any, tuple[str, ...]]] = {}
        self._issuer = ISSUER
        self._fresh_until = self._left_until = self._whole_until = -math.inf
        self._has_failed = False
        self._asking = asyncio.Lock()

    @property
    def issuer(self) -> str:
        """Who signs."""
        return self._issuer

    async def find(self, kid: str) -> tuple[Any, tuple[str, ...]] | None:
        """A key; None where Microsoft has no such key. Raises Unreachable where that cannot be found out for now."""
        if not self._is_settled(kid):
            # Whoever comes while they are asked for waits for the same answer, and asks again only if it is none.
            async with self._asking:
                if not self._is_settled(kid) and self._monotonic() >= self._left_until:
                    await self._fetch()
        if kid not in self._keys and self._has_failed:
            raise _not_now()
        return self._keys.get(kid)

    async def warm(self) -> None:
        """Fetch the keys before they are needed. Raises Unreachable."""
        async with self._asking:
            if self._monotonic() >= max(self._fresh_until, self._left_until):
                await self._fetch()
        if not self._keys:
            raise _not_now()

    def _is_settled(self, kid: str) -> bool:
        """Whether nothing needs to be asked to know about a key."""
        now = self._monotonic()
        return now < self._fresh_until and (kid in self._keys or now < self._whole_until)

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(self._within):
                self._issuer, self._keys = await self._answered()
        except (TimeoutError, httpx.HTTPError, ValueError, TypeError):
            self._has_failed = True
            now = self._monotonic()
            self._left_until = now + LEFT_SECONDS
            if self._keys:
                # A key that is known is good for longer than a server is away.
                self._fresh_until = max(self._fresh_until, now + AGAIN_SECONDS)
            return
        self._has_failed = False
        now = self._monotonic()
        self._fresh_until, self._whole_until = now + FRESH_SECONDS, now + AGAIN_SECONDS

    async def _answered(self) -> tuple[str, dict[str, tuple[Any, tuple[str, ...]]]]:
        """Who signs, and the keys. Raises ValueError, TypeError or httpx.HTTPError where that is not what came."""
        about = await self._object(self._url)
        found = (await self._object(_keys_of(about, self._url))).get("keys")
        keys = dict(_read(found if isinstance(found, list) else []))
        if not keys:
            raise ValueError(self._url)
        issuer = about.get("issuer")
        return issuer if isinstance(issuer, str) and issuer else ISSUER, keys

    async def _object(self, url: str) -> dict[str, Any]:
        answer = await self._http.get(url)
        answer.raise_for_status()
        found = answer.json()
        if not isinstance(found, dict):
            raise TypeError(url)
        return found


def _read(found: Sequence[Any]) -> list[tuple[str, tuple[Any, tuple[str, ...]]]]:
    keys = []
    for one in found[:_MOST_KEYS]:
        if not isinstance(one, dict) or one.get("kty") != "RSA" or not isinstance(one.get("kid"), str):
            continue
        endorsed = one.get("endorsements")
        channels = tuple(str(channel) for channel in endorsed) if isinstance(endorsed, list) else ()
        try:
            keys.append((one["kid"], (jwt.PyJWK(one, algorithm="RS256").key, channels)))
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
    return keys


def _not_now() -> Unreachable:
    return Unreachable("Microsoft's keys cannot be had for now", permanent=False)


async def check_signed(authorization: str, payload: dict[str, Any], keys: Keys, app_id: str) -> None:
    """Look whether Microsoft signed this, for this bot and this service. Raises Refused, or Unreachable for now."""
    kind, _, token = authorization.partition(" ")
    if kind.casefold() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
        raise Refused(401)
    try:
        head = jwt.get_unverified_header(token)
        kid = head.get("kid")
        if head.get("alg") != "RS256" or not isinstance(kid, str):
            raise Refused(401)
        key = await keys.find(kid)
        if key is None:
            raise Refused(401)
        claims = jwt.decode(
            token,
            key[0],
            algorithms=["RS256"],
            audience=app_id,
            issuer=keys.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
    except (jwt.PyJWTError, ValueError):
        raise Refused(401) from None
    service, channel = payload.get("serviceUrl"), payload.get("channelId")
    signed = claims.get("serviceurl", claims.get("serviceUrl"))
    if not isinstance(signed, str) or not isinstance(service, str) or signed.rstrip("/") != service.rstrip("/"):
        raise Refused(401)
    if key[1] and channel not in key[1]:
        raise Refused(401)


def check_tenant(payload: dict[str, Any], settings: TeamsSettings) -> None:
    """Look whether people of this tenant may use the bot. Raises Refused."""
    if tenant(payload) not in settings.teams_allowed_tenants:
        raise Refused(403)


def check_service(payload: dict[str, Any], settings: TeamsSettings) -> None:
    """Look whether what is written back goes somewhere safe. Raises Refused."""
    service = payload.get("serviceUrl")
    parts = urlsplit(service) if isinstance(service, str) and len(service) < 500 else urlsplit("")
    here = is_loopback(parts.hostname or "")
    is_trial = is_loopback(urlsplit(settings.teams_authority_url).hostname or "")
    trying = bool(settings.teams_allow_unauthenticated) or is_trial
    is_plain = not (parts.query or parts.fragment or parts.username)
    # Without a signature nothing goes further than this machine; with one, only where it is encrypted.
    is_good = here if settings.teams_allow_unauthenticated else parts.scheme == "https" and not here
    if not is_plain or not (is_good or (trying and here and parts.scheme in {"http", "https"})):
        raise Refused(403)


def _keys_of(about: dict[str, Any], url: str) -> str:
    """Where the keys are. Raises ValueError where that is no safe place."""
    where = about.get("jwks_uri") or re.sub(r"/openid-?configuration$", "/keys", url)
    if not isinstance(where, str) or not is_unread(where):
        raise ValueError(url)
    return where
