"""The clock table: what the sheet of deadlines asks for is there, and a mistake in it is refused with its row."""

from __future__ import annotations

import pytest

from dialogs.clock_file import load_clocks, read_clocks
from dialogs.clock_table import read_stage
from dialogs.table import BrokenTable
from dialogs.table_file import read_text

TABLE = load_clocks()

# Each deadline of the field, with what starts it, how long it runs, what stands behind it, and who hears next.
DEADLINES = [
    ("protect_children", "awareness or opening", "same day", "local", ["duty_manager"]),
    ("tell_designated_officer", "known", "1 working day", "should", ["duty_manager"]),
    ("tell_cdop", "known", "1 day", "local", ["duty_manager"]),
    ("decision_meeting", "awareness", "1 working day", "local", ["delegated_partner"]),
    ("notify_panel", "awareness", "5 working days", "should", ["director", "lead_partner"]),
    ("tell_partners", "awareness", "5 working days", "should", ["director"]),
    ("notify_looked_after_death", "awareness", "5 working days", "should", ["director", "lead_partner"]),
    ("notify_care_leaver_death", "awareness", "5 working days", "local", ["head_of_service"]),
    ("late_notification", "passed", "same day", "local", ["lead_partner", "scrutineer"]),
    ("rapid_review_launch", "notification", "1 working day", "local", ["delegated_partner"]),
    ("agency_summaries", "rapid review", "9 working days", "local", ["delegated_partner"]),
    ("rapid_review_draft", "rapid review", "11 working days", "local", ["delegated_partner"]),
    ("rapid_review_sign_off", "rapid review", "14 working days", "local", ["lead_partner"]),
    ("rapid_review_from_notification", "notification", "15 working days", "should", ["lead_partner"]),
    ("rapid_review_from_awareness", "awareness", "15 working days", "should", ["lead_partner"]),
    ("panel_reply", "review sent", "15 working days", "local", []),
    ("tell_of_review", "decision to review", "3 working days", "local", ["delegated_partner"]),
    ("tell_panel_no_review", "decision not to review", "3 working days", "local", ["delegated_partner"]),
    ("decide_on_review", "review put off", "by the day agreed", "local", ["delegated_partner"]),
    ("commission_review", "decision to review", "6 weeks", "local", ["delegated_partner"]),
    ("monitor_review", "decision to review", "every 1 month", "local", ["delegated_partner"]),
    ("draft_report", "decision to review", "4 months", "local", ["delegated_partner"]),
    ("publish_review", "decision to review", "6 months", "should", ["lead_partner"]),
    ("copy_to_panel", "publication", "7 working days before", "should", ["lead_partner"]),
    ("briefings", "publication", "1 working day before", "local", ["delegated_partner"]),
    ("nspcc_repository", "published", "3 working days", "local", []),
    ("keep_public", "published", "12 months", "should", []),
    ("action_audit", "action", "every 3 months", "local", ["delegated_partner"]),
    ("impact_evaluation", "published", "every 6 months, 2 times", "local", ["scrutineer"]),
    ("yearly_report", "year", "by 30 September", "local", ["lead_partner"]),
    ("masa_review", "year", "by 31 March", "local", []),
    (
        "return_reconciliation",
        "year",
        "by 31 March, 30 June, 30 September, 31 December",
        "local",
        [],
    ),
]


@pytest.mark.parametrize(("name", "starts", "length", "badge", "escalate"), DEADLINES, ids=lambda one: str(one)[:30])
def test_every_deadline_of_the_field_is_in_the_table(
    name: str, starts: str, length: str, badge: str, escalate: list[str]
) -> None:
    rule = TABLE.rule(name)
    assert rule is not None
    found = (rule.starts, rule.length(), rule.deadline_badge, list(rule.escalate))
    assert found == (starts, length, badge, escalate)


def test_what_is_not_confirmed_says_so() -> None:
    for name in ("yearly_report", "panel_reply"):
        rule = TABLE.rule(name)
        assert rule is not None
        assert "not confirmed" in rule.basis


def test_outcomes_that_open_no_case_have_no_clock() -> None:
    named = {code for rule in TABLE.rules for code in (*rule.outcomes, *rule.once_decided)}
    assert named == {*"BCDEFGHK", "HF", "HG", "HL", "GH", "DB", "EC"}


GOOD = """
version = "1"

[[clock]]
name = "meet"
title = "meet"
does = "Meet."
who = "safeguarding partners"
outcomes = ["B"]
starts = "awareness"
within = "5 working days"
badge = "local"
deadline_badge = "local"
basis = "Good practice"
cites = [{ source = "house-practice", place = "here" }]
met_by = "done"
nudges = ["day 2", "day 5 at 10:00"]
"""


def test_a_good_table_is_read() -> None:
    assert [rule.name for rule in read_clocks(GOOD).rules] == ["meet"]


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ('version = "1"', "", "needs a version"),
        ('title = "meet"', 'tittle = "meet"', "unknown key 'tittle'"),
        ('title = "meet"\n', "", "'title' is missing"),
        ('basis = "Good practice"', 'basis = " "', "basis is empty"),
        ('outcomes = ["B"]', 'outcomes = ["I"]', "'I' is not an outcome that opens a case"),
        ('outcomes = ["B"]', "", "needs outcomes or add_ons"),
        ('starts = "awareness"', 'starts = "birth"', "'birth' starts nothing"),
        ('starts = "awareness"', 'starts = "passed"', "names them in follows"),
        ('starts = "awareness"', 'starts = "passed"\nfollows = ["x"]', "no clock is called 'x'"),
        ('starts = "awareness"', 'starts = "year"', "an area's clock starts with the year"),
        ('within = "5 working days"', 'within = "five days"', 'within: "five days" is not a length'),
        ('within = "5 working days"', "within = 5", "must be words in quotation marks"),
        ('within = "5 working days"\n', "", "a clock has one length"),
        ('within = "5 working days"', 'within = "5 working days"\nevery = "1 month"', "a clock has one length"),
        ('within = "5 working days"', 'every = "3 days"', "write it in weeks or months"),
        ('within = "5 working days"', 'within = "5 working days"\ntimes = 2', "times belongs to every"),
        ('deadline_badge = "local"', 'deadline_badge = "must do"', "'must do' is not one of"),
        ('met_by = "done"', 'met_by = "magic"', "'magic' meets nothing"),
        ('met_by = "done"', 'met_by = "time"', "a time to let pass"),
        ('met_by = "done"', 'met_by = "done"\nstopped_by = ["rain"]', "'rain' stops nothing"),
        ('met_by = "done"', 'met_by = "done"\nescalate = ["mayor"]', "'mayor' is nobody"),
        ('met_by = "done"', 'met_by = "done"\npassed = ["deputy"]', "hear first anyway"),
        ('met_by = "done"', 'met_by = "done"\nto = "action owner"', "only an action has an action owner"),
        ('met_by = "done"', 'met_by = "done"\nreading_of = "moon"', "'moon' is not one of"),
        ('met_by = "done"', 'met_by = "done"\nescalate = ["action owner"]', "only an action has an action owner"),
        ('met_by = "done"', 'met_by = "done"\npassed = ["action owner"]', "only an action has an action owner"),
        ('met_by = "done"', 'met_by = "done"\nstand_in = { titel = "x" }', "stand_in: unknown key 'titel'"),
        ('met_by = "done"', 'met_by = "done"\nstand_in = "x"', "stand_in: unknown key 'x'"),
        ('met_by = "done"', 'met_by = "done"\nstand_in = { title = "x" }', "'basis' is missing"),
        (
            'met_by = "done"',
            'met_by = "done"\nstand_in = { title = "x", basis = "y", cites = [] }',
            "stand_in needs a title, a basis and at least one source",
        ),
        ('"day 2"', '"every month"', "'every month' comes after the deadline"),
        ('"day 2"', '"day 6"', "'day 6' comes after the deadline"),
        ('"day 2"', '"now and then"', '"now and then" is not a time to remind'),
        ('"day 2"', '"2 days after due"', "comes after the deadline"),
        ('"day 2"', '"1 June"', "needs a clock with a day in the year"),
        ('nudges = ["day 2", "day 5 at 10:00"]', "nudges = []", "at least one time to remind"),
        ('cites = [{ source = "house-practice", place = "here" }]', "cites = []", "at least one source"),
    ],
)
def test_a_mistake_is_refused_and_named(written: str, instead: str, message: str) -> None:
    assert written in GOOD
    with pytest.raises(BrokenTable) as fault:
        read_clocks(GOOD.replace(written, instead, 1))
    assert "clocks.toml" in str(fault.value)
    assert message in str(fault.value)


def test_a_name_may_not_be_used_twice() -> None:
    again = GOOD[GOOD.index("[[clock]]") :]
    with pytest.raises(BrokenTable, match="clock 'meet': this name is used twice"):
        read_clocks(GOOD + again)


def test_text_that_is_not_toml_is_refused() -> None:
    with pytest.raises(BrokenTable, match=r"clocks\.toml"):
        read_clocks("version =")


@pytest.mark.parametrize(
    "text",
    ["day 2", "day 5 at 10:00", "at once", "at once at any hour", "on the day", "4 working hours after start"],
)
def test_a_time_to_remind_keeps_its_own_words(text: str) -> None:
    assert read_stage(text).text == text


@pytest.mark.parametrize(
    "text", ["at once at 10:00", "day 0", "4 working hours before due", "every year", "day 2 at 25:00"]
)
def test_a_time_to_remind_that_cannot_be_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it like|only counted"):
        read_stage(text)


def test_the_file_says_how_it_is_read() -> None:
    """The head of the file explains every key that its rows use."""
    text = read_text("clocks")
    head = text.split("version =")[0]
    for key in ("outcomes", "once_decided", "add_ons", "starts", "within", "every", "met_by", "stopped_by", "nudges"):
        assert key in head, key
