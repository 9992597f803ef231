"""When somebody is away, told in chat: what is clear is noted and read back, and what is not is asked first."""

from __future__ import annotations

from datetime import date

import pytest

from bot import wording, wording_people
from bot.exchange import Exchange
from dialogs.absence_days import WHOLE_DAYS

from .office import Office

JO = "slack:jo"
FRIDAY, NEXT_FRIDAY = date(2026, 11, 27), date(2026, 12, 4)


@pytest.fixture
def office(on_sqlite: Exchange) -> Office:
    """Monday 23 November 2026, with a lead and who stands in for her."""
    office = Office(on_sqlite)
    office.hire("Jo", "lead", account=JO)
    office.hire("Di Deputy", "deputy")
    return office


def away(office: Office) -> tuple[date, date] | None:
    """The one absence that is noted of Jo."""
    jo = office.at_account(JO)
    assert jo is not None
    assert len(jo.absences) < 2
    return next(iter(jo.absences), None)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("I am away next Monday", date(2026, 11, 30), date(2026, 11, 30)),
        ("I'm away from next Monday to Friday", date(2026, 11, 30), NEXT_FRIDAY),
        ("I am away until next Monday", date(2026, 11, 23), date(2026, 11, 30)),
        ("I am away 22-26 Dec", date(2026, 12, 22), date(2026, 12, 26)),
        ("on leave 22nd-26th Dec, thanks", date(2026, 12, 22), date(2026, 12, 26)),
        ("I am away 22/26 December", date(2026, 12, 22), date(2026, 12, 26)),
        ("I'm on holiday December 22-26", date(2026, 12, 22), date(2026, 12, 26)),
        ("off sick tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("I'm off Tue-Thu", date(2026, 11, 24), date(2026, 11, 26)),
        ("I am away, back on Monday", date(2026, 11, 23), date(2026, 11, 29)),
        ("I'm off sick today, back at work on Thursday", date(2026, 11, 23), date(2026, 11, 25)),
        ("I'm away all week", date(2026, 11, 23), FRIDAY),
        ("I'm on leave for the rest of the week", date(2026, 11, 23), FRIDAY),
        ("I am on annual leave 22-26 December", date(2026, 12, 22), date(2026, 12, 26)),
        ("on maternity leave from 1 December 2026 until 30 June 2027", date(2026, 12, 1), date(2027, 6, 30)),
        ("I've got annual leave from 7 to 11 December", date(2026, 12, 7), date(2026, 12, 11)),
        ("I'm going to be away 7-11 December", date(2026, 12, 7), date(2026, 12, 11)),
        ("I am out of the office until Wednesday", date(2026, 11, 23), date(2026, 11, 25)),
        ("I won't be in tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("I'm not at work tomorrow, if that's ok", date(2026, 11, 24), date(2026, 11, 24)),
        ("I am away from 30 November to 2 December with the family", date(2026, 11, 30), date(2026, 12, 2)),
    ],
)
def test_a_clear_absence_is_noted_at_once(office: Office, said: str, first: date, last: date) -> None:
    assert wording_people.is_away(first, last) in office.say(JO, said)
    assert away(office) == (first, last)


@pytest.mark.parametrize(("role", "heard"), [("director", wording_people.POST_IS_HEARD), ("administrator", "")])
def test_who_hears_meanwhile_is_said_of_whom_it_is_true(office: Office, role: str, heard: str) -> None:
    office.hire("Nia", role, account="slack:nia")
    said = " ".join(office.say("slack:nia", "I am away tomorrow").split())
    assert f"You are away on Tuesday 24 November 2026. {heard} If that is wrong".replace("  ", " ") in said


def test_which_day_is_meant_is_asked_with_the_days_to_choose(office: Office) -> None:
    said = office.say(JO, "I am away next Friday")
    assert wording_people.AWAY_WHICH_DAY in said
    assert "1. Friday 27 November 2026" in said
    assert away(office) is None
    office.press(JO, "Friday 4 December 2026")
    assert away(office) == (NEXT_FRIDAY, NEXT_FRIDAY)


def test_another_day_may_be_typed_instead_of_one_to_choose(office: Office) -> None:
    assert wording_people.AWAY_WHICH_DAYS in office.say(JO, "I am away until next Friday")
    office.say(JO, "until 2 December")
    assert away(office) == (date(2026, 11, 23), date(2026, 12, 2))


def test_which_first_day_is_meant_is_asked_before_the_last(office: Office) -> None:
    assert wording_people.AWAY_FROM_WHICH_DAY in office.say(JO, "I am away from next Friday")
    assert wording_people.away_until_when(NEXT_FRIDAY) in office.press(JO, "Friday 4 December 2026")
    assert wording_people.AWAY_WHICH_DAYS in office.say(JO, "Friday")
    office.press(JO, "Friday 4 December 2026 to Friday 11 December 2026")
    assert away(office) == (NEXT_FRIDAY, date(2026, 12, 11))


@pytest.mark.parametrize(
    "said",
    [
        "I'm away Friday afternoon",
        "I am away on Friday from 2pm",
        "I'll be off Friday 2-4pm",
        "I'm away half of Friday",
    ],
)
def test_a_part_of_a_day_is_noted_only_once_the_whole_of_it_is_meant(office: Office, said: str) -> None:
    answer = office.say(JO, said)
    assert WHOLE_DAYS in answer
    assert wording_people.shall_i_note(FRIDAY, FRIDAY) in answer
    assert wording_people.STAYS in office.say(JO, "no")
    assert away(office) is None
    office.say(JO, said)
    office.say(JO, "yes please")
    assert away(office) == (FRIDAY, FRIDAY)


def test_from_a_part_of_a_day_on_is_said_to_be_whole_days(office: Office) -> None:
    said = office.say(JO, "I'm away from Friday afternoon")
    assert WHOLE_DAYS in said
    assert wording_people.away_until_when(FRIDAY) in said


def test_a_question_notes_nothing_and_is_answered(office: Office) -> None:
    for said in ("I am away on Friday?", "I'm away from Friday?", "I am away on Friday, is that ok?"):
        assert wording_people.NOT_NOTED_YET in office.say(JO, said)
        office.say(JO, "leave it")
        assert away(office) is None
    assert wording_people.shall_i_note(FRIDAY, FRIDAY) in office.say(JO, "I am away on Friday?")
    office.say(JO, "ok")
    assert away(office) == (FRIDAY, FRIDAY)
    said = office.say(JO, "I am away on Friday?")
    assert wording_people.is_away(FRIDAY, FRIDAY) in said
    assert wording.DOOR_PROMPT in said


def test_a_return_alone_is_no_absence_until_that_is_meant(office: Office) -> None:
    monday, wednesday = date(2026, 11, 23), date(2026, 11, 25)
    assert wording_people.shall_i_note(monday, wednesday) in office.say(JO, "I'm back on Thursday")
    assert away(office) is None
    office.press(JO, "Yes")
    assert away(office) == (monday, wednesday)


def test_a_return_is_of_the_absence_that_is_noted(office: Office) -> None:
    first = date(2026, 12, 1)
    office.say(JO, "I am away from 1 to 4 December")
    assert wording_people.is_away(first, NEXT_FRIDAY) in office.say(JO, "I'm back on 5 December")
    assert wording_people.shall_i_note(first, date(2026, 12, 2)) in office.say(JO, "I'll be back on 3 December")
    office.press(JO, "Yes")
    assert away(office) == (first, date(2026, 12, 2))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I'll be back in the morning", WHOLE_DAYS),
        ("I'll be back at 2pm", WHOLE_DAYS),
        ("I am away 22-26", "Please give the month too"),
        ("away 29 Feb", "There is no 29 February in 2027"),
        ("I'm away Tuesday and Thursday", "one stretch of days at a time"),
        ("I'm away from 4 December to 1 December", "The last day comes before the first"),
    ],
)
def test_what_cannot_be_noted_is_asked_for_again_with_its_reason(office: Office, said: str, why: str) -> None:
    answer = office.say(JO, said)
    assert why in answer
    assert wording_people.AWAY_PROMPT in answer
    assert away(office) is None


NOVEMBER = (date(2026, 11, 25), date(2026, 11, 27))
DECEMBER = (date(2026, 12, 22), date(2026, 12, 26))


def every(office: Office) -> tuple[tuple[date, date], ...]:
    jo = office.at_account(JO)
    assert jo is not None
    return jo.absences


def test_a_second_absence_is_noted_beside_the_first(office: Office) -> None:
    office.say(JO, "I am away 25 to 27 November")
    said = office.say(JO, "I am away 22 to 26 December")
    assert "You are also away from Wednesday 25 November 2026 to Friday 27 November 2026." in said
    assert every(office) == (NOVEMBER, DECEMBER)
    assert wording_people.are_away((NOVEMBER, DECEMBER)) in office.say(JO, "my accounts")
    office.say(JO, "leave it")
    office.hire("Ad Min", "administrator", account="slack:ad")
    assert wording_people.away_days((NOVEMBER, DECEMBER), date(2026, 11, 23)) in office.say("slack:ad", "people")


def test_an_absence_takes_the_place_of_those_it_shares_a_day_with_and_says_so(office: Office) -> None:
    office.say(JO, "I am away 25 to 27 November")
    office.say(JO, "I am away 22 to 26 December")
    said = office.say(JO, "I am away 26 November to 1 December")
    assert "I had noted Wednesday 25 November 2026 to Friday 27 November 2026: this takes its place." in said
    assert every(office) == ((date(2026, 11, 26), date(2026, 12, 1)), DECEMBER)
    assert "takes its place" not in office.say(JO, "I am away 22 to 26 December")


def test_back_ends_the_absence_that_runs_and_says_what_is_still_noted(office: Office) -> None:
    office.say(JO, "I am away today until Friday")
    office.say(JO, "I am away 22 to 26 December")
    assert wording_people.back([DECEMBER]) in office.say(JO, "I am back")
    assert every(office) == (DECEMBER,)


def test_back_asks_which_is_meant_where_none_runs(office: Office) -> None:
    office.say(JO, "I am away 25 to 27 November")
    office.say(JO, "I am away 22 to 26 December")
    assert wording_people.BACK_FROM_WHICH in office.say(JO, "I am not away")
    assert every(office) == (NOVEMBER, DECEMBER)
    assert wording_people.back([DECEMBER]) in office.press(JO, "Wednesday 25 November 2026 to Friday 27 November 2026")
    assert every(office) == (DECEMBER,)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "I am back now",
            "I'm back early",
            "im back from leave",
            "I'm back from annual leave today",
            "back from leave",
        ),
        *("I am not away any more", "I'm no longer away", "I am not on leave any more", "I'm not away after all"),
        *("I am back at work again", "I'm back in the office"),
    ],
)
def test_a_return_is_understood_in_other_words(office: Office, said: str) -> None:
    office.say(JO, "I am away until Friday")
    assert wording_people.BACK in office.say(JO, said)
    assert every(office) == ()


def test_a_return_that_is_asked_about_ends_nothing_by_itself(office: Office) -> None:
    office.say(JO, "I am away until Friday")
    assert wording_people.NOT_NOTED_YET in office.say(JO, "I am back?")
    assert away(office) == (date(2026, 11, 23), FRIDAY)
    office.press(JO, "Monday 23 November 2026 to Friday 27 November 2026")
    assert every(office) == ()


@pytest.mark.parametrize("after", ["menu", "not an emergency"])
def test_what_danger_interrupts_is_said_to_be_left(office: Office, after: str) -> None:
    office.say(JO, "I am away from 22 December")
    assert wording_people.AWAY_LEFT not in office.say(JO, "shes not breathing")
    assert wording_people.AWAY_LEFT in office.say(JO, after)
    assert every(office) == ()
    office.say(JO, "I am away from 22 December")
    assert wording_people.AWAY_LEFT not in office.say(JO, "leave it")


@pytest.mark.parametrize("said", ["I am away part of Friday", "I'm away for most of Friday"])
def test_part_of_a_day_is_no_absence_until_that_is_meant(office: Office, said: str) -> None:
    assert wording_people.shall_i_note(FRIDAY, FRIDAY) in office.say(JO, said)
    assert away(office) is None


def test_a_return_on_a_day_is_of_the_absence_before_it(office: Office) -> None:
    office.say(JO, "I am away 25 to 27 November")
    office.say(JO, "I am away 22 to 26 December")
    assert wording_people.is_away(*DECEMBER) in office.say(JO, "I'm back on 27 December")
    assert every(office) == (NOVEMBER, DECEMBER)


@pytest.mark.parametrize("said", ["I am away until further notice", "I'm off sick for the time being"])
def test_until_when_is_asked_where_no_day_is_said(office: Office, said: str) -> None:
    asked = office.say(JO, "I am away")
    office.say(JO, "leave it")
    assert office.say(JO, said) == asked
    assert away(office) is None
