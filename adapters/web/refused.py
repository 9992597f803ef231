"""Why the page turns a request away, in words for the person who sent it."""

from __future__ import annotations

from collections.abc import Sequence

Words = tuple[str, str]
"""A heading and what stands under it."""

PAGES: dict[int, Words] = {
    400: ("That did not come through", "Something in what your browser sent could not be read. Nothing has changed."),
    403: (
        "That was not taken",
        "The page was open for too long, somebody signed in or out in this browser since, or your browser does not "
        "keep cookies for this site. Nothing has changed.",
    ),
    404: ("There is nothing here", "The address may be mistyped, or what was here is no longer kept."),
    405: ("That did not come through", "This page cannot be used in that way. Nothing has changed."),
    413: (
        "That was too long",
        "What you sent is too long to read. Nothing has changed. Please say it in a line or two.",
    ),
    415: ("That did not come through", "Something in what your browser sent could not be read. Nothing has changed."),
    500: (
        "Something went wrong here",
        "This is not your fault. What you had answered before is kept. Please try again in a minute.",
    ),
}
NOT_YOURS: Words = (
    "This page is for others",
    "Your role here does not include it. If it should, ask your area’s administrator.",
)
NO_SUCH_CASE: Words = (
    "No case of yours by this reference",
    "The reference may be mistyped, the case may not be yours to see, or its time here is over and it was erased. "
    "Cases that are yours stand under “Your pages”. "
    "If you should see it, ask whoever gave you the link, or your area’s lead.",
)


def no_chat(elsewhere: Sequence[str]) -> Words:
    """Where the bot is not talked to on its pages: `elsewhere` are the names of the channels where it is."""
    *others, last = elsewhere or ("another place",)
    places = f"{', '.join(others)} or {last}" if others else last
    return ("There is no chat here", f"Talk to the bot in {places}. Your area’s administrator can say how to find it.")


class Refused(Exception):
    """A request that is turned away; `status` is one of PAGES, `words` what is said instead of what stands there."""

    def __init__(self, status: int, words: Words | None = None) -> None:
        self.status = status
        self.words = words or PAGES[status]
        super().__init__(self.words[0])
