"""The bot's own sentences about people: their accounts, their roles, and when they are away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dialogs.date_words import in_full

Days = tuple[date, date]
_CHANNELS = {
    "mail": "e-mail",
    "oidc": "sign-in",
    "terminal": "the terminal",
    "web": "the web page",
}
_PLATFORMS: dict[str, str] = {}
ROLES = {
    "practitioner": "practitioner",
    "lead": "lead",
    "deputy": "deputy lead",
    "content_owner": "content owner",
    "administrator": "administrator",
    "duty_manager": "duty manager",
    "head_of_service": "head of service",
    "director": "director",
    "delegated_partner": "delegated safeguarding partner",
    "lead_partner": "lead safeguarding partner",
    "scrutineer": "independent scrutineer",
    "business_manager": "business manager",
}

CHOOSE = "Please choose one of these."
LEAVE_IT = "Leave it as it is"
ACCOUNT_OPTIONS = (("join", "Join another account"), ("mail", "Confirm a work e-mail"))
REMOVE = "Take an account away"
THIS_ONE, ANOTHER = "this one", "another one"
I_AM_BACK = "I am back"
SAY_AWAY = "Say when I am away"
IN_PRIVATE = "That is between you and me. Please say it to me in a private message."
CODE_WRONG = (
    "That code did not work. Codes work once, for 15 minutes. Ask for a new one where you got it. "
    "After many wrong tries none works for a while."
)

ACCOUNTS_TITLE = "Your accounts"
NOT_KNOWN = (
    "I do not know whose account this is, and need not to: you can refer, ask and practise without. "
    "With a work e-mail confirmed, a case can be opened for you."
)
WHICH_ACCOUNT = "Which account shall I take away? I no longer know you there, and send nothing there."
NO_OTHER_ACCOUNT = "This is the only account I know you by. To be erased altogether, ask an administrator."

AWAY_PROMPT = "From which day to which are you away?"
AWAY_HELP = "Such as 3 August to 14 August, or tomorrow to Friday. Both days count."
AWAY_LAST_HELP = "Such as 14 August. That day counts too."
THAT_DAY_ONLY = "That day only"
AWAY_TURNED_ROUND = "The last day comes before the first. Please check them."
AWAY_WHICH_DAY = "Which day do you mean?"
AWAY_WHICH_DAYS = "Which days do you mean?"
AWAY_FROM_WHICH_DAY = "From which day?"
AWAY_OR_TYPE = "Or type the dates, such as 3 August to 14 August."
AWAY_IF_OTHERS = "If you mean other days, type them, such as 3 August to 14 August."
NOT_NOTED_YET = "I have not noted that."
AWAY_LEFT = "When you are away is left unfinished, and nothing of it is noted. To take it up again, say: I am away."
AWAY_OVER = "Those days are over."
AWAY_TOO_LONG = "That is longer than a year. Please check the days."
BACK = "Welcome back. I reach you as usual."
BACK_FROM_WHICH = "Which of these is not so, or not any more?"
NOT_AWAY = "I had not noted that you are away. I reach you as usual."
NOBODY_COVERS = "Nobody is registered to stand in for you: tell an administrator."
POST_IS_HEARD = (
    "What goes to your post goes meanwhile to whoever else holds it; if nobody does, to the lead of the case, "
    "to pass on."
)

ONLY_ADMINISTRATORS = "Only an administrator can see who has which role, and give or take one."
NOBODY_ADMINISTERS = (
    "Nobody looks after roles here yet. Whoever runs me can begin: bot people first-administrator NAME --email ADDRESS"
)
NOT_TO_ONESELF = "Nobody gives themselves a role. Another administrator can."
LAST_ADMINISTRATOR = "That is the last administrator here. Make somebody else one first."
NO_NAME = "Please give a name."
PEOPLE_TITLE = "People and roles"
PEOPLE_NEXT = "What next?"
GIVE_ROLE = "Give someone a role"
TAKE_ROLE = "Take a role away"
WHICH_ROLE = "Which role?"
WHOM = "Who is to have it?"
WHOSE = "Whose role?"
WHO_HELP = (
    "Type their name, their work e-mail, or the code they get when they say join to me. Whoever I do not know yet "
    "is added by their work e-mail."
)
WHO_EXACTLY = "Who do you mean?"
THEIR_NAME = "What is their name, as colleagues know them?"
NOBODY_FOUND = (
    "I know nobody by that. Type their name as it stands on the list, their work e-mail, or a code they give you."
)
TOO_MANY_FOUND = "Several people are called that. Please type more of the name, or their work e-mail."
NAME_HELP = "First and last name."
NO_ROLE = "no role"
YES = "Yes"
NOTHING_TO_TAKE = "They have no role here."
STAYS = "Nothing has changed."


def channel(name: str) -> str:
    """A channel as a person calls it."""
    return _CHANNELS.get(name) or _PLATFORMS.get(name) or name.replace("_", " ").title()


def call_platforms(names: Mapping[str, str]) -> None:
    """From now on platforms are called as they call themselves; before that, by the names of their folders."""
    _PLATFORMS.update(names)


def role(name: str) -> str:
    """A role or post as a person calls it."""
    return ROLES.get(name, name)


def a_role(name: str) -> str:
    """The same with its article."""
    words = role(name)
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def listed(words: Sequence[str]) -> str:
    """Several in one line: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def unnamed(where: str) -> str:
    """Someone whose name we do not know."""
    return f"someone on {where}" if where else "someone without a name"


def mail_wrong(why: str) -> str:
    """Says why an address is not taken."""
    return f"I cannot take that: {why}."


def account_gone(shown: str) -> str:
    """Says that an account was taken away."""
    return f"Done. I no longer know you there: {shown}."


def known_by(name: str, roles: Sequence[str], area: str) -> str:
    """Says who someone is to the bot."""
    held = f" You are {listed([a_role(one) for one in roles])} in {area}." if roles else ""
    return f"I know you as {name}.{held}" if name else f"I know this account, but not your name.{held}"


def is_away(first: date, last: date) -> str:
    """Says when someone is away."""
    return f"You are away {_on_days(first, last)}."


def _on_days(first: date, last: date) -> str:
    return f"on {in_full(first)}" if first == last else f"from {in_full(first)} to {in_full(last)}"


def these_days(first: date, last: date) -> str:
    """An absence, to choose it."""
    return in_full(first) if first == last else f"{in_full(first)} to {in_full(last)}"


def shall_i_note(first: date, last: date) -> str:
    """Asks whether to note an absence that was not plainly said."""
    return f"Shall I note that you are away {_on_days(first, last)}?"


def away_until_when(first: date) -> str:
    """Asks for the last day of somebody's absence."""
    return f"Until which day are you away, from {in_full(first)}?"


def covered_by(covers: str) -> str:
    """Says who hears what somebody would hear who is away; nobody, where it is empty."""
    return f"Meanwhile {covers} hears what you would hear." if covers else NOBODY_COVERS


def away_noted(days: Days, cover: str, *, replaced: Sequence[Days], also: Sequence[Days]) -> str:
    """Says back when someone is away, who hears meanwhile, if they hear anything, and what else stands."""
    cover = f" {cover}" if cover else ""
    instead = (
        f" I had noted {listed([these_days(*one) for one in replaced])}: this takes its place." if replaced else ""
    )
    more = f" You are also away {_each(also)}." if also else ""
    return f"{is_away(*days)}{cover}{instead}{more} If that is wrong, say it again, or: I am back."


def are_away(every: Sequence[Days]) -> str:
    """Says each absence that is noted of someone."""
    return f"You are away {_each(every)}."


def back(still: Sequence[Days]) -> str:
    """Says that somebody is reached again, and which absences are still noted."""
    return f"{BACK} Still noted: you are away {_each(still)}." if still else BACK


def away_days(every: Sequence[Days], today: date) -> str:
    """Beside somebody's name, for each absence that is not over."""
    return f"away {_each(every, today)}" if every else ""


def _each(every: Sequence[Days], today: date | None = None) -> str:
    """Several absences; until when, where one has begun by `today`."""
    has_begun = [today is not None and first <= today for first, _ in every]
    return listed(
        [f"until {in_full(one[1])}" if begun else _on_days(*one) for one, begun in zip(every, has_begun, strict=True)]
    )


def administrators_give(names: Sequence[str]) -> str:
    """Why there is no second first administrator, and who may give roles."""
    return f"There is an administrator already. {listed(names)} can give roles."


def no_such_role(name: str) -> str:
    """Names the roles there are."""
    return f"There is no role called {name}. There are: {', '.join(ROLES)}."


def mail_taken(address: str, who: str) -> str:
    """Says whose an address is."""
    return f"{address} belongs to {who or 'somebody else'}."


def owns_cases(who: str, refs: Sequence[str]) -> str:
    """Why somebody cannot be forgotten yet."""
    return f"{who} owns open cases. Reassign them first: {', '.join(refs)}."


def held_cases(who: str, refs: Sequence[str]) -> str:
    """Why somebody cannot be forgotten while a legal hold lasts."""
    called = "case" if len(refs) == 1 else "cases"
    return (
        f"A legal hold keeps what is on record of {who} with {called} {', '.join(refs)}. Ask again once it is lifted."
    )


def whose_address(name: str) -> str:
    """Asks for the work e-mail of somebody who is to be added, or is known already."""
    return f"What is the work e-mail of {name}?"


def give_prompt(who: str, name: str, area: str) -> str:
    """Asks whether to give a role."""
    return f"Make {who} {a_role(name)} in {area}?"


def take_prompt(who: str, name: str, area: str) -> str:
    """Asks whether to take a role away."""
    return f"Shall {who} no longer be {a_role(name)} in {area}?"


def given(who: str, name: str) -> str:
    """Says that a role was given."""
    return f"Done. {who} is {a_role(name)} now."


def had_it(who: str, name: str) -> str:
    """Says that there was nothing to give."""
    return f"{who} is {a_role(name)} already."


def taken(who: str, name: str) -> str:
    """Says that a role was taken."""
    return f"Done. {who} is no longer {a_role(name)}."


def handed_on(count: int, to: str) -> str:
    """How many open cases went on, and to whom: nothing else of them. Empty where there were none."""
    if not count:
        return ""
    which = "One open case that was theirs" if count == 1 else f"{count} open cases that were theirs"
    if to:
        return f"{which} went to {to}, who is being told."
    return f"{which} can go to nobody: please make somebody lead or deputy now."


def lacks_it(who: str, name: str) -> str:
    """Says that there was nothing to take."""
    return f"{who} is not {a_role(name)}."


def more_people(count: int) -> str:
    """Says that the list was cut short."""
    return f"And {count} more; `bot people list` shows everyone."
