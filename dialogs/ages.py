"""An age typed where age bands are offered: "16" is under 18; "4", which is also an answer's number, is asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.answer_words import words_of
from dialogs.answers import InvalidAnswer, parse_choice
from dialogs.options import Option, index_of

OLDEST = 120

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = {word: place * 10 for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty".split(), 2)}
_IN_DIGITS = {word: number for number, word in enumerate(["zero", *_ONES, *_TEENS])} | _TENS

_PEOPLE = "he|hes|she|shes|they|theyre|child|boy|girl|baby|infant|toddler|teenager|pupil|student|person"
_LEAD = (
    r"(?P<lead>(?:(?:it|its|is|was|were|are|a|an|the|i|im|yes|only|just|then|young|now|answer|please|turned|at|aged?|"
    rf"{_PEOPLE}) )*)"
)
_DOUBTS = (
    r"(?:(?P<nearly>nearly|almost|just under|not quite|not yet|coming up to|coming up for)|(?P<under>under|below|"
    r"less than|younger than)|(?P<over>over|above|more than|older than|at least)|(?P<about>(?:(?:about|around|roughly|"
    r"approximately|approx|maybe|probably|possibly|perhaps|circa|i think|think|i believe)\b ?(?:(?:it|he|she|they) "
    r"(?:is|was|were) |hes |shes |its )?)+)) ?(?:aged? |a )?"
)
_UNIT = r"(?P<unit> (?:years?|yrs?|yo|y|y o)(?: old| of age| o)?(?: (?:boy|girl|child))?| old)?"
_MORE = r"(?: and (?:a )?half| (?:and )?\d{1,2} (?:months?|weeks?|days?))?"
_YEARS = re.compile(
    rf"{_LEAD}(?:{_DOUBTS})?(?P<years>\d{{1,3}})(?: and (?:a )?half)?{_UNIT}{_MORE}"
    r"(?: old)?(?: (?:then|now|please|at the time))*"
)
_BABY = re.compile(rf"{_LEAD}(?:about |nearly |only )?\d{{1,2}} (?P<unit>months?|weeks?|days?|hours?)(?P<old> old)?")
_SIGNS = re.compile(r"[<>~\u2248\u2264\u2265=%]|\d\s*\+|\d\s*[./\u2044\u00bd\u00bc\u00be]\s*\d*(?=\s|$)(?<!\.)")
_OR_MORE = re.compile(r"\s*(\d{1,3})\s*\+\s*")
_HOW = "Please type an age in years, such as 16, or the words as shown."


def parse_age(text: str, options: Sequence[Option]) -> str:
    """The id of the age band meant, by its number, its words or an age in years. Raises InvalidAnswer.

    A bare number that is an answer's number and also an age is taken only where both are the same band.
    """
    words = words_of(text)
    if words in index_of(tuple(options)).phrases:
        return parse_choice(text, options)
    if (least := _OR_MORE.fullmatch(text)) and 25 <= int(least[1]) <= OLDEST:
        return "25_plus"
    if _SIGNS.search(text):
        raise InvalidAnswer(f"I can't be sure which age that is. {_HOW}")
    said = _in_digits(words)
    if baby := _BABY.fullmatch(said):
        return _baby(baby)
    match = _YEARS.fullmatch(said)
    if match is None or int(match["years"]) > OLDEST:
        return parse_choice(text, options)
    years = int(match["years"])
    if match["nearly"] or match["under"] or match["over"] or match["about"]:
        return _doubtful(match, years)
    band, is_age = band_of(years), match["unit"] or re.search(rf"\b(?:aged?|turned|{_PEOPLE})\b", match["lead"])
    if is_age or said.removesuffix(" please") != match["lead"] + match["years"]:
        return band
    if not 1 <= years <= len(options) or options[years - 1].id == band:
        return band
    raise InvalidAnswer(
        f"Is that answer {years}, “{options[years - 1].label}”, or someone aged {years}? "
        f"Please type “{options[years - 1].label}”, or “aged {years}”."
    )


def band_of(years: int) -> str:
    """The age band of an age in whole years."""
    return "under_18" if years < 18 else "18_24" if years < 25 else "25_plus"


def _in_digits(words: tuple[str, ...]) -> str:
    """Words with their numbers in digits: "twenty one years" is "21 years"."""
    said: list[str] = []
    for at, word in enumerate(words):
        if word in _ONES and at and words[at - 1] in _TENS:
            said[-1] = str(int(said[-1]) + _IN_DIGITS[word])
        else:
            said.append(str(_IN_DIGITS.get(word, word)))
    return " ".join(said)


def _baby(match: re.Match[str]) -> str:
    is_born = match["old"] or re.search(rf"\b(?:aged?|{_PEOPLE})\b", match["lead"])
    if match["unit"].startswith("week") and not is_born:
        raise InvalidAnswer("Is that a baby so many weeks old? Please type “Under 18”, or “Not yet born”.")
    return "under_18"


def _doubtful(match: re.Match[str], years: int) -> str:
    """The band of an age that is not exact, where it can be in one band only."""
    ages = range(years - 1, years + 2)
    if match["nearly"]:
        ages = range(max(years - 1, 0), max(years, 1))
    elif match["under"]:
        # "Under 25" is said of adults; "under 5" and "under 16" of children.
        ages = range(years)
    elif match["over"]:
        ages = range(years, OLDEST)
    bands = {band_of(age) for age in ages}
    if len(bands) != 1:
        raise InvalidAnswer(f"That could be more than one answer. {_HOW}")
    return bands.pop()
