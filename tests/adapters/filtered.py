"""What a filter on the way may answer in a platform's place, none of it in the platform's own shape."""

from __future__ import annotations

from starlette.responses import Response

_PAGE = b"<html>Web filter: sign in</html>"
_ANSWERS = {
    "filter": (200, _PAGE, "text/html"),
    "barrier": (403, _PAGE, "text/html"),
    "policy": (403, b'{"error": "blocked by policy"}', "application/json"),
    "policy without an error": (403, b'{"blocked": true}', "application/json"),
    "bad request": (400, b'{"message": "blocked by policy"}', "application/json"),
    "nothing in it": (200, b"{}", "application/json"),
    "null": (200, b"null", "application/json"),
    "list": (200, b'["blocked"]', "application/json"),
    "refusing list": (403, b'["blocked"]', "application/json"),
    "word": (200, b'"blocked"', "application/json"),
    "plain words": (200, b"blocked", "text/plain"),
    "refusing plain words": (403, b"blocked", "text/plain"),
    "refusing with nothing": (403, b"", "application/json"),
    "well and nothing else": (200, b'{"ok": true}', "application/json"),
    "not well and nothing else": (403, b'{"ok": false, "error": null}', "application/json"),
    "error without a code": (403, b'{"error": {"code": null, "message": "blocked"}}', "application/json"),
    "endless": (200, b"[" * 100_000, "application/json"),
    "no utf-8": (200, b'{"error": "\xff\xfe"}', "application/json"),
}
FILTERS = tuple(_ANSWERS)


def filtered(name: str) -> Response | None:
    """The answer of that filter; None where there is none of that name."""
    if name not in _ANSWERS:
        return None
    status, body, kind = _ANSWERS[name]
    return Response(body, status, media_type=kind)
