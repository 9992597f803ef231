"""One attempt to sign in at the sign-in service: what the browser keeps of it, and what only we can work out."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from adapters.web.browser import cookie, set_cookie, signed
from adapters.web.site import Site

LASTS = timedelta(minutes=10)
_COOKIE = "signing-in"


@dataclass(frozen=True)
class Attempt:
    """`state` names it, `began` is when it did, in whole seconds, `to` where to go afterwards.

    Nonce and code verifier are derived from the state with our own secret, so nothing has to be kept for them; nobody
    who sees the state, which addresses carry, can know them.
    """

    state: str
    began: datetime
    to: str

    @classmethod
    def new(cls, to: str, at: datetime) -> Attempt:
        """An attempt that begins now."""
        return cls(secrets.token_urlsafe(32), at.replace(microsecond=0), to)

    def nonce(self, site: Site) -> str:
        """What the token that comes back must carry."""
        return signed(site, "nonce", self.state)

    def verifier(self, site: Site) -> str:
        """What proves that we began it: https://www.rfc-editor.org/rfc/rfc7636.html#section-4.1."""
        return signed(site, "code verifier", self.state)

    def has_lapsed(self, at: datetime) -> bool:
        """Whether it began too long ago."""
        return not self.began <= at < self.began + LASTS


def keep(response: Response, attempt: Attempt, site: Site) -> None:
    """Let the browser keep it until it comes back; an earlier attempt is void."""
    to = urlsafe_b64encode(attempt.to.encode()).decode()
    text = f"{attempt.state}.{int(attempt.began.timestamp())}.{to}"
    value = f"{text}.{signed(site, _COOKIE, text)}"
    set_cookie(response, site, _COOKIE, value, int(LASTS.total_seconds()))


def kept(request: Request, site: Site) -> Attempt | None:
    """What the browser kept; None where there is nothing that we gave it."""
    text, _, signature = cookie(request, site, _COOKIE).rpartition(".")
    if not text or not hmac.compare_digest(signature.encode(), signed(site, _COOKIE, text).encode()):
        return None
    state, began, to = text.split(".")
    return Attempt(state, datetime.fromtimestamp(int(began), UTC), urlsafe_b64decode(to).decode())


def drop(response: Response, site: Site) -> None:
    """Take it away from the browser."""
    set_cookie(response, site, _COOKIE, "", 0)
