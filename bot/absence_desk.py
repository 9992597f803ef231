"""Notes when somebody is away, or back: what they plainly said, or what was asked of them because they did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot import wording_people
from bot.account_came import Came, Desk, said, slip
from bot.account_step import AccountAsk, AccountStep
from bot.messages import Block, Text
from bot.people import absences, people
from bot.storage import people as stored
from bot.storage.people import Person
from bot.storage.people_tables import POSTS
from dialogs.absence_days import WHOLE_DAYS, Begins, Days, Unclear, absence, begins_on, ends_on
from dialogs.answers import InvalidAnswer
from dialogs.date_words import in_full

LONGEST_ABSENCE = timedelta(days=366)
_NOT_NOTED = Text.of(wording_people.NOT_NOTED_YET)
_WHOLE_DAYS = Text.of(WHOLE_DAYS)


def away(desk: Desk, ask: AccountAsk) -> Came:
    """Notes from which day to which somebody is away, and says who hears meanwhile what they would hear.

    What is not clear, or was only asked, is asked back before anything is noted.
    """
    typed, until, begun = ask.value("days"), ask.value("last"), ask.value("first")
    first = date.fromisoformat(begun) if begun else None
    step = _from_when() if first is None else _until_when(first)
    if not (typed or until):
        return Came(step=step)
    before: tuple[Block, ...] = (_NOT_NOTED,) if ask.value("asked") else ()
    noted = _noted_for(desk)
    try:
        if first is None and (begins := begins_on(typed, desk.today)) is not None:
            return _begun(begins, before)
        found = absence(typed, desk.today) if first is None else ends_on(until, first, desk.today)
        why = found.why if isinstance(found, Unclear) else ""
        days = _still_to_come(found.days if isinstance(found, Unclear) else (found,), desk.today)
    except InvalidAnswer as slipped:
        return slip(slipped.message, step)
    if why == "back":
        # Who says when they are back speaks of the last absence that is noted before that.
        days = tuple((max((one[0] for one in noted if one[0] <= last), default=first), last) for first, last in days)
    is_clear = len(days) == 1 and why in ("", "which")
    if is_clear and not before:
        return _note(desk, days[0])
    for one in noted:
        if one in days if why == "back" else is_clear and _is_within(days[0], one):
            return said(wording_people.is_away(*one))
    return Came((*before, _WHOLE_DAYS) if why == "part" else before, _which(days, begun))


def _noted_for(desk: Desk) -> tuple[Days, ...]:
    """The absences that are noted already and not over."""
    person = desk.person
    return absences.to_come(person.absences, desk.today) if person is not None else ()


def _note(desk: Desk, days: Days) -> Came:
    person = people.ensure(desk.connection, desk.keys, *desk.here, desk.at)
    before = absences.to_come(person.absences, desk.today)
    stand = absences.with_one_more(before, days, desk.today)
    stored.set_away(desk.connection, desk.keys, person.id, stand, desk.at)
    cover = _cover(desk, replace(person, absences=stand), days[0])
    replaced = [one for one in absences.touched_by(days, before) if one != days]
    also = [one for one in stand if one != days]
    return said(wording_people.away_noted(days, cover, replaced=replaced, also=also))


def _cover(desk: Desk, person: Person, on: date) -> str:
    """Who hears what they would hear on a day on which they are away; empty where they hear nothing."""
    if person.has(desk.area.key, *people.DUTY):
        covers = people.cover_for(desk.connection, desk.keys, person, desk.area.key, on)
        return wording_people.covered_by(people.label(covers) if covers else "")
    return wording_people.POST_IS_HEARD if person.has(desk.area.key, *POSTS) else ""


def _from_when() -> AccountStep:
    return AccountStep(
        AccountAsk("away"),
        "days",
        wording_people.AWAY_PROMPT,
        takes_words=True,
        help=wording_people.AWAY_HELP,
        said="The days I am away.",
    )


def _begun(begins: Begins, before: tuple[Block, ...]) -> Came:
    """Asks for the last day of an absence that was given only its first, or which first day that is."""
    before = (*before, _WHOLE_DAYS) if begins.is_part else before
    if len(begins.days) == 1:
        return Came(before, _until_when(begins.days[0]))
    options = tuple((f"from {day.isoformat()}", in_full(day)) for day in begins.days)
    return Came(before, replace(_from_when(), text=wording_people.AWAY_FROM_WHICH_DAY, options=options, help=""))


def _until_when(first: date) -> AccountStep:
    """Asks for the last day of an absence that was given only its first."""
    return AccountStep(
        AccountAsk("away").having(first=first.isoformat()),
        "last",
        wording_people.away_until_when(first),
        ((first.isoformat(), wording_people.THAT_DAY_ONLY),),
        takes_words=True,
        help=wording_people.AWAY_LAST_HELP,
        said="The last day I am away.",
    )


def _which(every: tuple[Days, ...], begun: str) -> AccountStep:
    """Asks which of several absences is meant, or whether the one that was perhaps meant is."""
    step = replace(_from_when(), help=wording_people.AWAY_OR_TYPE)
    if len(every) == 1:
        step = replace(step, help=wording_people.AWAY_IF_OTHERS)
        text, labels = wording_people.shall_i_note(*every[0]), [wording_people.YES]
    else:
        are_one = all(first == last for first, last in every)
        text = wording_people.AWAY_WHICH_DAY if are_one else wording_people.AWAY_WHICH_DAYS
        labels = [wording_people.these_days(*days) for days in every]
    ids = [last.isoformat() if begun or first == last else f"{first} to {last}" for first, last in every]
    if begun:
        step = replace(step, ask=step.ask.having(first=begun), name="last")
    return replace(step, text=text, options=tuple(zip(ids, labels, strict=True)))


def _is_within(days: Days, noted: Days) -> bool:
    return noted[0] <= days[0] and days[1] <= noted[1]


def _still_to_come(every: tuple[Days, ...], today: date) -> tuple[Days, ...]:
    """Those that are not over. Raises InvalidAnswer where all are, or one is in no order or too long."""
    days = tuple(one for one in every if one[1] >= today) or every[:1]
    return tuple(checked_absence(one, today) for one in days)


def checked_absence(days: Days, today: date) -> Days:
    """The first and last day of an absence. Raises InvalidAnswer where they are in no order, over or too far apart."""
    first, last = days
    if last < first:
        raise InvalidAnswer(wording_people.AWAY_TURNED_ROUND)
    if last < today:
        raise InvalidAnswer(wording_people.AWAY_OVER)
    if last - max(first, today) > LONGEST_ABSENCE:
        raise InvalidAnswer(wording_people.AWAY_TOO_LONG)
    return first, last


def returned(desk: Desk, ask: AccountAsk) -> Came:
    """Notes that somebody is not away, or not any more: the absence that runs ends, or the one that they choose."""
    person, noted = desk.person, _noted_for(desk)
    if person is None or not noted:
        return said(wording_people.NOT_AWAY)
    meant = {f"{one[0]} to {one[1]}": one for one in absences.ends_with_a_return(noted, desk.today)}
    is_clear = len(meant) == 1 and not ask.value("asked")
    chosen = next(iter(meant.values())) if is_clear else meant.get(ask.value("which"))
    if chosen is None:
        before = (_NOT_NOTED,) if ask.value("asked") else ()
        options = tuple((id_, wording_people.these_days(*one)) for id_, one in meant.items())
        # Asked again, so that a button pressed later finds what is meant then.
        step = AccountStep(AccountAsk("returned").having(asked="yes"), "which", wording_people.BACK_FROM_WHICH, options)
        return Came(before, step)
    still = [one for one in noted if one != chosen]
    stored.set_away(desk.connection, desk.keys, person.id, still, desk.at)
    return said(wording_people.back(still))
