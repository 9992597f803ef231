"""The bot's own sentences about cases: short, by reference and duty, never with a child's detail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cases.case import EventKind
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY
from bot.cases.nudge_words import called, label
from bot.wording_agreeing import IT_HOLDS, IT_STAYS
from bot.wording_case_joining import JOIN_IT, SET_ASIDE
from bot.wording_closed import LEAVE_IT_CLOSED, OPEN_IT_AGAIN
from dialogs.date_words import spoken

LEAVE_IT = "Leave it as it is"
LEFT = "Nothing has changed."
NOT_A_REFERRAL = "Your partnership's lead can see this case. That is not a referral: phone now."
NO_SUCH_CASE = "I know no case with that reference that is yours to see. It is written like 26-014."
NOT_OF_THE_AREA = "That belongs to a case, not to the area’s own year."
NOT_YOURS = "Only the case's owner, or a lead of this area, can do that. You can add a note, or ask them."
NO_CASES = "No open case here is yours to see."
NOT_KNOWN = (
    "Cases are shown only to those they concern, and I do not know who you are here. Say “join” on an account that "
    "I know, then enter the code here; or say “my work e-mail”."
)
SIGN_IN_FIRST = (
    "Cases are shown only to those they concern, and nobody is signed in on this page now. Nothing has changed. "
    "Sign in, and you come back here. If you have no role in this area, say “my work e-mail” or “join” instead."
)
SIGN_IN = "Sign in and come back here"
NO_CASES_HERE = "Cases are not kept here: nobody has been made administrator yet."
HOW_A_CASE_OPENS = (
    "A case opens by itself when a decision is confirmed: say “refer” and answer the questions. That is not a referral "
    "in itself: the decision says whom to phone. A lead can also open a case by hand, from a notification made "
    "elsewhere: on the board, choose “Open a case”."
)
NOTED = "Noted."
YOU_HAVE_IT = "Thank you. It is on record that you have this case. You will be reminded of each duty in it."
WHICH_CLOCK = "Which one?"
WHAT_NEXT = "What next with this case?"
WHICH_PERSON = "Who takes it over?"
WHEN = "When? Choose, or type the day."
DAY_ALONE = "That says more than the day, so I recorded nothing. Please give the day alone, such as yesterday."
DAY_AHEAD = "Which day? Type it, such as 14 January 2027."
DAY_MISSING = {
    ASK_AWARENESS: "The day the council became aware: no deadline can be counted without it. Say “record {ref}”",
    ASK_REVIEW_DAY: (
        "The day the partners decided on a local review: none of its deadlines can be counted without it. "
        "Say “record {ref}”"
    ),
}
ON_A_DAY_UNKNOWN = ", on a day not known yet"
REVIEW_WHEN = "Which day did the partners decide to hold a local review?"
AWARE_WHEN = "Which day did the council become aware? Type it, or choose."
WORDS = "In a few words, without a child's details. They stay in the record."
WORDS_OF: dict[EventKind, str] = {
    "review decided": "Why?",
    "action agreed": "What was agreed?",
    "action changed": "Why is it changed?",
    "action audited": "What was found?",
    "impact recorded": "What has it changed?",
    "disagreement raised": "What is it about, and who has been told?",
    "noted": "What is to be noted?",
    "hold placed": "Why is it held?",
    "hold lifted": "Why is the hold lifted?",
    "reopened": "Why is it opened again?",
    "snoozed": "Why is it put off?",
    "taken back": "Why is it taken back?",
}
"""What is asked for in words, by what they are kept with."""
SNOOZE_WHY = (
    "I will remind you again on the next working day. Why is it put off? In a few words, without a child's details."
)
CLOSE_WHY = "Why is it closed? In a few words, without a child's details."
NOTHING_RUNS = "Nothing is to be done here now."
NOTHING_MOVED = "No date has moved."
TODAY, YESTERDAY = "Today", "Yesterday"
DAY_NOT_READ = "I could not read that as a day. Type it like 14 January 2027, or choose."
WORDS_NEEDED = (
    "I need a few words here, because they stay in the record: a short line is enough, without a child's details. "
    f"To change nothing, choose “{LEAVE_IT}”."
)
WORDS_TOO_LONG = "Please keep it under 500 letters. The record of the case holds the rest."
DUE_NOW = "By which day is it to be done now?"
WHOSE_NOW = "Whose action is it now?"
AS_IT_IS = "That stays"
CHOOSE = "Please choose one of these."
ONE_OF_THEM = "One at a time, please. Choose the first of them."
NOBODY_ELSE = "Nobody else is registered as lead or deputy here. An administrator can give someone the role."
OPEN_CASES = "Open cases, the most urgent first:"
CASES_TO_SEE_TO = "Cases to see to, the most urgent first:"
WHICH_CASE_MEANT = "Which case?"

EVENTS: dict[EventKind, str] = {
    "opened": "Opened",
    "acknowledged": "Acknowledged",
    "reassigned": "Given to someone else",
    "awareness corrected": "The day the council knew was put right",
    "decision corrected": "The decision was put right",
    "partner decision": "The partners decided",
    "notified": "The Panel was notified",
    "death notified": "The Secretary of State and Ofsted were notified of the death",
    "responsible council notified": "The council responsible for the child, not ours, notified",
    "other areas told": "The partners, and other areas that need to know, were told",
    "rapid review sent": "The rapid review was sent to the Panel",
    "review decided": "Decided whether to hold a local review",
    "reviewer named": "The Panel, Ofsted and the DfE were told of the review and reviewer",
    "publication planned": "Publication was planned",
    "published": "The review was published",
    "action agreed": "An action was agreed",
    "action changed": "An action’s day or owner was changed",
    "action audited": "An action was looked at",
    "impact recorded": "What it has changed was recorded",
    "disagreement raised": "A disagreement was raised",
    "noted": "A note was added",
    "joined": "It was put with its case",
    "snoozed": "Put off",
    "plan moved": "Moved to the present clocks",
    "hold placed": "A legal hold was placed",
    "hold lifted": "The legal hold was lifted",
    "done": "Done",
    "taken back": "Taken back",
    "closed": "Closed",
    "reopened": "Opened again",
}
# How the day of an event is said, where it is not the day on which that happened.
DAYS: dict[EventKind, str] = {
    "opened": "; the council became aware on {day}",
    "awareness corrected": ": {day}",
    "publication planned": " for {day}",
}
# What became of the message that tells a case's owner that they have it.
NEWS = {
    "waiting": "on its way",
    "handed": "on its way",
    "sent": "sent; whether it has been read is not known",
    "unreached": "it has reached nobody yet: please phone them",
}
SEEN_NOW = "it is for you, and you are reading about the case now"
"""The same, to whoever it was for."""
DECISIONS = {"notify": "To notify", "not met": "The test is not met", "not agreed": "They could not agree"}
YES_NO = {"yes": "Yes", "no": "No"}
REVIEW_DECIDED = {"yes": "yes", "no": "no", "later": "not yet, more time is needed"}


def decided_by(day: date) -> str:
    """Until when the partners will decide."""
    return f"; they decide by {spoken(day)}"


def more_words(ref: str) -> str:
    """How one of those listed is opened, by its reference."""
    return f"Open one by saying, for example, “{called(ref)}”."


def has_it_now(name: str, ref: str) -> str:
    """Somebody was given a case, or the duties of the area's own year."""
    return f"{name} has {called(ref)} now, with everything on record, and is being told."


def what_moved(ref: str) -> str:
    """What was recorded moves these dates."""
    return f"{NOTED} What has moved in {called(ref)}:"


def which_event(ref: str) -> str:
    """Asks what is to be put on a case's record."""
    return f"What is to be put on record in {called(ref)}?"


def opened(ref: str, owner: str) -> str:
    """A new case, with whose it is; `owner` is empty where it is nobody's yet."""
    if owner:
        return f"Case {ref} is open. {owner} is being told."
    return f"Case {ref} is open. No lead or deputy can be reached now, so administrators are being told."


def recorded(ref: str, *, runs: bool) -> str:
    """A decision that by itself needs no clocks; `runs`: what comes beside it does, such as a death."""
    return f"This is on record as case {ref}. {'Only this has a deadline here:' if runs else NO_CLOCK_RUNS}"


NO_CLOCK_RUNS = "No clock runs for it."


def corrected(ref: str) -> str:
    """A new version of a decision whose case is open."""
    return f"This decision is on record with case {ref} now."


CONFIRM_FIRST = (
    "Your partnership's lead cannot see this yet. Say “my work e-mail” to confirm who you are, and it becomes a case. "
    "That is not a referral: phone now."
)


NO_DECISION_HERE = (
    "This case was opened by hand, so there are no answers to go on from. Please record what has happened instead."
)


def what_happened(shown: int, of: int) -> str:
    """What stands above the newest of what has happened in a case."""
    if shown == of:
        return "What has happened, the newest last:"
    return f"The newest {shown} of {of} things that have happened, the newest last. The board shows them all:"


def decided_because(because: str) -> str:
    """Why the newest decision came out as it did."""
    return f"Why it was decided so: {because}"


WORDS_ON_THE_BOARD = "What people wrote with it is on the board, on the case’s page."
NOTHING_FOR_THAT = "Nothing that runs in this case can be answered like that now."
NOTHING_TO_PUT = "There is no decision in this conversation that could be put on a case."
ON_IT_ALREADY = "This decision is on record there already."
NO_CASE_OF_IT = "This decision is kept, but on no case. If a case is kept about it, please tell its lead."
NO_CASE_YET = "This decision is kept, but on no case: no date of a case follows from it."


def put_it(ref: str) -> str:
    """How to put a decision on a case; `ref` is one of those it may belong to."""
    return f"If it is about a case, say which, such as “put it on {ref}”."


def put_button(ref: str) -> str:
    """Puts a decision on a case."""
    return f"Put it on case {ref}"


def passed_on(ref: str) -> str:
    """News of a case that was put with another, which its person may not see."""
    return f"Case {ref} is with another case, and this is on record there. Its lead is being told of what it changes."


def not_on_record(ref: str) -> str:
    """A decision that could not be put on a case's record; why follows."""
    return f"This decision is kept, but not put on record in case {ref}."


def closed_so(running: Sequence[str]) -> str:
    """What is not done when a case is to be closed."""
    return f"Not done yet: {'; '.join(running)}."


TAKEN_BACK_THERE = (
    "I have changed nothing: what is on record in a case is not undone here. To take it back, open the case’s page on "
    "the board, and choose “Take it back” beside it. Where that is not offered, record what is right instead: say "
    "“record”, and the case’s number."
)


def planned_after(planned: date, latest: date) -> str:
    """The day for which a publication was planned lies after the last day for it."""
    return f"{spoken(planned)} is after the latest day for it, {spoken(latest)}. That day has not moved."


ACTS = {
    "record": "Record what has happened",
    "note": "Add a note",
    "news": "New information",
    "review": "Decide on a local review",
    "disagree": "A disagreement",
    "put": "Put this decision on it",
    "join": JOIN_IT,
    "set aside": SET_ASIDE,
    "agree": IT_HOLDS,
    "keep": IT_STAYS,
    "reopen": OPEN_IT_AGAIN,
    "leave closed": LEAVE_IT_CLOSED,
}
"""What somebody asks of a case, beside its reminders' own buttons, as the conversation shows it."""
NOTHING_IN_ANY = "Nothing that runs in any of your cases can be answered like that now."
OR_TYPE_ITS_NUMBER = "Which case? These are the most urgent. You can type another's number, such as 26-014."

WHOSE_ACTION, THE_CASES_OWNER = "Whose action is it?", "Whoever has the case"
WHOLE_REVIEW = "The whole review"
NO_ACTION_HERE = "No action goes on in this case. Please record first what was agreed."
NO_IMPACT_YET = (
    "What has changed is recorded of an action that was agreed, or of the whole review once it is published. "
    "Neither is here yet."
)
NOBODYS = "It is nobody’s now"
"""Its owner lost the role for it, and there was nobody to have it."""


def note_added(ref: str) -> str:
    """To whoever has a case to which somebody else added a note."""
    return f"{label(ref)}: a note was added. It can be read on the board, on its page."
