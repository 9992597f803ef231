"""An age typed where age bands are offered: "16" is under 18; "4", which is also an answer's number, is asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.answers import InvalidAnswer, parse_choice
from dialogs.options import Option

_YEARS = re.compile(
    r"(?:(?:they|he|she)(?: was| were|'s| is)? |aged? |about )*(\d{1,3})(?: ?(?:years?|yrs?|y/?o))?(?: old| of age)?"
)
_BABY = re.compile(
    r"(?:(?:they|he|she)(?: was| were|'s| is)? |aged? |about )*\d{1,2} ?(?:months?|weeks?|days?|hours?)(?: old)?"
)
OLDEST = 120


def parse_age(text: str, options: Sequence[Option]) -> str:
    """The id of the age band meant, by its number, its words or an age in years. Raises InvalidAnswer.

    A bare number that is an answer's number and also an age is taken only where both are the same band.
    """
    said = " ".join(text.casefold().replace("’", "'").split()).strip(" .")
    if _BABY.fullmatch(said):
        return "under_18"
    match = _YEARS.fullmatch(said)
    if match is None or int(match[1]) > OLDEST:
        return parse_choice(text, options)
    years, band = int(match[1]), band_of(int(match[1]))
    is_bare = said == match[1]
    if not is_bare or not 1 <= years <= len(options) or options[years - 1].id == band:
        return band
    raise InvalidAnswer(
        f"Is that answer {years}, “{options[years - 1].label}”, or someone aged {years}? "
        f"Please type “{options[years - 1].label}”, or “aged {years}”."
    )


def band_of(years: int) -> str:
    """The age band of an age in whole years."""
    return "under_18" if years < 18 else "18_24" if years < 25 else "25_plus"
