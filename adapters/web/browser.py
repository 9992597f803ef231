"""Who a browser is: its cookie, and whether a form truly came from its own page."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from adapters.web import fields
from adapters.web.fields import Sent
from adapters.web.refused import Refused
from adapters.web.security import sent_by
from adapters.web.site import Site

# Those made when somebody signs in begin so. Nobody can turn one into the other: it would be another browser.
_JOINED = "in."
_ID = re.compile(r"(?:in\.)?[A-Za-z0-9_-]{43}")
_DAY = 24 * 60 * 60
_SHOWN_TO = "shown_to"
_CLEARED_SECONDS = 60


@dataclass(frozen=True)
class Browser:
    """One browser. `id` is what its cookie says; `fresh` where it has no cookie yet; `left` after "Exit this page".

    `shown_to` is the mark of whoever is signed in with it, empty for nobody or where that was not asked. `cleared`
    where its next page has to say that what was said in it is shown there no more.
    """

    id: str
    fresh: bool
    left: bool
    shown_to: str = ""
    cleared: bool = False

    @property
    def joined(self) -> bool:
        """Whether its conversation became a person's when they signed in."""
        return self.id.startswith(_JOINED)

    @property
    def address(self) -> str:
        """What its conversation is kept under: the cookie cannot be had back from it."""
        return _text(hashlib.sha256(self.id.encode()).digest())

    def csrf(self, site: Site) -> str:
        """What this browser's forms carry and nobody else can know."""
        return signed(site, "csrf", self.id)

    def carried(self, site: Site) -> str:
        """The same, with whom the form is shown."""
        return fields.carried(self.csrf(site), self.shown_to)

    def whose(self, site: Site) -> str:
        """What an open page knows by whose it is, to keep what they half typed for them; empty for nobody's."""
        return signed(site, "half typed by", self.shown_to) if self.shown_to else ""

    def event(self, site: Site, once: str, said: object) -> str:
        """The key of a submission: the same form sent again with the same content is the same event."""
        return signed(site, "event", f"{self.id}|{once}|{said!r}")


def browser_of(request: Request, site: Site) -> Browser:
    """The browser that asks, made up now if it is new."""
    known, shown_to = cookie(request, site, "browser"), getattr(request.state, _SHOWN_TO, "")
    left, cleared = (cookie(request, site, one) == "yes" for one in ("left", "cleared"))
    if _ID.fullmatch(known):
        return Browser(known, fresh=False, left=left, shown_to=shown_to, cleared=cleared)
    return replace(new_browser(), left=left, cleared=cleared)


def note_shown_to(request: Request, mark: str) -> None:
    """Note the mark of whoever is signed in, for all that a request is answered with."""
    setattr(request.state, _SHOWN_TO, mark)


def new_browser(*, joined: bool = False) -> Browser:
    """A browser that nobody has seen yet; `joined` where somebody signs in with it."""
    return Browser((_JOINED if joined else "") + secrets.token_urlsafe(32), fresh=True, left=False)


def remember(response: Response, browser: Browser, site: Site) -> None:
    """Let the browser keep its cookie for as long as a conversation is kept."""
    set_cookie(response, site, "browser", browser.id, site.keep_days * _DAY)


def leave(response: Response, site: Site) -> None:
    """Show nothing of the conversation until the person asks for it."""
    set_cookie(response, site, "left", "yes", site.keep_days * _DAY)


def come_back(response: Response, site: Site) -> None:
    """Show the conversation again."""
    set_cookie(response, site, "left", "", 0)


def say_cleared(response: Response, site: Site, *, is_so: bool) -> None:
    """Let the next page say that what was said in this browser is shown there no more, once; or not."""
    set_cookie(response, site, "cleared", "yes" if is_so else "", _CLEARED_SECONDS if is_so else 0)


def new_once() -> str:
    """A fresh name for one showing of a form."""
    return secrets.token_urlsafe(18)


def check_origin(request: Request, site: Site) -> None:
    """Raises Refused(403) where the browser says that another site sent this form.

    Our own forms come with `Origin: null`, because we ask for no referrer; browsers that say nothing are judged by the
    token alone.
    """
    sent_from = request.headers.get("sec-fetch-site")
    if sent_from not in {None, "same-origin", "none"}:
        raise Refused(403)
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return
    expected = site.origin or f"{urlsplit(origin).scheme}://{request.headers.get('host', '')}"
    if origin != expected:
        raise Refused(403)


def is_csrf(token: str, given: str) -> bool:
    """Whether a form carries the token that it was given."""
    return hmac.compare_digest(given.encode(), token.encode())


def check_csrf(token: str, given: str) -> None:
    """Raises Refused(403) where a form does not carry the token that it was given."""
    if not is_csrf(token, given):
        raise Refused(403)


async def checked(request: Request, site: Site) -> tuple[Browser, Sent]:
    """The browser that posted a form of ours, and the form. Raises Refused."""
    browser, sent, is_again = await checked_or_again(request, site)
    if is_again:
        raise Refused(403)
    return browser, sent


async def checked_or_again(request: Request, site: Site) -> tuple[Browser, Sent, bool]:
    """The same, and whether it is one that was given back: to be shown as it was filled in, and nothing done.

    That one is of no page of this browser's. Raises Refused.
    """
    check_origin(request, site)
    browser, sent = browser_of(request, site), await sent_by(request)
    is_again = fields.AGAIN in sent
    if not is_again:
        check_csrf(browser.csrf(site), fields.token(sent))
    return browser, sent, is_again


def is_of_another_time(browser: Browser, site: Site, sent: Sent) -> bool:
    """Whether a form was shown to another browser than this one is now: since then somebody signed in or out in it.

    One that keeps no cookie is another each time: it would be given one form back after the other.
    """
    token = fields.token(sent)
    return not browser.fresh and fields.AGAIN not in sent and bool(token) and not is_csrf(browser.csrf(site), token)


def signed(site: Site, purpose: str, text: str) -> str:
    """A text's signature, which only this installation can make; one for each purpose."""
    return _text(hmac.digest(site.secret, f"{purpose}|{text}".encode(), "sha256"))


def cookie(request: Request, site: Site, name: str) -> str:
    """What a cookie of ours says; empty where there is none."""
    return request.cookies.get(_name(site, name), "")


def set_cookie(response: Response, site: Site, name: str, value: str, seconds: int | None) -> None:
    """Let the browser keep a cookie for so long; 0 takes it away, None keeps it until the browser is closed."""
    # Lax, not strict: with strict a link from an e-mail or the intranet would arrive without the cookie, and the
    # conversation would seem lost.
    response.set_cookie(
        _name(site, name), value, max_age=seconds, path="/", secure=site.secure, httponly=True, samesite="lax"
    )


def _text(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _name(site: Site, name: str) -> str:
    # With this beginning a browser takes it only by https, for this very host, and for the whole of it:
    # https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes
    return f"__Host-{name}" if site.secure else name
