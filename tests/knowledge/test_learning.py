"""The library of learning: reviews as facts, found by theme, the area's own first, each slip named with its line."""

from __future__ import annotations

import pytest

from knowledge import learning
from knowledge.learning import AREA_FOLDER, Review, load_reviews, themes
from knowledge.sources import cite_words
from knowledge.topic import BrokenTopic

GOOD = """title = "Red doors"
kind = "local review"
published = "March 2026"
themes = ["doors", "babies"]
found = ["Doors were red."]
read_it = "the partnership's website"
cites = [
    { source = "local-practice", place = "doors" },
]
"""

NAMED_IN_THE_ISSUE = """
    criminal-exploitation sudden-infant-death babies-and-male-carers arthur-and-star residential-settings home-education
    sexual-abuse-in-the-family race-and-racism vulnerable-babies
""".split()


def area(folder, text=GOOD, name="red-doors"):
    """An area's folder with one review of its own."""
    (folder / AREA_FOLDER).mkdir(exist_ok=True)
    (folder / AREA_FOLDER / f"{name}.toml").write_text(text)
    return folder


def test_an_area_s_own_review_comes_first_and_is_marked_local(tmp_path):
    first, *others = load_reviews(area(tmp_path))
    assert (first.id, first.title, first.local) == ("red-doors", "Red doors", True)
    assert first.kind == "local review"
    assert (first.published, first.found, first.read_it) == (
        "March 2026",
        ("Doors were red.",),
        "the partnership's website",
    )
    assert [cited.source.id for cited in first.citations] == ["local-practice"]
    assert tuple(others) == load_reviews()
    assert not any(review.local for review in others)


def test_within_a_theme_the_area_s_own_comes_first_too(tmp_path):
    by_theme = themes(load_reviews(area(tmp_path)))
    assert by_theme["doors"] == (by_theme["babies"][0],)
    assert by_theme["babies"][0].local
    assert len(by_theme["babies"]) > 1


def test_an_area_without_a_folder_of_learning_has_the_national_ones(tmp_path):
    assert load_reviews(tmp_path) == load_reviews()


def test_themes_stand_in_the_order_of_the_alphabet_and_hold_every_review():
    by_theme = themes(load_reviews())
    assert list(by_theme) == sorted(by_theme)
    for review in load_reviews():
        assert review.themes
        assert all(review in by_theme[theme] for theme in review.themes)
    assert themes(()) == {}


@pytest.mark.parametrize("name", NAMED_IN_THE_ISSUE)
def test_every_review_that_the_issue_names_is_there(name):
    assert any(review.id.startswith(name) for review in load_reviews())


def test_every_national_review_says_when_what_and_from_where():
    for review in load_reviews():
        assert review.published, review.id
        assert review.found, review.id
        assert review.read_it, review.id
        assert review.citations, review.id
        shown = [cite_words(cited) for cited in review.citations]
        assert all("checked " in words or "not re-read at source" in words for words in shown), review.id


def test_no_note_for_authors_reaches_people():
    for review in load_reviews():
        said = " ".join((review.title, review.published, review.read_it, *review.themes, *review.found))
        assert not any(note in said for note in ("[seed", "[found", "[bg", "bg-H", "bg-M", "bg-L")), review.id


# Each slip: what stands in the good file, what the author wrote instead, the line, and what is said of it.
SLIPS = [
    ("not TOML", '"Red doors"', "Red doors", 1, "not valid TOML"),
    ("no title", 'title = "Red doors"\n', "", 1, "title is missing"),
    ("unknown", "found =", "fuond =", 5, 'did you mean "found"?'),
    ("unknown in a source", "place", "plaec", 8, 'did you mean "place"?'),
    ("kind", "local review", "story", 2, "kind must be 'national review'"),
    ("date as a date", '"March 2026"', "2026-03-01", 3, "published must be text in quotation marks"),
    ("no themes", '["doors", "babies"]', "[]", 4, "themes is empty: give at least one"),
    ("nothing found", '["Doors were red."]', "[]", 5, "found is empty: give at least one"),
    ("empty finding", "Doors were red.", " ", 5, "is empty"),
    ("where to read it", "read_it", "# read_it", 1, "read_it is missing"),
    ("unknown source", "local-practice", "local-practise", 8, 'there is no source "local-practise"'),
    ("set by the bot", 'kind = "', 'local = true\nkind = "', 2, "local is not set here"),
    ("themes as text", '["doors", "babies"]', '"doors"', 4, "a list in square brackets"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), [one[1:] for one in SLIPS], ids=[one[0] for one in SLIPS])
def test_a_slip_names_file_and_line(tmp_path, old, new, line, words):
    assert GOOD.count(old) == 1
    with pytest.raises(BrokenTopic) as caught:
        load_reviews(area(tmp_path, GOOD.replace(old, new)))
    (said,) = [one for one in str(caught.value).splitlines() if words in one]
    assert f"{tmp_path / AREA_FOLDER / 'red-doors.toml'}, line {line}: " in said


def test_all_slips_of_a_file_are_named_together(tmp_path):
    with pytest.raises(BrokenTopic) as caught:
        load_reviews(area(tmp_path, GOOD.replace('["Doors were red."]', "[]").replace("local-practice", "x")))
    lines = str(caught.value).splitlines()
    assert [line.partition("line ")[2][0] for line in lines] == ["5", "8"]


def test_only_an_area_s_own_may_come_without_a_source(tmp_path, monkeypatch):
    bare = GOOD[: GOOD.index("cites")]
    local, *_ = load_reviews(area(tmp_path, bare))
    assert local == Review(
        "Red doors",
        "local review",
        "March 2026",
        ("doors", "babies"),
        ("Doors were red.",),
        "the partnership's website",
        id="red-doors",
        local=True,
    )
    monkeypatch.setattr(learning, "_SHIPPED", tmp_path / AREA_FOLDER)
    with pytest.raises(BrokenTopic, match="at least one source"):
        load_reviews(tmp_path / "another area")
