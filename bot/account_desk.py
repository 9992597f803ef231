"""Does what a person asks of their own accounts, and says what came of it or what is needed next."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from bot import wording_joining, wording_people
from bot.absence_desk import away, returned
from bot.account_came import Came, Deed, Desk, said, slip
from bot.account_step import AccountAsk, AccountStep, Act
from bot.messages import Block, Card, Link, Text
from bot.people import absences, joining, people, roles
from bot.people.joining import Here
from bot.people.roles import NotAllowed
from bot.people.work_mail import work_address
from bot.short_code import is_one
from bot.storage import people as stored
from bot.storage import sessions
from bot.storage.people import Account

_PAGE = "web"


def accounts(desk: Desk, ask: AccountAsk) -> Came:
    """Who the bot thinks someone is, the accounts it reaches them at, and what can be done with them."""
    if chosen := ask.value("next"):
        return OWN[_NEXT[chosen]](desk, AccountAsk(_NEXT[chosen]))
    person = desk.person
    options: tuple[tuple[str, str], ...] = wording_people.ACCOUNT_OPTIONS
    if person is None:
        return said(wording_people.NOT_KNOWN, step=_what_next(options))
    if len(person.accounts) > 1:
        options = (*options, ("remove", wording_people.REMOVE))
    noted = absences.to_come(person.absences, desk.today)
    options = (*options, ("away", wording_people.SAY_AWAY), *((("back", wording_people.I_AM_BACK),) if noted else ()))
    held = tuple(role for role in roles.ALL if person.has(desk.area.key, role))
    facts = tuple(_fact(one, desk.here) for one in person.accounts)
    known = wording_people.known_by(person.name, held, desk.area.name)
    gone = (Text.of(wording_people.are_away(noted)),) if noted else ()
    return said(known, Card(wording_people.ACCOUNTS_TITLE, facts), *gone, step=_what_next(options))


_NEXT: dict[str, Act] = {"join": "join", "mail": "work e-mail", "remove": "remove", "away": "away", "back": "returned"}


def join(desk: Desk, ask: AccountAsk) -> Came:
    """Gives a code for another account, or joins this one to where a code was given, once that is agreed to."""
    code = ask.value("code")
    if not code:
        given = joining.code_for(desk.connection, desk.keys, desk.here, desk.at)
        return Came(
            (Text.of(wording_joining.join_code(given, is_page=desk.here[0] == _PAGE)), *_page_link(desk, given))
        )
    if not is_one(code):
        # Cut or mistyped; it is no guess at another's code.
        raise NotAllowed(wording_people.CODE_WRONG)
    if ask.value("sure"):
        joining.confirm(desk.connection, desk.keys, desk.here, code, desk.at)
        return said(wording_joining.JOINED)
    seen = joining.look(desk.connection, desk.keys, desk.here, code, desk.at)
    return Came(step=AccountStep(ask, "sure", seen.text, (("yes", seen.agree),)))


def work_mail(desk: Desk, ask: AccountAsk) -> Came:
    """Sends a code to a work e-mail address, and takes the code that came."""
    if code := ask.value("code"):
        return _mail_code(desk, code)
    if desk.post.channel is None:
        return slip(wording_joining.NO_MAIL)
    asked = AccountStep(
        AccountAsk("work e-mail"),
        "mail",
        wording_joining.MAIL_PROMPT,
        takes_words=True,
        said="A work e-mail address.",
    )
    if not (typed := ask.value("mail")):
        return Came(step=asked)
    try:
        address = work_address(typed)
    except ValueError as why:
        return slip(wording_people.mail_wrong(str(why)), asked)
    letter = joining.letter_to(desk.connection, desk.keys, desk.here, address, desk.post.public_url, desk.at)
    return replace(said(wording_joining.mail_sent(address), step=_type_code()), letters=(letter,))


def _mail_code(desk: Desk, code: str) -> Came:
    try:
        joining.confirm(desk.connection, desk.keys, desk.here, code, desk.at)
    except NotAllowed as why:
        again = str(why) == wording_people.CODE_WRONG
        return slip(str(why), _type_code() if again else None)
    return said(wording_joining.MAIL_CONFIRMED)


def _type_code() -> AccountStep:
    return AccountStep(
        AccountAsk("work e-mail"),
        "code",
        wording_joining.CODE_PROMPT,
        takes_words=True,
        said="The code from an e-mail.",
    )


def remove(desk: Desk, ask: AccountAsk) -> Came:
    """Takes an account away from whoever asks, once they are sure which."""
    person = desk.person
    if person is None or len(person.accounts) < 2:
        return slip(wording_people.NO_OTHER_ACCOUNT if person else wording_people.NOT_KNOWN)
    by_mark = {_mark(one): one for one in person.accounts}
    chosen = by_mark.get(ask.value("account"))
    if chosen is None:
        options = tuple((mark, _shown(one, desk.here)) for mark, one in by_mark.items())
        return Came(step=AccountStep(AccountAsk("remove"), "account", wording_people.WHICH_ACCOUNT, options))
    sessions.note_whose(desk.connection, desk.keys, person.id, chosen.channel, chosen.address, desk.at)
    stored.remove_account(desk.connection, desk.keys, person.id, chosen.channel, chosen.address, desk.at)
    if chosen.channel == _PAGE:
        # Whoever sits there would still be them.
        sessions.end_in(desk.connection, chosen.address)
    return said(wording_people.account_gone(_shown(chosen, desk.here)))


def _what_next(options: tuple[tuple[str, str], ...]) -> AccountStep:
    return AccountStep(AccountAsk("accounts"), "next", wording_people.PEOPLE_NEXT, options, is_offer=True)


def _page_link(desk: Desk, code: str) -> tuple[Block, ...]:
    if not desk.post.public_url:
        return ()
    return (Link(wording_joining.OR_OPEN_THERE, f"{desk.post.public_url}/join/{code}"),)


def _fact(account: Account, here: Here) -> tuple[str, str]:
    """An account as its holder is told of it: what it is, and which."""
    where = wording_people.channel(account.channel)
    if account.channel == people.MAIL:
        which = account.address
    else:
        which = wording_people.THIS_ONE if (account.channel, account.address) == here else wording_people.ANOTHER
    return where[0].upper() + where[1:], which


def _shown(account: Account, here: Here) -> str:
    return ": ".join(_fact(account, here))


def _mark(account: Account) -> str:
    """What stands for an account in a button."""
    return sha256(f"{account.channel}\n{account.address}".encode()).hexdigest()[:16]


OWN: dict[Act, Deed] = {
    "accounts": accounts,
    "join": join,
    "work e-mail": work_mail,
    "remove": remove,
    "away": away,
    "returned": returned,
}
