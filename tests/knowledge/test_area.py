"""An area's file is read whole or refused with the right line; nothing nobody supplied is made up."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.area import (
    DEFAULT_AREA,
    Area,
    BrokenArea,
    Contact,
    Contacts,
    Problem,
    UnknownArea,
    area_names,
    check_area_file,
    load_area,
    shown,
    shown_phones,
    shown_value,
)

AREAS = Path(__file__).parents[2] / "knowledge" / "areas"
EXAMPLESHIRE = (AREAS / "exampleshire.toml").read_text(encoding="utf-8")
REAL = 'name = "Somewhere"\ninvented = false\n'
CHANNELS = ("terminal", "web", "pony-express")
INVENTED = 'name = "Somewhere"\ninvented = true\n'


def problems(folder: Path, text: str) -> list[Problem]:
    file = folder / "somewhere.toml"
    file.write_text(text, encoding="utf-8")
    return check_area_file(file, CHANNELS)


def area(folder: Path, text: str) -> Area:
    (folder / "somewhere.toml").write_text(text, encoding="utf-8")
    return load_area("somewhere", folder)


# --- The areas that come with the service


@pytest.mark.parametrize("key", area_names())
def test_every_shipped_area_has_no_problem(key):
    assert check_area_file(AREAS / f"{key}.toml") == []
    assert load_area(key).key == key


def test_barnsley_says_only_what_its_page_says():
    barnsley = load_area("barnsley")
    assert not barnsley.invented
    assert barnsley.local_authority == "Barnsley Council"
    assert barnsley.icb == "NHS South Yorkshire Integrated Care Board"
    assert barnsley.police == "South Yorkshire Police"
    assert barnsley.partnership == "Barnsley Safeguarding Children Partnership"
    assert barnsley.contacts == Contacts()
    assert barnsley.rapid_review_start == "notification"
    set_by_the_page = {"name", "invented", "local_authority", "icb", "police", "partnership", "key", "file", "lines"}
    bare = area_values(Area(name="Barnsley", invented=False))
    assert {k: v for k, v in area_values(barnsley).items() if k not in set_by_the_page} == {
        k: v for k, v in bare.items() if k not in set_by_the_page
    }


def area_values(it: Area) -> dict[str, object]:
    return {field.name: getattr(it, field.name) for field in fields(it)}


def test_the_default_area_is_invented_and_sets_everything_but_a_template():
    whole = load_area(DEFAULT_AREA)
    assert whole.invented
    unset = [name for name, value in area_values(whole).items() if value in (None, ())]
    assert unset == ["document_template"]
    for field in fields(Contacts):
        contact = getattr(whole.contacts, field.name)
        assert contact.phone, field.name
    assert None not in area_values(whole.roles).values()
    assert whole.milestones.sign_off == 14
    assert whole.working_hours.opens == time(8, 30)
    assert whole.holidays() == {date(2027, 9, 17): "Exampleshire Day (invented)"}
    assert [day.date for day in whole.closure_days] == [date(2026, 12, 29), date(2026, 12, 30)]
    assert whole.overlays_for("B")
    assert not whole.overlays_for("C")


def test_an_area_cannot_be_changed_once_read():
    with pytest.raises(FrozenInstanceError):
        load_area(DEFAULT_AREA).name = "Elsewhere"


# --- What people see


def test_what_is_not_set_is_said_to_be_not_set():
    assert shown(Contacts().business_unit) == "Business unit: phone not set"
    assert shown_value("Review group", None) == "Review group: not set"
    assert shown_value("Review group", "Panel of three") == "Review group: Panel of three"


def test_numbers_are_shown_with_when_to_use_them():
    both = Contact("Social care", phone="01632 960 123", night_phone="01632 960 124")
    assert shown(both) == "01632 960 123 (day), 01632 960 124 (nights and weekends)"
    assert shown(Contact("X", phone="01632 960 123")) == "01632 960 123"
    only_night = Contact("Social care", night_phone="01632 960 124")
    assert shown(only_night) == "Social care: day phone not set, 01632 960 124 (nights and weekends)"
    written = Contact("Unit", email="unit@a.example", link="https://a.example/")
    assert shown(written) == "Unit: phone not set, unit@a.example, https://a.example/"
    assert shown_phones(written) == "Unit: phone not set"


# --- Where areas are found


def test_a_given_folder_wins_over_the_shipped_areas(tmp_path):
    (tmp_path / "barnsley.toml").write_text('name = "Ours"\ninvented = true\n')
    assert load_area("barnsley", tmp_path).name == "Ours"
    assert load_area("barnsley").name == "Barnsley"
    assert area_names(tmp_path) == area_names()


def test_an_area_may_be_a_folder_with_its_template_beside_it(tmp_path):
    home = tmp_path / "the-wolds"
    home.mkdir()
    (home / "record.docx").write_bytes(b"")
    (home / "area.toml").write_text(INVENTED + 'document_template = "record.docx"\n')
    found = load_area("the-wolds", tmp_path)
    assert found.key == "the-wolds"
    assert found.template_path() == home / "record.docx"
    assert "the-wolds" in area_names(tmp_path)
    assert check_area_file(home / "area.toml") == []


@pytest.mark.parametrize("name", ["nowhere", "", "../areas/barnsley", "/etc/passwd", "Barnsley", "barnsley.toml"])
def test_an_unknown_area_is_refused_naming_those_there_are(tmp_path, name):
    with pytest.raises(UnknownArea, match="barnsley, exampleshire"):
        load_area(name, tmp_path)


def test_a_folder_that_is_not_there_holds_no_areas(tmp_path):
    assert area_names(tmp_path / "missing") == area_names()


def test_a_broken_area_names_its_file_and_line(tmp_path):
    with pytest.raises(BrokenArea, match=r"somewhere\.toml, line 3: there is no setting"):
        area(tmp_path, REAL + "colour = 1\n")


# --- Slips of the person who keeps the file, each with its line

SLIPS = [
    ("not TOML", REAL + "police = South Yorkshire\n", 3, "not valid TOML"),
    ("unfinished", REAL + 'police = "South', 3, "not valid TOML"),
    ("twice", REAL + 'icb = "A"\nicb = "B"\n', 4, "not valid TOML"),
    ("no name", "invented = true\n", 1, "name is missing"),
    ("no invented", 'name = "X"\n', 1, "invented is missing"),
    ("unknown", REAL + 'polise = "X"\n', 3, 'no setting "polise" here; did you mean "police"?'),
    ("unknown, nothing near", REAL + "zzz = 1\n", 3, "there are: "),
    ("set by the service", REAL + '\nfile = "x"\n', 4, 'no setting "file" here'),
    ("unknown contact", REAL + "[contacts.busines_unit]\n", 3, 'did you mean "business_unit"?'),
    ("unknown in contact", REAL + '[contacts.cdop]\nphon = "x"\n', 4, 'did you mean "phone"?'),
    ("in the wrong table", REAL + '[roles]\npolice = "X"\n', 4, "belongs at the top of the file"),
    ("unknown in list", REAL + '[[overlays]]\napplies_to="B"\ntext="t"\nsauce="s"\nsource="s"\n', 6, '"source"?'),
    ("missing in second", REAL + '[[escalation]]\nrole="a"\n\n[[escalation]]\nhow="b"\n', 6, "role is missing"),
    ("empty", REAL + 'police = " "\n', 3, "police is empty: leave the line out"),
    ("not text", REAL + "police = 5\n", 3, "police must be text in quotation marks, not 5"),
    ("quoted flag", REAL + 'lead_signoff = "yes"\n', 3, 'must be true or false, without quotation marks, not "yes"'),
    ("flag for a number", REAL + "decision_meeting_working_days = true\n", 3, "must be a whole number"),
    ("quoted number", REAL + 'decision_meeting_working_days = "1"\n', 3, "must be a whole number"),
    ("too many days", REAL + "decision_meeting_working_days = 16\n", 3, "must be at most 15, not 16"),
    ("no days", REAL + "decision_meeting_working_days = 0\n", 3, "must be at least 1, not 0"),
    ("clock start", REAL + 'rapid_review_start = "panel"\n', 3, "'notification', 'awareness' or 'receipt'"),
    ("channel", REAL + 'case_dialog_channels = [\n  "web",\n  "pigeon",\n]\n', 5, "must be 'terminal', 'web'"),
    ("quoted date", REAL + 'last_checked = "2026-11-23"\n', 3, "must be a date such as 2027-01-04"),
    ("date and time", REAL + "last_checked = 2026-11-23T10:00:00\n", 3, "must be a date such as 2027-01-04"),
    ("hours", REAL + '[working_hours]\nopens = "half eight"\n', 4, 'must be a time of day such as "08:30"'),
    ("hours as a number", REAL + "[working_hours]\nopens = 9\n", 4, 'a time of day such as "08:30"'),
    ("hours backwards", REAL + '[working_hours]\nopens = "09:00"\ncloses = "08:00"\n', 5, "later than opens"),
    ("text for a table", REAL + 'contacts = "us"\n', 3, "must be a table of its own"),
    ("text for a contact", REAL + '[contacts]\ncdop = "us"\n', 4, "must be a table of its own"),
    ("text for a list", REAL + 'notifiers = "Director"\n', 3, "must be a list in square brackets"),
    ("person as a role", REAL + 'notifiers = [\n"Director",\n"a.b@c.uk"]\n', 5, "title of a role"),
    ("milestones", REAL + "[milestones]\nagency_summaries = 9\nsign_off = 8\n", 5, "not come before agency_summaries"),
    ("day twice", REAL + 2 * "[[closure_days]]\ndate=2027-01-05\nreason='a'\n", 7, "given twice"),
    ("no form", REAL + "accepts_referrals_from_anyone = true\n", 3, "needs anyone_referral_form"),
    ("not a number", REAL + '[contacts.cdop]\nphone = "ask Jo"\n', 4, "not a British telephone number"),
    ("national", REAL + '[contacts.police_contact]\nphone = "1 0 1"\n', 4, "national number"),
    ("helpline", REAL + '[contacts.staff_support]\nphone = "0808 800 5000"\n', 4, "national number"),
    ("not an address", REAL + '[contacts.cdop]\nemail = "cdop at council"\n', 4, "not an e-mail address"),
    ("not a link", REAL + 'publication_page = "www.council.gov.uk"\n', 3, "not a link starting with https://"),
    ("script for a link", REAL + 'referral_form = "javascript:alert(1)"\n', 3, "not a link starting with https://"),
    ("fiction in a real area", REAL + '[contacts.cdop]\nphone = "+44 (0)1632 960123"\n', 4, "reserved for fiction"),
    ("example in a real area", REAL + 'referral_form = "https://a.example/"\n', 3, "reaches nobody"),
    ("real in an invented area", INVENTED + '[contacts.cdop]\n\nnight_phone = "01226 770770"\n', 5, "could ring"),
    ("real link, invented area", INVENTED + 'publication_page = "https://www.gov.uk/"\n', 3, "www.gov.uk may be real"),
    ("real e-mail, invented area", INVENTED + 'contacts.cdop.email = "a@example.org.uk"\n', 3, "may be real"),
    ("template missing", REAL + 'document_template = "no.docx"\n', 3, 'there is no file "no.docx"'),
    ("template elsewhere", REAL + 'document_template = "../a.docx"\n', 3, "in the area's own folder"),
    ("template of another kind", REAL + 'document_template = "a.pdf"\n', 3, "ending in .docx"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_reported_once_with_its_line(tmp_path, text, line, words):
    found = problems(tmp_path, text)
    assert [problem.line for problem in found] == [line]
    assert words in found[0].message


def test_all_slips_are_reported_together_in_order(tmp_path):
    found = problems(tmp_path, REAL + '[contacts.cdop]\nfone = "1"\n[roles]\nboss = "x"\n')
    assert [problem.line for problem in found] == [4, 6]


def test_a_file_that_is_not_utf8_names_the_line(tmp_path):
    file = tmp_path / "somewhere.toml"
    file.write_bytes(b'name = "X"\ninvented = true\npolice = "caf\xe9"\n')
    assert check_area_file(file)[0].line == 3
    file.write_bytes(b"\xef\xbb\xbf" + INVENTED.replace("\n", "\r\n").encode() + b"zzz = 1\r\n")
    assert check_area_file(file)[0].line == 3


# --- Fiction and reality

FICTION = ["01632 960123", "(01632) 960 999", "0113 496 0000", "0114 4960 555", "020 7946 0999", "07700 900 000",
           "+44 7700 900123", "0044 1632 960000", "0808 157 0001", "01632-960-123"]  # fmt: skip


@pytest.mark.parametrize("number", FICTION)
def test_numbers_reserved_for_drama_belong_to_invented_areas_only(tmp_path, number):
    contact = f'[contacts.cdop]\nphone = "{number}"\n'
    assert problems(tmp_path, INVENTED + contact) == []
    assert len(problems(tmp_path, REAL + contact)) == 1


@pytest.mark.parametrize("number", ["01226 000 000", "01632 961000", "020 7947 0000", "07700 901000", "0113 497 0000"])
def test_numbers_that_could_ring_belong_to_real_areas_only(tmp_path, number):
    contact = f'[contacts.cdop]\nphone = "{number}"\n'
    assert problems(tmp_path, REAL + contact) == []
    assert len(problems(tmp_path, INVENTED + contact)) == 1


@pytest.mark.parametrize("host", ["example", "a.example", "example.org", "www.example.org", "EXAMPLE.com"])
def test_addresses_nobody_can_own_belong_to_invented_areas_only(tmp_path, host):
    link = f'publication_page = "https://{host}/x"\n'
    assert problems(tmp_path, INVENTED + link) == []
    assert len(problems(tmp_path, REAL + link)) == 1


# --- Any edit of a good file


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_spoiled_line_is_read_or_reported_on_a_line_of_the_file(tmp_path, data):
    lines = EXAMPLESHIRE.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    spoiled = data.draw(
        st.one_of(
            st.just(lines[at][1:]),
            st.just(lines[at][:-1]),
            st.just(lines[at].replace("=", "")),
            st.just(lines[at] + " " + lines[at]),
            st.text("ab1=.[]{}\"'\\#, \t\né", max_size=30),
            st.sampled_from(["a = 1", "[contacts]", "[[contacts]]", "roles = []", "phone = {}", "x.y.z = [{a = 1}]"]),
        )
    )
    text = "\n".join([*lines[:at], spoiled, *lines[at + 1 :]])
    for problem in problems(tmp_path, text):
        assert 1 <= problem.line <= max(len(lines), len(text.splitlines()))
        assert problem.message
