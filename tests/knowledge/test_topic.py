"""A topic's file is read whole, or refused with the line of each slip of its author's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.author_file import Problem
from knowledge.library import check_topics
from knowledge.sources import load_sources
from knowledge.topic import FACT_KINDS, MAX_ID, SENTENCES, Topic, read_topic, sentences

GOOD = """+++
title = "Why the door is red"
about = "red doors"
asks = [
    "why is the door red",
    "who paints the door",
    "how long has the door been red",
    "is every door red",
    "what if the door is blue",
]
badge = "should"
cites = [
    { source = "panel-faq", place = "question 4" },
    { source = "working-together-2023", place = "chapter 5", superseded = true, reread = false },
]
related = ["blue-doors", "windows"]
area = ["business_unit"]
reviews = true
owner = "content owner"
review_by = 2027-05-24

[facts]
who = ["the painter"]
duration = ["5 working days"]
+++
The door is red because
the painter had no blue. It takes 5 working days to dry.

<!-- more -->

- It dries from the outside.
- It is painted **again** each year.
"""


def read(folder, text, name="red-doors"):
    file = folder / f"{name}.md"
    file.write_text(text, encoding="utf-8")
    return read_topic(file)


def test_a_good_file_is_read_with_all_its_values(tmp_path):
    topic = read(tmp_path, GOOD)
    assert isinstance(topic, Topic)
    assert (topic.id, topic.title, topic.about) == ("red-doors", "Why the door is red", "red doors")
    assert len(topic.asks) == 5
    assert topic.asks[2] == "how long has the door been red"
    assert topic.badge == "should"
    assert topic.related == ("blue-doors", "windows")
    assert topic.area == ("business_unit",)
    assert topic.reviews
    assert (topic.owner, topic.review_by) == ("content owner", date(2027, 5, 24))
    assert dict(topic.facts) == {"who": ("the painter",), "duration": ("5 working days",)}
    assert topic.short == "The door is red because the painter had no blue. It takes 5 working days to dry."
    assert topic.detail.startswith("- It dries from the outside.\n- It is painted")
    assert topic.text == f"{topic.short}\n\n{topic.detail}"


def test_a_good_file_knows_its_lines_and_how_well_its_sources_were_read(tmp_path):
    topic = read(tmp_path, GOOD)
    assert isinstance(topic, Topic)
    assert (topic.line("title"), topic.line("asks", 0), topic.line("cites", 1)) == (2, 5, 14)
    assert topic.line("facts", "duration") == 24
    read_again, not_again = topic.citations
    assert (read_again.source.id, read_again.place) == ("panel-faq", "question 4")
    assert read_again.checked == load_sources()["panel-faq"].checked
    assert load_sources()["working-together-2023"].checked is not None
    assert not_again.checked is None


def test_what_may_be_left_out_may_be_left_out(tmp_path):
    bare = GOOD.replace('area = ["business_unit"]\nreviews = true\n', "").partition("\n<!-- more")[0]
    topic = read(tmp_path, bare)
    assert isinstance(topic, Topic)
    assert (topic.area, topic.reviews, topic.detail) == ((), False, "")
    assert topic.text == topic.short


def test_a_file_saved_on_windows_reads_the_same(tmp_path):
    file = tmp_path / "red-doors.md"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_topic(file) == read(tmp_path, GOOD)


ASK = '    "is every door red",\n'
PANEL = '{ source = "panel-faq", place = "question 4" }'
SHORT = "The door is red because\nthe painter had no blue. It takes 5 working days to dry."
WHO, LONG = 'who = ["the painter"]\n', 'duration = ["5 working days"]'
NOTE = "is a note for authors: people must not see it"

# Each slip: what stands in the good file, what the author wrote instead, the line, and what is said of it.
SLIPS = [
    ("no fence", "+++\ntitle", "title", 1, "must begin with +++"),
    ("fence not closed", "+++\nThe door", "The door", 1, "must begin with +++"),
    ("text before the fence", "+++\ntitle", "Red doors\n+++\ntitle", 1, "must begin with +++"),
    ("bad TOML", '"should"', "should", 11, "not valid TOML"),
    ("bad TOML, first line", 'title = "', "title = ", 2, "not valid TOML"),
    ("unknown key", "reviews = true", "review = true", 18, 'did you mean "reviews"?'),
    ("unknown key in a source", 'place = "question 4"', 'plaec = "question 4"', 13, 'did you mean "place"?'),
    ("set by the bot", "reviews = true", 'id = "x"', 18, "id is not set here"),
    ("too few asks", ASK, "", 4, "at least 5 questions in staff's own words, not 4"),
    ("an ask twice", ASK, '    "Why is the DOOR red",\n', 4, "the same question stands here twice"),
    ("an empty ask", ASK, '    " ",\n', 8, "is empty"),
    ("no facts", WHO + LONG, "", 22, "say which facts it answers"),
    ("no table of facts", "[facts]\n" + WHO + LONG, "", 1, "facts is missing"),
    ("unknown fact", "who = [", "colour = [", 23, 'there is no kind of fact "colour"; there are: definition'),
    ("fact not in the text", LONG, LONG.replace("5", "6"), 24, 'the text does not say "6 working days"'),
    ("no cites", GOOD[GOOD.index("cites") : GOOD.index("related")], "cites = []\n", 12, "at least one source"),
    ("unknown source", '"panel-faq"', '"panel-fak"', 13, 'there is no source "panel-fak"'),
    ("not marked superseded", "superseded = true, ", "", 14, "is superseded: add superseded = true"),
    ("current, marked", PANEL, PANEL.replace(" }", ", superseded = true }"), 13, "current: leave superseded out"),
    ("quoted flag", "superseded = true", 'superseded = "yes"', 14, "must be true or false"),
    ("one sentence", SHORT, "The painter needs 5 working days.", 1, "needs 2 to 5 sentences, not 1"),
    ("six sentences", SHORT, f"{SHORT} One. Two. Three. Four.", 1, "needs 2 to 5 sentences, not 6"),
    ("seed", "no blue.", "no blue [seed].", 1, NOTE),
    ("found", "outside.", "outside [found: S48].", 1, NOTE),
    ("background", "outside.", "outside [bg-H].", 1, NOTE),
    ("background, bare", "outside.", "outside (bg-M).", 1, NOTE),
    ("no review date", "review_by = 2027-05-24\n", "", 1, "review_by is missing"),
    ("quoted review date", "2027-05-24", '"2027-05-24"', 20, "must be a date such as"),
    ("title too long", "Why the door is red", "x" * 61, 2, "at most 60 characters"),
    ("badge", '"should"', '"may"', 11, "badge must be 'must', 'should' or 'local', not \"may\""),
    ("no owner", 'owner = "content owner"\n', "", 1, "owner is missing"),
    (
        "one ask as text",
        GOOD[GOOD.index("asks") : GOOD.index("badge")],
        'asks = "why"\n',
        4,
        "a list in square brackets",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), [one[1:] for one in SLIPS], ids=[one[0] for one in SLIPS])
def test_a_slip_is_reported_once_with_its_file_and_line(tmp_path, old, new, line, words):
    assert GOOD.count(old) == 1
    file = tmp_path / "red-doors.md"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    found = read_topic(file)
    assert isinstance(found, list)
    assert [problem.line for problem in found] == [line]
    assert words in found[0].message
    assert check_topics(tmp_path) == {file: found}


@pytest.mark.parametrize("name", ["Red-Doors", "red_doors", "red doors", "red--doors", "türen", "x" * (MAX_ID + 1)])
def test_a_name_that_cannot_travel_in_a_button_is_refused(tmp_path, name):
    found = read(tmp_path, GOOD, name)
    assert isinstance(found, list)
    assert [problem.line for problem in found] == [1]
    assert "small letters, digits and hyphens" in found[0].message


def test_all_slips_are_reported_together_in_the_order_of_their_lines(tmp_path):
    found = read(tmp_path, GOOD.replace(ASK, "").replace("panel-faq", "x").replace("who = [", "hue = ["))
    assert isinstance(found, list)
    assert [problem.line for problem in found] == [4, 12, 22]


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_every_kind_of_fact_may_be_given(tmp_path, kind):
    assert isinstance(read(tmp_path, GOOD.replace("who = [", f"{kind} = [").replace(LONG, "")), Topic)


@pytest.mark.parametrize("count", SENTENCES)
def test_two_to_five_sentences_are_enough(tmp_path, count):
    more = " ".join(["It stays red."] * (count - 2))
    assert isinstance(read(tmp_path, GOOD.replace(SHORT, f"{SHORT} {more}")), Topic)


def test_sentences_are_told_apart():
    assert sentences("One. Two? Three!") == ["One.", "Two?", "Three!"]
    assert sentences("See section 16C(1). It is 2.5 days, e.g. three.") == [
        "See section 16C(1).",
        "It is 2.5 days, e.g. three.",
    ]
    assert sentences("- first item\n- second\n  item") == ["first item", "second item"]
    assert sentences("") == []


@given(data=st.data())
def test_any_spoiled_line_is_read_or_reported_on_a_line_of_the_file(tmp_path, data):
    lines = GOOD.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    spoiled = data.draw(
        st.one_of(
            st.just(lines[at][1:]),
            st.just(lines[at][:-1]),
            st.just(lines[at].replace("=", "")),
            st.just(lines[at] + " " + lines[at]),
            st.text("ab1=.[]{}\"'\\#+, \t\né", max_size=30),
            st.sampled_from(["asks = 1", "[cites]", "[[facts]]", "cites = [1]", "facts = {}", "+++", "who = [[]]"]),
        )
    )
    found = read(tmp_path, "\n".join([*lines[:at], spoiled, *lines[at + 1 :]]))
    for problem in found if isinstance(found, list) else []:
        assert isinstance(problem, Problem)
        assert 1 <= problem.line <= len(lines) + spoiled.count("\n")
        assert problem.message
