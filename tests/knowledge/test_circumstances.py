"""Circumstances: what a question says of a case decides between topics that sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.acronyms import cleared
from knowledge.circumstances import load_circumstances, stated
from knowledge.library import load_library
from knowledge.topic import BrokenTopic
from knowledge.understanding import load_understanding

STATED = """
a death | foster child drowned in the sea
a death | care leaver murdered at 20
a death | child in care found hanged
a death | a body has been found in the woods
a parent's death | mum killed herself in the kitchen
a parent's death | do we notify if a parent has died
a parent's death | dad murdered mum
in care | a fostered boy died
in care | one of our looked after children
not in care | child died of cancer, not looked after
a death in care | a LAC has died
looked after by a council | our foster child is safe
a looked-after child's death | a looked after boy died abroad
harmed by other pupils | beaten by two pupils
not known to social care | hanged himself, no social care history
placed here from outside England | a scottish council placed him in our area
happened outside England | she died in wales
never published | may a report stay unpublished
whether a case meets the test | tell me if it meets the threshold
the rapid review alone | is the rapid review enough
a care leaver | leaving care team, our 20 year old
born alive | the baby lived for two hours
born alive | hidden pregnancy, baby dead
a child did it | 16 year old killed a stranger
lived through it | he tried to kill himself
eighteen or over | victim aged 18
eighteen or over | his girlfriend aged 19
harmed in England | lives abroad but was hurt in london
harmed in England | tourist killed here
harmed in our area | lives in leeds, but the crime scene is ours
harmed in our area | killed here
harmed in another area | baby died in their previous borough
lives outside England | child lives in spain
a fuller review | is an lcspr automatic
a named bank holiday | does boxing day count
a named bank holiday | is christmas day a working day
reviews on a subject | any reviews about knife crime
the officer said no | the lado said it's not for them
told not to | my manager said not to notify the council
told not to | I have been told not to report it
keeping papers | how long do we keep the rapid review paperwork
a disagreement | we do not agree with the council
no abuse suspected | died of asthma, no abuse
a partner | killed by her boyfriend
custody | died in a young offender institution
suicide | took her own life
a weapon | homicide with a knife
eighteen or so | turned 18 last week
a decision shown | what does this decision mean
""".strip().splitlines()

NOT_STATED = """
a death | she nearly died
a death | attempted suicide by a pupil
a death | does the rule cover harm or only death
a death | near fatal self harm
a parent's death | mum killed her baby
in care | intensive care, he may not live
in care | a care leaver of 20
in care | he was not looked after
born alive | the baby was stillborn
a child did it | boy of 16 killed by his father
a child did it | a teenager killed himself
eighteen or over | an 18 month old
eighteen or over | a boy was stabbed by a 19 year old
harmed in England | nothing happened in england
harmed in England | he lives in london
harmed in our area | nothing happened here
harmed in our area | he lives here
harmed in another area | hurt in our area
a named bank holiday | we shut on boxing day, do closure days count
reviews on a subject | how long does a review stay on the website
the officer said no | when must the lado be told
""".strip().splitlines()


@pytest.mark.parametrize("line", STATED)
def test_what_is_said_is_seen(line):
    name, text = line.split(" | ")
    assert name in stated(text.casefold())


@pytest.mark.parametrize("line", NOT_STATED)
def test_what_only_looks_like_it_is_not(line):
    name, text = line.split(" | ")
    assert name not in stated(text.casefold())


def test_each_says_why_it_is_there_has_a_name_of_its_own_and_an_example():
    known = load_circumstances()
    assert all(one.why.endswith(".") for one in known)
    assert len({one.name for one in known}) == len(known)
    assert {line.partition(" | ")[0] for line in STATED} == {one.name for one in known}
    assert all((one.pattern is None) == bool(one.both) for one in known)


def test_what_has_to_be_stated_together_is_named_before():
    seen = set()
    for one in load_circumstances():
        assert set(one.both) <= seen, one.name
        seen.add(one.name)


def test_topics_and_decoys_name_only_what_there_is():
    names = {one.name for one in load_circumstances()}
    library = load_library()
    bound = [name for topic in library.topics.values() for name in (*topic.only, *topic.never)]
    assert {*bound, *(name for decoy in library.decoys.values() for name in decoy.never)} <= names
    assert {*bound, *(name for one in load_circumstances() for name in one.both)} | {"a death in care"} <= names


def test_hardly_any_question_of_a_topic_s_own_lacks_what_the_topic_is_only_about():
    it = load_understanding(load_library())
    bound = [one for one in it.library.topics.values() if one.only and one.only != ("a decision shown",)]
    asks = [(topic, cleared(it.index.mended(ask))) for topic in bound for ask in topic.asks]
    lacking = [f"{topic.id}: {ask}" for topic, ask in asks if stated(ask).isdisjoint(topic.only)]
    assert len(lacking) <= 0.02 * len(asks), "\n".join(lacking)


@given(st.text(max_size=300))
def test_takes_any_text(text):
    assert stated(text) <= {one.name for one in load_circumstances()}


def test_a_long_text_is_no_burden():
    assert isinstance(stated("the child died in the the the " * 200), frozenset)


def test_a_slip_is_named_with_its_line(tmp_path):
    file = tmp_path / "circumstances.toml"
    file.write_text('[[circumstances]]\nname = "one"\nwhy = "Because."\npattern = "("\n')
    with pytest.raises(BrokenTopic, match="line 4"):
        load_circumstances(file)
