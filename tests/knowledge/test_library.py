"""The library: topics beside one another, its version, and what the shipped one promises."""

from __future__ import annotations

from datetime import date

import pytest

from bot.topic_blocks import setting_names
from knowledge import library as library_module
from knowledge.acronyms import load_acronyms
from knowledge.guards import load_guards
from knowledge.library import check_topics, load_library
from knowledge.sources import cite_words, load_sources
from knowledge.topic import LEAST_ASKS, BrokenTopic

LEAST_TOPICS = 150

DECOY = """title = "Cooking"
about = "cooking"
kind = "out of scope"
asks = ["how do i boil an egg"]
text = "Cooking is not answered here. Ask a cook."
"""


def topic(name, **changed):
    """A topic's file: the title on line 2, its questions on lines 5 to 9, the related topics on line 13."""
    asks = changed.get("asks", [f"{name} question {number}" for number in range(LEAST_ASKS)])
    listed = "".join(f'    "{ask}",\n' for ask in asks)
    related = ", ".join(f'"{one}"' for one in changed.get("related", sorted({"one", "two", "three"} - {name})))
    return f"""+++
title = "{changed.get("title", f"All about {name}")}"
about = "{changed.get("about", name)}"
asks = [
{listed}]
badge = "must"
cites = [{{ source = "panel-faq", place = "{changed.get("place", "question 4")}" }}]
related = [{related}]
owner = "{changed.get("owner", "content owner")}"
review_by = {changed.get("review_by", "2027-05-24")}
facts = {{ who = ["{changed.get("who", "somebody")}"] }}
+++
It is somebody or anybody. {changed.get("short", "It is they.")}

<!-- more -->

{changed.get("detail", "Nothing more is known.")}
"""


def folder(home, **changed):
    """A folder of three topics, `two` changed."""
    home.mkdir()
    for name in ("one", "two", "three"):
        (home / f"{name}.md").write_text(topic(name, **(changed if name == "two" else {})))
    return home


def refused(home):
    """The line of `two.md` that is refused, and what is said of it, by either way of reading."""
    ((file, found),) = check_topics(home).items()
    assert file == home / "two.md"
    with pytest.raises(BrokenTopic) as caught:
        load_library(home)
    assert str(caught.value).splitlines() == [f"{file}, line {one.line}: {one.message}" for one in found]
    (problem,) = found
    return problem.line, problem.message


# --- Topics beside one another


def test_a_folder_of_good_topics_is_read(tmp_path):
    home = folder(tmp_path / "topics")
    assert check_topics(home) == {}
    assert set(load_library(home).topics) == {"one", "two", "three"}


def test_a_folder_without_topics_is_refused(tmp_path):
    with pytest.raises(BrokenTopic, match="there are no topics in it"):
        load_library(tmp_path)


@pytest.mark.parametrize(
    ("related", "words"),
    [
        (["one", "four"], 'there is no other topic "four"'),
        (["one", "two"], 'there is no other topic "two"'),
        (["one"], "name 2 to 4 related topics, not 1"),
        (["one", "three"] * 3, "name 2 to 4 related topics, not 6"),
    ],
)
def test_related_topics_are_other_topics_that_there_are(tmp_path, related, words):
    line, message = refused(folder(tmp_path / "topics", related=related))
    assert line == 13
    assert words in message


def test_a_title_that_another_topic_has_is_refused(tmp_path):
    line, message = refused(folder(tmp_path / "topics", title="ALL about one"))
    assert line in range(2, 11)
    assert '"one" says the same: ALL about one' in message


def test_a_question_that_another_topic_has_is_refused(tmp_path):
    asks = ["why two", "when two", "One question 3", "how two", "who two"]
    line, message = refused(folder(tmp_path / "topics", asks=asks))
    assert line in range(4, 11)
    assert '"one" says the same: One question 3' in message


def test_one_broken_topic_does_not_make_its_neighbours_links_dead(tmp_path):
    line, message = refused(folder(tmp_path / "topics", title="x" * 61))
    assert line == 2
    assert "title" in message


def test_due_topics_come_oldest_first_from_their_review_date_on(tmp_path):
    home = folder(tmp_path / "topics", review_by="2027-01-04")
    found = load_library(home)
    assert found.due(date(2027, 1, 3)) == ()
    assert [one.id for one in found.due(date(2027, 1, 4))] == ["two"]
    assert [one.id for one in found.due(date(2027, 5, 24))] == ["two", "one", "three"]


# --- The version

CHANGES = {
    "title": "All about Two",
    "about": "the two",
    "asks": [f"two question {number}" for number in range(1, LEAST_ASKS + 1)],
    "place": "question 5",
    "owner": "another owner",
    "review_by": "2027-05-25",
    "who": "anybody",
    "short": "It is them.",
    "detail": "Nothing else is known.",
    "related": ["three", "one"],
}


def test_the_version_is_the_same_for_the_same_content_wherever_it_lies(tmp_path):
    versions = {load_library(folder(tmp_path / name)).version for name in ("here", "there")}
    assert len(versions) == 1
    assert all(len(one) == 8 for one in versions)


def test_the_version_changes_with_any_word_of_a_topic(tmp_path):
    versions = [load_library(folder(tmp_path / "as it was")).version]
    versions += [load_library(folder(tmp_path / name, **{name: new})).version for name, new in CHANGES.items()]
    assert len(set(versions)) == len(CHANGES) + 1


def test_the_version_changes_with_a_signpost_and_with_an_area_s_own_review(tmp_path, monkeypatch):
    decoys, home = tmp_path / "decoys", tmp_path / "area"
    decoys.mkdir()
    monkeypatch.setattr(library_module, "DECOYS", decoys)
    versions = [load_library(folder(tmp_path / "without")).version]
    (decoys / "cooking.toml").write_text(DECOY)
    with_one = load_library(folder(tmp_path / "with"))
    assert with_one.decoys["cooking"].text == "Cooking is not answered here. Ask a cook."
    (decoys / "cooking.toml").write_text(DECOY.replace("a cook", "a baker"))
    versions += [with_one.version, load_library(folder(tmp_path / "changed")).version]
    (home / "learning").mkdir(parents=True)
    (home / "learning" / "ours.toml").write_text(
        'title = "Ours"\nkind = "local review"\npublished = "2026"\nthemes = ["doors"]\nfound = ["Doors."]\n'
        'read_it = "Here"\n'
    )
    versions.append(load_library(folder(tmp_path / "area's"), home).version)
    assert len(set(versions)) == 4


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind", "knid", 3, 'did you mean "kind"?'),
        ('"out of scope"', '"elsewhere"', 3, "kind must be 'out of scope' or 'smalltalk'"),
        ('about = "cooking"\n', "", 1, "about is missing"),
        ('"Cooking"', "Cooking", 1, "not valid TOML"),
    ],
)
def test_a_slip_in_a_signpost_names_its_file_and_line(tmp_path, monkeypatch, old, new, line, words):
    (tmp_path / "cooking.toml").write_text(DECOY.replace(old, new, 1))
    monkeypatch.setattr(library_module, "DECOYS", tmp_path)
    with pytest.raises(BrokenTopic) as caught:
        load_library(folder(tmp_path / "topics"))
    assert f"{tmp_path / 'cooking.toml'}, line {line}: " in str(caught.value)
    assert words in str(caught.value)


# --- The library that comes with the bot


def test_the_shipped_library_has_no_problem_and_enough_topics():
    assert check_topics() == {}
    assert len(load_library().topics) >= LEAST_TOPICS


def test_every_topic_has_enough_questions():
    assert {one.id: len(one.asks) for one in load_library().topics.values() if len(one.asks) < LEAST_ASKS} == {}


def test_every_citation_resolves_and_says_how_well_it_was_read():
    sources = load_sources()
    for one in load_library().topics.values():
        assert one.citations, one.id
        for cited in one.citations:
            assert cited.source is sources[cited.source.id], one.id
            shown = cite_words(cited)
            assert cited.source.status == "house" or "checked " in shown or "not re-read at source" in shown, one.id


def test_a_superseded_source_is_marked_so_and_shown_with_what_replaced_it():
    cites = [(one.id, cite) for one in load_library().topics.values() for cite in one.cites]
    superseded = [(name, cite) for name, cite in cites if cite.citation().source.status == "superseded"]
    assert superseded
    for name, cite in superseded:
        assert cite.superseded, name
        assert "since replaced by" in cite_words(cite.citation()), name
    assert [name for name, cite in cites if cite.superseded] == [name for name, _ in superseded]


def test_every_setting_that_a_topic_shows_is_one_that_an_area_has():
    named = {(one.id, name) for one in load_library().topics.values() for name in one.area}
    assert named
    assert {(topic, name) for topic, name in named if name not in setting_names()} == set()


def test_every_guard_has_its_signpost_and_every_acronym_its_topics():
    shipped = load_library()
    assert {guard.decoy for guard in load_guards()} <= set(shipped.decoys)
    meanings = [meaning for acronym in load_acronyms() for meaning in acronym.meanings]
    assert {meaning.topic for meaning in meanings} <= set(shipped.topics)


def test_no_signpost_is_asked_for_in_a_topic_s_words():
    shipped = load_library()
    said = {ask: one.id for one in shipped.topics.values() for ask in one.said}
    both = [(decoy.id, ask, said[ask.casefold()]) for decoy in shipped.decoys.values() for ask in decoy.asks
            if ask.casefold() in said]  # fmt: skip
    assert both == []


def test_every_signpost_says_where_to_go():
    for decoy in load_library().decoys.values():
        assert len(decoy.asks) >= LEAST_ASKS, decoy.id
        assert decoy.text, decoy.id


def test_the_day_of_the_newest_check_is_that_of_a_source():
    shipped = load_library()
    assert shipped.last_checked in {source.checked for source in load_sources().values()} - {None}
