"""Every clock of the table, and every rule of reminding, is shown by a transcript of its own."""

from __future__ import annotations

from dialogs.clock_file import load_clocks
from tests.transcripts.script import FOLDER, steps_of

CLOCKS = FOLDER / "clocks"

RULES = (
    "silent_once_done opened_late_one_catch_up opened_after_the_deadline due_today_goes_at_once outside_hours_waits "
    "unknown_time_is_nine four_hours_within_working_time acknowledged_then_lapsed acknowledged_again nobody_answers "
    "snoozed snoozed_never_past_the_deadline awareness_not_known awareness_corrected notification_corrected "
    "when_the_clocks_go_back when_the_clocks_go_forward a_one_off_holiday the_first_day_counts "
    "dates_past_the_published_holidays criteria_not_met partners_do_not_agree decision_corrected closed_and_reopened "
    "a_hold_never_stops_a_reminder taken_back the_plan_is_moved handed_over_on_leave morning_digest "
    "what_makes_no_sense known_by_what_was_done an_action_is_changed late_by_a_correction done_before_it_began "
    "a_death_later_on the_panel_has_been_told after_an_outage the_stricter_date_has_passed due_on_a_sunday "
    "waits_for_the_last_morning told_and_held not_met_stands the_partners_decide_again "
    "not_met_stands_when_a_day_is_put_right the_partners_meet_when_they_first_decided sent_before_they_decided "
    "what_was_decided_last_counts "
    "an_unborn_baby_is_decided_on_again another_disagreement_beside_one the_responsible_council_notified "
    "an_area_is_stricter a_later_day_was_only_told the_day_of_a_review_is_not_known "
    "a_death_is_no_serious_incident a_death_notified_late abuse_is_suspected_after_a_death_was_notified "
    "late_in_summer abuse_is_suspected_only_later the_partners_notify_a_death_as_an_incident "
    "a_care_leavers_death_outlasts_the_test whether_a_death_is_to_be_notified_is_not_known "
    "a_care_leaver_of_an_age_not_known the_other_council_does_not_accept an_owners_act_shows_that_they_have_it "
    "the_panel_was_notified_before_they_met a_death_since_they_decided the_other_councils_answer_is_got_in_writing "
    "an_owner_who_opened_it_has_it"
).split()


def test_every_clock_has_a_transcript_that_is_about_it() -> None:
    for rule in load_clocks().rules:
        steps = steps_of((CLOCKS / "rows" / f"{rule.name}.txt").read_text(encoding="utf-8"))
        only = next(step.text for step in steps if step.text.startswith("only "))
        assert any(name.partition(":")[0] == rule.name for name in only.split()[1:]), rule.name


def test_every_rule_of_reminding_has_a_transcript() -> None:
    assert {path.stem for path in (CLOCKS / "rules").glob("*.txt")} == set(RULES)
