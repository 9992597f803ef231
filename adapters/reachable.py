"""Whether the bot answers at its public address, as `bot doctor` asks it from this machine."""

from __future__ import annotations

import socket
import ssl

import httpx2

from adapters.channels import Finding

LIVE = "/health/live"
_WITHIN_SECONDS = 5.0
# What stands before a bot says of one that is not running.
_NOT_THERE = frozenset({502, 503, 504})


async def reachable(public_url: str) -> Finding:
    """What there is to say of the address; that nobody answers is only to be known, for the bot need not run now."""
    try:
        async with httpx2.AsyncClient(timeout=_WITHIN_SECONDS, follow_redirects=False) as client:
            answer = await client.get(public_url + LIVE)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as fault:
        return _not_reached(public_url, fault)
    if answer.status_code == 200 and answer.text.strip() == "live":
        return Finding(f"the bot answers at {public_url}", well=True)
    if answer.status_code in _NOT_THERE:
        return Finding(_nobody(public_url), well=None)
    words = f"BOT_PUBLIC_URL does not lead to the bot: {public_url}{LIVE} gives {answer.status_code}"
    return Finding(words, well=False)


def _not_reached(public_url: str, fault: BaseException) -> Finding:
    reason: BaseException | None = fault
    while reason is not None:
        if isinstance(reason, socket.gaierror):
            return Finding(f"BOT_PUBLIC_URL: no machine has the name in {public_url}", well=False)
        if isinstance(reason, ssl.SSLError):
            return Finding(f"BOT_PUBLIC_URL: the certificate of {public_url} is not good", well=False)
        reason = reason.__cause__ or reason.__context__
    return Finding(_nobody(public_url), well=None)


def _nobody(public_url: str) -> str:
    return f"nobody answers at {public_url} now: `bot serve` has to run, and that address has to lead to it"
