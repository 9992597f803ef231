"""Several typed answers at once are all understood, or all asked again."""

from __future__ import annotations

import pytest

from dialogs.answers import InvalidAnswer, Option, parse_choice, parse_many

FLAGS = (
    Option("staff", "Someone who works with children", also=("staff",)),
    Option("suicide", "Possible suicide or self-harm", also=("self harm",)),
    Option("custody", "In custody", also=("prison",)),
    Option("regulated", "In a children's home, foster care, nursery or other regulated setting", also=("foster care",)),
    Option("media", "Press interest", also=("press", "media")),
    Option("crime", "A criminal investigation", also=("police investigation",)),
)
MANY = [
    ("1,3", ("staff", "custody")),
    ("3, 1", ("staff", "custody")),
    ("1 and 3", ("staff", "custody")),
    ("1 3", ("staff", "custody")),
    ("1;3;5", ("staff", "custody", "media")),
    ("1\n3", ("staff", "custody")),
    ("1. 3.", ("staff", "custody")),
    ("1 & 3", ("staff", "custody")),
    ("no. 1 and no. 3", ("staff", "custody")),
    ("options 1 and 3", ("staff", "custody")),
    ("one and three", ("staff", "custody")),
    ("1st and 3rd", ("staff", "custody")),
    ("yes, 1 and 4", ("staff", "regulated")),
    ("1 to 3", ("staff", "suicide", "custody")),
    ("1-2", ("staff", "suicide")),
    ("2", ("suicide",)),
    ("1, 1", ("staff",)),
    ("none", ()),
    ("None of these", ()),
    ("none of them", ()),
    ("no", ()),
    ("nope", ()),
    ("0", ()),
    ("n/a", ()),
    ("custody", ("custody",)),
    ("custody and press", ("custody", "media")),
    ("press\ncustody", ("custody", "media")),
    ("media, self-harm", ("suicide", "media")),
    ("1, media", ("staff", "media")),
    ("custdy", ("custody",)),
    ("criminal", ("crime",)),
    ("foster care, nursery or other regulated setting and media", None),
    ("In a children's home, foster care, nursery or other regulated setting", ("regulated",)),
    ("In a children\u2019s home, foster care, nursery or other regulated setting, and press", ("regulated", "media")),
    ("", None),
    (",", None),
    ("all", None),
    ("all of them", None),
    ("1-3", None),
    ("1 2 9", None),
    ("13", None),
    ("0, 1", None),
    ("none, 1", None),
    ("media 1", None),
    ("custody, not media", None),
    ("custody but not media", None),
    ("what is custody?", None),
    ("1 and something else", None),
    ("media " * 5000, None),
    ("they said it was in the press and we had a long talk about it", None),
]


@pytest.mark.parametrize(("text", "meant"), MANY)
def test_several_answers_are_all_understood_or_all_asked_again(text: str, meant: tuple[str, ...] | None) -> None:
    if meant is None:
        with pytest.raises(InvalidAnswer):
            parse_many(text, FLAGS)
    else:
        assert parse_many(text, FLAGS) == meant


def test_an_option_named_none_is_itself_an_answer_among_many() -> None:
    assert parse_many("none", (*FLAGS, Option("none", "None of these"))) == ("none",)


def test_each_option_is_found_alone_by_its_number_id_label_and_other_words() -> None:
    for number, option in enumerate(FLAGS, 1):
        for text in (str(number), option.id, option.label, *option.also):
            assert parse_many(text, FLAGS) == (option.id,)
            assert parse_choice(text, FLAGS) == option.id
