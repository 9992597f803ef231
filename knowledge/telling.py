"""Tells a message that tells of something that has happened from one that asks a question about it."""

from __future__ import annotations

import re

_OPENING = r"^(?:so |and |but |ok |hi |hello |sorry )*"
_ASKING = re.compile(
    r"\?"
    rf"|{_OPENING}(?:who|what|whats|what's|when|where|why|how|which|is|are|do|does|did)\b"
    rf"|{_OPENING}(?:can|could|should|must|may|will|would|has|have)\b(?! (?:had|just)\b)"
    r"|\b(?:do|should|must|can|could|would|does) (?:we|i|it|they|you|this|that|the|our|my)\b"
    r"|\b(?:is|are) (?:it|this|that|they|we|i) \b|\b(?:what|who|when|where|how|whether|which|why)\b[^.]*$"
)
# "What now" at the end of a story asks for what the dialog gives.
_NOW_WHAT = re.compile(
    r"[,.;]?\s*\b(?:so |and )?(?:what (?:now|next|do (?:i|we) do(?: now)?)|now what|help|please advise)\s*[?.!]*$"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_AS_IT_CAME = re.compile(
    rf"\b(?:yesterday|this (?:morning|afternoon|evening)|last (?:night|week|{_DAY})|overnight|(?:at|over) the weekend"
    rf"|(?:on|since) {_DAY}|(?:two|three|four|\d) (?:hours|days|weeks) ago|in the (?:night|early hours))\b"
    r"|\b(?:here|writing)[:,. ]|^(?:[\w']+ ){1,3}here\b|\bwe(?: have|'ve) (?:just )?had\b"
    r"|\b(?:(?:one|some) of (?:our|my)|i work|i'm a|i am a|on my caseload|attended|called (?:out )?to|brought in)\b"
    r"|\b(?:(?:came|come) in(?:to)?|admitted|found (?:dead|hanged|unresponsive|drowned))\b"
    r"|\b(?:(?:has been|was|were) (?:arrested|charged)|in custody|on remand)\b"
)
EASE, DOUBT = 0.06, 0.02
"""How much less near to an incident a message has to be that is told as news is and asks nothing, and how much more one
that asks."""


def asks(text: str) -> bool:
    """Whether a text, in small letters, asks a question, more than what comes next."""
    return _ASKING.search(_NOW_WHAT.sub("", text)) is not None


def eased(text: str, margin: float) -> float:
    """How much nearer a text is to incidents told than to questions, the way it is told counting too."""
    if asks(text):
        return margin - DOUBT
    return margin + (EASE if _AS_IT_CAME.search(text) else 0.0)
