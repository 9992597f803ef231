"""Words with a style are parted at good places, within a platform's measures, and none of them is lost."""

from __future__ import annotations

import pytest

from adapters.styled_words import Line, Piece, bare, is_safe, link, parted, stripped, strong, words
from adapters.telegram.entities import entities, fits, units

LINE: Line = (*words("One. Two three. " * 40), *strong("four five " * 30), *link("six", "https://six.example"))


def letters(line: Line) -> list[tuple[str, tuple[str, bool]]]:
    return [(letter, one.style) for one in line for letter in one.text if not letter.isspace()]


@pytest.mark.parametrize("most", [7, 60, 200, 4000])
def test_no_letter_and_no_style_is_lost_and_no_part_is_too_long(most):
    parts = list(parted(LINE, most))
    assert [one for part in parts for one in letters(part)] == letters(LINE)
    assert all(0 < len(bare(part)) <= most for part in parts)


def test_a_part_ends_at_a_sentence_where_there_is_one():
    assert {bare(part)[-1] for part in parted(words("One. Two three. " * 40), 100)} == {"."}


def test_what_counts_twice_is_counted_twice():
    parts = list(parted(words("😀" * 50), 20, units))
    assert "".join(map(bare, parts)) == "😀" * 50
    assert all(units(bare(part)) <= 20 for part in parts)


def test_no_part_has_more_styles_than_it_may_and_one_long_style_is_one():
    mixed = tuple(piece for number in range(30) for piece in (*strong(f"b{number} "), *words(f"p{number} ")))
    parts = list(parted(mixed, 4000, len, 9))
    assert [one for part in parts for one in letters(part)] == letters(mixed)
    assert max(sum(one.is_styled for one in part) for part in parts) == 9
    assert len(list(parted(strong("word " * 200), 4000, len, 9))) == 1


def test_telegram_is_told_which_of_its_units_have_a_style():
    line = stripped((*words("😀 a "), *strong("b😀"), *words(" c "), *link("d", "https://d.example")))
    raw = bare(line).encode("utf-16-le")
    styled = [(raw[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le"), one) for one in entities(line)]
    assert [(text, one.type, one.url) for text, one in styled] == [
        ("b😀", "bold", None),
        ("d", "text_link", "https://d.example"),
    ]
    assert fits(line)
    assert not fits((Piece("😀" * 2049),))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "http://[x", "https://a b", "https://x\u202e.example"]
)
def test_what_is_no_address_of_the_webs_leads_nowhere(url):
    assert not is_safe(url)
    assert not any(one.url for one in link("here", url))
