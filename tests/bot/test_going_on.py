"""New information goes on from a decision made here or kept elsewhere, and says plainly what it changed."""

from __future__ import annotations

from dataclasses import replace

from bot import beginning, wording_going_on
from bot.decisions.decision_words import first_duty
from bot.earlier import earlier_of
from bot.record import Record, from_json, to_json
from bot.reply_text import to_text
from dialogs.walk import walk

from .talk import Talk, answered, decided, definitions, talked


def with_news(talk: Talk, new: str, **others: str) -> Record:
    """The record of what comes of something new."""
    for words in ("new information", "no", "ok"):
        talk.type(words)
    talk.press(*new.split(","))
    record = answered(talk, **others).press("confirm").outcome.record
    assert record is not None
    return record


def decided_record(**others: str) -> Record:
    record = answered(talked("refer"), **others).press("confirm").outcome.record
    assert record is not None
    return record


def test_with_nothing_new_it_says_that_nothing_has_changed():
    record = with_news(decided(), "none")
    assert record.differences == ()
    assert record.new_duties == ()


def test_the_reply_says_whether_the_outcome_changed():
    talk = decided()
    with_news(talk, "harm", effect="near_miss")
    for new, others, said in (
        ("none", {}, wording_going_on.NOTHING_DIFFERENT),
        ("harm", {"effect": "died"}, wording_going_on.OUTCOME_DIFFERENT),
        ("besides", {"flags": "media"}, wording_going_on.OUTCOME_THE_SAME),
    ):
        for words in ("new information", "no", "ok"):
            talk.type(words)
        talk.press(*new.split(","))
        assert said in to_text(answered(talk, **others).press("confirm").reply)


def test_outcome_dates_and_steps_are_told_from_before_to_now():
    talk = answered(talked("refer"), aware_on="18/11/2026")
    talk.press("confirm")
    record = with_news(talk, "abuse", maltreatment="no")
    what = [one.what for one in record.differences]
    assert "Outcome" in what
    assert "Steps that are new" in what
    assert "Steps that fall away" in what
    assert any(one.startswith("Dates, ") for one in what)
    assert "What is new" not in what
    assert record.has_another_outcome


def test_what_is_new_is_done_first_unless_a_child_is_to_be_protected_first():
    record = with_news(decided(), "died", care="none_or_previously_known")
    first = first_duty(record, lambda duty: duty.who == "you")
    assert (first.name, first.name in record.new_duties) == ("tell_unit_what_is_new", True)
    talk = answered(talked("refer"), referral_made="no")
    talk.press("confirm")
    for words in ("new information", "no", "ok"):
        talk.type(words)
    talk.press("died")
    shown = to_text(answered(talk, care="none_or_previously_known").press("confirm").reply)
    to_do = shown[shown.index("Do this next") :]
    assert to_do.index("First, phone children's social care") < to_do.index("know today what is new")


def test_it_carries_the_reference_it_goes_on_from():
    talk = decided()
    before = to_text(talk.type("where").reply)
    assert before
    record = with_news(talk, "died", care="unsure")
    reference, version = record.follows.split(", version ")
    assert (reference[0], version) == ("R", "1")
    assert reference != record.reference
    assert record.compared == record.follows


def test_a_change_after_it_is_version_two_of_it_and_compares_with_version_one():
    talk = decided()
    with_news(talk, "harm", effect="died", care="unsure")
    talk.type("change")
    talk.press("care")
    talk.press("lac_ours")
    if talk.state.awaited is not None:
        talk.press("yes")
    record = answered(talk).press("confirm").outcome.record
    assert record is not None
    assert (record.version, record.compared) == (2, "version 1")
    assert "In care or a care leaver" in [one.what for one in record.differences]
    assert "What happened to them" not in [one.what for one in record.differences]


def test_what_has_been_gone_on_from_is_not_offered_again():
    talk = decided()
    first = with_news(talk, "harm", effect="near_miss")
    second = with_news(talk, "harm", effect="serious")
    assert second.follows == f"{first.reference}, version 1"


def test_of_several_decisions_it_is_asked_which():
    talk = decided()
    talk.type("refer")
    answered(talk, effect="near_miss").press("confirm")
    talk.type("new information")
    assert talk.prompt is not None
    labels = [one.label for one in talk.prompt.options]
    assert [label.partition(" (")[0] for label in labels[:2]] == [
        "Likely notifiable: it happened in our area",
        "A near miss: local learning, no notification",
    ]
    talk.press(talk.prompt.options[0].id)
    assert talk.dialog.earlier is not None
    assert talk.dialog.earlier.title == "Likely notifiable: it happened in our area"


def test_without_a_decision_it_says_what_to_do_and_begins_nothing():
    talk = Talk()
    assert wording_going_on.NOTHING_TO_GO_ON_FROM in to_text(talk.type("new information").reply)
    assert talk.state.dialog is None
    undecided = answered(talked("refer"))
    assert wording_going_on.NOTHING_TO_GO_ON_FROM in to_text(undecided.type("new information").reply)
    assert undecided.dialog.flow == "referral"


def test_a_decision_for_the_public_or_another_dialogs_is_nothing_to_go_on_from():
    public = answered(talked("refer"), role="public")
    assert wording_going_on.NOTHING_TO_GO_ON_FROM in to_text(public.type("new information").reply)
    protect = answered(talked("protect"))
    protect.press("confirm")
    assert wording_going_on.NOTHING_TO_GO_ON_FROM in to_text(protect.type("new information").reply)


def test_practice_goes_on_in_practice_and_never_into_what_is_real():
    talk = answered(talked("practice"))
    talk.press("confirm")
    record = with_news(talk, "died", care="unsure")
    assert record.practice
    talk.type("stop")
    assert wording_going_on.NOTHING_TO_GO_ON_FROM in to_text(talk.type("new information").reply)


def test_taking_back_what_is_new_never_takes_the_earlier_answers():
    talk = decided()
    for words in ("new information", "no", "ok"):
        talk.type(words)
    for _ in range(5):
        talk.type("back")
    assert talk.dialog.said == ()
    assert talk.dialog.earlier is not None
    for words in ("no", "ok", "none"):
        talk.type(words)
    assert talk.next is None


def test_starting_over_keeps_what_it_goes_on_from():
    talk = decided()
    for words in ("new information", "no", "start over", "yes"):
        talk.type(words)
    assert talk.dialog.said == ()
    assert talk.dialog.earlier is not None


def test_after_danger_it_is_asked_again_and_all_else_is_kept():
    talk = decided()
    for words in ("new information", "no", "ok", "died", "she is bleeding and unconscious", "resume", "no"):
        talk.type(words)
    assert talk.answers["effect"] == "died"
    assert talk.next is not None
    assert talk.next.name == "care"


def test_a_kept_record_can_be_gone_on_from_by_somebody_else():
    """As a case does it: the answers come from its record, and whoever asks now says who they are."""
    flows = definitions().flows
    record = from_json(to_json(decided_record(effect="serious")))
    earlier = earlier_of(record, flows["referral"], flows["new_information"], same_person=False)
    talk = Talk()
    outcome = beginning.begin(talk.moment(), "new_information", earlier=earlier, case="26-014")
    talk.state = outcome.state
    assert "Case 26-014." in str(outcome.blocks)
    assert record.decision.title in str(outcome.blocks)
    for words in ("no", "ok", "none"):
        talk.type(words)
    assert talk.next is not None
    assert talk.next.name == "role"
    made = answered(talk, role="partnership_unit").press("confirm").outcome.record
    assert made is not None
    assert (made.case, made.follows) == ("26-014", f"{record.reference}, version 1")
    assert {name: one.answer for name, one in made.by_name.items() if name in record.by_name and name != "role"} == {
        name: one.answer for name, one in record.by_name.items() if name != "role" and name in made.by_name
    }


def test_a_record_kept_before_answers_had_names_can_be_gone_on_from():
    flows = definitions().flows
    record = decided_record()
    old = replace(record, answers=tuple(replace(one, name="", about="") for one in record.answers))
    assert old.by_name == {}
    now, then = (
        earlier_of(one, flows["referral"], flows["new_information"], same_person=True) for one in (record, old)
    )
    assert now == then
    assert walk(flows["new_information"], now.said).next is not None


def test_a_dialog_about_a_case_says_which_in_its_record():
    talk = Talk()
    talk.state = beginning.begin(talk.moment(), "disagreement", case="26-014").state
    record = answered(talk).press("confirm").outcome.record
    assert record is not None
    assert record.case == "26-014"
    assert "26-014" in to_text(talk.type("document").reply) or record.case
