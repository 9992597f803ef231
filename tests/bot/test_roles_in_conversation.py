"""Roles in the conversation: an administrator sees who has which, gives one and takes one, step by step."""

from __future__ import annotations

import pytest

from bot import wording_people
from bot.account_commands import ROLE_WORDS, account_ask
from bot.exchange import Exchange
from bot.people import roles
from bot.storage import join_codes, people
from bot.storage.people import Account, Role

from .office import AREA, Office
from .talk import AT

ADA, JO = "slack:ada", "slack:jo"


@pytest.fixture
def office(on_sqlite: Exchange) -> Office:
    return Office(on_sqlite)


@pytest.fixture
def ada(office: Office) -> str:
    """The administrator's id."""
    return office.hire("Ada Adams", "administrator", account=ADA).id


def test_a_role_is_given_step_by_step_with_numbers_alone(office: Office, ada: str) -> None:
    jo = office.hire("Jo Smith", account=JO)
    assert "Ada Adams: administrator; Slack" in office.say(ADA, "people")
    assert wording_people.WHICH_ROLE in office.say(ADA, "1")
    assert wording_people.WHOM in office.say(ADA, "2")
    assert "Make Jo Smith a lead in Exampleshire?" in office.say(ADA, "smith")
    assert "Done. Jo Smith is a lead now." in office.say(ADA, "1")
    assert office.read(jo.id).roles == {Role(AREA, "lead")}
    assert "Jo Smith is a lead already." in agreed(office, "give lead to jo smith")


def agreed(office: Office, said: str) -> str:
    """What comes of something after a yes."""
    office.say(ADA, said)
    return office.say(ADA, "yes")


@pytest.mark.parametrize(
    "said",
    [
        *("give lead to Jo Smith", "Give the lead role to jo smith.", "make Jo Smith a lead"),
        *("grant lead to JO@a.gov.uk", "give Jo Smith lead", "give Jo Smith the lead role", "make Jo Smith lead"),
    ],
)
def test_one_sentence_leads_straight_to_the_question(office: Office, ada: str, said: str) -> None:
    jo = office.hire("Jo Smith", mail="jo@a.gov.uk")
    assert "Make Jo Smith a lead in Exampleshire?" in office.say(ADA, said)
    assert office.read(jo.id).roles == frozenset()
    office.press(ADA, "Yes")
    assert office.read(jo.id).roles == {Role(AREA, "lead")}


def test_every_role_and_post_can_be_said(office: Office, ada: str) -> None:
    for words, role in ROLE_WORDS.items():
        for said in (f"give {words} to jo", f"make jo a {words}", f"take {words} from jo"):
            ask = account_ask(said)
            assert ask is not None, said
            assert (ask.value("role"), ask.value("who")) == (role, "jo"), said
    assert set(ROLE_WORDS.values()) == set(roles.ALL) == set(wording_people.ROLES)


def test_somebody_nobody_knows_yet_is_added_by_address_and_name(office: Office, ada: str) -> None:
    assert wording_people.THEIR_NAME in office.say(ADA, "give deputy to Di@a.gov.uk")
    assert "Make Di Deputy (di@a.gov.uk) a deputy lead in Exampleshire?" in office.say(ADA, "Di Deputy")
    assert office.at_account("mail:di@a.gov.uk") is None
    office.say(ADA, "yes")
    di = office.holder("mail:di@a.gov.uk")
    assert (di.name, di.roles) == ("Di Deputy", {Role(AREA, "deputy")})
    office.say("slack:di", office.mailed_code("slack:di", "di@a.gov.uk"))
    assert office.holder("slack:di").id == di.id


def test_somebody_is_added_by_name_and_role_and_then_their_address(office: Office, ada: str) -> None:
    assert "What is the work e-mail of Zoe Smith?" in office.say(ADA, "add Zoe Smith as practitioner")
    assert "Make Zoe Smith (zoe@a.gov.uk) a practitioner in Exampleshire?" in office.say(ADA, "Zoe@a.gov.uk")
    office.say(ADA, "yes")
    zoe = office.holder("mail:zoe@a.gov.uk")
    assert (zoe.name, zoe.roles) == ("Zoe Smith", {Role(AREA, "practitioner")})
    assert "Zoe Smith is a practitioner already." in agreed(office, "give Zoe Smith practitioner")
    assert wording_people.WHICH_ROLE in office.say(ADA, "add a person")


@pytest.mark.parametrize("said", ["take away lead from Jo Smith", "remove Jo Smith as lead", "take Jo Smith as lead"])
def test_a_role_is_taken_in_one_sentence(office: Office, ada: str, said: str) -> None:
    office.hire("Jo Smith", "lead")
    assert "Shall Jo Smith no longer be a lead in Exampleshire?" in office.say(ADA, said)


@pytest.mark.parametrize(
    ("said", "role", "who"),
    [
        ("give Pat Prac deputy lead", "deputy", "pat prac"),
        ("make Pat Prac lead partner", "lead_partner", "pat prac"),
        ("give Pat lead safeguarding partner", "lead_partner", "pat"),
    ],
)
def test_the_longer_of_two_roles_is_heard(said: str, role: str, who: str) -> None:
    ask = account_ask(said)
    assert ask is not None
    assert (ask.value("role"), ask.value("who")) == (role, who)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "give me a lead",
            "give the family a lead practitioner",
            "make contact with the lead",
            "add this as evidence",
        ),
        *("add a note", "the school added him as a practitioner", "remove the child as lead", "make a referral"),
    ],
)
def test_what_only_sounds_like_it_is_no_role(said: str) -> None:
    assert account_ask(said) is None


def test_somebody_is_found_by_the_code_they_get(office: Office, ada: str) -> None:
    code = office.code(JO)
    assert wording_people.THEIR_NAME in office.say(ADA, f"give practitioner to {code}")
    assert "Make Jo Smith a practitioner in Exampleshire?" in office.say(ADA, "Jo Smith")
    assert office.holder(JO).name == ""
    office.say(ADA, "yes")
    assert (office.holder(JO).name, office.holder(JO).roles) == ("Jo Smith", {Role(AREA, "practitioner")})
    assert office.holder(ADA).id == ada
    assert wording_people.CODE_WRONG in office.say("web:b", f"join {code}")


@pytest.mark.parametrize("what", ["wrong", "sent by e-mail"])
def test_another_code_gives_no_role(office: Office, ada: str, what: str) -> None:
    code = "BCDF-GHJK" if what == "wrong" else office.mailed_code(JO, "jo@a.gov.uk")
    assert wording_people.CODE_WRONG in office.say(ADA, f"give lead to {code}")
    assert wording_people.WHOM in office.newest(ADA)


def test_of_several_people_one_is_chosen(office: Office, ada: str) -> None:
    for name in ("Jo Smith", "Al Smith"):
        office.hire(name)
    assert wording_people.WHO_EXACTLY in office.say(ADA, "give lead to smith")
    label = next(line for line in office.newest(ADA).splitlines() if "Al Smith" in line).split(". ", 1)[1]
    assert "Make Al Smith a lead" in office.press(ADA, label)
    office.press(ADA, "Yes")
    assert [one.name for one in office.everyone() if one.has(AREA, "lead")] == ["Al Smith"]


def test_too_many_people_are_not_listed(office: Office, ada: str) -> None:
    for number in range(9):
        office.hire(f"Jo Smith {number}")
    said = office.say(ADA, "give lead to jo smith")
    assert wording_people.TOO_MANY_FOUND in said
    assert wording_people.WHOM in said


def test_nobody_found_is_said_kindly_and_asked_again(office: Office, ada: str) -> None:
    said = office.say(ADA, "give lead to Nobody Known")
    assert wording_people.NOBODY_FOUND in said
    assert wording_people.WHOM in said
    office.hire("Jo Smith")
    assert "Make Jo Smith a lead" in office.say(ADA, "Jo Smith")


def test_a_role_is_taken_away_once_that_is_meant(office: Office, ada: str) -> None:
    jo = office.hire("Jo Smith", "lead", "scrutineer")
    office.say(ADA, "people")
    assert wording_people.WHOSE in office.press(ADA, wording_people.TAKE_ROLE)
    assert wording_people.WHICH_ROLE in office.say(ADA, "jo")
    assert "Shall Jo Smith no longer be a lead in Exampleshire?" in office.press(ADA, "Lead")
    assert office.read(jo.id).has(AREA, "lead")
    assert "Done. Jo Smith is no longer a lead." in office.say(ADA, "yes")
    assert office.read(jo.id).roles == {Role(AREA, "scrutineer")}
    assert "Jo Smith is not a lead." in office.say(ADA, "take lead from jo")
    assert "no longer be an independent scrutineer" in office.say(ADA, "take a role away") + office.say(ADA, "jo")
    office.say(ADA, "yes")
    assert wording_people.NOTHING_TO_TAKE in office.say(ADA, "take lead from jo")


@pytest.mark.parametrize("said", ["people", "give a role", "take a role away", "give lead to jo", "take lead from jo"])
@pytest.mark.parametrize("role", ["lead", "deputy", "content_owner", "practitioner", ""])
def test_only_administrators_see_and_change_roles(office: Office, ada: str, said: str, role: str) -> None:
    office.hire("Jo Smith", *([role] if role else []), account=JO)
    before = office.everyone()
    answer = office.say(JO, said)
    assert wording_people.ONLY_ADMINISTRATORS in answer
    assert "Ada" not in answer
    assert office.everyone() == before


def test_where_nobody_administers_it_says_how_to_begin(office: Office) -> None:
    assert wording_people.NOBODY_ADMINISTERS in office.say(JO, "people")


def test_whoever_is_no_administrator_any_more_gives_nothing_with_a_button_from_before(office: Office, ada: str) -> None:
    bo = office.hire("Bo", "administrator", account="slack:bo")
    jo = office.hire("Jo Smith")
    office.say("slack:bo", "give lead to jo")
    agreed(office, "take administrator from bo")
    assert office.read(bo.id).roles == frozenset()
    assert wording_people.ONLY_ADMINISTRATORS in office.say("slack:bo", "yes")
    assert office.read(jo.id).roles == frozenset()


def test_nobody_gives_themselves_a_role_and_the_last_administrator_stays(office: Office, ada: str) -> None:
    assert wording_people.NOT_TO_ONESELF in agreed(office, "give lead to ada adams")
    assert wording_people.LAST_ADMINISTRATOR in agreed(office, "take administrator from ada")
    assert office.read(ada).roles == {Role(AREA, "administrator")}


@pytest.mark.parametrize("what", ["person", "code", "address"])
def test_what_has_changed_meanwhile_is_found_out(office: Office, ada: str, what: str) -> None:
    """Between the question and the yes somebody else may have been faster, or the time may be over."""
    run, keys = office.exchange.database.run_now, office.exchange.keys
    if what == "person":
        jo = office.hire("Jo Smith")
        office.say(ADA, "give lead to jo")
        run(lambda c: people.forget(c, keys, jo.id, AT))
        assert wording_people.WHOM in office.say(ADA, "yes")
    elif what == "address":
        office.say(ADA, "give lead to jo@a.gov.uk")
        office.say(ADA, "Jo Smith")
        office.hire("Al", mail="jo@a.gov.uk")
        assert "jo@a.gov.uk belongs to Al" in office.say(ADA, "yes")
    else:
        code = office.code(JO)
        office.say(ADA, f"give lead to {code}")
        office.say(ADA, "Jo Smith")
        run(lambda c: join_codes.spend(c, keys, code, AT, source="s"))
        assert "Done. Jo Smith is a lead now." in office.say(ADA, "yes")
        return
    assert not [one for one in office.everyone() if one.has(AREA, "lead")]


def test_a_long_list_is_cut_short_with_those_who_hold_roles_first(office: Office, ada: str) -> None:
    for number in range(35):
        office.hire(f"Aaron {number}")
    office.hire("Zoe", "lead")
    said = office.say(ADA, "people")
    assert "And 7 more" in said
    assert "Zoe: lead" in said


def test_the_list_says_who_is_away(office: Office, ada: str) -> None:
    office.hire("Jo Smith", "lead", account=JO)
    office.say(JO, "I am away until 4 December")
    assert "Jo Smith: lead; Slack; away until Friday 4 December 2026" in office.say(ADA, "people")
    assert Account("slack", "jo") in office.holder(JO).accounts
