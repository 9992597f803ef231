"""A reminder in words: the case's reference and the duty, its dates, what it rests on; never anything of a child."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Literal

from bot import wording_closed
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN, Nudge
from bot.clock import london_date
from dialogs.date_words import spoken, working_days
from dialogs.days import Calendar
from dialogs.spans import working_days_late
from knowledge.area import Area

POSTS = {
    "owner": "the case's owner",
    "lead": "the lead",
    "deputy": "the deputy",
    "duty_manager": "the duty manager",
    "head_of_service": "the head of service",
    "director": "the director of children's services",
    "delegated_partner": "the delegated safeguarding partner",
    "lead_partner": "the lead safeguarding partner",
    "scrutineer": "the independent scrutineer",
    "business_manager": "the partnership's business manager",
}
Whose = Literal["the reader's", "another's", "nobody's"]
_NEW_CASE: dict[Whose, str] = {
    "the reader's": "it is yours now",
    "another's": "a new case, and its owner has not heard of it",
    "nobody's": "a new case, and it is nobody's yet",
}
STRICTER_PASSED = "the stricter of its two dates passed"
AREAS_YEAR = "this area’s year"
SAY_WHETHER = "say whether what was told holds"
ASKS_DAY = {
    ASK_AWARENESS: "which day did the council become aware? Without it no deadline can be counted.",
    ASK_REVIEW_DAY: (
        "which day did the partners decide to hold a local review? Without it none of the review's deadlines can be "
        "counted."
    ),
}


def label(ref: str) -> str:
    """What a case is called; an area's own year has no number."""
    return f"Case {ref}" if _is_numbered(ref) else "This area"


def _is_numbered(ref: str) -> bool:
    """Whether a reference is a case's: an area's own year has no number."""
    return any(letter.isdigit() for letter in ref)


def called(ref: str) -> str:
    """The same within a sentence."""
    return f"case {ref}" if _is_numbered(ref) else AREAS_YEAR


def line(
    nudge: Nudge, calendar: Calendar, at: datetime | None = None, *, whose: Whose = "the reader's", reader: str = ""
) -> str:
    """A reminder in one line, such as "Case 26-014: notify the Panel. Aim Fri 27 Nov, latest Mon 30 Nov. …".

    `at` is when it is sent, where that is later than when it fell due: its words are about that day. `whose`
    case it is, as its `reader` sees it, who is named by their id.
    """
    today = london_date(at or nudge.due_at)
    if nudge.clock in ASKS_DAY:
        return f"{label(nudge.ref)}: {ASKS_DAY[nudge.clock]}"
    if nudge.clock == ASK_TO_AGREE:
        return asks_to_agree(nudge.ref)
    if nudge.clock == ASK_TO_REOPEN:
        return wording_closed.asks_to_reopen(label(nudge.ref), nudge.ref, nudge.would_owe)
    if nudge.clock == ASK_TO_JOIN:
        return asks_to_join(nudge.ref)
    if nudge.kind == "new case":
        return f"{label(nudge.ref)}: {_NEW_CASE[whose]}. Please say that you have it. {nudge.basis}."
    dated = (_before(nudge, reader), _dates(nudge, calendar, today), _after(nudge))
    parts = (f"{label(nudge.ref)}: {nudge.title}.", *dated, f"{nudge.basis}.", _heard(nudge.heard))
    return " ".join(part for part in parts if part)


def asks_to_join(ref: str) -> str:
    """Asks for a decision that an incident was notified before to be put with its case."""
    return (
        f"{label(ref)}: put it with the case it belongs to. It is about an incident that was notified before, and no "
        f"clock runs for it until then. Say “join {ref}”. If that case is not kept here, a lead opens it first from "
        "the notification: on the board, “Open a case”."
    )


def asks_to_agree(ref: str) -> str:
    """Asks a lead whether what somebody else told holds, by which less is owed."""
    return (
        f"{label(ref)}: {SAY_WHETHER}. By it something owed would end, and it all stays until you have said so. "
        f"Say “agree {ref}” or “keep {ref}”, or see it first: “case {ref}”."
    )


def _before(nudge: Nudge, reader: str) -> str:
    if nudge.kind == "lapsed" and reader in nudge.said_by:
        return "You said that you have it, and it is not done yet."
    return {
        "back": "Put off until today.",
        "lapsed": "Somebody said that they have it, and it is not done yet.",
        "stricter passed": "The stricter of its two dates has passed.",
    }.get(nudge.kind, "")


def _dates(nudge: Nudge, calendar: Calendar, today: date) -> str:
    """By when, as that stands on the day on which it is said."""
    deadline, aim_for, latest = nudge.deadline, nudge.aim_for, nudge.latest
    assert deadline is not None
    if nudge.kind == "keep":
        return f"Until {_day(deadline, today)}."
    if today > deadline:
        late = working_days(working_days_late(calendar, deadline, today))
        return f"It was due by {_day(deadline, today)}: {late} late."
    may_move = " This may move: the bank holidays of that time are not published yet." if nudge.provisional else ""
    if today == deadline:
        return f"Due today, {_day(deadline, today)}.{may_move}"
    if deadline != latest:
        return f"By {_day(deadline, today)}, as this area counts.{may_move}"
    if aim_for is None or aim_for >= deadline or aim_for < today:
        return f"Latest {_day(deadline, today)}.{may_move}"
    return f"Aim {_day(aim_for, today)}, latest {_day(deadline, today)}.{may_move}"


def _after(nudge: Nudge) -> str:
    if nudge.kind == "escalation":
        return "Nobody has said that they have it."
    return "You hear of this too." if nudge.kind == "tell" else nudge.if_passed


_GOES_AS_WELL = "Goes as well to"


def says_who_hears(line: str) -> bool:
    """Whether a reminder names others to whom it goes, which may not be so any more."""
    return _GOES_AS_WELL in line


def _heard(posts: tuple[str, ...]) -> str:
    return f"{_GOES_AS_WELL} {joined(POSTS.get(post, 'the owner of the action') for post in posts)}." if posts else ""


def joined(words: Iterable[str]) -> str:
    """Words in a row, such as "a, b and c"."""
    *before, last = tuple(words)
    return f"{', '.join(before)} and {last}" if before else last


def _day(day: date, today: date) -> str:
    """A day in few words; with its year where that is another than today's."""
    return spoken(day) if day.year != today.year else spoken(day).rsplit(" ", 1)[0]


def post_title(post: str, area: Area) -> str:
    """What an area calls a post."""
    roles = area.roles
    titles = {
        "duty_manager": roles.duty_manager,
        "director": roles.director,
        "delegated_partner": roles.delegated_partners,
        "lead_partner": roles.lead_partners,
        "scrutineer": roles.scrutineer,
        "business_manager": roles.business_manager,
    }
    title = titles.get(post)
    return f"the {title}" if title else POSTS.get(post, post)


def nobody_is(post: str, area: Area) -> str:
    """To whoever hears in place of a post that nobody holds."""
    if post == "owner":
        return "This case is nobody's: please take it, or give it to someone."
    return f"Nobody is registered here as {post_title(post, area)}: please tell them yourself."


def is_away(post: str, area: Area) -> str:
    """To whoever hears in place of a post whose holder is away."""
    title = post_title(post, area)
    return f"{title[:1].upper()}{title[1:]} is away: please tell whoever stands in for them."


def whose_case(ref: str, name: str) -> str:
    """To a post that a duty goes to: whom to ask. An area's own year need be nobody's, so of that nothing is said."""
    if _is_numbered(ref):
        return f"The case is {name}'s." if name else "The case is nobody's yet."
    return f"{_AREAS_DUTIES}{name}'s." if name else ""


_AREAS_DUTIES = "This area's duties are "
NAMING = ("The case is ", _AREAS_DUTIES, "you have their cases meanwhile")
"""What stands in every kept line that may name somebody."""
_WHOSE_CASE = re.compile(r" (?:The case is|This area's duties are) (?!nobody's yet\.)(?P<name>[^\n]+?)'s\.(?=\s|$)")
_COVERS = re.compile(r"^(?P<name>.+)(?P<rest> is away until .+: you have their cases meanwhile\.)$", re.MULTILINE)


def without_names(line: str, but: Collection[str]) -> str:
    """A kept line without the name of anybody who is not called by one of these."""
    line = _WHOSE_CASE.sub(lambda found: found[0] if found["name"] in but else "", line)
    return _COVERS.sub(lambda found: found[0] if found["name"] in but else f"The owner{found['rest']}", line)


def stands_in(name: str, until: date) -> str:
    """To whoever hears what is for somebody who is away."""
    return f"{name or 'The owner'} is away until {spoken(until)}, so this comes to you."


def covers(name: str, until: date) -> str:
    """In the morning of whoever stands in for somebody."""
    return f"{name or 'The owner'} is away until {spoken(until)}: you have their cases meanwhile."


def give_the_role(post: str, *, instead: bool = True) -> str:
    """To administrators, about a role or post that nobody holds; `instead`: somebody hears in its place."""
    meanwhile = "goes to the case's owner meanwhile" if instead else "waits, and reaches nobody"
    return (
        f"Nobody is registered as {POSTS.get(post, post)}. What is meant for them {meanwhile}. "
        "Please give somebody that role."
    )


ALL_AWAY = (
    "Every lead and deputy of this area is away today. Their reminders go to them all the same, and nobody else can "
    "act on a case. Please see today that one of them looks at the cases, or give somebody the role meanwhile."
)
