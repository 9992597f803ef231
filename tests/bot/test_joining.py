"""Accounts joined to one person, by a code shown on another or one sent to a work e-mail address."""

from __future__ import annotations

import pytest

from bot import wording, wording_joining, wording_people
from bot.channel import Unreachable
from bot.exchange import Exchange
from bot.storage import cases
from bot.storage.people import Account, Role

from .office import AREA, URL, Office, code_in
from .talk import AT

JO, WEB = "slack:jo", "web:browser"
DOORS = wording.DOOR_PROMPT


@pytest.fixture
def office(on_sqlite: Exchange) -> Office:
    return Office(on_sqlite)


def test_a_code_joins_another_account_once_it_is_agreed_to(office: Office) -> None:
    office.hire("Jo Smith", "lead", account=JO)
    code = office.code(JO)
    asked = office.say(WEB, f"join {code}")
    assert "given out on Slack, to J… S…" in asked
    assert "Jo" not in asked.replace("Join", "")
    assert "that nobody else uses" in asked
    assert office.at_account(WEB) is None
    assert wording_joining.JOINED in office.say(WEB, "yes")
    assert office.holder(WEB).accounts == (Account("slack", "jo"), Account("web", "browser"))
    assert office.holder(WEB).has(AREA, "lead")


def test_looking_at_a_code_any_number_of_times_spends_nothing(office: Office) -> None:
    code = office.code(JO)
    for _ in range(7):
        assert "Yes, both are mine" in office.say(WEB, f"join {code}")
        office.press(WEB, "Leave it as it is")
    office.say(WEB, f"join {code}")
    office.press(WEB, "Yes, both are mine")
    assert office.at_account(WEB) is not None
    assert wording_people.CODE_WRONG in office.say("web:another", f"join {code}")


def test_a_code_is_refused_where_it_was_given_after_its_time_and_where_it_is_done(office: Office) -> None:
    code = office.code(JO)
    assert wording_joining.CODE_FOR_ANOTHER in office.say(JO, f"join {code}")
    office.later(minutes=15)
    assert wording_people.CODE_WRONG in office.say(WEB, f"join {code}")
    code = office.code(JO)
    office.say(WEB, f"join {code}")
    office.later(minutes=15)
    assert wording_people.CODE_WRONG in office.say(WEB, "yes")
    code = office.code(JO)
    office.say(WEB, f"join {code}")
    office.say(WEB, "yes")
    assert wording_joining.JOINED_ALREADY in office.say(WEB, f"join {office.code(JO)}")


def test_after_five_wrong_codes_the_right_one_waits_a_quarter_of_an_hour(office: Office) -> None:
    for number in range(5):
        assert wording_people.CODE_WRONG in office.say(WEB, f"join BCDF-222{number + 2}")
    assert wording_people.CODE_WRONG in office.say(WEB, f"join {office.code(JO)}")
    office.later(minutes=15)
    assert "Yes, both are mine" in office.say(WEB, f"join {office.code(JO)}")


def test_two_people_found_to_be_one_keep_everything(office: Office) -> None:
    """Whoever holds a role stays; cases opened on the other account are theirs."""
    lead = office.hire("Jo Smith", "lead", account="teams:jo")
    office.code(JO)
    other = office.holder(JO)

    def opened(c) -> str:
        made, _ = cases.make(
            c, office.exchange.keys, area=AREA, plan="{}", at=AT, year=2026, opened_by=other.id, owner_id=other.id
        )
        return made.id

    case = office.exchange.database.run_now(opened)
    office.say("teams:jo", f"join {office.code(JO)}")
    office.say("teams:jo", "yes")
    assert office.holder(JO).id == office.holder("teams:jo").id == lead.id
    stored = office.exchange.database.run_now(lambda c: cases.load(c, case))
    assert stored is not None
    assert (stored.owner_id, stored.opened_by) == (lead.id, lead.id)
    assert "joined" in office.history(lead.id)
    assert office.history(other.id)[-1] == "joined to"


@pytest.mark.parametrize("code_from", ["the administrator", "the lead"])
def test_an_administrator_takes_no_role_by_joining_somebody_who_holds_it(office: Office, code_from: str) -> None:
    ada = office.hire("Ada", "administrator", account="slack:ada")
    office.hire("Invented", "lead", account=JO)
    first, second = ("slack:ada", JO) if code_from == "the administrator" else (JO, "slack:ada")
    code = office.code(first)
    assert wording_joining.ADMINISTRATOR_GAINS in office.say(second, f"join {code}")
    assert office.read(ada.id).roles == {Role(AREA, "administrator")}
    assert office.holder(JO).id != ada.id


def test_an_administrator_joins_an_account_that_brings_no_role(office: Office) -> None:
    office.hire("Ada", "administrator", account="slack:ada")
    office.hire("Ada too", "practitioner", account=JO)
    office.say(JO, f"join {office.code('slack:ada')}")
    assert wording_joining.JOINED in office.say(JO, "yes")


def test_two_who_each_sign_in_for_themselves_stay_two(office: Office) -> None:
    for name, account in (("Jo", JO), ("Al", "slack:al")):
        office.hire(name, "lead", account=account, mail=f"{name.lower()}@a.gov.uk")
        office.add_account(account, f"oidc:https://login|{name}")
    assert wording_joining.TWO_SIGN_INS in office.say("slack:al", f"join {office.code(JO)}")


def test_a_work_address_is_confirmed_by_the_code_that_goes_there(office: Office) -> None:
    code = office.mailed_code(WEB, "jo.smith@a.gov.uk")
    address, letter = office.box.letters[-1]
    assert address == "jo.smith@a.gov.uk"
    assert f"{URL}/join/{code}" in letter
    assert "the web page" in letter
    assert wording_joining.MAIL_CONFIRMED in office.say(WEB, code.lower().replace("-", " "))
    assert office.holder(WEB).accounts == (Account("web", "browser"), Account("mail", "jo.smith@a.gov.uk"))


def test_a_work_address_leads_to_whoever_is_registered_with_it(office: Office) -> None:
    jo = office.hire("Jo Smith", "lead", mail="jo.smith@a.gov.uk")
    office.say(JO, office.mailed_code(JO, "jo.smith@a.gov.uk"))
    assert office.holder(JO).id == jo.id
    assert "You are a lead in Exampleshire" in office.say(JO, "my accounts")


def test_a_code_sent_to_a_registered_address_is_taken_only_where_it_was_asked_for(office: Office) -> None:
    """Otherwise whoever gets such a letter unasked could hand all they may do to a stranger, by one press."""
    jo = office.hire("Jo Smith", "lead", mail="jo.smith@a.gov.uk")
    code = office.mailed_code("slack:stranger", "jo.smith@a.gov.uk")
    assert "say the code where you asked for it, on Slack" in office.say("slack:jo", f"join {code}")
    assert office.read(jo.id).accounts == (Account("mail", "jo.smith@a.gov.uk"),)


def test_a_code_sent_to_an_address_nobody_has_can_be_confirmed_elsewhere(office: Office) -> None:
    code = office.mailed_code(JO, "jo@a.gov.uk")
    asked = office.say(WEB, f"join {code}")
    assert "Someone on Slack asked me to note j…@a.gov.uk as their work e-mail" in asked
    office.say(WEB, "yes")
    assert Account("mail", "jo@a.gov.uk") in office.holder(JO).accounts
    assert office.at_account(WEB) is None


def test_an_address_is_read_kindly_and_step_by_step(office: Office) -> None:
    assert wording_joining.MAIL_PROMPT in office.say(JO, "my work e-mail")
    assert "I cannot take that: that is not an e-mail address" in office.say(JO, "jo at work")
    assert "anyone can have" in office.say(JO, "jo@gmail.com")
    assert "sending a code to j…@a.gov.uk" in office.say(JO, " <Jo@A.gov.uk>. ")
    assert office.box.letters[-1][0] == "jo@a.gov.uk"
    assert wording_people.CODE_WRONG in office.say(JO, "BCDF-GHJK")
    assert wording_joining.CODE_PROMPT in office.newest(JO)
    assert wording_joining.MAIL_CONFIRMED in office.say(JO, code_in(office.box.letters[-1][1]))


def test_without_mail_set_up_it_says_so(on_sqlite: Exchange) -> None:
    office = Office(on_sqlite, has_mail=False)
    assert wording_joining.NO_MAIL in office.say(JO, "my work e-mail")
    assert wording_joining.NO_MAIL in office.say(JO, "my work e-mail is jo@a.gov.uk")
    assert DOORS in office.newest(JO)


def test_a_letter_that_does_not_go_is_said_and_can_be_tried_again(office: Office) -> None:
    office.box.refuses = Unreachable("no", permanent=True)
    said = office.say(JO, "my work e-mail is jo@a.gov.uk")
    assert wording_joining.MAIL_NOT_SENT in said
    assert wording_joining.CODE_PROMPT in said
    office.box.refuses = None
    assert wording_joining.MAIL_CONFIRMED in office.say(JO, office.mailed_code(JO, "jo@a.gov.uk"))


def test_a_letter_that_may_have_arrived_is_not_said_to_be_lost(office: Office) -> None:
    office.box.refuses = Unreachable("no", permanent=False, may_have_arrived=True)
    assert wording_joining.MAIL_NOT_SENT not in office.say(JO, "my work e-mail is jo@a.gov.uk")


def test_nobody_is_sent_letter_after_letter(office: Office) -> None:
    for number in range(5):
        office.mailed_code(f"slack:{number}", "jo@a.gov.uk")
    assert wording_joining.TOO_MANY_LETTERS in office.say("slack:6", "my work e-mail is jo@a.gov.uk")
    assert len(office.box.letters) == 5
    office.later(minutes=15)
    office.mailed_code("slack:6", "jo@a.gov.uk")


def test_nobody_asks_for_letter_after_letter(office: Office) -> None:
    for number in range(5):
        office.mailed_code(JO, f"jo{number}@a.gov.uk")
    assert wording_joining.TOO_MANY_LETTERS in office.say(JO, "my work e-mail is jo@a.gov.uk")


def test_the_same_turn_delivered_again_sends_nothing_again(office: Office) -> None:
    office.mailed_code(JO, "jo@a.gov.uk")
    office.turns -= 1
    office.say(JO, "my work e-mail is jo@a.gov.uk")
    assert len(office.box.letters) == 1
