"""Signing in at the sign-in service: sends people there, and takes them back once it has said who they are."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web import attempt, not_signed_in
from adapters.web.access import ANYONE, route
from adapters.web.attempt import Attempt
from adapters.web.door import BACK, GO, SIGN_IN, Door, source_of
from adapters.web.not_signed_in import NotSignedIn
from adapters.web.on_this_machine import host_of
from adapters.web.provider import Coming, Provider, ProviderTrouble
from adapters.web.refused import Refused
from adapters.web.return_to import TO, local
from adapters.web.sign_in import plainly, wanted
from adapters.web.vouched import identity
from bot.loopback import is_loopback

_LONGEST_CODE = 4096


class SignInElsewhere:
    """The endpoints. `report` is told of what an administrator has to look at."""

    def __init__(self, door: Door, provider: Provider, area: str, report: Callable[[str], None]) -> None:
        self._door = door
        self._provider = provider
        self._area = area
        self._report = report

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        door = self._door
        return [
            route("GET", GO, ANYONE, plainly(self.go, door), door.site),
            route("GET", BACK, ANYONE, plainly(self.back, door, self._wanted), door.site),
        ]

    async def go(self, request: Request) -> Response:
        """To the sign-in service."""
        # A link, not a form: our pages allow their forms to lead to no other site, and browsers hold a form to that
        # even after it was sent on. https://www.w3.org/TR/CSP3/#directive-form-action
        to = local(wanted(request), request.app.routes)
        if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            return RedirectResponse(f"{SIGN_IN}?{urlencode({TO: to})}", 303)
        await self._check_source(request)
        begun = Attempt.new(to, self._door.clock())
        try:
            address = await self._provider.address(self._coming(request, begun), self._door.clock())
        except ProviderTrouble as trouble:
            raise self._reported(trouble) from trouble
        response = RedirectResponse(address, 303)
        attempt.keep(response, begun, self._door.site)
        return response

    async def back(self, request: Request) -> Response:
        """From the sign-in service, with a code for what it says, or with why there is none."""
        await self._check_source(request)
        try:
            response = await self._back(request)
        except NotSignedIn as reason:
            # Whoever it knows and we do not has not failed at anything, nor has anyone while it is down; counting them
            # would lock their office out.
            if reason.trouble in {not_signed_in.UNFINISHED, not_signed_in.UNTRUSTED}:
                await self._door.keeper.failed(source_of(request), self._door.clock())
            raise
        attempt.drop(response, self._door.site)
        return response

    async def _back(self, request: Request) -> Response:
        begun = await self._begun(request)
        said = request.query_params
        # https://www.rfc-editor.org/rfc/rfc9207.html: not the answer of another service.
        if said.get("iss", self._provider.issuer) != self._provider.issuer:
            raise NotSignedIn(not_signed_in.UNFINISHED)
        if "error" in said:
            raise NotSignedIn(not_signed_in.DECLINED if said["error"] == "access_denied" else not_signed_in.TURNED_DOWN)
        code = said.get("code", "")
        if not 0 < len(code) <= _LONGEST_CODE:
            raise NotSignedIn(not_signed_in.UNFINISHED)
        return await self._let_in(request, begun, code)

    async def _let_in(self, request: Request, begun: Attempt, code: str) -> Response:
        at = self._door.clock()
        try:
            claims = await self._provider.claims(code, self._coming(request, begun), at)
        except ProviderTrouble as trouble:
            raise self._reported(trouble) from trouble
        who = identity(claims, self._provider.issuer)
        person = await self._door.keeper.recognise(who, at)
        if person == "nobody":
            raise NotSignedIn(not_signed_in.nobody(self._area, who.mail))
        if isinstance(person, str):
            raise NotSignedIn(not_signed_in.NO_ROLE if person == "no role" else not_signed_in.ANOTHERS)
        return await self._door.let_in(request, person.id, "oidc", local(begun.to, request.app.routes))

    async def _begun(self, request: Request) -> Attempt:
        """The attempt that this browser comes back from; once."""
        begun, at = attempt.kept(request, self._door.site), self._door.clock()
        state = request.query_params.get("state", "")
        if begun is None or begun.has_lapsed(at) or not hmac.compare_digest(state.encode(), begun.state.encode()):
            raise NotSignedIn(not_signed_in.UNFINISHED)
        if not await self._door.keeper.first_time(begun.state, at):
            raise NotSignedIn(not_signed_in.UNFINISHED)
        return begun

    async def _check_source(self, request: Request) -> None:
        if await self._door.keeper.must_wait(source_of(request), self._door.clock()):
            raise NotSignedIn(not_signed_in.MUST_WAIT)

    def _coming(self, request: Request, begun: Attempt) -> Coming:
        site = self._door.site
        return Coming(_origin(request, site.origin) + BACK, begun.state, begun.nonce(site), begun.verifier(site))

    def _reported(self, trouble: ProviderTrouble) -> NotSignedIn:
        self._report(f"Signing in: {trouble}")
        return NotSignedIn(not_signed_in.DOWN if trouble.is_down else not_signed_in.UNTRUSTED)

    def _wanted(self, request: Request) -> str:
        begun = attempt.kept(request, self._door.site)
        return begun.to if begun else ""


def _origin(request: Request, public: str) -> str:
    """Where people come back to: the address people use; without one, this machine's own as the browser has it."""
    if public:
        return public
    if not is_loopback(host_of(request)):
        raise Refused(400)
    return f"http://{request.headers['host']}"
