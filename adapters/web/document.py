"""A document of a decision of this browser's conversation, to be kept as a file."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from adapters.web.browser import browser_of
from adapters.web.conversations import CHANNEL, Conversations
from adapters.web.pages import Endpoint
from adapters.web.refused import Refused
from adapters.web.site import Site

_KEY = re.compile(r"[A-Za-z0-9._-]{1,80}")


def document(conversations: Conversations, site: Site) -> Endpoint:
    """The endpoint that hands a document out by its key."""

    async def fetch(request: Request) -> Response:
        browser, key = browser_of(request, site), request.path_params["key"]
        if browser.fresh or browser.left or not _KEY.fullmatch(key):
            raise Refused(404)
        found = await conversations.document(CHANNEL, browser.address, key)
        if found is None:
            raise Refused(404)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
        return Response(found.content, media_type=found.media_type, headers=headers)

    return fetch
