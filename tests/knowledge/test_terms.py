"""Many ways of saying one thing become one word, longest first; an acronym is never written out into many."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.terms import load_terms, plainly, word_list
from knowledge.topic import BrokenTopic

GOOD = """[[terms]]
token = "reddoor"
says = "red door"
phrases = ["red door", "red doors", "rd"]

[[terms]]
token = "door"
says = "door"
phrases = ["door", "doors", "entrance"]
"""

SAME = [
    ("what is a SIN", "what is a serious incident notification"),
    ("rapid review deadline", "RR timescale"),
    ("LCSPR", "local child safeguarding practice review"),
    ("the ICB", "the integrated care board"),
    ("kids", "children"),
    ("director of children's services", "DCS"),
    ("director of children’s services", "director of childrens services"),
    ("7-minute briefing", "seven minute briefings"),
    ("post-mortem", "autopsy"),
    ("cops", "police"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_saying_one_thing_are_the_same_words(one, other):
    assert load_terms().tokens(one) == load_terms().tokens(other)


def test_every_phrase_becomes_its_one_token_in_capitals_and_in_a_sentence_too():
    terms = load_terms()
    for phrase, term in terms.by_phrase.items():
        assert terms.tokens(phrase) == [term.token], phrase
        assert terms.tokens(f"Xyzzy {phrase.upper()}, plugh?")[1:-1] == [term.token], phrase
        assert terms.says(f"({phrase})") == f"({term.says})"


def test_no_two_terms_share_a_token():
    tokens = Counter(term.token for term in set(load_terms().by_phrase.values()))
    assert [token for token, count in tokens.items() if count > 1] == []


def test_the_longest_way_of_saying_it_is_tried_first(tmp_path):
    terms = load(tmp_path, GOOD)
    assert terms.tokens("a red door") == ["reddoor"]
    assert terms.tokens("a blue door") == ["blue", "door"]
    assert terms.says("Red Doors and doors") == "red door and door"
    shipped = load_terms()
    assert len(shipped.tokens("local child safeguarding practice review")) == 1
    assert len(shipped.tokens("child safeguarding")) > 1


@given(st.data())
def test_the_phrases_tried_together_are_those_tried_one_by_one(data):
    """The pattern shares the letters that phrases begin with; it must find what trying each in turn would find."""
    terms = load_terms()
    longest_first = sorted(terms.by_phrase, key=lambda phrase: (-len(phrase), phrase))
    one_by_one = re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'])")
    pieces = st.one_of(st.sampled_from(longest_first), st.sampled_from([" ", " ", "s", "'s", "-", ".", "é", "the"]))
    text = "".join(data.draw(st.lists(pieces, max_size=20)))
    text = text[data.draw(st.integers(0, 3)) :]
    assert [found.span() for found in terms.pattern.finditer(text)] == [
        found.span() for found in one_by_one.finditer(text)
    ]


@pytest.mark.parametrize("acronym", "LCSPR RR SIN ICB LSCP LSCB KCSIE DSL LADO CDOP MAPPA PSIRF SUDI NRM FGM".split())
def test_an_acronym_stays_one_word_and_is_never_written_out(acronym):
    terms = load_terms()
    assert len(terms.tokens(acronym)) == 1
    longest = max((len(phrase.split()) for phrase, term in terms.by_phrase.items()
                   if term == terms.by_phrase.get(acronym.lower())), default=1)  # fmt: skip
    assert len(terms.says(acronym).split()) <= max(1, longest)
    assert len(terms.tokens(terms.says("LCSPR"))) == 1


def test_a_phrase_inside_a_word_is_left_alone():
    terms = load_terms()
    for word in ("sinister", "lad", "rrr2", "kidney", "deadlock", "copse", "schooling", "red's"):
        assert terms.says(word) == word


@pytest.mark.parametrize("mark", "'\u2018\u2019\u201b\u02bc\u00b4`")
def test_apostrophes_of_every_kind_are_one(mark):
    assert plainly(f"Mum{mark}s") == "mum's"
    assert word_list(f"the Panel{mark}s reply") == ["the", "panel's", "reply"]
    assert load_terms().tokens(f"the reviewer{mark}s notes") == load_terms().tokens("the reviewer notes")


def test_words_that_tell_nothing_are_left_out_and_those_of_questions_kept():
    assert load_terms().tokens("the a of and is it") == []
    for word in ("who", "what", "when", "why", "how", "where"):
        assert len(load_terms().tokens(f"the {word} of it")) == 1


def test_a_word_counts_whatever_its_ending():
    terms = load_terms()
    assert terms.tokens("publishing publishes published publish") == terms.tokens("publish") * 4


# Each slip: what stands in the good file, what the owner wrote instead, the line, and what is said of it.
SLIPS = [
    ("two meanings", '"entrance"', '"rd"', 9, '"rd" already means "reddoor"'),
    ("two meanings, in capitals", '"entrance"', '"RED  Door"', 9, '"RED  Door" already means "reddoor"'),
    ("token of two words", '"reddoor"', '"red door"', 2, "token"),
    ("unknown", 'says = "door"', 'sais = "door"', 8, 'did you mean "says"?'),
    ("empty", 'says = "door"', 'says = ""', 8, "says is empty"),
    ("phrases as text", '["door", "doors", "entrance"]', '"door"', 9, "a list in square brackets"),
    ("not TOML", '"reddoor"', "reddoor", 2, "not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), [one[1:] for one in SLIPS], ids=[one[0] for one in SLIPS])
def test_a_slip_names_file_and_line(tmp_path, old, new, line, words):
    assert GOOD.count(old) == 1
    with pytest.raises(BrokenTopic) as caught:
        load(tmp_path, GOOD.replace(old, new))
    (said,) = [one for one in str(caught.value).splitlines() if words in one]
    assert said.startswith(f"{tmp_path / 'terms.toml'}, line {line}: ")


def load(folder, text):
    file = folder / "terms.toml"
    file.write_text(text)
    return load_terms(file)


@given(st.text(max_size=300))
def test_any_text_at_all_is_put_into_words(text):
    terms = load_terms()
    assert isinstance(terms.says(text), str)
    assert all(token and not token.isspace() for token in terms.tokens(text))
    assert plainly(plainly(text)) == plainly(text)


def test_a_long_run_of_accents_is_taken_letter_by_letter():
    """Normalising all of it at once takes quadratic time: the test would not end."""
    assert plainly("e" + "\u0301" * 200_000) == "e" + "\u0301" * 200_000
