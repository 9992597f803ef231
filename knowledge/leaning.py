"""Whether a question leans on the one before it, going by its words alone."""

from __future__ import annotations

import re

from knowledge.terms import word_list

_SHORT = 4
_POINTING = re.compile(r"\b(?:it|its|it's|that|this|they|them|their|those|these|ones|same|else)\b")
_LEANING = re.compile(r"^(?:and|but|or|what about|how about|what if|also|then|even|so)\b")


def leans(text: str) -> bool:
    """Whether a question, in small letters, leans on the one before: short, or pointing back."""
    return len(word_list(text)) <= _SHORT or bool(_POINTING.search(text) or _LEANING.search(text))
