"""A broken table or flow is refused at the start, naming the file and the row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.condition import Condition
from dialogs.flow import BrokenFlow, Flow
from dialogs.flow_check import check_flow
from dialogs.flows import load_flows, referral
from dialogs.options import Option
from dialogs.table import BrokenTable, Row
from dialogs.table_check import unused_duties
from dialogs.table_file import load_table, read_text

TABLE = read_text("referral")
DUTIES = read_text("duties")
FLOW = referral.flow()
FIRST_ROWS = [FLOW.table.first_row(facts) for facts in FLOW.table.combinations()]


def block(text: str, mark: str) -> str:
    """The part of a table's text, between headings, that holds the mark."""
    [found] = [part for part in ("\n" + text).split("\n[[") if mark in part]
    return "\n[[" + found


def refused(table: str = TABLE, duties: str = DUTIES) -> str:
    assert (table, duties) != (TABLE, DUTIES), "nothing was broken"
    with pytest.raises(BrokenTable) as error:
        load_table("referral", table, duties)
    return str(error.value)


def in_table(old: str, new: str, mark: str | None = None) -> str:
    part = TABLE if mark is None else block(TABLE, mark)
    assert old in part
    return TABLE.replace(part, part.replace(old, new, 1), 1)


def in_duty(name: str, old: str, new: str) -> str:
    part = block(DUTIES, f'name = "{name}"\n')
    assert old in part
    return DUTIES.replace(part, part.replace(old, new, 1), 1)


def test_the_tables_as_they_stand_are_taken() -> None:
    assert len(load_table("referral").rows) == 20
    tables = [flow.table for flow in load_flows().values()]
    assert unused_duties(tables[0], *tables[1:]) == []


@pytest.mark.parametrize("row", load_table("referral").rows, ids=lambda row: row.name)
def test_no_row_can_be_taken_away_unnoticed(row: Row) -> None:
    """Without it some combination has no outcome, or has another one."""
    without = TABLE.replace(block(TABLE, f'name = "{row.name}"'), "", 1)
    try:
        table = load_table("referral", without)
    except BrokenTable as gap:
        said = str(gap)
    else:
        found = (table.first_row(facts) for facts in table.combinations())
        said = "other outcome" if any(a.name != b.name for a, b in zip(found, FIRST_ROWS, strict=True)) else ""
    unused = f"referral.toml, derived: no row gives the outcome '{row.code}'"
    assert said in {"other outcome", unused} or said.startswith("referral.toml: referral: no row holds for")


def test_an_outcome_that_nobody_declared_is_refused() -> None:
    said = refused(in_table('code = "K"', 'code = "KK"', 'name = "1 unborn"'))
    assert said == "referral.toml, row '1 unborn': 'KK' is not an outcome"


def test_a_gap_is_refused_with_the_combination_that_falls_through() -> None:
    said = refused(TABLE.replace(block(TABLE, 'name = "13 in our area"'), "", 1))
    assert said.startswith("referral.toml: referral: no row holds for")
    assert "'place': 'our_area'" in said


def test_a_row_that_rows_above_always_take_is_refused_as_dead() -> None:
    near_miss = block(TABLE, 'name = "5 near miss"')
    again = near_miss.replace("5 near miss", "5a the same again")
    said = refused(TABLE.replace(near_miss, near_miss + again, 1))
    assert said == "referral.toml, row '5a the same again': rows above it always match first, so it is dead"


def test_a_row_put_under_a_wider_one_is_refused_as_dead() -> None:
    care_leaver, adult = block(TABLE, 'name = "2 care leaver died"'), block(TABLE, 'name = "4 adult"')
    moved = TABLE.replace(care_leaver, "", 1).replace(adult, adult + care_leaver, 1)
    assert "row '2 care leaver died'" in refused(moved)


def test_a_row_that_can_never_hold_is_refused() -> None:
    said = refused(in_table('"serious"]', '"serious"], care = ["lac_ours"]', 'name = "13 in our area"'))
    assert "no row holds for" in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('effect = ["near_miss"]', 'efect = ["near_miss"]', "unknown input 'efect'"),
        ('effect = ["near_miss"]', 'effect = ["nearmiss"]', "'nearmiss' is not an answer of 'effect'"),
        ('effect = ["near_miss"]', "effect = []", "no answer is listed for 'effect'"),
        ('"local_learning"', '"local_lerning"', "no duty is called 'local_lerning'"),
        ("because =", "becuase =", "unknown key 'becuase'"),
    ],
)
def test_a_slip_in_a_row_is_refused_with_its_name(old: str, new: str, fault: str) -> None:
    said = refused(in_table(old, new, 'name = "5 near miss"'))
    assert said == f"referral.toml, row '5 near miss': {fault}"


@pytest.mark.parametrize("key", ["code", "title", "when", "because", "cites", "duties", "other_processes"])
def test_a_row_with_something_missing_is_refused_with_its_name(key: str) -> None:
    part = block(TABLE, 'name = "5 near miss"')
    less = "\n".join(line for line in part.split("\n") if not line.startswith(f"{key} ="))
    said = refused(TABLE.replace(part, less, 1))
    assert said == f"referral.toml, row '5 near miss': '{key}' is missing"


def test_a_row_without_a_source_is_refused() -> None:
    part = block(TABLE, 'name = "7 no harm, abuse not ruled out"')
    line = next(line for line in part.split("\n") if line.startswith("cites ="))
    said = refused(TABLE.replace(part, part.replace(line, "cites = []"), 1))
    assert said == "referral.toml, row '7 no harm, abuse not ruled out': a row needs at least one source"


@pytest.mark.parametrize("kind", ["gate", "add_on"])
def test_a_slip_in_a_gate_or_an_add_on_is_refused_with_its_name(kind: str) -> None:
    mark, old, name = {
        "gate": ('code = "T"', 'role = ["public"]', "public"),
        "add_on": ('code = "Z"', 'flags = ["media"]', "Z"),
    }[kind]
    said = refused(in_table(old, 'weather = ["wet"]', mark))
    assert said == f"referral.toml, {kind} '{name}': unknown input 'weather'"


def test_a_slip_in_an_add_ons_exception_is_refused() -> None:
    said = refused(in_table('unless = { outcome = ["F"] }', 'unless = { outcome = ["FF"] }'))
    assert said == "referral.toml, add_on 'F+': 'FF' is not an answer of 'outcome'"


def test_two_rows_of_one_name_are_refused() -> None:
    said = refused(in_table('name = "4 adult"', 'name = "5 near miss"'))
    assert said == "referral.toml: '5 near miss' is used twice"


def test_two_add_ons_of_one_code_are_refused() -> None:
    assert refused(in_table('code = "Z"', 'code = "Y"')) == "referral.toml: 'Y' is used twice"


def test_two_duties_of_one_name_are_refused() -> None:
    said = refused(duties=in_duty("keep_records", '"keep_records"', '"record_decision"'))
    assert said == "duties.toml, duty 'record_decision': this name is used twice"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('who = "safeguarding partners"', 'who = "the partners"', "'the partners' is not one of: you,"),
        ('badge = "local"', 'badge = "may"', "'may' is not one of: must, should, local"),
        ('deadline_badge = "local"', 'deadline_badge = "may"', "'may' is not one of: must, should, local"),
        ('to = ["safeguarding_partners"]', 'to = ["mayor"]', "no recipient is called 'mayor'"),
        ('to = ["safeguarding_partners"]', "to = []", "a duty needs someone it is done to"),
        ("working_days = 1\n", "", "counted_from goes together with working_days or within"),
        (
            "working_days = 1\n",
            'working_days = 1\nby = "soon"\n',
            "a deadline is one of working_days, within, on and by",
        ),
        ('counted_from = "awareness"', 'counted_from = "breakfast"', "'breakfast' is not one of: awareness,"),
        ("if_late =", "if_latte =", "unknown key 'if_latte'"),
    ],
)
def test_a_slip_in_a_duty_is_refused_with_its_name(old: str, new: str, fault: str) -> None:
    said = refused(duties=in_duty("decision_meeting", old, new))
    assert said.startswith(f"duties.toml, duty 'decision_meeting': {fault}")


def test_a_slip_in_where_a_duty_applies_is_refused_with_the_row_that_uses_it() -> None:
    said = refused(duties=in_duty("tell_residence_area", "other_english_area", "other_area"))
    assert said.startswith("duties.toml, duty 'tell_residence_area', as used by referral.toml, row '13 in our area': ")
    assert "'other_area' is not an answer of 'residence'" in said


def test_a_slip_in_what_decides_is_refused() -> None:
    said = refused(in_table('inputs = ["age_at_event", ', 'inputs = ["age", '))
    assert said == "referral.toml, decisive: unknown input 'age'"


def test_a_duty_beside_every_outcome_that_is_not_there_is_refused() -> None:
    said = refused(in_table('duties = ["tell_as_well", ', 'duties = ["tell_as_wel", '))
    assert said == "referral.toml, always: no duty is called 'tell_as_wel'"


@pytest.mark.parametrize("file", ["referral.toml", "duties.toml"])
def test_a_file_that_is_not_toml_is_refused_with_its_name_and_line(file: str) -> None:
    broken = (TABLE + "\nwhen = yes\n", DUTIES) if file == "referral.toml" else (TABLE, DUTIES + "\nwho = you")
    said = refused(*broken)
    assert said.startswith(f"{file}: ")
    assert "line" in said


def test_a_table_without_a_version_is_refused() -> None:
    part = next(line for line in TABLE.split("\n") if line.startswith("version ="))
    assert refused(TABLE.replace(part, "", 1)) == "referral.toml: 'version' is missing"


def with_question(which: str, **changes: object) -> Flow:
    questions = tuple(replace(one, **changes) if one.name == which else one for one in FLOW.questions)  # type: ignore[arg-type]
    return replace(FLOW, questions=questions)


def with_condition(name: str, *alternatives: Condition) -> Flow:
    return replace(FLOW, conditions={**FLOW.conditions, name: alternatives})


CARE = FLOW.question("care")
FIRST = next(iter(FLOW.conditions))


@pytest.mark.parametrize(
    ("flow", "fault"),
    [
        (with_question("care", asked_when=("the moon is full",)), "no condition is called 'the moon is full'"),
        (with_question("care", stands_when=("the moon is full",)), "no condition is called 'the moon is full'"),
        (with_question("care", name="place"), "this name is used twice"),
        (with_question("care", options=()), "it has no options"),
        (with_question("care", why=""), "it does not say why it is asked"),
        (with_question("care", likely="perhaps"), "its likely answer 'perhaps' is not one of its answers"),
        (
            with_question("danger_now", unclear="perhaps"),
            "'perhaps', taken where words are unclear, is not one of its answers",
        ),
        (with_question("aware_on", options=(Option("x", "X"),)), "a date has no options"),
        (with_question("care", reason_for="place"), "only words of their own give a reason"),
        (with_question("care", ahead=True), "only a date lies ahead"),
    ],
)
def test_a_slip_in_a_question_is_refused_with_its_name(flow: Flow, fault: str) -> None:
    with pytest.raises(BrokenFlow, match=r"^flow 'referral', question '") as error:
        check_flow(flow)
    assert str(error.value).endswith(fault)


def test_an_answer_that_the_table_does_not_know_is_refused() -> None:
    assert CARE is not None
    with pytest.raises(BrokenFlow) as error:
        check_flow(with_question("care", options=(*CARE.options, Option("adopted", "Adopted"))))
    assert str(error.value) == "flow 'referral', question 'care': 'adopted' is not an answer the table knows"


def test_an_answer_given_twice_is_refused() -> None:
    assert CARE is not None
    with pytest.raises(BrokenFlow, match="'care': an option is given twice"):
        check_flow(with_question("care", options=(*CARE.options, CARE.options[0])))


def test_a_condition_that_no_question_uses_is_refused() -> None:
    with pytest.raises(BrokenFlow) as error:
        check_flow(with_condition("it rains", Condition.read({"effect": ["died"]})))
    assert str(error.value) == "flow 'referral', condition 'it rains': no question uses it"


def test_a_condition_on_what_nobody_is_asked_is_refused() -> None:
    with pytest.raises(BrokenFlow) as error:
        check_flow(with_condition(FIRST, Condition.read({"weather": ["wet"]})))
    assert str(error.value) == f"flow 'referral', condition '{FIRST}': unknown input 'weather'"


def test_a_condition_on_an_answer_nobody_can_give_is_refused() -> None:
    with pytest.raises(BrokenFlow) as error:
        check_flow(with_condition(FIRST, Condition.read({"effect": ["maybe"]})))
    assert str(error.value) == f"flow 'referral', condition '{FIRST}': 'maybe' is not an answer of 'effect'"


def test_a_condition_that_needs_a_later_answer_is_refused() -> None:
    assert CARE is not None
    name = CARE.asked_when[0]
    with pytest.raises(BrokenFlow) as error:
        check_flow(with_condition(name, Condition.read({"when": ["recent"]})))
    assert "needs 'when', which has not been asked by then" in str(error.value)


def test_a_question_that_no_answers_lead_to_is_refused() -> None:
    """Each of its answers can be given, but never all of them."""
    assert CARE is not None
    never = Condition.read({"age_at_event": ["25_plus"], "place": ["our_area"]})
    flow = replace(FLOW, conditions={**FLOW.conditions, **dict.fromkeys(CARE.asked_when, (never,))})
    with pytest.raises(BrokenFlow, match="question 'care': no answers lead to it"):
        check_flow(flow)


def test_a_slip_where_the_flow_stops_early_is_refused() -> None:
    flow = replace(FLOW, stops_when=(Condition.read({"role": ["nobody"]}),))
    with pytest.raises(BrokenFlow, match="where it stops early: 'nobody' is not an answer of 'role'"):
        check_flow(flow)


def test_a_tick_box_that_the_table_does_not_know_is_refused() -> None:
    flags = FLOW.question("flags")
    assert flags is not None
    with pytest.raises(BrokenFlow, match="'flags': 'weather' is not an answer the table knows"):
        check_flow(with_question("flags", options=(*flags.options, Option("weather", "Bad weather"))))


def test_a_section_of_another_name_is_refused() -> None:
    assert "unknown key 'addon'" in refused(TABLE.replace("[[add_on]]", "[[addon]]", 1))


def test_a_slip_in_a_duty_beside_every_outcome_is_refused() -> None:
    assert "always" in refused(duties=in_duty("check_flags", "flags_known", "flags_knwon"))


LADDER = read_text("disagreement")


def refused_table(name: str, text: str) -> str:
    assert text != read_text(name), "nothing was broken"
    with pytest.raises(BrokenTable) as error:
        load_table(name, text)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("new_information", 'until = "notification"', 'until = "breakfast"', "late: 'breakfast' is not an event"),
        ("new_information", 'counted_from = "awareness"\nuntil', "until", "late: 'counted_from' is missing"),
        ("new_information", 'what_is_new = ["not_met"]', 'what_is_new = ["met"]', "add_on 'NOT-MET': 'met' is not an"),
        ("new_information", 'code = "LATE"', 'code = "Y"', "'Y' is used twice"),
        (
            "new_information",
            'name = "explain_delay"',
            'name = "keep_records"',
            "duty 'keep_records': this name is used",
        ),
        ("disagreement", 'steps_after = "tried"', 'steps_after = "trial"', "duty 'step': unknown input 'trial'"),
        ("disagreement", 'each = "next step"', 'each = "some step"', "duty 'step': each is 'next step' or"),
        ("disagreement", '"step7", ', "", "inputs: 'tried' does not know 'step7'"),
        ("disagreement", "[[ladder]]\nrole", "[[ladder]]\nrule", "ladder: unknown key 'rule'"),
        (
            "rapid_review_outcome",
            'within = "6 months"',
            'within = "half a year"',
            "duty 'publish_review': \"half a year\"",
        ),
        ("rapid_review_outcome", 'on = "decide_by"', 'on = "some_day"', "duty 'decide_by_the_day': 'some_day' is not"),
        ("rapid_review_outcome", 'on = "decide_by"', 'on = "decide_by"\nby = "soon"', "a deadline is one of"),
    ],
)
def test_a_slip_in_a_dialogs_own_file_is_refused_with_that_file(name: str, old: str, new: str, fault: str) -> None:
    said = refused_table(name, read_text(name).replace(old, new, 1))
    assert said.startswith(f"{name}.toml")
    assert fault in said


def test_what_another_table_says_wrongly_is_refused_in_that_tables_name() -> None:
    with pytest.raises(BrokenTable, match=r"^duties.toml, duty 'decision_meeting': 'mayor' is not one of"):
        load_table(
            "new_information", None, in_duty("decision_meeting", 'who = "safeguarding partners"', 'who = "mayor"')
        )


def test_a_ladder_that_is_too_long_is_refused() -> None:
    long = LADDER.replace("[[ladder]]", '[[ladder]]\nrole = "more"\n' * 5 + "\n[[ladder]]", 1)
    assert refused_table("disagreement", long) == "disagreement.toml, ladder: at most 8 steps"


def goes_on(**changes: object) -> Flow:
    flow = load_flows()["new_information"]
    assert flow.goes_on is not None
    return replace(flow, goes_on=replace(flow.goes_on, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"question": "role"}, "'role' is no question where several can be ticked"),
        ({"again": {"weather": ("effect",)}}, "'weather' is not an answer of 'what_is_new'"),
        ({"again": {"harm": ("weather",)}}, "there is no question 'weather'"),
        ({"gives": {"died": {"effect": "gone"}}}, "'effect' does not take 'gone'"),
    ],
)
def test_a_slip_in_how_a_dialog_goes_on_is_refused(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(BrokenFlow, match=f"flow 'new_information', going on from a decision: {fault}"):
        check_flow(goes_on(**changes))


def test_a_reason_for_what_is_not_asked_before_it_is_refused() -> None:
    flow = load_flows()["rapid_review_outcome"]
    questions = tuple(
        replace(one, reason_for="reviewer") if one.name == "improvements_why" else one for one in flow.questions
    )
    with pytest.raises(BrokenFlow, match="'reviewer', for which it gives the reason, is not asked before it"):
        check_flow(replace(flow, questions=questions))


def test_every_dialog_as_it_stands_is_taken() -> None:
    assert set(load_flows()) == {
        *("allegation", "disagreement", "new_information", "protect", "rapid_review_outcome", "referral"),
    }
