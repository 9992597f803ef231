"""Accounts in the conversation: joined, confirmed, listed, taken away; and when someone is away."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import privacy, wording, wording_people
from bot.account_commands import account_ask, button_ask
from bot.channel import Unreachable
from bot.commands import command
from bot.exchange import Exchange
from bot.messages import COMMAND, Choices, Chosen, Filled, Typed
from bot.storage import cases, short_codes
from bot.storage.people import Account, Role

from .office import AREA, URL, Office, code_in
from .talk import AT, asks_last, is_emergency

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
    assert wording_people.JOINED in office.say(WEB, "yes")
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
    assert wording_people.CODE_FOR_ANOTHER in office.say(JO, f"join {code}")
    office.later(minutes=15)
    assert wording_people.CODE_WRONG in office.say(WEB, f"join {code}")
    code = office.code(JO)
    office.say(WEB, f"join {code}")
    office.later(minutes=15)
    assert wording_people.CODE_WRONG in office.say(WEB, "yes")
    code = office.code(JO)
    office.say(WEB, f"join {code}")
    office.say(WEB, "yes")
    assert wording_people.JOINED_ALREADY in office.say(WEB, f"join {office.code(JO)}")


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
    assert wording_people.ADMINISTRATOR_GAINS in office.say(second, f"join {code}")
    assert office.read(ada.id).roles == {Role(AREA, "administrator")}
    assert office.holder(JO).id != ada.id


def test_an_administrator_joins_an_account_that_brings_no_role(office: Office) -> None:
    office.hire("Ada", "administrator", account="slack:ada")
    office.hire("Ada too", "practitioner", account=JO)
    office.say(JO, f"join {office.code('slack:ada')}")
    assert wording_people.JOINED in office.say(JO, "yes")


def test_two_who_each_sign_in_for_themselves_stay_two(office: Office) -> None:
    for name, account in (("Jo", JO), ("Al", "slack:al")):
        office.hire(name, "lead", account=account, mail=f"{name.lower()}@a.gov.uk")
        office.add_account(account, f"oidc:https://login|{name}")
    assert wording_people.TWO_SIGN_INS in office.say("slack:al", f"join {office.code(JO)}")


def test_a_work_address_is_confirmed_by_the_code_that_goes_there(office: Office) -> None:
    code = office.mailed_code(WEB, "jo.smith@a.gov.uk")
    address, letter = office.box.letters[-1]
    assert address == "jo.smith@a.gov.uk"
    assert f"{URL}/join/{code}" in letter
    assert "the web page" in letter
    assert wording_people.MAIL_CONFIRMED in office.say(WEB, code.lower().replace("-", " "))
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
    assert wording_people.MAIL_PROMPT in office.say(JO, "my work e-mail")
    assert "I cannot take that: that is not an e-mail address" in office.say(JO, "jo at work")
    assert "anyone can have" in office.say(JO, "jo@gmail.com")
    assert "sending a code to j…@a.gov.uk" in office.say(JO, " <Jo@A.gov.uk>. ")
    assert office.box.letters[-1][0] == "jo@a.gov.uk"
    assert wording_people.CODE_WRONG in office.say(JO, "BCDF-GHJK")
    assert wording_people.CODE_PROMPT in office.newest(JO)
    assert wording_people.MAIL_CONFIRMED in office.say(JO, code_in(office.box.letters[-1][1]))


def test_without_mail_set_up_it_says_so(on_sqlite: Exchange) -> None:
    office = Office(on_sqlite, has_mail=False)
    assert wording_people.NO_MAIL in office.say(JO, "my work e-mail")
    assert wording_people.NO_MAIL in office.say(JO, "my work e-mail is jo@a.gov.uk")
    assert DOORS in office.newest(JO)


def test_a_letter_that_does_not_go_is_said_and_can_be_tried_again(office: Office) -> None:
    office.box.refuses = Unreachable("no", permanent=True)
    said = office.say(JO, "my work e-mail is jo@a.gov.uk")
    assert wording_people.MAIL_NOT_SENT in said
    assert wording_people.CODE_PROMPT in said
    office.box.refuses = None
    assert wording_people.MAIL_CONFIRMED in office.say(JO, office.mailed_code(JO, "jo@a.gov.uk"))


def test_a_letter_that_may_have_arrived_is_not_said_to_be_lost(office: Office) -> None:
    office.box.refuses = Unreachable("no", permanent=False, may_have_arrived=True)
    assert wording_people.MAIL_NOT_SENT not in office.say(JO, "my work e-mail is jo@a.gov.uk")


def test_nobody_is_sent_letter_after_letter(office: Office) -> None:
    for number in range(5):
        office.mailed_code(f"slack:{number}", "jo@a.gov.uk")
    assert wording_people.TOO_MANY_LETTERS in office.say("slack:6", "my work e-mail is jo@a.gov.uk")
    assert len(office.box.letters) == 5
    office.later(minutes=15)
    office.mailed_code("slack:6", "jo@a.gov.uk")


def test_nobody_asks_for_letter_after_letter(office: Office) -> None:
    for number in range(5):
        office.mailed_code(JO, f"jo{number}@a.gov.uk")
    assert wording_people.TOO_MANY_LETTERS in office.say(JO, "my work e-mail is jo@a.gov.uk")


def test_the_same_turn_delivered_again_sends_nothing_again(office: Office) -> None:
    office.mailed_code(JO, "jo@a.gov.uk")
    office.turns -= 1
    office.say(JO, "my work e-mail is jo@a.gov.uk")
    assert len(office.box.letters) == 1


def test_my_accounts_are_listed_and_one_is_taken_away(office: Office) -> None:
    assert wording_people.NOT_KNOWN in office.say(JO, "my accounts")
    jo = office.hire("Jo Smith", "lead", "administrator", account="teams:jo", mail="jo@a.gov.uk")
    assert "You are a lead and an administrator in Exampleshire." in office.say("teams:jo", "who am i?")
    listed = office.newest("teams:jo")
    assert "Teams: this one" in listed
    assert "E-mail: jo@a.gov.uk" in listed
    office.press("teams:jo", "Take an account away")
    assert "I no longer know you there: E-mail: jo@a.gov.uk" in office.press("teams:jo", "E-mail: jo@a.gov.uk")
    assert office.read(jo.id).accounts == (Account("teams", "jo"),)
    assert wording_people.NO_OTHER_ACCOUNT in office.say("teams:jo", "remove an account")


def test_a_button_for_an_account_that_is_gone_takes_no_other_away(office: Office) -> None:
    jo = office.hire("Jo", account=JO, mail="jo@a.gov.uk")
    office.hire("Al")
    office.say(JO, "remove an account")
    press = next(block for block in office.reply(JO).blocks if isinstance(block, Choices))
    said = Chosen(press.prompt, (press.options[1].id,))
    office.say(JO, said)
    assert wording.STALE in office.say(JO, said)
    assert len(office.read(jo.id).accounts) == 1


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("I am away from 3 December to 14 December", date(2026, 12, 3), date(2026, 12, 14)),
        ("I'm away 24/12 until 2/1.", date(2026, 12, 24), date(2027, 1, 2)),
        ("i will be away tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("on leave until friday", date(2026, 11, 23), date(2026, 11, 27)),
    ],
)
def test_an_absence_is_noted_and_read_back(office: Office, said: str, first: date, last: date) -> None:
    jo = office.hire("Jo", "lead", account=JO)
    assert wording_people.NOBODY_COVERS in office.say(JO, said)
    assert office.read(jo.id).away == (first, last)
    office.hire("Di Deputy", "deputy")
    assert "Meanwhile Di Deputy hears what you would hear." in office.say(JO, said)
    assert wording_people.is_away(first, last) in office.say(JO, "my accounts")
    assert wording_people.BACK in office.say(JO, "I am back")
    assert office.read(jo.id).away is None
    assert wording_people.NOT_AWAY in office.say(JO, "I am back")


def test_an_absence_is_asked_for_kindly(office: Office) -> None:
    jo = office.hire("Jo", account=JO)
    assert wording_people.AWAY_PROMPT in office.say(JO, "I am away")
    for wrong, why in (
        ("soon", "Please give the day and the month"),
        ("31 November to 4 December", "There is no 31 November"),
        ("14/12/2026 to 3/12/2026", wording_people.AWAY_TURNED_ROUND),
        ("1 March 2026 to 2 March 2026", wording_people.AWAY_OVER),
        ("3 December 2026 to 5 December 2028", wording_people.AWAY_TOO_LONG),
    ):
        said = office.say(JO, wrong)
        assert why in said
        assert wording_people.AWAY_PROMPT in said
    assert wording_people.is_away(date(2026, 12, 3), date(2026, 12, 14)) in office.say(JO, "3 to 14 December")
    assert "hears" not in office.newest(JO)
    assert office.read(jo.id).away == (date(2026, 12, 3), date(2026, 12, 14))


@pytest.mark.parametrize(
    "said", ["join", "my accounts", "my work e-mail", "I am away", "people", "join BCDF-GHJK", "give lead to jo"]
)
def test_none_of_it_is_done_where_others_read(office: Office, said: str) -> None:
    office.hire("Ada", "administrator", account=JO)
    before = office.everyone()
    assert wording_people.IN_PRIVATE in office.say(JO, said, private=False)
    assert office.everyone() == before


@pytest.mark.parametrize("start", ["my work e-mail", "I am away", "my accounts", "people", "give a role"])
@pytest.mark.parametrize("leave", ["back", "menu", "leave it", "Leave it as it is"])
def test_it_can_be_left_at_any_step_and_nothing_is_lost(office: Office, start: str, leave: str) -> None:
    office.hire("Ada", "administrator", account=JO)
    for words in ("protect", "no", "ok"):
        office.say(JO, words)
    question = office.newest(JO).splitlines()[2]
    before = office.everyone()
    office.say(JO, start)
    said = office.say(JO, leave)
    assert office.everyone() == before
    assert question in said if leave != "menu" else DOORS in said
    if leave == "menu":
        assert question in office.say(JO, "resume")


def test_a_question_in_between_is_answered_and_the_step_asked_again(office: Office) -> None:
    office.say(JO, "my work e-mail")
    said = office.say(JO, "what is a rapid review?")
    assert "15 working days" in said
    assert wording_people.MAIL_PROMPT in said


@pytest.mark.parametrize("start", ["my work e-mail", "I am away", "my accounts", "people"])
def test_danger_comes_first_at_any_step(office: Office, start: str) -> None:
    office.hire("Ada", "administrator", account=JO)
    office.say(JO, start)
    assert office.say(JO, "he is strangling her right now").startswith("Phone 999 now")
    for held in ("my accounts", "join", "people", "jo@a.gov.uk"):
        assert office.say(JO, held).startswith("Phone 999 now")


@pytest.mark.parametrize("start", ["my accounts", "my work e-mail", "I am away", "give a role"])
def test_whoever_tells_of_something_else_is_heard(office: Office, start: str) -> None:
    office.hire("Ada", "administrator", account=JO)
    office.say(JO, start)
    told = "a boy of ten was stabbed on his way home yesterday evening and is in hospital with his mother"
    assert wording.INCIDENT in office.say(JO, told)


def test_only_an_offer_is_dropped_by_a_few_other_words(office: Office) -> None:
    office.say(JO, "my accounts")
    assert wording_people.CHOOSE not in office.say(JO, "serious incident")
    office.hire("Ada", "administrator", account="slack:ada")
    office.say("slack:ada", "give a role")
    assert wording_people.CHOOSE in office.say("slack:ada", "purple")


def test_what_is_typed_is_not_kept(office: Office) -> None:
    """Neither an address nor a code stands in the conversation; a colleague's name only where the bot says it back."""
    office.hire("Ada", "administrator", account=JO)
    code = office.mailed_code(JO, "someone.secret@a.gov.uk")
    office.say(JO, "XXXX-2222")
    office.say(JO, code)
    office.say(JO, "give lead to someone.else@a.gov.uk")
    office.say(JO, "back")
    office.say(JO, "give lead to Kylie Blenkinsop")
    kept = office.kept_of(JO)
    for words in ("someone.secret", code, "XXXX-2222", "Kylie", "Blenkinsop"):
        assert words not in kept


def test_a_form_or_button_of_something_else_is_stale(office: Office) -> None:
    office.say(JO, "my work e-mail")
    assert wording.STALE in office.say(JO, Filled("1-aware_on", (("date", "today"),)))
    assert wording.STALE in office.say(JO, Chosen("1-check", ("confirm",)))
    assert wording.EMPTY in office.say(JO, " ")
    assert wording_people.MAIL_PROMPT in office.newest(JO)


def test_words_from_under_an_earlier_question_are_late(office: Office) -> None:
    office.say(JO, "my work e-mail")
    assert wording.STALE in office.say(JO, Typed("jo", "door"))
    assert wording_people.MAIL_PROMPT in office.say(JO, Typed("jo@a.gov.uk", "door"))
    assert office.box.letters == []


def test_the_commands_can_be_pressed(office: Office) -> None:
    for id_, words in (("join", "On your other account"), ("work-e-mail", wording_people.MAIL_PROMPT)):
        assert words in office.say(JO, Chosen(COMMAND, (id_,)))
    assert button_ask("accounts") is not None
    assert button_ask("nothing") is None


@given(
    st.text(short_codes.ALPHABET, min_size=short_codes.LENGTH, max_size=short_codes.LENGTH),
    st.sampled_from(["", "-", " "]),
)
def test_every_code_is_heard_as_one_and_is_no_identifier_or_other_command(code: str, between: str) -> None:
    written = f"{code[:4]}{between}{code[4:]}"
    for text in (written, written.lower()):
        assert short_codes.is_one(text)
        assert command(text) is None
        ask = account_ask(f"join {text}")
        assert ask is not None
        assert re.sub(r"\W", "", ask.value("code")) == code.lower()
        assert not privacy.identifiers(f"join {text}")


@pytest.mark.parametrize(
    "text",
    [
        *("join together", "join accounting", "away with the fairies", "the father is away", "make a referral"),
        *("is she away until friday", "he is on leave", "give me the lead", "take the lead", "my email is broken"),
        *(
            "make sure the lead knows",
            "back",
            "remove the child from home",
            "I am back from court and the child is hurt",
        ),
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert account_ask(text) is None


THINGS = st.sampled_from(
    (
        *("my accounts", "join", "my work e-mail", "my work e-mail is jo@a.gov.uk", "remove an account", "I am away"),
        *("I am away until friday", "I am back", "people", "give a role", "take a role away", "give lead to jo"),
        *("take administrator from jo", "join BCDF-GHJK", "1", "2", "3", "99", "yes", "no", "back", "menu", "refer"),
        *("what is a LADO?", "lead", "jo", "jo@b.gov.uk", "Jo Smith", "x" * 900, "", "\x00", "\u202e", "-1"),
    )
)


@settings(max_examples=25)
@given(st.lists(THINGS | st.text(max_size=30), max_size=8), st.uuids(), st.booleans())
def test_whatever_is_said_at_whatever_step_there_is_an_answer_that_asks_on(
    on_sqlite: Exchange, said: list[str], tag: UUID, administers: bool
) -> None:
    office, account = Office(on_sqlite), f"slack:{tag}"
    if administers and office.at_account(account) is None:
        office.hire("Jo Smith", "administrator", account=account)
    for words in said:
        office.say(account, words)
        assert asks_last(office.reply(account)) or is_emergency(office.reply(account)) or words == "stop", words
    assert not administers or [one for one in office.everyone() if one.has(AREA, "administrator")]


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_without_harm(text: str) -> None:
    account_ask(text)
