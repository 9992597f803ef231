"""At a case's menu its options' words mean those options; a decision on no case says so, and can be put on one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import case_desk, wording_cases
from bot.account_commands import account_ask
from bot.case_answers import names_option
from bot.case_step import DIALOGS, CaseAsk, CaseStep
from bot.casework.case_steps import STEPS
from bot.commands import command
from bot.delivering.nudge_buttons import LABELS
from bot.exchange import Exchange
from bot.messages import Typed
from bot.prompts import step_prompt
from bot.state import Awaited, State
from knowledge.danger import detect

from .case_office import LEE, Office, staffed, words
from .made_once import made_once
from .talk import Talk, definitions

MENUS = {
    "all acts": case_desk.ALL_ACTS,
    "answering": LABELS,
    "joining": case_desk.JOINING_ACTS | case_desk.NOTING_ACTS,
    "noting": case_desk.NOTING_ACTS,
    "what has happened": {one: wording_cases.EVENTS[one] for one in STEPS},
    "what they decided": wording_cases.DECISIONS,
    "yes or no": wording_cases.YES_NO,
    "who": {"1": "Lee Smith", "2": "DEE JONES", "3": "the lead", "4": "join", "5": "My accounts"},
}


def at(menu: str) -> Talk:
    """A talk at a menu about a case."""
    talk = Talk()
    step = CaseStep(CaseAsk("choose", "26-001"), "act", "option", "Which?", tuple(MENUS[menu].items()))
    talk.state = State(opened=True, awaited=Awaited("case", step=step))
    return talk


@pytest.mark.parametrize(("menu", "id_"), [(menu, id_) for menu in MENUS for id_ in MENUS[menu]])
def test_an_options_words_mean_that_option_whatever_else_they_could_mean(menu: str, id_: str) -> None:
    label = MENUS[menu][id_]
    for typed in (label, f"{label.upper()}.") if len(MENUS[menu]) < 10 else (label,):
        outcome = at(menu).type(typed).outcome
        assert outcome.case == CaseAsk("choose", "26-001").having("act", id_), typed


def test_a_clock_is_named_by_its_words_and_none_tells_of_danger() -> None:
    for rule in definitions().plan.rules:
        label = f"{rule.title}, latest Mon 30 Nov 2026"
        step = CaseStep(CaseAsk("done", "26-001"), "clock", "option", "Which one?", ((rule.name, label),))
        talk = Talk()
        talk.state = State(opened=True, awaited=Awaited("case", step=step))
        moment = replace(talk.moment(), turn=replace(talk.moment().turn, said=Typed(label)))
        assert names_option(moment), label
        assert not detect(label), label


def test_leave_it_means_to_leave_it() -> None:
    for typed in ("Leave it as it is", "leave"):
        assert at("all acts").type(typed).outcome.kind == "case left"


@pytest.mark.parametrize(("typed", "flow"), definitions().begins.items())
def test_whatever_begins_a_dialog_begins_it_about_this_case(typed: str, flow: str) -> None:
    for menu in ("all acts", "noting"):
        offered = [act for act in MENUS[menu] if DIALOGS.get(act) == flow]
        asked = at(menu).type(typed).outcome.case
        assert [asked.value("act") if asked else ""] == (offered or [""])


def test_what_is_on_no_menu_is_a_command_as_before() -> None:
    assert at("all acts").type("help").outcome.kind == "help"
    assert at("all acts").type("26-002").outcome.case == CaseAsk("case", "26-002")


def test_danger_comes_before_any_option() -> None:
    talk = at("all acts")
    step = replace(talk.state.awaited.step, options=(("a", "he is strangling her right now"),))
    talk.state = replace(talk.state, awaited=replace(talk.state.awaited, step=step))
    assert talk.type("he is strangling her right now").outcome.emergency
    assert step_prompt(step).options[0].id == "a"


def test_no_answer_of_any_dialog_is_a_command_but_where_its_place_takes_it_for_the_answer() -> None:
    """One that is both is an answer while it is asked: the entrances' own tests look at that."""
    taken = {
        (flow.name, question.name, words_)
        for flow in definitions().flows.values()
        for question in flow.questions
        for option in question.options
        for words_ in (option.label, *option.also)
        if command(words_, definitions().begins) is not None or account_ask(words_) is not None
    }
    assert taken == {("referral", "flags", "disagreement"), ("new_information", "flags", "disagreement")}


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE)


@pytest.mark.parametrize("typed", ["Decide on a local review", "review outcome"])
async def test_a_review_decided_from_the_menu_is_on_the_case_and_starts_its_clock(office: Office, typed: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    await office.says("Lee", "case 26-001")
    assert "Case 26-001." in words(await office.says("Lee", typed))
    reply = words(await office.answers_out("Lee", {"decision": "commission"}))
    assert "Complete and publish the review: runs now" in reply
    assert (await office.case()).review_decided_on is not None


@pytest.mark.parametrize(("typed", "kind"), [("A disagreement", "disagreement raised"), ("new information", "")])
async def test_so_are_a_disagreement_and_news(office: Office, typed: str, kind: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "case 26-001")
    assert "Case 26-001." in words(await office.says("Lee", typed))
    assert "This decision is on record with case 26-001 now" in words(await office.answers_out("Lee", {}))
    assert (await office.case()).events[-1].kind == (kind or "decision corrected")


@pytest.mark.parametrize("by", ["words", "button"])
async def test_a_decision_on_no_case_says_so_and_is_put_on_one(office: Office, by: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "review outcome")
    await office.answers_out("Lee", {"decision": "commission"})
    reply = await office._newest("Lee")
    assert "on no case: no date of a case follows from it" in words(reply)
    assert ("put-26-001", "Put it on case 26-001") in [(one.id, one.label) for one in reply.shortcuts]
    said = "put it on 26-001" if by == "words" else "put-26-001"
    reply = await (office.says("Lee", said) if by == "words" else office.commands("Lee", said))
    assert "Complete and publish the review: runs now" in words(reply)
    assert (await office.case()).events[-1].kind == "review decided"
    assert "no decision in this conversation" in words(await office.says("Lee", "put it on 26-001"))


async def test_only_who_may_is_offered_to_put_it_on_a_case(office: Office) -> None:
    await office.join("Stranger")
    await office.decides("Pat")
    for who, offered in (("Pat", True), ("Stranger", False)):
        await office.says(who, "disagreement")
        await office.answers_out(who, {})
        reply = await office._newest(who)
        assert ("put-26-001" in [one.id for one in reply.shortcuts]) == offered
        assert ("26-001" in words(reply)) == offered
        assert "on no case" in words(reply)
    assert "yours to see" in words(await office.says("Stranger", "put it on 26-001"))
    await office.says("Pat", "review outcome")
    await office.answers_out("Pat", {})
    assert "26-001" not in words(await office._newest("Pat"))
    assert "Only the case's owner" in words(await office.says("Pat", "put it on 26-001"))
