"""Nothing that anybody typed becomes a link on Telegram, and what is meant as one stays one."""

from __future__ import annotations

import pytest
from telegram import MessageEntity

from adapters.styled_words import bare, link, parted, strong, words
from adapters.telegram.entities import LONGEST, MOST_STYLED, Inert, entities, inert, units
from adapters.telegram.own_links import own_links
from bot.definitions import load_definitions

from .bot_api import Shown
from .linking import links_made

LINKED = (
    "https://evil.example/a",
    "http://1.2.3.4/x",
    "10.0.0.1",
    "www.evil.example",
    "evil.com",
    "evil.com/path?x=1#y",
    "(evil.org).",
    "x@evil.com/path",
    "пример.рф",
    "evil.xn--p1ai",
    "tg://resolve?domain=x",
    "#tag",
    "$ABC",
    "@somebody",
    "/start",
    "(/start)",
    "👩‍👧#tag",
)
PLAIN = (
    "18/12/2026",
    "18.12.2026",
    "and/or",
    "e.g.",
    "i.e.",
    "£5",
    "26-014",
    "duty@example.gov.uk,",
    "9.30",
    "well...no",
)


OWN = own_links(load_definitions("exampleshire").area)


def set_apart(line):
    return inert(line, OWN)


def shown(line) -> Shown:
    return Shown(1, 1, bare(line), [one.to_dict() for one in entities(line)])


@pytest.mark.parametrize("word", LINKED)
@pytest.mark.parametrize("style", [words, strong])
def test_what_telegram_would_link_is_set_as_code_and_arrives_as_it_was_typed(word, style):
    typed = f"It says: {word} and no more"
    assert shown(set_apart(style(typed))).read() == typed
    (code,) = [one for one in set_apart(style(typed)) if isinstance(one, Inert)]
    assert code.text == word
    assert MessageEntity.CODE in {one.type for one in entities(set_apart(style(typed)))}


@pytest.mark.parametrize("word", PLAIN)
def test_what_is_no_link_stays_as_it_is(word):
    line = words(f"It says: {word} and no more")
    assert set_apart(line) == line


def test_our_own_links_stay_links_beside_words_that_are_none():
    line = set_apart(link("Working Together, gov.uk", "https://www.gov.uk/x") + words(" and #tag"))
    assert shown(line).read() == "Working Together, gov.uk (https://www.gov.uk/x) and #tag"


def test_an_areas_own_addresses_and_gov_uk_stay_links_in_running_words():
    address = "https://cdop.exampleshire.example/notify"
    line = set_apart(
        words(f"To: the panel, 01632 960 150, {address}. Or on GOV.UK's page (GOV.UK), not gov.uk.evil.com")
    )
    assert [(one.text, one.url) for one in line if one.url] == [
        (address, address),
        ("GOV.UK", "https://www.gov.uk"),
        ("GOV.UK", "https://www.gov.uk"),
    ]
    assert [one.text for one in line if isinstance(one, Inert)] == ["gov.uk.evil.com"]
    assert bare(line).startswith("To: the panel")


def test_words_in_two_styles_do_not_make_a_link_together():
    assert shown(set_apart(words("www.ev") + strong("il.com") + words("/a"))).read() == "www.evil.com/a"


def test_more_of_them_than_a_message_may_style_are_spread_over_several():
    line = set_apart(words(" ".join(f"#tag{number} x" for number in range(300))))
    parts = list(parted(line, LONGEST, units, MOST_STYLED))
    assert all(len(entities(one)) <= MOST_STYLED for one in parts)
    assert not [found for one in parts for found in links_made(shown(one).text, shown(one).entities)]
    assert len(parts) > 3
