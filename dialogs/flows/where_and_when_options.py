"""The answers about where it happened or they live, and how long ago it was."""

from __future__ import annotations

from dialogs.answers import Option
from dialogs.flows.harm_options import NOT_SURE

_COUNTS = dict(enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1))


def _ago(unit: str, first: int, last: int) -> tuple[str, ...]:
    """So many days, weeks, months or years ago, in digits and, up to twelve, in words."""
    counts = range(first, last + 1)
    written = [str(count) for count in counts] + [_COUNTS[count] for count in counts if count in _COUNTS]
    return tuple(f"{count} {unit}{'' if count in {'1', 'one'} else 's'} ago" for count in written)


_A_YEAR = (
    *("last year", "a year ago", "1 year ago", "one year ago", "12 months ago", "twelve months ago", "months ago"),
    *("this time last year", "ongoing"),
)
WHEN = (
    Option(
        "recent",
        "Recently: in the last 12 months",
        also=(
            *("recent", "recently", "today", "yesterday", "last week", "this week", "last month", "this month"),
            *("this year", "this morning", "last night", "days ago", "weeks ago", "a week ago", "a month ago"),
            *("a few days ago", "a few weeks ago", "a few months ago", "a couple of weeks ago", "a fortnight ago"),
            *("a couple of months ago", "a couple of days ago"),
            *(_ago("day", 1, 99) + _ago("week", 1, 50) + _ago("month", 1, 11)),
        ),
        maybe=_A_YEAR,
    ),
    Option(
        "non_recent",
        "Some time ago: more than 12 months",
        also=(
            *("some time ago", "years ago", "long ago", "historic", "historical", "a long time ago", "non recent"),
            *("a few years ago", "a couple of years ago", "many years ago", "several years ago", "not recent"),
            *(_ago("month", 13, 60) + _ago("year", 2, 60)),
        ),
        maybe=_A_YEAR,
    ),
    NOT_SURE,
)

_NOT_HERE = (
    *("outside our area", "outside of our area", "out of our area", "out of area", "outside the area", "outside"),
    *("beyond our area", "not in our area", "not our area", "not here", "not local", "another county", "elsewhere"),
    *("over the border", "across the border", "on the border", "border", "away from our area", "on holiday"),
    *("somewhere else", "away", "out of the area", "next county", "neighbouring area"),
)
_CLOSE = ("near our area", "near here", "nearby", "close to our area", "next to our area", "close by")
_ANYWHERE = ("home", "at home", "school", "at school", "online", "hospital", "in hospital", "placement")
PLACES = (
    Option(
        "our_area",
        "In our area ({local_authority})",
        also=("our area", "here", "locally", "in our area", "this area", "local"),
        maybe=("england", *_CLOSE, *_ANYWHERE),
    ),
    Option(
        "other_english_area",
        "In another part of England",
        also=(
            *("another area", "other area", "elsewhere in england", "another council", "other english area"),
            *("another part of england", "another english council", "outside our area in england"),
        ),
        maybe=("england", *_NOT_HERE, *_CLOSE, *_ANYWHERE),
    ),
    Option(
        "outside_england",
        "Outside England",
        also=(
            *("abroad", "wales", "scotland", "northern ireland", "overseas", "another country", "not in england"),
            *("outside of england", "outside the uk", "out of the uk", "out of the country", "outside the country"),
            *("out of england", "not england", "ireland", "republic of ireland", "isle of man", "jersey", "guernsey"),
            *("channel islands", "spain", "france", "portugal", "italy", "greece", "turkey", "germany", "poland"),
            *("romania", "cyprus", "malta", "netherlands", "belgium", "usa", "america", "canada", "australia"),
            *("india", "pakistan", "bangladesh", "nigeria", "somalia", "egypt", "morocco", "dubai", "europe"),
        ),
        maybe=(*_NOT_HERE, *_ANYWHERE),
    ),
    NOT_SURE,
)
