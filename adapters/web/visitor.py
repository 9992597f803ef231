"""Somebody who is signed in, as the endpoints of pages for them need it."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import HTMLResponse

from adapters.web.browser import Browser, signed
from adapters.web.fields import carried
from adapters.web.pages import Values, whole
from adapters.web.site import Site
from bot.people.people import label
from bot.people.signing_in import Visit
from bot.storage.people import Person


def form_mark(site: Site, person_id: str) -> str:
    """What a form carries of somebody whom it was shown, and what nobody else can know."""
    return signed(site, "form shown to", person_id)


@dataclass(frozen=True)
class Visitor:
    """Who it is, since when and how they are signed in, and with which browser. `token` is the session's cookie."""

    visit: Visit
    browser: Browser
    site: Site = field(repr=False)
    token: str = field(repr=False)

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.visit.person

    @property
    def name(self) -> str:
        """What to call them."""
        return label(self.person)

    @property
    def csrf(self) -> str:
        """What the forms of this session carry, and nobody else can know."""
        return signed(self.site, "session csrf", self.token)

    @property
    def mark(self) -> str:
        """What tells a form that they were shown from one that somebody else was, whatever session it is of."""
        return form_mark(self.site, self.person.id)

    def page(self, name: str, values: Values, status: int = 200) -> HTMLResponse:
        """A page for them, from a template; `csrf` in it is what its forms have to carry."""
        csrf = carried(self.csrf, self.mark)
        return whole(name, self.browser, self.site, {**values, "visitor": self}, status, csrf)
