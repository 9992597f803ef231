"""Accounts, roles and absence step by step: left at any point, told apart from all else, and nothing typed is kept."""

from __future__ import annotations

import asyncio
import re
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import short_code, wording, wording_channels, wording_joining, wording_people
from bot.account_commands import account_ask, button_ask
from bot.commands import command
from bot.exchange import Exchange
from bot.messages import COMMAND, Chosen, Filled, Text, Turn, Typed
from bot.privacy import privacy

from .carried import Carried
from .office import AREA, Office
from .talk import AT, asks_last, is_emergency

JO, WEB = "slack:jo", "web:browser"
DOORS = wording.DOOR_PROMPT


@pytest.fixture
def office(on_sqlite: Exchange) -> Office:
    return Office(on_sqlite)


@pytest.mark.parametrize(
    "said", ["join", "my accounts", "my work e-mail", "I am away", "people", "join BCDF-GHJK", "give lead to jo"]
)
def test_none_of_it_is_done_where_others_read(office: Office, said: str) -> None:
    office.hire("Ada", "administrator", account=JO)
    office.exchange.carrier = heard = Carried()
    before = office.everyone()
    asyncio.run(office.exchange.take(Turn("slack", "team", "jo", Typed(said), "1", AT, private=False)))
    ((_, address, reply),) = heard.said
    told = wording_channels.GROUP_CODE if said.startswith("join ") else wording_people.IN_PRIVATE
    assert (address, reply.blocks[0]) == ("team", Text.of(told))
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
    assert wording_joining.MAIL_PROMPT in said


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
    assert wording_joining.MAIL_PROMPT in office.newest(JO)


def test_words_from_under_an_earlier_question_are_late(office: Office) -> None:
    office.say(JO, "my work e-mail")
    assert wording.STALE in office.say(JO, Typed("jo", "door"))
    assert wording_joining.MAIL_PROMPT in office.say(JO, Typed("jo@a.gov.uk", "door"))
    assert office.box.letters == []


def test_the_commands_can_be_pressed(office: Office) -> None:
    for id_, words in (("join", "On your other account"), ("work-e-mail", wording_joining.MAIL_PROMPT)):
        assert words in office.say(JO, Chosen(COMMAND, (id_,)))
    assert button_ask("accounts") is not None
    assert button_ask("nothing") is None


@given(
    st.text(short_code.ALPHABET, min_size=short_code.LENGTH, max_size=short_code.LENGTH),
    st.sampled_from(["", "-", " "]),
)
def test_every_code_is_heard_as_one_and_is_no_identifier_or_other_command(code: str, between: str) -> None:
    written = f"{code[:4]}{between}{code[4:]}"
    for text in (written, written.lower()):
        assert short_code.is_one(text)
        assert command(text) is None
        ask = account_ask(f"join {text}")
        assert ask is not None
        assert re.sub(r"\W", "", ask.value("code")) == code.lower()
        assert not privacy.identifiers(f"join {text}")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "join ABCD-EFGH-JKLM",
            "join abcd-efgh-jklm",
            "join BCDF-GHJ",
            "join bcdf-",
            "join with bcdf23g",
            "link BCDF2",
        ),
        *("join code bcdf", "join code abcdefgh", f"join code {'x' * 64}", "join code ref_12"),
    ],
)
def test_what_was_meant_for_a_code_is_told_that_it_is_none_and_is_no_guess_at_one(office: Office, text: str) -> None:
    for _ in range(30):
        assert wording_people.CODE_WRONG in office.say(WEB, text)
    assert "Yes, both are mine" in office.say(WEB, f"join {office.code(JO)}")


@pytest.mark.parametrize(
    "text",
    [
        *("join together", "join year 4", "join week-2", "join year4", "join half-day", "join MASH", "join LSCP"),
        *(
            "join multi-agency",
            "link HMPPS",
            "join 12345",
            "join code of conduct",
            "join code danger",
            "join code stabbed",
            "join 26-001",
            "join self-care-plan",
        ),
        *("join in with them", "join accounting", "away with the fairies", "the father is away", "make a referral"),
        *("I'm off to court on Friday", "I'm off to see her tomorrow", "I'm off to meet the Panel on 4 December"),
        *("I'm off to see the child on Friday", "I'm off now", "I'm off", "away with the team on Friday", "on leave"),
        *("is she away until friday", "he is on leave", "give me the lead", "take the lead", "my email is broken"),
        *(
            "make sure the lead knows",
            "back",
            "remove the child from home",
            "I am back from court and the child is hurt",
            "I'm back at court on Friday",
            "I'm away at work on 4 December",
        ),
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert account_ask(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("im off sick", ""),
        ("I'm off work", ""),
        ("I'm off sick since Friday", "since friday"),
        ("away next week", "next week"),
        ("away for a week", "for a week"),
        ("I'm off to 4 December", "to 4 december"),
        ("I'm away tomorrow morning.", "tomorrow morning"),
        ("I'm on leave 24 Dec-2 Jan, thanks", "24 dec-2 jan, thanks"),
        ("away from Christmas Eve until New Year\u2019s Day", "from christmas eve until new year's day"),
        ("I'll be off from 3/8/2027 to 14/8/2027", "from 3/8/2027 to 14/8/2027"),
        ("I am away, back at work on Monday", "back at work on monday"),
        ("I am away tomorrow and back on Thursday", "tomorrow and back on thursday"),
        ("I'll be back at work on Thursday", "i'll be back at work on thursday"),
        ("I am away 22nd-26th Dec", "22nd-26th dec"),
        ("I'm away Friday 2-4pm", "friday 2-4pm"),
        ("I am on a course tomorrow", "tomorrow"),
        ("I'm on jury service until Friday", "until friday"),
        ("I'm on a training day today", "today"),
        ("I am at a training day tomorrow", "tomorrow"),
        ("on a training course from 7 to 11 December", "from 7 to 11 december"),
    ],
)
def test_an_absence_is_given_by_days_and_nothing_else(text: str, days: str) -> None:
    ask = account_ask(text)
    assert ask is not None
    assert (ask.act, ask.value("days"), ask.value("asked")) == ("away", days, "")


def test_an_absence_with_a_question_mark_is_a_question() -> None:
    ask = account_ask("I am away tomorrow?")
    assert ask is not None
    assert (ask.value("days"), ask.value("asked")) == ("tomorrow", "yes")


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
