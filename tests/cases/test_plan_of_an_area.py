"""An area's own numbers for the clocks: taken into its plan, or refused with the file and the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from bot.cases.case import Plan
from bot.cases.clock_words import explain, row_words
from bot.cases.clocks import started
from bot.cases.plans import plan_of
from bot.cases.stages import timed
from bot.clock import london_date
from bot.definitions import load_definitions
from dialogs.clock_file import load_clocks, read_clocks
from dialogs.clock_table import ClockRule
from dialogs.days import Calendar
from dialogs.table import BrokenTable, Cite
from dialogs.table_file import read_text
from knowledge.area import Area, BrokenArea, check_area_file, load_area

from .life import Life, moment

REAL = 'name = "Somewhere"\ninvented = false\n'


def area(folder: Path, text: str) -> Area:
    (folder / "somewhere.toml").write_text(REAL + text, encoding="utf-8")
    return load_area("somewhere", folder)


def plan(folder: Path, text: str = "") -> Plan:
    return plan_of(load_clocks(), area(folder, text))


def test_an_area_that_says_nothing_has_the_tables_own_numbers(tmp_path: Path) -> None:
    own = plan(tmp_path)
    assert own.rules == load_clocks().rules
    assert (own.opens, own.closes) == (time(8, 30), time(17, 30))


def test_the_settings_areas_have_had_from_the_first_are_in_the_plan(tmp_path: Path) -> None:
    own = plan(
        tmp_path,
        "decision_meeting_working_days = 2\nrapid_review_start = 'awareness'\ncount_first_day = true\n"
        "[milestones]\nagency_summaries = 7\n[working_hours]\nopens = '09:00'\n",
    )
    assert own.by_name["decision_meeting"].length() == "2 working days"
    assert own.by_name["agency_summaries"].length() == "7 working days"
    assert own.rapid_review_start == "awareness"
    assert own.count_first_day
    assert own.opens == time(9, 0)


def test_a_shortened_length_keeps_every_reminder_inside(tmp_path: Path) -> None:
    own = plan(tmp_path, '[[clocks]]\nname = "notify_panel"\nwithin = "3 working days"\n')
    rule = own.by_name["notify_panel"]
    assert [stage.text for stage in rule.nudges] == ["day 2", "day 3", "day 3 at 10:00", "day 3 at 14:00"]
    assert [tell.when.text for tell in rule.tell] == ["day 3 at 13:00"]


def test_a_reminder_that_could_only_come_too_late_is_left_out(tmp_path: Path) -> None:
    own = plan(
        tmp_path,
        '[[clocks]]\nname = "copy_to_panel"\nwithin = "10 working days before"\n'
        '[[clocks]]\nname = "publish_review"\nwithin = "3 months"\n',
    )
    before = ["15 working days before start", "10 working days before start", "on the day"]
    assert [stage.text for stage in own.by_name["copy_to_panel"].nudges] == before
    review = ["3 months after start", "4 weeks before due", "2 weeks before due", "on the day"]
    assert [stage.text for stage in own.by_name["publish_review"].nudges] == review


@pytest.mark.parametrize("rule", load_clocks().rules, ids=lambda rule: rule.name)
def test_no_reminder_is_planned_after_a_deadline_however_strict(tmp_path: Path, rule: ClockRule) -> None:
    if rule.within is None or rule.within.count < 2:
        return
    more = rule.within.before or rule.keeps
    own_time = replace(rule.within, count=rule.within.count * 2 if more else 1)
    own = plan(tmp_path, f'[[clocks]]\nname = "{rule.name}"\nwithin = "{own_time}"\n')
    for start in (date(2026, 12, 18), date(2027, 3, 25), date(2027, 7, 1)):
        clock = started(own.by_name[rule.name], own, Calendar(), start)
        stages = (*clock.rule.nudges, *(tell.when for tell in clock.rule.tell))
        found = timed(clock, stages, own.working_time(Calendar()))
        assert all(london_date(one.at) <= clock.deadline for one in found), (rule.name, start)


def test_an_areas_own_time_is_badged_as_its_own(tmp_path: Path) -> None:
    own = plan(
        tmp_path,
        '[[clocks]]\nname = "notify_panel"\nwithin = "3 working days"\n'
        '[[clocks]]\nname = "tell_partners"\nwithin = "5 working days"\n'
        '[[clocks]]\nname = "notify_care_leaver_death"\nwithin = "3 working days"\n'
        '[[clocks]]\nname = "masa_review"\nby = ["30 June"]\n'
        "[milestones]\nagency_summaries = 7\n",
    )
    rules = own.by_name
    assert (rules["notify_panel"].badge, rules["notify_panel"].deadline_badge) == ("must", "local")
    assert rules["notify_panel"].basis == "This area's own time; the guidance says 5 working days"
    assert rules["tell_partners"] == load_clocks().rule("tell_partners"), "the guidance's own number stays guidance"
    assert rules["notify_care_leaver_death"].basis == "Statutory guidance; the time is this area's own"
    assert rules["masa_review"].basis == "Statutory guidance: yearly; the day is this area's own"
    assert rules["agency_summaries"].basis == "This area's own time"
    clock = started(rules["notify_panel"], own, Calendar(), date(2026, 12, 18))
    assert (clock.deadline, clock.by_guidance) == (date(2026, 12, 23), date(2026, 12, 29))
    words = explain(clock)
    assert "By the guidance alone: Tue 29 Dec 2026." in words
    assert words[-1] == "Must; deadline: local. This area's own time; the guidance says 5 working days."


def test_an_area_has_its_own_reminders_and_days_of_the_year(tmp_path: Path) -> None:
    own = plan(
        tmp_path,
        '[[clocks]]\nname = "notify_panel"\nnudges = ["day 1", "day 5 at 09:00"]\n'
        '[[clocks]]\nname = "masa_review"\nby = ["30 June"]\n'
        '[[clocks]]\nname = "action_audit"\nevery = "6 months"\n',
    )
    assert [stage.text for stage in own.by_name["notify_panel"].nudges] == ["day 1", "day 5 at 09:00"]
    assert own.by_name["masa_review"].length() == "by 30 June"
    assert own.by_name["action_audit"].length() == "every 6 months"


def test_an_area_says_who_hears_next(tmp_path: Path) -> None:
    own = plan(
        tmp_path,
        '[[clocks]]\nname = "notify_panel"\ntell = [{ when = "day 3 at 09:00", to = "head_of_service" }]\n'
        'escalate = ["head_of_service", "director"]\npassed = ["director"]\n',
    )
    rule, table = own.by_name["notify_panel"], load_clocks().rule("notify_panel")
    words = row_words(rule)
    assert "  also tells the head of service: day 3 at 09:00" in words
    assert (
        "  if nobody answers: the deputy, then the head of service, then the director of children's services" in words
    )
    assert any("if it passes" in line and "the lead safeguarding partner" not in line for line in words)
    assert table is not None
    assert (rule.deadline_badge, rule.basis, rule.nudges) == (table.deadline_badge, table.basis, table.nudges)
    case = Life(moment("18 Dec 2026 10:00"), aware=date(2026, 12, 18), plan=own)
    heard = case.run_to(moment("30 Dec 2026 12:00"))
    assert {one.to for one in heard if one.clock == "notify_panel"} >= {
        "owner",
        "deputy",
        "head_of_service",
        "director",
    }
    assert "lead_partner" not in {one.to for one in heard if one.clock == "notify_panel"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[[clocks]]\nname = "notify_panle"\nwithin = "4 working days"', 4, 'no clock is called "notify_panle"'),
        ('[[clocks]]\nname = "notify_panel"\nwithin = "6 working days"', 5, "stricter, not less strict"),
        ('[[clocks]]\nname = "notify_panel"\nwithin = "5 days"', 5, "write it in working days"),
        ('[[clocks]]\nname = "notify_panel"\nwithin = "soon"', 5, "is not a length of time"),
        ('[[clocks]]\nname = "notify_panel"\nwithin = "5 working days before"', 5, "before a day"),
        ('[[clocks]]\nname = "copy_to_panel"\nwithin = "5 working days before"', 5, "stricter, not less strict"),
        ('[[clocks]]\nname = "keep_public"\nwithin = "6 months"', 5, "stricter, not less strict"),
        ('[[clocks]]\nname = "notify_panel"\nevery = "1 month"', 5, "not counted that way"),
        ('[[clocks]]\nname = "notify_panel"\nby = ["30 June"]', 5, "has no day of the year"),
        ('[[clocks]]\nname = "notify_panel"\nnudges = ["day 6"]', 5, "comes after the deadline"),
        ('[[clocks]]\nname = "notify_panel"\nnudges = ["every month"]', 5, "comes after the deadline"),
        ('[[clocks]]\nname = "notify_panel"\nescalate = ["action owner"]', 5, "only an action has an action owner"),
        (
            '[[clocks]]\nname = "notify_panel"\nwithin = "3 working days"\nnudges = ["day 5"]',
            6,
            "comes after the deadline",
        ),
        (
            '[[clocks]]\nname = "copy_to_panel"\nnudges = ["5 working days before start"]',
            5,
            "comes after the deadline",
        ),
        ('[[clocks]]\nname = "panel_reply"\nnudges = ["2 months after start"]', 5, "comes after the deadline"),
        ('[[clocks]]\nname = "notify_panel"\nescalate = ["director"]\npassed = ["chief"]', 6, "'chief' is nobody"),
        ('[[clocks]]\nname = "notify_panel"\nescalate = ["owner"]', 5, "the owner and the deputy hear first anyway"),
        ('[[clocks]]\nname = "notify_panel"\ntell = [{ when = "day 2", to = "chief" }]', 5, "'chief' is nobody"),
        ('[[clocks]]\nname = "notify_panel"\ntell = [{ when = "later", to = "director" }]', 5, "not a time to remind"),
        (
            '[[clocks]]\nname = "notify_panel"\ntell = [{ when = "day 6", to = "director" }]',
            5,
            "comes after the deadline",
        ),
        ('[[clocks]]\nname = "notify_panel"\nnudges = ["whenever"]', 5, "is not a time to remind"),
        (
            '[[clocks]]\nname = "agency_summaries"\nwithin = "8 working days"\n[milestones]\nagency_summaries = 7',
            5,
            "keep one of them",
        ),
    ],
)
def test_a_number_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(BrokenArea) as fault:
        plan(tmp_path, text)
    assert fault.value.problems[0].line == line
    assert message in str(fault.value)
    assert "somewhere.toml" in str(fault.value)


def test_a_stricter_number_is_taken(tmp_path: Path) -> None:
    own = plan(
        tmp_path,
        '[[clocks]]\nname = "copy_to_panel"\nwithin = "10 working days before"\n'
        '[[clocks]]\nname = "keep_public"\nwithin = "24 months"\n',
    )
    assert own.by_name["copy_to_panel"].length() == "10 working days before"
    assert own.by_name["keep_public"].length() == "24 months"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[[clocks]]\nname = "notify_panel"', 4, "say what is different"),
        ('[[clocks]]\nname = "a"\nwithin = "1 day"\n[[clocks]]\nname = "a"\nwithin = "1 day"', 7, "given twice"),
        ('[[clocks]]\nname = "a"\nwithn = "1 day"', 5, 'did you mean "within"?'),
        ('[[clocks]]\nname = "a"\npassed = []', 5, "passed is empty: leave the line out"),
        ('[[clocks]]\nname = "a"\npassed = "director"', 5, "a list in square brackets"),
        ('[[clocks]]\nname = "a"\ntell = [{ when = "day 2", whom = "director" }]', 5, "to is missing"),
        ('[[clocks]]\nname = "a"\nmet_by = "done"', 5, 'there is no setting "met_by" here'),
        ('[[clocks]]\nname = "a"\nwithin = 5', 5, "text in quotation marks"),
    ],
)
def test_a_slip_in_the_section_itself_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    file = tmp_path / "somewhere.toml"
    file.write_text(REAL + text, encoding="utf-8")
    found = check_area_file(file)
    assert (found[0].line, message in found[0].message) == (line, True), found


def test_a_clock_that_cites_what_is_no_source_is_refused_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = read_text("clocks").replace('source = "lado-guidance"', 'source = "lado-guidanec"')
    table = read_clocks(broken)
    assert Cite("lado-guidanec", "within one working day") in [cite for _, cite in table.cites()]
    monkeypatch.setattr("bot.definitions.load_clocks", lambda: table)
    with pytest.raises(BrokenTable, match="'tell_designated_officer': no source is called 'lado-guidanec'"):
        load_definitions("exampleshire")


def test_a_clock_for_an_add_on_that_no_row_gives_is_refused_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple(replace(one, add_ons=("QQ",)) if one.add_ons == ("Q",) else one for one in load_clocks().rules)
    monkeypatch.setattr("bot.definitions.load_clocks", lambda: replace(load_clocks(), rules=rules))
    with pytest.raises(BrokenTable, match="no add-on is called 'QQ'"):
        load_definitions("exampleshire")


def test_a_duty_that_names_no_clock_is_refused_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple(one for one in load_clocks().rules if one.name != "notify_if_met")
    monkeypatch.setattr("bot.definitions.load_clocks", lambda: replace(load_clocks(), rules=rules))
    with pytest.raises(BrokenTable, match="'council_notifies_if_met': no clock is called 'notify_if_met'"):
        load_definitions("exampleshire")
