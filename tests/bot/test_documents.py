"""A decision's document says the same in Word, on the page and in plain text, and nothing it should not."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import zipfile
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.decisions import word_template
from bot.decisions.deadline_words import due_words
from bot.decisions.decision_sheet import moment_words, sheet_of
from bot.decisions.decision_words import changes_words, deciding_words
from bot.decisions.documents import FILES, KINDS, OURS, BrokenTemplate, Document, build, check_templates, style_hashes
from bot.definitions import load_definitions
from bot.record import Answered, Difference, Record
from dialogs.days import Calendar
from dialogs.decision import Dates, Decision, Local
from dialogs.flow import Flow
from dialogs.flows import load_flows
from dialogs.walk import Said, possible_answers, walk
from dialogs.what_changes import what_would_change
from knowledge.area import Area, Contact, Overlay, load_area

TODAY = date(2026, 11, 23)
FLOWS = load_flows()
REFERRAL = FLOWS["referral"]
EXAMPLESHIRE = load_area("exampleshire")
BARNSLEY = load_area("barnsley")
DEATH_IN_CARE = {
    "danger_now": "no",
    "no_names": "ready",
    "role": "la_children",
    "referral_made": "no",
    "age_at_event": "under_18",
    "effect": "died",
    "maltreatment": "suspected",
    "place": "our_area",
    "residence": "other_english_area",
    "care": "lac_ours",
    "when": "recent",
    "aware_on": "2026-11-23",
    "sin_sent": "no",
    "flags": "staff_allegation,media,disagreement",
}
SCHOOL_TELLS = {
    **{name: DEATH_IN_CARE[name] for name in ("danger_now", "no_names", "age_at_event", "maltreatment", "place")},
    "role": "education",
    "referral_made": "yes",
    "effect": "serious",
    "residence": "our_area",
    "when": "recent",
    "la_aware": "no",
    "sin_sent": "no",
    "flags": "none",
}
NOT_SUSPECTED = {
    "danger_now": "no",
    "no_names": "ready",
    "role": "icb_health",
    "referral_made": "yes",
    "age_at_event": "under_18",
    "effect": "serious",
    "maltreatment": "no",
    "known_to_services": "no",
    "when": "recent",
    "flags": "none",
}


def record_of(answers: dict[str, str], flow: Flow = REFERRAL, area: Area = EXAMPLESHIRE, **changed: object) -> Record:
    """A confirmed record of these answers, as the bot would make it."""
    said = flow.named({"local_authority": area.local_authority or "our council"})
    asked = [question for question in said.questions if question.name in answers]
    given = tuple(Answered(q.text, q.short, q.label(answers[q.name]), answers[q.name]) for q in asked)
    record = Record(
        reference="R-7K3M2Q",
        version=1,
        practice=False,
        flow=flow.name,
        flow_title=flow.title,
        flow_version=flow.version,
        area=area.key,
        confirmed_at=datetime(2026, 11, 23, 14, 15, tzinfo=UTC),
        role=next((one.words for one in given if one.short == "Your role"), "not asked"),
        answers=given,
        decision=decided(answers, flow, area),
        changes=what_would_change(flow, tuple(Said(name, answer) for name, answer in answers.items())),
    )
    return replace(record, **changed)  # type: ignore[arg-type]


def decided(answers: dict[str, str], flow: Flow, area: Area = EXAMPLESHIRE) -> Decision:
    """What a flow decides by these answers in an area."""
    local = Local(
        area.rapid_review_start, area.count_first_day, calendar=Calendar(extra=tuple(area.holidays().items()))
    )
    return flow.decide(answers, Dates.said(TODAY, answers), local)


# How often a question is given one answer: the one that leads on, or the one that opens what few walks would reach.
OFTEN = {"danger_now": ("no", 0.9), "what_is_new": ("other_council", 0.3)}


def walked(flow: Flow, choose: random.Random) -> dict[str, str]:
    """Answers drawn at random, each to the question the flow asks next."""
    said: tuple[Said, ...] = ()
    while (question := walk(flow, said).next) is not None:
        often = OFTEN.get(question.name)
        usual = [often[0]] if often and choose.random() < often[1] else possible_answers(question)
        days = ["2026-12-11"] if question.ahead else ["2026-11-20", "2026-11-09"]
        answers = ["unsure", *days] if question.kind == "date" else usual
        said = (*said, Said(question.name, choose.choice(answers)))
    return walk(flow, said).by_name


@cache
def one_for_each() -> dict[str, Record]:
    """A record for every outcome and every add-on that any flow can reach."""
    found: dict[str, Record] = {}
    for flow in FLOWS.values():
        wanted = {f"{flow.name}: {row.name}" for row in flow.table.every_row()}
        choose = random.Random(7)
        for _ in range(6000):
            if wanted <= set(found):
                break
            answers = walked(flow, choose)
            decision = decided(answers, flow)
            codes = {one.code for one in decision.add_ons}
            names = [decision.row] + [row.name for row in flow.table.add_ons if row.code in codes]
            # Most walks lead where another has been, and a whole record takes far longer than a decision.
            if new := [one for one in (f"{flow.name}: {name}" for name in names) if one not in found]:
                found.update(dict.fromkeys(new, record_of(answers, flow)))
        assert wanted <= set(found), wanted - set(found)
    return found


EVERY = tuple(f"{flow.name}: {row.name}" for flow in FLOWS.values() for row in flow.table.every_row())


class Words(HTMLParser):
    """What a reader of a page is given: its text, without styles."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"span", "strong", "a"}:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.tags or self.tags[-1][0] != "style":
            self.parts.append(data)


def page(document: Document) -> Words:
    parser = Words()
    parser.feed(document.content.decode())
    return parser


def text_of(document: Document) -> str:
    """A document's words with single spaces."""
    if document.name.endswith(".html"):
        return squeezed("".join(page(document).parts))
    if document.name.endswith(".txt"):
        return squeezed(document.content.decode())
    body = docx.Document(BytesIO(document.content)).element.body
    return squeezed("\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def texts(record: Record, area: Area = EXAMPLESHIRE) -> dict[str, str]:
    """The words of each kind of document; many rows share a record, and several tests read the same one."""
    return {kind: text_of(build(record, area, kind, FLOWS[record.flow])) for kind in KINDS}


@pytest.mark.parametrize("name", EVERY)
def test_every_duty_date_badge_source_and_answer_is_in_all_three(name: str) -> None:
    record = one_for_each()[name]
    sheet = sheet_of(record, EXAMPLESHIRE, FLOWS[record.flow])
    steps = [*sheet.steps, *(step for one in sheet.also for step in one.steps)]
    assert len(steps) == len(record.decision.duties)
    facts = [sheet.heading, sheet.stamp, sheet.because, *sheet.warnings, *sheet.notices, sheet.would_be, *sheet.changes]
    for step in steps:
        facts += [
            f"{step.who}. {step.does}",
            *step.to,
            *step.by,
            *step.standing,
            *step.local,
            step.waiting,
            *([step.aim_for, step.latest] if step.dated else []),
        ]
    facts += [part for one in sheet.also for part in (one.title, one.because, *one.local)]
    facts += [line for one in sheet.workings for line in one.lines]
    facts += [part for one in sheet.contacts for part in (one.name, one.phone, one.other)]
    facts += [part for one in sheet.answers for part in (one.question, one.words)]
    facts += [*sheet.other_processes, *sheet.have_ready, *sheet.to_record, *sheet.not_to_do, *sheet.left_blank]
    facts += [one.words for one in sheet.references]
    facts += [part for section in sheet.form for field in section.fields for part in (field.label, field.known)]
    for kind, text in texts(record).items():
        missing = [fact for fact in facts if squeezed(fact) not in text]
        assert not missing, (kind, missing)


@pytest.mark.parametrize("area", [EXAMPLESHIRE, BARNSLEY], ids=["exampleshire", "barnsley"])
@pytest.mark.parametrize("name", EVERY)
def test_no_key_code_or_mark_of_ours_is_shown(name: str, area: Area) -> None:
    for kind, text in texts(one_for_each()[name], area).items():
        assert not re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b", text), kind
        assert not re.findall(r"\bNone\b(?! of these| yet)|\bFalse\b|\bTrue\b|frozenset|datetime|\{\w+\}", text), kind
        assert not re.findall(r"\[\w+-?\w*\]|\{[{%]|[%}]\}", text), kind


def test_every_duty_shows_both_badges_in_words() -> None:
    sheet = sheet_of(record_of(DEATH_IN_CARE), EXAMPLESHIRE, REFERRAL)
    notify = next(step for step in sheet.steps if step.does.startswith("Notify the national Panel"))
    assert notify.standing == ("Duty: Must (Act or regulations)", "Deadline: Should (statutory guidance)")
    meet = next(step for step in sheet.steps if step.does.startswith("Meet"))
    assert meet.standing == ("Duty and deadline: Local (Panel guidance, good practice or the area)",)


def test_the_working_shows_the_start_each_day_counted_and_each_skipped_and_why() -> None:
    text = texts(record_of({**DEATH_IN_CARE, "aware_on": "2026-12-18"}))["txt"]
    assert "Aim for: Thu 24 Dec 2026 Latest: Tue 29 Dec 2026" in text
    assert "Start: Fri 18 Dec 2026, the day the council became aware." in text
    assert "1: Mon 21 Dec 2026; 2: Tue 22 Dec 2026; 3: Wed 23 Dec 2026; 4: Thu 24 Dec 2026; 5: Tue 29 Dec 2026." in text
    assert "Fri 25 Dec 2026 (Bank holiday: Christmas Day)" in text
    assert "Sat 19 Dec 2026 (weekend)" in text
    assert "Counted although council offices closed between Christmas and New Year: Tue 29 Dec 2026." in text


def test_a_clock_without_a_start_says_so_and_guesses_nothing() -> None:
    not_told = texts(record_of(SCHOOL_TELLS))["txt"]
    assert "Starts when you tell them." in not_told
    unknown = texts(record_of({**SCHOOL_TELLS, "la_aware": "unsure"}))["txt"]
    assert "Starts when you tell them." not in unknown
    assert "That day is not known yet: not guessed." in unknown
    assert not re.search(r"Latest: \w", unknown)


def test_an_area_that_counts_the_first_day_has_its_deadline_marked_and_no_date_moves() -> None:
    stricter = replace(EXAMPLESHIRE, count_first_day=True)
    usual, strict = (record_of(DEATH_IN_CARE, area=area) for area in (EXAMPLESHIRE, stricter))
    assert [duty.due for duty in usual.decision.duties] == [duty.due for duty in strict.decision.duties]
    for text in texts(strict, stricter).values():
        assert "Aim for: Fri 27 Nov 2026 (this area's deadline)" in text
    for text in texts(usual).values():
        assert "deadline)" not in text


@pytest.mark.parametrize("role", ["la_children", "education", "partnership_unit"])
def test_an_area_that_is_stricter_than_the_guidance_has_its_own_day_beside_it(role: str) -> None:
    here = load_definitions("westborough", Path(__file__).parents[1] / "areas")
    answers = {**DEATH_IN_CARE, "role": role, "effect": "serious", "la_aware": "yes", "aware_on": "2026-11-20"}
    decision = REFERRAL.decide(answers, Dates.said(TODAY, answers), here.local)
    record = record_of(answers, area=here.area, decision=decision)
    for text in texts(record, here.area).values():
        assert "Fri 27 Nov 2026" in text
        # Beside the step, and beside the table of dates.
        assert text.count("This area asks for it sooner: by Wed 25 Nov 2026 (3 working days).") >= 2


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (
            "notification",
            "This area counts from the day the Panel was told. Work to the earlier date: Fri 11 Dec 2026.",
        ),
        ("awareness", "This area counts from the day the council became aware. Work to the earlier date: Fri 11 Dec"),
        ("receipt", "This area counts from the day its business unit receives the notification: ask it for that date."),
    ],
)
def test_the_rapid_review_says_which_count_the_area_follows_and_to_work_to_the_earlier(starts: str, words: str) -> None:
    area = replace(EXAMPLESHIRE, rapid_review_start=starts)  # type: ignore[arg-type]
    answers = {**DEATH_IN_CARE, "sin_sent": "yes", "notified_on": "2026-11-23", "aware_on": "2026-11-20"}
    for text in texts(record_of(answers, area=area), area).values():
        assert words in text


def test_late_and_provisional_dates_are_marked() -> None:
    late = texts(record_of({**DEATH_IN_CARE, "aware_on": "2026-10-01"}))["html"]
    assert "Latest: Thu 8 Oct 2026 (passed: late)" in late
    calendar = Calendar(published_to=date(2026, 11, 25))
    decision = REFERRAL.decide(DEATH_IN_CARE, Dates(TODAY, TODAY), Local(calendar=calendar))
    for text in texts(record_of(DEATH_IN_CARE, decision=decision)).values():
        assert "Mon 30 Nov 2026 (provisional)" in text
        assert "bank holidays that far ahead have not been published" in text


def test_the_first_lines_say_the_outcome_that_nothing_is_sent_and_the_one_next_action() -> None:
    text = texts(record_of(DEATH_IN_CARE, practice=True))["txt"]
    order = ["PRACTICE: invented incident", "Exampleshire is an invented area", "Likely notifiable", "R-7K3M2Q"]
    order += [
        "Nothing has been sent to the Panel, the council or any agency",
        "phone children's social care about this",
    ]
    order += ["01632 960 123 (day)", "Aim for: Fri 27 Nov 2026", "WHO DOES WHAT"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_real_incident_in_a_real_area_has_no_banner_and_says_what_is_not_set() -> None:
    for text in texts(record_of(SCHOOL_TELLS, area=BARNSLEY), BARNSLEY).values():
        assert "PRACTICE" not in text
        assert "invented area" not in text
        assert "business unit: not set" in text
        assert "01632" not in text


def test_the_police_can_be_reached_even_where_nothing_is_set() -> None:
    for text in texts(record_of({**SCHOOL_TELLS, "referral_made": "no"}, area=BARNSLEY), BARNSLEY).values():
        assert "the police: 101, or 999 in an emergency" in text


def test_the_numbers_of_an_invented_area_never_stand_beside_danger() -> None:
    for text in texts(record_of({"danger_now": "yes"})).values():
        assert "999" in text
        assert "01632" not in text


def test_what_differs_from_the_version_before_is_listed() -> None:
    change = Difference("Abuse or neglect", "Not sure", "Suspected")
    for text in texts(record_of(DEATH_IN_CARE, version=2, differences=(change,))).values():
        assert "different from version 1" in text.lower()
        assert "Not sure" in text
    assert "Nothing in the answers" in texts(record_of(DEATH_IN_CARE, version=2))["docx"]
    assert "different from version" not in texts(record_of(DEATH_IN_CARE))["txt"].lower()


def test_what_would_change_it_never_names_an_answer_that_was_given() -> None:
    """A family known for abuse overrules "nobody suspects it", so that answer changes nothing."""
    record = record_of({**NOT_SUSPECTED, "known_to_services": "yes", "place": "our_area"})
    assert any(change.input == "known_to_services" for change in record.changes)
    assert not any("Nobody knows of or suspects it" in words for words in changes_words(record, REFERRAL))
    assert ("Abuse or neglect", "Nobody knows of or suspects it (treated as “Not sure”)") in deciding_words(
        record, REFERRAL
    )


def test_the_form_is_filled_from_the_answers_and_every_blank_is_listed() -> None:
    sheet = sheet_of(record_of(DEATH_IN_CARE), EXAMPLESHIRE, REFERRAL)
    filled = {field.label: field.known for section in sheet.form for field in section.fields}
    assert filled["Age when it happened"] == "Under 18"
    assert filled["Name, date of birth, identifying numbers, address"] == ""
    blanks = {label for label, known in filled.items() if not known}
    assert blanks == {label for line in sheet.left_blank for label in line.split(": ", 1)[1].split("; ")}
    assert sheet_of(record_of(NOT_SUSPECTED), EXAMPLESHIRE, REFERRAL).form == ()


def test_times_are_londons_and_dates_carry_their_weekday() -> None:
    assert moment_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wed 1 Jul 2026 at 12:30am"
    assert moment_words(datetime(2026, 11, 23, 14, 5, tzinfo=UTC)) == "Mon 23 Nov 2026 at 2:05pm"


def test_one_working_day_is_one_working_day() -> None:
    meet = next(duty for duty in record_of(DEATH_IN_CARE).decision.duties if duty.working_days == 1)
    assert "1 working day from the day the council became aware, Mon 23 Nov 2026." in due_words(meet, EXAMPLESHIRE)


HOSTILE = "<script>alert('x')</script> & \"{{ 7 * 7 }}\" {% include '/etc/passwd' %} </w:t> \x0b\x00"


def hostile(text: str) -> Area:
    contact = Contact(text, phone=text, email=text, link="javascript:alert(1)", hours=text)
    return replace(
        EXAMPLESHIRE,
        name=text,
        local_authority=text,
        partnership=text,
        referral_form="javascript:alert(1)",
        contacts=replace(EXAMPLESHIRE.contacts, business_unit=contact, children_social_care=contact),
        overlays=(Overlay("B", text, text),),
    )


def test_hostile_text_in_an_areas_values_is_shown_as_it_is_and_does_nothing() -> None:
    area = hostile(HOSTILE)
    record = record_of(DEATH_IN_CARE, area=area)
    shown = squeezed(HOSTILE.replace("\x0b", "").replace("\x00", ""))
    for kind in KINDS:
        document = build(record, area, kind, REFERRAL)
        assert shown in text_of(document), kind
        assert b"<script" not in document.content or kind == "txt"
    tags = page(build(record, area, "html", REFERRAL)).tags
    assert not [tag for tag, _ in tags if tag == "script"]
    assert not [attrs for tag, attrs in tags if tag == "a" and not str(attrs["href"]).startswith("https://")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=60))
def test_any_text_in_an_area_makes_documents_that_can_be_opened(text: str) -> None:
    area = hostile(text)
    record = record_of(SCHOOL_TELLS, area=area)
    for kind in KINDS:
        assert "What would change this".upper() in text_of(build(record, area, kind, REFERRAL)).upper()


def own_area(folder: Path, **files: bytes) -> Area:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return replace(BARNSLEY, file=folder / "area.toml")


def test_an_areas_own_templates_replace_ours_and_can_build_on_them(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Our own form. {{ heading }}. {{ stamp }}")
    saved = BytesIO()
    word.save(saved)
    page_template = (
        b"{% extends 'ours/decision.html.j2' %}{% block first_page %}<h1>Ours: {{ heading }}</h1>{% endblock %}"
    )
    area = own_area(tmp_path, decision__docx=saved.getvalue(), decision__html__j2=page_template)
    record = record_of(SCHOOL_TELLS, area=area)
    check_templates(area, FLOWS.values())
    found = texts(record, area)
    assert found["docx"].startswith("Our own form. Likely notifiable: it happened in our area. R-7K3M2Q, version 1.")
    assert "Ours: Likely notifiable" in found["html"]
    assert "Whom to contact" in found["html"]
    assert "DO THIS NEXT" in found["txt"]
    elsewhere = build(record, BARNSLEY, "docx", REFERRAL, tmp_path)
    assert text_of(elsewhere) == found["docx"]


def test_a_word_file_the_area_names_is_used(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Named: {{ reference }}")
    word.save(str(tmp_path / "record.docx"))
    area = replace(BARNSLEY, file=tmp_path / "somewhere.toml", document_template="record.docx")
    assert text_of(build(record_of(SCHOOL_TELLS), area, "docx", REFERRAL)) == "Named: R-7K3M2Q"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{{ heading }}\n{% if %}\n", 2),
        ("{{ heading }}\n\n{{ childs_name }}\n", 3),
        ("{{ heading }}\n{{ version + heading }}\n", 2),
        ("{{ heading.__class__.__mro__ }}\n", 1),
        ("{{ 1 / 0 }}\n", 1),
        ("{% include 'no-such-file' %}\n", 1),
    ],
)
@pytest.mark.parametrize("name", ["decision.html.j2", "decision.txt.j2"])
def test_a_broken_template_is_refused_with_its_file_and_line(
    name: str, template: str, line: int, tmp_path: Path
) -> None:
    area = own_area(tmp_path, **{name.replace(".", "__"): template.encode()})
    with pytest.raises(BrokenTemplate, match=re.escape(f"{tmp_path / name}, line {line}: ")):
        check_templates(area, FLOWS.values())


def test_a_slip_that_shows_only_in_a_full_record_is_found_at_the_start(tmp_path: Path) -> None:
    template = b"{{ heading }}\n{% for one in also %}\n{{ one.childs_name }}\n{% endfor %}\n"
    area = own_area(tmp_path, decision__txt__j2=template)
    with pytest.raises(BrokenTemplate, match=r"decision\.txt\.j2, line 3: .*childs_name"):
        check_templates(area, FLOWS.values())


def test_our_own_templates_need_no_check_and_pass_it(tmp_path: Path) -> None:
    check_templates(BARNSLEY, FLOWS.values())
    ours = {name: (OURS / name).read_bytes() for name in FILES.values()}
    check_templates(
        own_area(tmp_path, **{name.replace(".", "__"): text for name, text in ours.items()}), FLOWS.values()
    )


def test_a_broken_word_template_is_refused_with_its_file(tmp_path: Path) -> None:
    area = own_area(tmp_path, decision__docx=b"not a Word file")
    with pytest.raises(BrokenTemplate, match=r"decision\.docx"):
        check_templates(area, FLOWS.values())
    word = docx.Document()
    word.add_paragraph("Here is {{ childs_name }}")
    word.save(str(tmp_path / "decision.docx"))
    with pytest.raises(BrokenTemplate, match=r"decision\.docx.*childs_name"):
        check_templates(area, FLOWS.values())


def test_the_page_stands_alone_and_can_be_read_by_everyone() -> None:
    document = build(record_of(DEATH_IN_CARE), EXAMPLESHIRE, "html", REFERRAL)
    tags = page(document).tags
    assert ("html", {"lang": "en-GB"}) in tags
    assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in tags}
    assert b"url(" not in document.content
    assert b"@import" not in document.content
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption") == names.count("thead") > 5
    assert all(attrs.get("scope") in {"col", "row"} for tag, attrs in tags if tag == "th")


def test_the_pages_style_can_be_allowed_by_its_hash() -> None:
    document = build(record_of(DEATH_IN_CARE), EXAMPLESHIRE, "html", REFERRAL)
    style = document.content.split(b"<style>")[1].split(b"</style>")[0]
    assert style_hashes(document) == (f"'sha256-{b64encode(sha256(style).digest()).decode()}'",)
    assert b"@page { size: A4;" in style


def test_the_word_file_has_real_headings_heading_rows_a_title_and_a_language() -> None:
    record = record_of(DEATH_IN_CARE)
    word = docx.Document(BytesIO(build(record, EXAMPLESHIRE, "docx", REFERRAL).content))
    assert word.core_properties.title == f"Decision record R-7K3M2Q: {record.decision.title}"
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    styles = [paragraph.style.name for paragraph in word.paragraphs if paragraph.style is not None]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") >= 10
    assert word.tables
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert len(table.rows) > 1


def test_the_committed_word_template_is_the_one_its_recipe_builds() -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(word_template.TARGET.read_bytes()) == parts(word_template.word_template())


def test_names_and_media_types_fit_the_record() -> None:
    made = [build(record_of(SCHOOL_TELLS, version=3), EXAMPLESHIRE, kind, REFERRAL) for kind in KINDS]
    assert [one.name for one in made] == ["R-7K3M2Q-3.docx", "R-7K3M2Q-3.html", "R-7K3M2Q-3.txt"]
    assert made[1].media_type == "text/html; charset=utf-8"
    assert max(len(line) for line in made[2].content.decode().splitlines()) < 110


def test_the_libraries_are_loaded_only_when_a_document_is_made() -> None:
    libraries = "{'docx', 'docxtpl', 'jinja2', 'lxml'}"
    code = f"import sys, bot.decisions.documents; print(sorted({libraries} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
