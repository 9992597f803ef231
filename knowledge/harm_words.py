"""Words that name harm: with one of them even a few words tell something, where else they are too few to."""

from __future__ import annotations

import re

_HARM = re.compile(
    r"\b(?:stab\w*|knif\w*|hit|hits|hitting|beat|beats|beaten|beating|punch\w*|kick\w*|slap\w*|burn\w*|scald\w*"
    r"|bit|bites|biting|shak(?:es|ing|en)|chok\w*|strangl\w*|smother\w*|suffocat\w*|drown\w*|poison\w*"
    r"|rap(?:e|es|ed|ing|ist)|abus\w*|assault\w*|attack\w*|molest\w*|grop(?:e|es|ed|ing)|groom(?:s|ed|ing)"
    r"|touch(?:es|ed|ing)|hurt\w*|harm\w*|injur\w*|bruis\w*|bleed\w*|kill\w*|murder\w*|dying|suicid\w*|overdos\w*"
    r"|unconscious|threat\w*|traffick\w*|shot|cut (?:her|him|them)sel\w+|cutting)\b",
    re.IGNORECASE,
)


def names_harm(text: str) -> bool:
    """Whether a word of a text names harm, whoever does it to whomever; what is meant by it is not looked at."""
    return _HARM.search(text) is not None
