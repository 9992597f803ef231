"""The page for those who sign the policy off: all of the policy, the checks' true results, and nothing from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from bot.checks import CheckResult, run
from bot.definitions import Definitions, load_definitions
from bot.proof import Transcript, Version, build, clocks_of, gather, read_transcripts, versions_of
from dialogs.flow import Flow
from dialogs.paths import distinct_paths

# Every check of every dialog takes minutes where other workers want the processor too.
pytestmark = pytest.mark.timeout(900)

MOMENT = datetime(2026, 11, 23, 16, 50, tzinfo=UTC)
VOID = {"meta", "br", "col", "rect", "path", "circle"}


@dataclass
class Page(HTMLParser):
    """What a reader of the page meets."""

    html: str
    words: str = ""
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    language: str | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes += list(given.items())
        if tag not in VOID:
            self.inside.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "html":
            self.language = given.get("lang")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.inside.pop() == tag, f"{tag} is closed out of turn at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            # A word may run on through a tag, a sentence may not.
            self.words += data if self.inside[-1:] == ["strong"] else f" {data} "


@cache
def definitions() -> Definitions:
    return load_definitions("exampleshire")


@cache
def gathered() -> tuple[str, bool]:
    return gather(definitions(), MOMENT)


@cache
def page() -> Page:
    return Page(gathered()[0])


def small(checks: list[CheckResult], transcripts: list[Transcript] | None = None, banner: str = "") -> str:
    """The page of the shortest dialog only, with the given checks."""
    flow = definitions().flows["protect"]
    return build(
        flows={"protect": flow},
        checks=checks,
        transcripts=transcripts or [],
        banner=banner,
        versions=versions_of(definitions()),
        made_at=MOMENT,
        area="Exampleshire",
        sources=tuple(definitions().sources.values()),
        paths={"protect": distinct_paths(flow)},
    )


def said(text: str) -> str:
    return " ".join(text.split())


def test_every_check_of_the_definitions_as_they_stand_passes() -> None:
    assert gathered()[1]
    assert "checks passed." in page().words
    assert "FAILED" not in page().words


def test_the_page_is_well_formed_and_in_british_english() -> None:
    assert page().inside == []
    assert page().language == "en-GB"


def test_headings_are_in_order_and_none_is_skipped() -> None:
    levels = page().headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_leads_somewhere_and_no_name_is_used_twice() -> None:
    assert len(page().ids) == len(set(page().ids))
    within = [link[1:] for link in page().links if link.startswith("#")]
    assert len(within) > 20
    assert set(within) <= set(page().ids)
    others = [link for link in page().links if not link.startswith("#")]
    assert others
    assert all(link.startswith("https://") for link in others)


def test_the_page_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    assert page().tags.isdisjoint(
        {"script", "link", "img", "iframe", "object", "embed", "form", "video", "audio", "base"}
    )
    assert not [name for name, _ in page().attributes if name in {"src", "srcset", "style"} or name.startswith("on")]
    style = re.search(r"<style>(.*)</style>", gathered()[0], re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|@font-face|https?:", style[1])
    assert "@media print" in style[1]


@pytest.mark.parametrize("name", definitions().flows)
def test_every_question_rule_and_duty_is_on_the_page(name: str) -> None:
    flow = definitions().flows[name]
    words = page().words
    for question in flow.questions:
        for text in (question.text, question.help, question.why, *(option.label for option in question.options)):
            assert said(text) in words
    for row in flow.table.every_row():
        for text in (row.title, row.because, *row.other_processes, *row.have_ready, *row.do_not):
            assert said(text) in words
        for duty in row.duties:
            assert said(flow.table.duties[duty].does) in words


def test_rows_stand_in_the_order_they_are_tried() -> None:
    table = definitions().flows["referral"].table
    found = page().words[page().words.index("Gates come first.") :]
    places = [found.index(f"{row.title} Row {row.name} Where") for row in table.gates + table.rows]
    assert places == sorted(places)


def test_sources_are_shown_with_the_day_they_were_read_or_that_they_were_not() -> None:
    words = page().words
    assert "Children Act 2004, section 16C(1) (checked 23 Nov 2026)" in words
    assert "not re-read at source" in words
    assert all(said(source.title) in words for source in definitions().sources.values())


def test_every_distinct_path_is_a_line_with_its_outcome() -> None:
    flow = definitions().flows["referral"]
    paths = distinct_paths(flow)
    assert f"leaves {len(paths)} lines" in page().words
    assert f"There are {sum(path.walks for path in paths):,} ways of answering" in page().words
    for path in paths:
        answers = " ".join(f"{question}: {' / '.join(given)}" for question, given in path.answers)
        assert said(f"{answers} {path.outcome} {path.title}") in said(page().words)


def test_it_can_be_signed_for_its_versions() -> None:
    words = page().words
    for blank in ("Name", "Role and organisation", "Date", "Signature"):
        assert blank in words
    flow = definitions().flows["referral"]
    assert f"Questions of the dialog “referral” {flow.version}" in words
    assert f"Rules of the dialog “referral” {flow.table.version}" in words
    assert "Bank holidays of England published up to Sun 31 Dec 2028" in words


def test_it_says_when_it_was_made_in_london_and_that_an_invented_area_is_invented() -> None:
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert "Made on Mon 23 Nov 2026 at 16:50" in page().words
    assert "Exampleshire is an invented area" in page().words
    assert "banner" not in re.sub(r"<style>.*</style>", "", small([]), flags=re.DOTALL)
    flow = definitions().flows["protect"]
    made = build(
        flows={"protect": flow},
        checks=[],
        transcripts=[],
        banner="",
        versions=[],
        made_at=summer,
        area="Exampleshire",
        sources=[],
        paths={"protect": distinct_paths(flow)},
    )
    assert "Made on Wed 1 Jul 2026 at 13:00" in Page(made).words


def test_a_failed_check_is_not_to_be_overlooked() -> None:
    failed = CheckResult("referral: laws", "It holds.", passed=False, cases=9600, detail=("this one", "and 3 more"))
    shown = Page(small([CheckResult("a", "b", passed=True, cases=1), failed])).words
    assert "1 of 2 checks failed." in shown
    assert "FAILED 9,600" in shown
    assert "this one and 3 more" in said(shown)


def test_what_a_transcript_says_is_shown_as_it_stands() -> None:
    html = small([], [Transcript("<b>odd</b>", '> <script>alert("x")</script> & so on')])
    assert "<script" not in html
    assert '> <script>alert("x")</script> & so on' in Page(html).words


def test_transcripts_of_every_outcome_are_on_the_page() -> None:
    names = [one.name for one in read_transcripts(Path(__file__).parents[1] / "transcripts")]
    codes = {
        row.code for row in (*definitions().flows["referral"].table.gates, *definitions().flows["referral"].table.rows)
    }
    for code in codes:
        assert any(re.match(rf"outcomes: {code}\d*a? ", name) for name in names), code
    assert all(name in page().words for name in names)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("new_information", "new information"),
        ("rapid_review_outcome", "review outcome"),
        ("disagreement", "disagreement"),
    ],
)
def test_transcripts_of_the_other_dialogs_show_every_outcome_and_what_stands_beside_it(name: str, folder: str) -> None:
    known = read_transcripts(Path(__file__).parents[1] / "transcripts")
    shown = said(" ".join(one.text for one in known if one.name.startswith(folder)))
    table, referral = (definitions().flows[one].table for one in (name, "referral"))
    taken_over = {row.name for row in referral.every_row()} if name == "new_information" else set()
    for row in table.every_row():
        if row.name not in taken_over and row.code != "A":
            assert row.title in shown, row.title


def test_without_transcripts_it_says_so(tmp_path: Path) -> None:
    assert read_transcripts(tmp_path) == ()
    assert "There are none in this installation." in Page(small([])).words


def checked(flow: Flow) -> dict[str, CheckResult]:
    paths = {flow.name: distinct_paths(flow)}
    results = run({flow.name: flow}, definitions().sources, paths, definitions().local)
    return {result.name: result for result in results}


def test_a_check_fails_where_the_definitions_are_at_fault() -> None:
    """A source nobody listed, a row nobody reaches, and a duty nobody uses, each by its own check."""
    flow = definitions().flows["protect"]
    sources = {name: source for name, source in definitions().sources.items() if name != "lado-guidance"}
    results = run({"protect": flow}, sources, {"protect": distinct_paths(flow)[:-1]}, definitions().local)
    failed = {result.name for result in results if not result.passed}
    assert failed == {
        "protect: every source is known",
        "protect: no dead row",
        "protect: every walk ends",
        "all: every duty is used",
    }


def test_a_check_counts_what_it_looked_at() -> None:
    results = checked(definitions().flows["protect"])
    assert results["protect: one outcome each"].cases == 3
    assert results["protect: every walk ends"].cases == 11
    assert results["protect: every question is reached"].cases == 4


def test_every_clock_of_the_area_is_to_be_signed_for() -> None:
    found = clocks_of(definitions())
    assert [one.title for one in found] == [rule.title for rule in definitions().plan.rules]
    (panel,) = (one for one in found if one.title == "notify the Panel")
    assert "length: 5 working days" in " ".join(panel.told)
    assert any("16C(1)" in source for source in panel.sources)
    assert Version("Deadlines and reminders", definitions().plan.version) in versions_of(definitions())
