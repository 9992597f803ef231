"""Misspelt words are mended towards the words the topics use; other good English is left alone."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import load_library
from knowledge.spelling import Speller, counted, english, respellings
from knowledge.topic import BrokenTopic
from knowledge.understanding import by_words


@cache
def shipped():
    """The speller that knows the topics' words."""
    return by_words(load_library(), "these tests need no model").index.speller


MENDED = [
    ("safegaurding", "safeguarding"),
    ("notifcation", "notification"),
    ("raipd reveiw", "rapid review"),
    ("teh pannel", "the panel"),
    ("wat hapens nxt", "what happens next"),
    ("whos responsibel", "who's responsible"),
    ("seroius harm", "serious harm"),
    ("wot is a practise reviw", "what is a practise review"),
    ("howlong", "how long"),
    ("publishd", "published"),
    ("anonymty", "anonymity"),
    ("dont kno", "don't know"),
    ("b4 the wk ends", "before the week ends"),
]


@pytest.mark.parametrize(("text", "meant"), MENDED)
def test_misspelt_words_are_put_right(text, meant):
    assert shipped().mend(text) == meant


GOOD_ENGLISH = """
the quick brown fox jumps over the lazy dog
my aunt keeps bees and sells the honey
a violin, a trumpet and an orchestra
who is notifying whom about what
colour and color, practise and practice
it's the children's panel's decision
we couldn't, wouldn't and shouldn't
the dog's lead, my neighbour's fence and no one's face's colour
""".strip().splitlines()


@pytest.mark.parametrize("text", GOOD_ENGLISH)
def test_good_english_is_left_alone(text):
    assert shipped().mend(text) == text


@pytest.mark.parametrize("text", ["xqzzyv", "lado", "cdop", "wt2026", "16c(1)", "5wd", "zz", "é", "нет", ""])
def test_what_is_near_no_word_or_too_short_is_left_alone(text):
    assert shipped().mend(text) == text


def test_a_word_is_mended_to_one_with_the_same_first_letter_only():
    speller = Speller({"panel": 5, "review": 5})
    assert speller.mend("pamel reviw") == "panel review"
    assert speller.mend("qanel treview") == "qanel treview"


def test_a_short_word_may_miss_one_letter_and_a_long_one_two():
    speller = Speller({"harm": 1, "notification": 1})
    assert speller.mend("hazm") == "harm"
    assert speller.mend("hazz") == "hazz"
    assert speller.mend("notifcaton") == "notification"
    assert speller.mend("ntifcaton") == "ntifcaton"


def test_of_two_words_as_near_the_commoner_is_meant():
    assert Speller({"published": 9, "publisher": 1}).mend("publishex") == "published"
    assert Speller({"published": 1, "publisher": 9}).mend("publishex") == "publisher"


def test_marks_and_figures_around_a_word_stay_where_they_are():
    assert shipped().mend("(notifcation), 15?  seroius!") == "(notification), 15?  serious!"


def test_words_are_counted():
    assert counted(["the panel's panel", "panel 5"]) == {"the": 1, "panel's": 1, "panel": 2}


# --- Respellings


def test_every_respelling_is_put_right():
    for written, meant in respellings().items():
        assert shipped().mend(written) == meant, written
        assert shipped().mend(f"so {written}, then") == f"so {meant}, then"


def test_a_respelling_leads_to_words_that_need_no_mending():
    for written, meant in respellings().items():
        assert not set(meant.split()) & set(respellings()), written
        assert shipped().mend(meant) == meant


def test_a_respelling_inside_a_word_is_left_alone():
    assert shipped().mend("ur-text surname dataset sumo") == "your-text surname dataset sumo"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[respellings]\nteh = the\n", 2, "not valid TOML"),
        ('[respellings]\nteh = ""\n', 2, "teh is empty"),
        ("[respellings]\nteh = 5\n", 2, "teh must be text in quotation marks"),
        ('teh = "the"\n', 1, "respellings is missing"),
    ],
)
def test_a_slip_names_file_and_line(tmp_path, text, line, words):
    file = tmp_path / "respellings.toml"
    file.write_text(text)
    with pytest.raises(BrokenTopic) as caught:
        respellings(file)
    assert any(f"{file}, line {line}: " in one and words in one for one in str(caught.value).splitlines())


# --- Laws


@given(st.text(max_size=200))
def test_any_text_at_all_is_mended_and_mending_twice_changes_nothing_more(text):
    once = shipped().mend(text)
    assert shipped().mend(once) == once


def spoilt():
    """Words of the topics, respellings and English, without figures, some with a letter lost, added or changed."""
    words = sorted(word for word in shipped().known | set(respellings()) if word.isalpha()) + sorted(english())[::50]

    def spoil(word, at, letter, how):
        at %= len(word)
        return word[:at] + letter * (how != "lost") + word[at + (how != "added") :]

    return st.builds(
        spoil,
        st.sampled_from(words),
        st.integers(0, 30),
        st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
        st.sampled_from(["lost", "added", "changed"]),
    )


@given(
    st.lists(
        st.tuples(st.deferred(spoilt), st.sampled_from([" ", ", ", "-", ". ", "'s ", "/", "… ", "?\n"])), max_size=8
    )
)
def test_mending_twice_changes_nothing_more_for_words_spoilt_a_little(parts):
    once = shipped().mend("".join(word + between for word, between in parts))
    assert shipped().mend(once) == once


def test_where_a_word_is_mended_to_a_respelling_what_that_means_is_meant():
    assert "info" in respellings()
    assert Speller({"info": 1}).mend("infoo") == respellings()["info"]


@given(st.lists(st.sampled_from(sorted(english())[::7]), max_size=12))
def test_english_words_stay_as_they_are_unless_they_are_respellings(words):
    text = " ".join(word for word in words if word not in respellings())
    assert shipped().mend(text) == text
