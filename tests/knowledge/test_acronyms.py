"""An acronym with two meanings is asked back, unless the rest of the question tells which is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.acronyms import cleared, load_acronyms, unclear
from knowledge.topic import BrokenTopic

ASKED_BACK = """
SIN | what is a sin
SIN | who does sins
SIN | how quickly must i do the sin
SIN | is there a template for a sin
SAR | what is a sar
SAR | who do i send a sar to
SAR | sar deadline
SAR | how long does a sar take
""".strip().splitlines()

CLEARED = """
national panel | when is the sin due at the panel
national panel | does the council send a sin when a baby was harmed
national panel | sin for a looked after child
national panel | is a sin the same as a lado referral
national panel | can we withdraw the sin
youth justice | does the youth offending service send its own sin
youth justice | yjb sin for a boy on our caseload
adult review | does the adults board do a sar
adult review | is a sar like a dhr
subject access | mum wants her records and has made a sar
subject access | is a sar the same as foi
""".strip().splitlines()


@pytest.mark.parametrize("line", ASKED_BACK)
def test_an_acronym_that_nothing_clears_is_asked_back(line):
    acronym, text = line.split(" | ")
    found = unclear(text)
    assert found is not None
    assert found.acronym == acronym
    assert cleared(text) == text


@pytest.mark.parametrize("line", CLEARED)
def test_an_acronym_that_the_rest_clears_is_put_in_words(line):
    words, text = line.split(" | ")
    assert unclear(text) is None
    assert words in cleared(text)
    assert all(not acronym.pattern.search(cleared(text)) for acronym in load_acronyms())


def test_a_question_without_one_is_left_as_it_is():
    for text in ("what is a rapid review", "since when", "sinister", "sarah said so", "using the form", ""):
        assert unclear(text) is None
        assert cleared(text) == text


def test_where_both_meanings_are_told_nothing_is_guessed():
    text = "is the panel's sin the same as the youth justice sin"
    assert unclear(text) is None
    assert cleared(text) == text


def test_the_acronym_itself_does_not_clear_itself():
    for acronym in load_acronyms():
        assert len(acronym.meanings) == 2
        assert acronym.meant(acronym.acronym.lower()) == []


def test_in_its_own_words_each_meaning_is_no_longer_the_acronym():
    for acronym in load_acronyms():
        for meaning in acronym.meanings:
            assert not acronym.pattern.search(meaning.says)
            assert meaning.label


@given(st.text(max_size=300), st.sampled_from(["sin", "sar", "sins", ""]))
def test_any_text_at_all_is_taken(text, acronym):
    whole = f"{text} {acronym}"
    assert isinstance(cleared(whole), str)
    assert unclear(whole) is None or cleared(whole).endswith(acronym)


GOOD = """[[acronyms]]
acronym = "RD"
pattern = '\\brds?\\b'

[[acronyms.meanings]]
label = "A red door"
says = "red door"
topic = "red-doors"
context = '\\bpaint'

[[acronyms.meanings]]
label = "A rear door"
says = "rear door"
topic = "rear-doors"
context = '\\bbehind\\b'
"""


def load(folder, text):
    file = folder / "acronyms.toml"
    file.write_text(text)
    return load_acronyms(file)


def test_a_good_file_is_read(tmp_path):
    (found,) = load(tmp_path, GOOD)
    assert found.acronym == "RD"
    assert [meaning.topic for meaning in found.meant("paint the rd")] == ["red-doors"]
    assert [meaning.topic for meaning in found.meant("paint the rd behind")] == ["red-doors", "rear-doors"]
    assert found.meant("the rd") == []


# Each slip: what stands in the good file, what the owner wrote instead, the line, and what is said of it.
SLIPS = [
    ("bad pattern", "'\\brds?\\b'", "'(rd'", 3, "not a regular expression"),
    ("bad context of the second", "'\\bbehind\\b'", "'*'", 15, "not a regular expression"),
    ("unknown", 'label = "A rear door"', 'lable = "A rear door"', 12, 'did you mean "label"?'),
    ("unknown above", "acronym = ", "acronim = ", 2, 'did you mean "acronym"?'),
    ("no topic", 'topic = "rear-doors"\n', "", 11, "topic is missing"),
    ("empty", '"red door"', '""', 7, "says is empty"),
    ("not TOML", '"RD"', "RD", 2, "not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), [one[1:] for one in SLIPS], ids=[one[0] for one in SLIPS])
def test_a_slip_names_file_and_line(tmp_path, old, new, line, words):
    assert GOOD.count(old) == 1
    with pytest.raises(BrokenTopic) as caught:
        load(tmp_path, GOOD.replace(old, new))
    (said,) = [one for one in str(caught.value).splitlines() if words in one]
    assert said.startswith(f"{tmp_path / 'acronyms.toml'}, line {line}: ")
