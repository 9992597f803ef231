"""A flow's drawing shows all of it, needs nothing from outside, and is said as well in plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dialogs.drawing import as_mermaid, as_svg, as_svgs, as_text
from dialogs.flow import Flow
from dialogs.flows import load_flows
from dialogs.in_words import listed
from dialogs.outline import outline

SVG = "{http://www.w3.org/2000/svg}"
FLOWS = [flow.named({"local_authority": "Exampleshire Council"}) for flow in load_flows().values()]
REFERRAL = next(flow for flow in FLOWS if flow.name == "referral")
ODD = 'Is 1 < 2 & "so" on?'

every_flow = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


def words(text: str) -> str:
    """Text with every run of blanks and separators as one blank."""
    return " ".join(text.replace("·", " ").split())


def shown(svg: str) -> str:
    return words(" ".join(one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")))


def with_odd_wording() -> Flow:
    first, *rest = REFERRAL.questions
    return replace(REFERRAL, questions=(replace(first, text=ODD), *rest))


@every_flow
def test_the_drawing_has_every_question_answer_stop_and_outcome_as_text(flow: Flow) -> None:
    text, read = shown(as_svg(flow)), outline(flow)
    for step in read.steps:
        assert words(f"{step.number}. {step.short} {step.text}") in text
        assert all(words(answer.label) in text for answer in step.answers)
        assert not step.asked or words(f"If {step.asked}:") in text
        for gate, answers in step.stops:
            assert words(f"{listed(f'“{one}”' for one in answers)}: stop {gate}") in text
    for ending in (*read.gates, *read.rows):
        assert words(f"{ending.code} {ending.title} ({ending.name})") in text


@every_flow
def test_questions_come_from_top_to_bottom_in_their_order(flow: Flow) -> None:
    text = shown(as_svg(flow))
    places = [text.index(words(f"{step.number}. {step.short} {step.text}")) for step in outline(flow).steps]
    assert places == sorted(places)


@every_flow
def test_the_drawing_has_a_title_and_a_description_that_name_it(flow: Flow) -> None:
    root = ElementTree.fromstring(as_svg(flow))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), desc.get("id"))
    assert title.text == flow.title
    assert f"{len(flow.questions)} questions" in (desc.text or "")


@every_flow
def test_the_drawing_reaches_for_nothing_and_runs_nothing(flow: Flow) -> None:
    svg = as_svg(flow)
    tags = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "path", "circle", "text"}
    assert not re.search(r"href|url\(|@import|@font-face|\son\w+=", svg)
    assert svg.count("http") == 1  # the name of the format itself


@every_flow
def test_everything_drawn_lies_inside_the_drawing(flow: Flow) -> None:
    """Boxes whole, and lines of text by a generous width for each letter."""
    for svg in (as_svg(flow), *as_svgs(flow, 1100)):
        root = ElementTree.fromstring(svg)
        _, _, width, height = (int(one) for one in root.get("viewBox", "").split())
        for group in root.iter(f"{SVG}g"):
            down = int(group.get("transform", "").removeprefix("translate(0 ").removesuffix(")"))
            for box in group.iter(f"{SVG}rect"):
                x, y, wide, high = (int(box.get(name, "0")) for name in ("x", "y", "width", "height"))
                assert x + wide <= width
                assert down + y + high <= height
            for text in group.iter(f"{SVG}text"):
                assert int(text.get("x", "0")) + 7.4 * len(text.text or "") <= width
                assert down + int(text.get("y", "0")) <= height


def test_in_parts_it_shows_the_same_and_each_part_fits() -> None:
    parts = as_svgs(REFERRAL, 1100)
    assert len(parts) > 2
    assert words(" ".join(map(shown, parts))) == shown(as_svg(REFERRAL))
    assert all(int(ElementTree.fromstring(part).get("height", "0")) <= 1100 + 20 for part in parts)
    ids = re.findall(r'\bid="([^"]+)"', "".join(parts))
    assert len(ids) == len(set(ids))


def test_what_is_asked_only_sometimes_is_dashed() -> None:
    dashed = as_svg(REFERRAL).count('rx="6" fill="#f3f6f9" stroke="#1d70b8" stroke-width="2" stroke-dasharray')
    assert dashed == sum(1 for question in REFERRAL.questions if question.asked_when)


def test_wording_is_shown_as_it_stands() -> None:
    assert ODD in shown(as_svg(with_odd_wording()))
    assert "#quot;so#quot;" in as_mermaid(with_odd_wording())


@every_flow
def test_the_text_says_all_of_the_flow(flow: Flow) -> None:
    text, read = words(as_text(flow)), outline(flow)
    assert flow.version in text
    assert flow.table.version in text
    for step in read.steps:
        assert words(f"{step.number}. {step.short}: {step.text}") in text
        assert words(step.help) in text
        assert words(f"Asked: {'if ' + step.asked if step.asked else 'always'}") in text
        assert all(f"- {words(answer.label)}" in text for answer in step.answers)
    for ending in (*read.gates, *read.rows):
        assert words(f"{ending.name} -> {ending.code}: {ending.title}") in text
        assert all(words(line) in text for line in ending.when)


@every_flow
def test_the_text_fits_a_terminal(flow: Flow) -> None:
    assert max(map(len, as_text(flow).splitlines())) <= 96


def test_conditions_are_in_words_with_the_answers_as_they_are_shown() -> None:
    rows = {ending.name: ending for ending in outline(REFERRAL).rows}
    assert rows["13 in our area"].when[-1] == "Where it happened: “In our area (Exampleshire Council)”"
    assert rows["12 not sure yet"].when == (
        "one of these: Age when it happened: “Not sure”; or Abuse or neglect: “Not sure”; or "
        "What happened to them: “Hurt, and it may turn out serious” or “Not sure”",
    )
    [sent] = [gate for gate in outline(REFERRAL).gates if gate.code == "R"]
    assert "Day the Panel was told is known: yes" in sent.when


def test_early_stops_are_told_with_the_gate_they_lead_to() -> None:
    stops = {step.name: step.stops for step in outline(REFERRAL).steps if step.stops}
    assert set(stops) == {"danger_now", "role"}
    [(gate, answers)] = stops["danger_now"]
    assert gate.startswith("A: ")
    assert answers == ("Yes", "Not sure")


@every_flow
def test_mermaid_joins_only_what_it_draws_and_draws_every_question(flow: Flow) -> None:
    lines = as_mermaid(flow).splitlines()
    assert lines[0] == "flowchart TD"
    drawn = {found[1] for line in lines if (found := re.match(r"  (\w+)[\[{(]", line))}
    drawn |= {found[1] for line in lines if (found := re.search(r"--> (\w+)[\[{(]", line))}
    joined = {end for line in lines for end in re.findall(r"^  (\w+) --|--> (\w+)", line) for end in end if end}
    assert joined <= drawn
    assert {f"q{number}" for number, _ in enumerate(flow.questions, start=1)} <= drawn
    assert all(line.count('"') % 2 == 0 for line in lines)


@pytest.mark.parametrize(
    ("given", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A or B"), (["A", "B", "C"], "A, B or C")]
)
def test_words_in_a_row(given: list[str], said: str) -> None:
    assert listed(given) == said
