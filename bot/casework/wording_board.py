"""The board's own sentences: how urgent, what can be recorded and how it is asked, what became of a reminder."""

from __future__ import annotations

from bot.cases.case import EventKind
from bot.wording_cases import WHOLE_REVIEW

URGENCIES = {
    "late": "Late",
    "today": "Today",
    "no date": "No date yet",
    "this week": "This week",
    "later": "Later",
    "nothing": "Nothing to do now",
}
STATUSES = {"open": "Open", "closed": "Closed", "recorded": "On record", "all": "All"}
NUDGES = {
    "waiting": "Not sent yet",
    "handed": "On its way",
    "sent": "Sent. Whether it was read is not known",
    "unreached": "Reached nobody",
    "cancelled": "Not needed any more",
}
UNSETTLED = {
    "waiting": "It has not been sent.",
    "handed": "It is on its way, and nothing says that it arrived.",
    "unreached": "It could not be sent to anybody.",
}
AREA_TITLE = "This area’s own year"
FORGOTTEN = "somebody who is not registered any more"
THE_BOT = "the bot"

# What each is called where it can be chosen, and as a heading; asked of whoever records it.
RECORD: dict[EventKind, str] = {
    "partner decision": "Record what the partners decided",
    "notified": "Record that the Panel was notified",
    "death notified": "Record that the Secretary of State and Ofsted were notified of the death",
    "responsible council notified": "Record that the council responsible for the child notified",
    "other areas told": "Record that the partners, and other areas that need to know, were told",
    "awareness corrected": "Put right the day the council became aware",
    "rapid review sent": "Record that the rapid review was sent",
    "review decided": "Record whether there will be a local review",
    "reviewer named": "Record that the Panel, Ofsted and the DfE were told of the review and reviewer",
    "publication planned": "Record when publication is planned",
    "published": "Record that the review was published",
    "action agreed": "Record an action that was agreed",
    "action changed": "Change an action’s day or owner",
    "action audited": "Record that an action was looked at",
    "impact recorded": "Record what has changed",
    "disagreement raised": "Record a disagreement",
    "noted": "Add a note",
    "joined": "Join it to an earlier case",
    "decision corrected": "Say whether what was told holds",
    "hold placed": "Place a legal hold",
    "hold lifted": "Lift the legal hold",
    "closed": "Close this case",
    "reopened": "Open this case again",
    "plan moved": "Move it to the present clocks",
    "reassigned": "Give it to someone else",
    "acknowledged": "Say that you have it",
    "snoozed": "Put off the reminder",
    "done": "Record that it is done",
    "taken back": "Take an entry back",
}
RECORD_OWN_NOTIFIED = "Record that our own council notified the Panel"
RECORD_OTHER_NOTIFIED = "Record that the other council notified the Panel"
ABOUT_OTHER_NOTIFIED = "The date you give is the day the other council sent it."
OTHER_NOTIFIED = "The other council notified the Panel"
OWN_NOTIFIED = "Our own council notified the Panel"
OUR_COUNCIL, OTHER_COUNCIL = "our council", "the other council"
ABOUT: dict[EventKind, str] = {
    "notified": "The date you give is the day it was sent through GOV.UK’s system.",
    "death notified": "The date you give is the day it was sent through GOV.UK’s system. No rapid review begins by it.",
    "responsible council notified": "Another council, responsible for the child, has notified and says so in writing.",
    "hold placed": "While a hold stands, nothing of this case is purged. Reminders go on as before.",
    "hold lifted": "From then on this case is kept as long as any other.",
    "plan moved": "This case follows the clocks as they were when it opened. From then on it follows those of today.",
    "snoozed": "The reminder comes again on the next working day. The deadline does not move.",
    "reassigned": "They are told at once, and have everything that is on record here.",
    "acknowledged": "You are reminded again on the next working morning if it is not done.",
    "taken back": "The entry stays on record, marked as taken back. What it started or stopped is undone.",
    "action changed": "Say why in a few words. What was agreed before stays on record.",
    "closed": "No more reminders come. It can be opened again.",
    "decision corrected": "By it something owed would end. It all stays until a lead says that it holds.",
    "joined": "If that case is not kept here, open it first from the notification: “Open a case”.",
    "disagreement raised": "Say what it is about and who has been told, not what happened to the child.",
}
IN_HAND = "It is on record then that somebody has this case. You are reminded of each duty in it."
"""What the form says by which the case itself is acknowledged."""
WHEN = "When was that?"
AWARE_WHEN = "Which day did the council become aware?"
PLANNED_FOR = "Which day is it planned for?"
DUE_WHEN = "By which day is it due?"
RECEIVED_WHEN = "When did the business unit have it?"
DECIDED = "What did they decide?"
REVIEW = "Is there to be a local review?"
HOW_OFTEN = "How often is it to be looked at?"
WHICH_ACTION = "Which one?"
WHOSE_ACTION = "Whose is it?"
NOBODYS = "Nobody in particular"
DUE_NOW = "By which day is it due now? Leave this empty if that stays."
WHOSE_NOW = "Whose is it now? Leave this empty if that stays."
WHICH_CASE = "Which case does it belong to?"
WHO_NOW = "Who takes it over?"
WORDS = "In a few words"
WORDS_HINT = "Without a child’s or anyone’s details. This stays on record."
ANYTHING_TO_ADD = "Is there anything to add?"
WHY_LATE, WHY_LATE_HINT = "Why is it late?", "Needed where it is late. Without a child’s or anyone’s details."
WHY_LATER = "Why did the council only know then?"
WHY_LATER_HINT = "Needed where the day is later than the one on record. Without a child’s or anyone’s details."
WHY_NOT_MET = "The partners’ reason"
WHY_NOT_MET_HINT = (
    "Needed where the test is not met, or they could not agree: who did not, and why. Without anyone’s details."
)
WHY_CLOSED = "Why is it closed?"
WHY_CLOSED_HINT = (
    "Needed where something is not done yet, or it is put with no earlier case. Without a child’s or anyone’s details."
)
EVERY = (("1 month", "Every month"), ("3 months", "Every 3 months"), ("6 months", "Every 6 months"))
NONE = ("none", "It need not be")
DOES_IT_HOLD = "Does it hold?"
WHOLE = ("whole", WHOLE_REVIEW)

CHANGED = (
    "This case has changed since you opened the page. Nothing of yours is lost: look at what is new, then send again."
)
UNSENT = "Nothing was recorded yet: you had been signed out. What you typed stands below. Look at it, then send it."
CHOOSE = "Choose one of these"
NEEDED = "Say it in a few words"
NO_OPTION = "There is nothing to choose here yet."
AHEAD = "That day has not come yet. Give the day it happened"
ON_PLAN = "This case follows the present clocks already."
RECORDED = "It is on record."
NOTHING_MOVED = "No date has moved."
NO_HAND_OVER = "Nobody else is registered as lead or deputy here. An administrator can give someone the role."

OUTCOME = "What did the decision come to?"
OUTCOMES = {
    "B": "Likely notifiable: it happened in our area",
    "C": "Likely notifiable: our child, harmed outside England",
    "D": "Likely notifiable by the council where it happened",
    "E": "Likely notifiable by the council where the child lives",
    "F": "A looked-after child died: the council must notify",
    "G": "A care leaver died: the council should notify",
    "H": "Not clear yet: refer for a decision",
    "K": "An unborn baby: refer for a decision",
}
BY_HAND = {
    **{code: words for code, words in OUTCOMES.items() if code < "G"},
    "GH": "A care leaver under 18 died: the council should notify",
    "G": "A care leaver of 18 or over died: the council should notify",
    "H": OUTCOMES["H"],
    "HF": "Not clear yet, and nobody suspects abuse: check the facts, such as whether they were in care",
    "HG": "Not clear yet whether somebody of 18 or over was a care leaver, or has died: check the facts",
    "HL": "A care leaver has died, and whether they were under 18 is not clear",
    "K": OUTCOMES["K"],
}
"""What a case opened by hand may have come to, where clocks tell more apart than the outcome."""
ADD_ONS = "What else applies?"
AWARE_HINT = "Leave this empty if it is not known yet. No deadline can be counted without it."
WHO_DIED = "Has anybody died?"
WHO_DIED_HINT = "Leave this as it is where the decision says so already, or it is about an unborn baby."
DEATHS = {
    "child": "A child under 18, or one whose age is not clear",
    "adult": "Somebody of 18 or over",
    "nobody": "Nobody",
    "unsure": "Not sure",
}
SAY_WHO_DIED = "Say whether anybody has died"
WHOSE_CARE = "Were they in care, or a care leaver?"
WHOSE_CARE_HINT = "Needed where somebody has died, unless the decision says so already."
CARES = {
    "lac_ours": "In the care of our council",
    "lac_other": "In the care of another council",
    "care_leaver": "A care leaver",
    "none_or_previously_known": "Neither",
    "unsure": "Not sure",
}
SAY_WHOSE_CARE = "Say whether they were in care, and which council is responsible"
NOT_WITH_OUTCOME = "That does not go with what the decision came to. Change one of the two"
NOTIFIED_WHEN = "When was the notification sent?"
NOTIFIED_HINT = (
    "To the Panel, or, for a death that only the Secretary of State and Ofsted are told of, to them. By the other "
    "council, where that one notifies. Leave this empty if none was sent."
)
LOOKED = "Looked at the case"
KEEPING = {
    "purge planned": "Planned to erase the case’s text",
    "purge stopped": "Stopped erasing the case’s text",
    "purged": "Erased a case’s text",
    "conversations erased": "Erased conversations in which nothing was said for {days} days",
    "questions erased": "Erased the words of questions asked more than {days} days before",
    "reminded": "Sent reminders",
    "reminder withdrawn": "Withdrew reminders",
    "reminders passed over": "Passed over earlier reminders, for the newest",
    "passed up": "Let somebody see the case, because a duty of it was passed up to their post",
}
PEOPLE = {
    "role given": "Was given a role",
    "role taken": "Lost a role",
    "signed in": "Signed in",
    "signed out": "Signed out",
    "named": "Was named",
    "account added": "Joined an account",
    "account removed": "Took an account away",
    "browser joined": "Joined a browser by a code: whoever uses it is taken for them",
    "joined": "Turned out to be somebody registered twice",
    "away": "Said when they are away",
    "back": "Said that they are here",
    "calendar link made": "Made a link that a calendar follows",
    "calendar link ended": "Ended a link that a calendar followed",
    "forgotten": "Who they are was erased",
}
COMMAND_LINE = "the command line"
SENT_ALREADY = "That form had been sent already. Nothing was done twice."


def sure(text: str) -> str:
    """Asks to send a surprising day once more; `text` asks whether it is meant."""
    return f"{text} If it is, send this again."


def again_on(day: str) -> str:
    """When somebody who has acknowledged is asked again."""
    return f"Thank you. You are asked again on the morning of {day} if it is not done."


def reminded_on(day: str) -> str:
    """When something put off is said again."""
    return f"The reminder comes again on {day}. The deadline has not moved."


def handed_to(name: str) -> str:
    """Whose a case is now."""
    return f"{name} has it now, with everything on record, and is being told."


def listed(what: str) -> str:
    """That somebody looked at a list of cases; `what` says which."""
    return f"Looked at {what or 'a list of cases'}"


def calendar_title(area: str) -> str:
    """What a calendar of deadlines is called."""
    return f"Safeguarding deadlines, {area}"


def heading(ref: str) -> str:
    """What a case is called."""
    return f"Case {ref}" if any(letter.isdigit() for letter in ref) else AREA_TITLE
