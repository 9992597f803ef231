"""Every source says how far it can be trusted, and a broken list is refused with its line."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from knowledge.sources import BrokenSource, Citation, Source, UnknownSource, citation, cite, load_sources

NEEDED = """
    children-act-2004 working-together-2023 working-together-2026 govuk-report-incident csin-service
    panel-guidance-2025 panel-faq review-regulations-2018 care-leaver-guidance-2023 local-practice house-practice
    domestic-violence-act-2004 victims-and-prisoners-act-2024 care-act-2014 domestic-abuse-act-2021
    child-death-review-guidance lado-guidance mappa-guidance yjb-sin ofsted-provider-notification psirf barnsley-page
    nspcc-repository nspcc-helpline england-bank-holidays
""".split()

GOOD = '[a]\ntitle = "A"\npublisher = "P"\nstatus = "current"\nchecked = 2026-11-23\n'


def test_the_sources_that_rules_cite_are_there():
    assert set(NEEDED) <= set(load_sources())


def test_each_source_knows_its_own_id_and_cannot_be_changed():
    for name, source in load_sources().items():
        assert source.id == name
    with pytest.raises(FrozenInstanceError):
        load_sources()["psirf"].title = "x"


@pytest.mark.parametrize("name", load_sources())
def test_every_source_can_be_cited_and_says_how_well_it_was_read(name):
    source, shown = load_sources()[name], cite(name)
    assert shown.startswith(source.title)
    marks = ("checked 23 Nov 2026", "not re-read at source", "not a rule")
    assert any(mark in shown for mark in marks)


def test_a_place_that_was_read_shows_the_day():
    assert cite("children-act-2004", "section 16C(1)") == "Children Act 2004, section 16C(1) (checked 23 Nov 2026)"
    assert citation("children-act-2004", "section 16C(1)") == Citation(
        load_sources()["children-act-2004"], "section 16C(1)", date(2026, 11, 23)
    )


def test_what_was_not_read_is_never_shown_as_checked():
    assert cite("care-act-2014", "section 44") == "Care Act 2014, section 44 (not re-read at source)"
    assert cite("children-act-2004", "section 16F") == "Children Act 2004, section 16F (not re-read at source)"
    assert cite("children-act-2004", "section 16C(2)").endswith("(not re-read at source)")
    assert cite("review-regulations-2018", "regulation 11(2)").endswith("(not re-read at source)")
    assert cite("review-regulations-2018", "regulation 14").endswith("(checked 23 Nov 2026)")


def test_a_place_is_not_mistaken_for_one_that_starts_alike():
    source = Source("A", "P", "current", checked=date(2026, 11, 23), not_reread=("section 1",))
    assert citation(source, "section 1(2)").checked is None
    assert citation(source, "section 16").checked == date(2026, 11, 23)


def test_guidance_that_was_replaced_says_by_what():
    assert cite("working-together-2023", "chapter 5") == (
        "Working Together to Safeguard Children 2023, chapter 5 (checked 23 Nov 2026; since replaced by "
        "Working Together to Safeguard Children 2026, not re-read at source)"
    )


def test_what_is_only_proposed_or_only_ours_is_not_passed_off_as_a_rule():
    assert "(proposed, not in force; " in cite("child-protection-authority")
    assert cite("house-practice") == "This service's own good practice (not a rule)"


def test_an_unknown_source_is_refused():
    with pytest.raises(UnknownSource, match="no-such"):
        cite("no-such", "section 1")


SLIPS = [
    ("not TOML", "[a\n", 1, "not valid TOML"),
    ("missing", '[a]\ntitle = "A"\nstatus = "house"\n', 1, "publisher is missing"),
    ("unknown", GOOD + 'titel = "B"\n', 6, 'did you mean "title"?'),
    ("outside a table", 'title = "A"\n' + GOOD, 1, "must be a table of its own"),
    ("status", GOOD.replace('"current"', '"new"'), 4, "status must be"),
    ("date as text", GOOD.replace("2026-11-23", '"2026-11-23"'), 5, "must be a date"),
    ("neither read nor not", GOOD.replace("checked", "#"), 1, "needs either checked"),
    ("both read and not", GOOD + "reread = false\n", 1, "needs either checked"),
    ("house with a date", GOOD.replace("current", "house"), 1, "this service's own"),
    ("PDF", GOOD + 'where = "https://a.uk/x.pdf"\n', 6, "never a PDF"),
    ("not a link", GOOD + 'where = "a.uk"\n', 6, "starting with https://"),
    ("successor missing", GOOD.replace("current", "superseded"), 4, "go together"),
    ("successor unasked", GOOD + 'superseded_by = "a"\n', 4, "go together"),
    ("successor unknown", GOOD.replace("current", "superseded") + 'superseded_by = "b"\n', 6, "not a current source"),
    ("id in capitals", GOOD.replace("[a]", "\n[The_Act]"), 2, "joined by hyphens"),
    ("id twice", GOOD + 'id = "a"\n', 6, "leave this line out"),
    ("nothing read", GOOD.replace("checked = 2026-11-23", "reread = false\nnot_reread = ['1']"), 6, "has no meaning"),
]


@pytest.mark.parametrize(("text", "line", "words"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_names_file_and_line(tmp_path, text, line, words):
    file = tmp_path / "sources.toml"
    file.write_text(text)
    with pytest.raises(BrokenSource) as caught:
        load_sources(file)
    assert f"sources.toml, line {line}: " in str(caught.value)
    assert words in str(caught.value)


def test_a_place_in_a_source_of_many_documents_has_the_address_of_its_own():
    assert citation("local-practice", "Devon, rapid review flowchart").where == "https://devonscp.org.uk"
    assert citation("local-practice", "Kent and Plymouth, which say 15 days").where == "https://kscmp.org.uk"
    assert citation("local-practice", "one partnership's page").where is None
    assert citation("children-act-2004", "section 16C(1)").where == load_sources()["children-act-2004"].where


def test_an_address_is_a_landing_page(tmp_path):
    file = tmp_path / "sources.toml"
    file.write_text(GOOD + 'addresses = { "Devon" = "https://example.org/x.pdf" }\n')
    with pytest.raises(BrokenSource, match="never a PDF"):
        load_sources(file)


def test_every_source_but_our_own_has_an_address_unless_none_is_known():
    without = {name for name, one in load_sources().items() if one.where is None and one.status != "house"}
    assert len(without) <= 8, without
