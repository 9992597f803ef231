"""Does what an administrator asks of people and roles, step by step: who has which, giving one, taking one away."""

from __future__ import annotations

from bot import short_code, wording_people
from bot.account_came import Came, Deed, Desk, said, slip
from bot.account_step import AccountAsk, AccountStep, Act
from bot.messages import Card
from bot.people import absences, people, roles
from bot.people.handing_on import HandedOn
from bot.people.work_mail import kept_address
from bot.storage import join_codes
from bot.storage import people as stored
from bot.storage.people import Person, Role

MOST_SHOWN = 30
MOST_TO_CHOOSE_FROM = 8
_YES = (("yes", wording_people.YES),)


def administering(deed: Deed) -> Deed:
    """The same, refused to whoever is no administrator here."""

    def checked(desk: Desk, ask: AccountAsk) -> Came:
        if not people.has_administrator(desk.connection, desk.area.key):
            return slip(wording_people.NOBODY_ADMINISTERS)
        roles.check_may_give(desk.person, desk.area.key)
        return deed(desk, ask)

    return checked


def listed(desk: Desk, ask: AccountAsk) -> Came:
    """Everyone who is known, with their roles; and what can be done."""
    if chosen := ask.value("next"):
        act: Act = "take" if chosen == "take" else "give"
        return ADMINISTERING[act](desk, AccountAsk(act))
    everyone = stored.read_all(desk.connection, desk.keys)
    # Whoever has a role comes first; those who only joined an account are many, and of less interest.
    everyone.sort(key=lambda one: (not one.roles, people.label(one).casefold()))
    facts = tuple((people.label(one), described(one, desk)) for one in everyone[:MOST_SHOWN])
    more = wording_people.more_people(len(everyone) - MOST_SHOWN) if len(everyone) > MOST_SHOWN else ""
    options = (("give", wording_people.GIVE_ROLE), ("take", wording_people.TAKE_ROLE))
    step = AccountStep(AccountAsk("people"), "next", wording_people.PEOPLE_NEXT, options, is_offer=True)
    card = Card(wording_people.PEOPLE_TITLE, facts)
    return said(more, card, step=step) if more else Came((card,), step)


def described(person: Person, desk: Desk) -> str:
    """What is said of someone on the list: roles, accounts by channel, and absence."""
    held = [wording_people.role(role) for role in roles.ALL if person.has(desk.area.key, role)]
    reached = dict.fromkeys(wording_people.channel(one.channel) for one in person.accounts)
    gone = wording_people.away_days(absences.to_come(person.absences, desk.today), desk.today)
    return "; ".join(part for part in (", ".join(held) or wording_people.NO_ROLE, ", ".join(reached), gone) if part)


def give(desk: Desk, ask: AccountAsk) -> Came:
    """Gives a role, once it is known which, to whom, and that this is meant."""
    role = ask.value("role")
    if role not in roles.ALL:
        options = tuple((name, wording_people.role(name).capitalize()) for name in roles.ALL)
        return Came(step=AccountStep(AccountAsk("give"), "role", wording_people.WHICH_ROLE, options))
    who = AccountStep(
        AccountAsk("give").having(role=role, name=ask.value("name")),
        "who",
        wording_people.whose_address(ask.value("name")) if ask.value("name") else wording_people.WHOM,
        takes_words=True,
        help=wording_people.WHO_HELP,
        said="Somebody.",
    )
    if ask.value("mail"):
        return _give_to_new(desk, ask)
    person = _person(desk, ask)
    if person is None:
        return _who(desk, ask, who)
    if not (person.name or ask.value("name")):
        return Came(step=_name_step(ask.having(who="", person=person.id)))
    label = person.name or roles.named(ask.value("name"))
    if ask.value("sure"):
        return _given(desk, ask, person, role, label)
    text = wording_people.give_prompt(label, role, desk.area.name)
    return Came(step=AccountStep(ask.having(who="", person=person.id), "sure", text, _YES))


def _given(desk: Desk, ask: AccountAsk, person: Person, role: str, label: str) -> Came:
    by = desk.person
    assert by is not None
    code = ask.value("code")
    is_new = roles.give(desk.connection, desk.keys, by, person, Role(desk.area.key, role), desk.at)
    if code:
        join_codes.spend(desk.connection, desk.keys, code, desk.at, source=_source(desk))
    if not person.name:
        stored.rename(desk.connection, desk.keys, person.id, label, desk.at)
    return said(wording_people.given(label, role) if is_new else wording_people.had_it(label, role))


def _give_to_new(desk: Desk, ask: AccountAsk) -> Came:
    """To somebody nobody has heard of yet, by their work e-mail and name."""
    if not (name := roles.named(ask.value("name"))):
        return Came(step=_name_step(ask))
    if not ask.value("sure"):
        text = wording_people.give_prompt(f"{name} ({ask.value('mail')})", ask.value("role"), desk.area.name)
        return Came(step=AccountStep(ask, "sure", text, _YES))
    person = roles.add(desk.connection, desk.keys, name, ask.value("mail"), desk.at)
    return _given(desk, ask, person, ask.value("role"), name)


def take(desk: Desk, ask: AccountAsk) -> Came:
    """Takes a role away, once it is known whose, which, and that this is meant."""
    who = AccountStep(
        AccountAsk("take").having(role=ask.value("role")),
        "who",
        wording_people.WHOSE,
        takes_words=True,
        help=wording_people.WHO_HELP,
        said="Somebody.",
    )
    person = _person(desk, ask)
    if person is None:
        return _who(desk, ask, who)
    asked = ask.having(who="", person=person.id)
    label, held = people.label(person), [role for role in roles.ALL if person.has(desk.area.key, role)]
    if not held:
        return said(wording_people.NOTHING_TO_TAKE)
    role = asked.value("role") or (held[0] if len(held) == 1 else "")
    if role and role not in held:
        return said(wording_people.lacks_it(label, role))
    if not role:
        options = tuple((name, wording_people.role(name).capitalize()) for name in held)
        return Came(step=AccountStep(asked, "role", wording_people.WHICH_ROLE, options))
    if not ask.value("sure"):
        text = wording_people.take_prompt(label, role, desk.area.name)
        return Came(step=AccountStep(asked.having(role=role), "sure", text, _YES))
    by = desk.person
    assert by is not None
    handed = roles.take(desk.connection, desk.keys, by, person, Role(desk.area.key, role), desk.at)
    return said(f"{wording_people.taken(label, role)} {handed_words(handed)}".strip())


def handed_words(handed: HandedOn | None) -> str:
    """What became of somebody's cases with their role, for whoever took it."""
    if handed is None:
        return ""
    return wording_people.handed_on(handed.cases, people.label(handed.to) if handed.to else "")


def _person(desk: Desk, ask: AccountAsk) -> Person | None:
    """Who has been chosen already."""
    person_id = ask.value("person")
    return stored.read(desk.connection, desk.keys, person_id) if person_id else None


def _who(desk: Desk, ask: AccountAsk, step: AccountStep) -> Came:
    """Finds who is meant by what was typed, and goes on with them; otherwise asks."""
    typed = ask.value("who")
    if not typed:
        return Came(step=step)
    go_on = ADMINISTERING[ask.act]
    if short_code.is_one(typed):
        code = join_codes.look(desk.connection, desk.keys, typed, desk.at, source=_source(desk))
        if code is None or code.person_id is None:
            return slip(wording_people.CODE_WRONG, step)
        return go_on(desk, ask.having(who="", person=code.person_id, code=typed))
    found = people.find(desk.connection, desk.keys, typed)
    if len(found) == 1:
        return go_on(desk, ask.having(who="", person=found[0].id))
    if 1 < len(found) <= MOST_TO_CHOOSE_FROM:
        options = tuple((one.id, f"{people.label(one)} ({described(one, desk)})") for one in found)
        return Came(step=AccountStep(ask.having(who=""), "person", wording_people.WHO_EXACTLY, options))
    if ask.act == "give" and not found:
        try:
            return go_on(desk, ask.having(who="", mail=kept_address(typed)))
        except ValueError:
            pass
    return slip(wording_people.NOBODY_FOUND if not found else wording_people.TOO_MANY_FOUND, step)


def _name_step(ask: AccountAsk) -> AccountStep:
    return AccountStep(
        ask, "name", wording_people.THEIR_NAME, takes_words=True, help=wording_people.NAME_HELP, said="Their name."
    )


def _source(desk: Desk) -> str:
    return f"{desk.here[0]}:{desk.here[1]}"


ADMINISTERING: dict[Act, Deed] = {
    "people": administering(listed),
    "give": administering(give),
    "take": administering(take),
}
