"""The bot's own sentences, in one place: short and plain, for a tired reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.messages import Bullets, Option, Text
from dialogs.answers import Option as Answer
from dialogs.date_words import spoken
from knowledge.area import Area, Contact, shown_phones

LINE_999 = "If a child is in danger now, phone 999."
SENDS_NOTHING = "I send nothing to the Panel, the council or any agency. None of them hears of this from me: phone now."
NSPCC = "NSPCC Helpline, 0808 800 5000"

DOORS = (
    Answer("danger", "A child is in danger now", also=("danger", "emergency", "999")),
    Answer(
        "protect",
        "A child needs protecting: a referral to children's social care",
        also=("protect", "mash", "front door", "worried about a child", "child protection referral"),
    ),
    Answer(
        "referral",
        "A serious incident: does it go to the safeguarding partners and the Panel?",
        also=("refer", "referral", "serious incident", "incident", "something has happened", "start"),
    ),
    Answer(
        "allegation",
        "An allegation against someone who works with children",
        also=("allegation", "lado", "staff allegation", "designated officer"),
    ),
    Answer("question", "Just a question", also=("question", "ask", "just a question")),
)

WELCOME = "I help people who work with children decide what to do after something serious has happened."
WELCOME_LIMITS = "I decide nothing and report nothing for you. Please do not type names or other details of a child."
DOOR_PROMPT = "What has happened?"
COMMANDS = (
    ("back", "take back your last answer"),
    ("change", "change an earlier answer"),
    ("why", "why I ask this"),
    ("where", "where you are, and how many questions are left"),
    ("stop", "stop for now; your answers are kept"),
    ("resume", "carry on where you stopped, or with a code from another device"),
    ("code", "a code to carry on from another device"),
    ("start over", "begin this again"),
    ("practice", "try it on an invented incident"),
    ("document", "the document of your decision"),
    ("my accounts", "join another account, confirm a work e-mail, or say when you are away"),
    ("menu", "the five ways to begin"),
)


def banner(area: Area, *, practice: bool) -> str:
    """What stands over every reply where the area or the incident is invented; empty otherwise."""
    parts = []
    if practice:
        parts.append("PRACTICE: an invented incident. Nothing here is real or filed.")
    if area.invented:
        parts.append(f"{area.name} is an invented area, for trying this out. Its phone numbers do not work.")
    return " ".join(parts)


def emergency(area: Area) -> Text:
    """The answer to danger: 999 first, then children's social care. An invented area's numbers never appear in it."""
    care = area.contacts.children_social_care
    if area.invented or not (care.phone or care.night_phone):
        second = (
            "Then phone your council's children's social care, day or night. The number is on the council's website."
        )
    else:
        second = f"Then phone children's social care: {shown_phones(care)}."
    return Text.of(
        "Phone 999 now if any child is in danger or needs urgent help.\n\n" + second,
        tone="emergency",
    )


def soft_danger(area: Area) -> Text:
    """The notice before an answer where a message may tell of danger."""
    return Text.of(whom_to_phone(area), tone="note")


def whom_to_phone(area: Area) -> str:
    """Whom to phone first in danger, or where a child may need protecting."""
    care = area.contacts.children_social_care
    has_number = not area.invented and (care.phone or care.night_phone)
    number = f": {shown_phones(care)}" if has_number else ""
    return (
        "If a child is in danger now, phone 999.\n"
        f"If a child may need protecting, phone children's social care today{number}. Do that first."
    )


DEGRADED = (
    "Part of me is not working: I go by words alone, so I understand less than I should and may miss danger. "
    "If a child is in danger now, phone 999. If you are worried about a child, phone children's social care."
)


def past_review(day: str) -> str:
    """Says that an answer has not been looked at again when it should have been."""
    return f"This answer was to be looked at again by {day}, and has not been. Check it before you rely on it."


def both_mean(acronym: str, meanings: Sequence[str]) -> str:
    """Says what an acronym can mean."""
    listed = "; or ".join(meaning[0].lower() + meaning[1:] for meaning in meanings)
    return f"“{acronym}” can mean two things: {listed}."


def ask_next(first: str, second: str) -> str:
    """Names two questions that often come next."""
    return f"You could also ask: {first}; {second}."


DANGER_KEPT = "Your answers are kept. When every child is safe, type resume to carry on."
DANGER_NOTHING_KEPT = "When every child is safe, type menu to begin."
DANGER_NOT_RECORDED = "I have not recorded what you just said of the case. Type resume first, then say it again."
DANGER_STILL = "I have stopped so that you can phone. When every child is safe, type resume."


def who_knows(
    area: Area, opening: str = "I have no answer to that here. These people may know:"
) -> tuple[str, Bullets]:
    """Who can answer what the bot cannot, with the area's contacts."""
    contacts = (area.contacts.business_unit, area.contacts.children_social_care, area.contacts.designated_officer)
    return opening, Bullets(
        (
            "Your own safeguarding lead.",
            *(contact_line(contact) for contact in contacts),
            f"If you are worried about a child: {NSPCC}.",
        )
    )


def contact_line(contact: Contact) -> str:
    """A contact's name with how to reach it, or that nobody has set it."""
    phones = shown_phones(contact).removeprefix(f"{contact.name}: ")
    return f"{contact.name}: {phones}" + (f", {contact.email}" if contact.email else "")


def left(count: int) -> str:
    """How many questions are likely left."""
    return "Last question, most likely." if count <= 1 else f"About {count} questions left."


ASK_AWAY = "Ask in your own words, without names. I answer from checked sources, or say that I do not know and who may."
OFFERED = "I am not sure which of these you mean:"
OFFER_PROMPT = "Choose one, or ask in other words."
ASK_IN_FULL = "Ask in the words of one of them."
NONE_OF_THESE = "None of these"
NEXT_PROMPT = "What next? You can also just ask."
MORE = "Tell me more"
DID_IT_HELP = "Did that help? Say “that helped” or “that did not help”."
HELPED = "That helped"
NOT_HELPED = "That did not help"
MENU = "Menu: the five ways to begin"
REVIEWS = "Published reviews by theme"
THEME_PROMPT = "Which theme?"
ASK_THEM = "These people may know more:"
TELL_ME = "Tell me here when there is an answer"
UNANSWERED_PROMPT = "What next? You can also ask in other words."
THANKS_HELPED = "Thank you. That is good to know."
THANKS_NOT_HELPED = (
    "Thank you. The person who looks after these answers will see that. "
    "They see no names: only words that my answers have too."
)
WILL_TELL = "I will tell you here when there is an answer. Please do not wait for it if it is about a child now."
NOTHING_MORE = "That is all I have on it."
NOTHING_ANSWERED = "I have not answered anything yet. Ask me a question first."
NOW_ANSWERED = "You asked me something that I could not answer. I can now."
INCIDENT = (
    "That sounds like something that has happened to a child. I can ask you some questions and show what it is, "
    "who has to be told and by when."
)
INCIDENT_PROMPT = "What do you want to do?"
INCIDENT_CARRIED = "From what you wrote I would take these answers. You can change them:"
INCIDENT_START = "Start the questions"
INCIDENT_PROTECT = "A child still needs protecting: children's social care"
WHICH_MEANING = "Which do you mean?"
SMALL_LIMITS = "I keep to what I know: reviews and notifications after serious harm to a child in England."
NOTHING_TO_RESUME = (
    "There is nothing to carry on with here. If you have a code from another device, type resume and the code."
)
CODE_WRONG = "That code did not work. Codes work once, for 15 minutes. Ask for a new one on the other device."
CODE_DONE = "Here is where you stopped."
NO_DECISION_YET = "There is no decision yet, so there is no document."
NOTHING_TO_GO_BACK = "There is nothing before this to go back to."
NOTHING_TO_CHANGE = "You have not answered anything yet, so there is nothing to change."
START_OVER_ASK = "Start over? Your answers so far are kept aside. You can go back to them with resume."
KEPT_OPEN = "Your place is kept. Type resume when you want to carry on, today or another day."
STALE = "That belonged to an earlier question. Nothing has changed."
EMPTY = "I did not get an answer. Choose one, or type it."
TOO_LONG = "That message is too long for me to read safely. Please say it in a line or two, without names."
STANDS_ALONE = "“None of these” and “Not sure” each stand alone. Please choose again."
TODAY_COUNTS = (
    "You were not sure which day the council first knew. It has known at least since you did, so today is counted."
)
CHECK_PROMPT = "Please check your answers. Is everything right?"
CHECK_OPTIONS = (
    Option("confirm", "Yes, show the decision"),
    Option("change", "Change an answer"),
)
CHANGE_PROMPT = "Which answer do you want to change?"
APPLY_PROMPT = "Make this change?"
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
CHANGE_DROPS = "I would no longer use your answers to:"
CHANGE_OPENS = "I would still need to ask:"
CHANGE_LEFT = "Nothing has changed."
CHANGED_QUESTIONS = (
    "The questions have changed since you were last here. Everything that still fits is kept; "
    "I carry on at the first that does not."
)
RESUMED_AFTER_DANGER = "Before we carry on, the first question again."
PRACTICE_START = "Read this invented incident and answer as if it were yours:"
PRACTICE_END = "Practice has ended."
DATES_CROSS = "The Panel was told before the day the council first knew. Please check those two dates."
DATE_HELP = "Type a date, such as 18/12, last Friday or yesterday. Or say not sure."
DATE_AHEAD_HELP = "Type a date to come, such as 18/12 or next Friday. Or say not sure."
NOTHING_TO_SKIP = "There is nothing here to leave out. If you do not know, not sure is an answer."
REASON_NEEDED = "I need a reason here: a few words of your own, without names."
IN_OWN_WORDS = "In my own words."
AFTER_PROMPT = "What next?"
AFTER_OPTIONS = (
    Option("document", "Get the document"),
    Option("change", "Change an answer and decide again"),
    Option("menu", "Begin something else"),
)
EARLIER_KEPT = "Your earlier answers are kept. Type resume to go back to them."
NOTHING_OPEN = "There is nothing open. Type menu when you want to begin."
KEPT_DECIDED = "Your decision is kept. Type menu when you want to begin something else."
HERE = "Here is where you were."
UNFINISHED_ONE = "You have something unfinished here. Type resume to carry on with it."
UNFINISHED_MANY = "You have several things unfinished here. Type resume to choose one."
WHY_OTHER = "I ask so that nothing goes wrong by mistake."
WHERE_NOWHERE = "You have not begun anything."
ALL_ANSWERED = "Every question is answered."
DOCUMENT_READY = (
    "Here is the document, three ways. It holds no child's details: fill those in where your own system keeps them."
)


def has_passed(day: date) -> str:
    """Says that a day to come cannot have passed."""
    return f"{spoken(day)} has passed. By which day will it be, such as next Friday?"


def day_meant(days: Sequence[date]) -> str:
    """Asks which day is meant."""
    return f"Do you mean {' or '.join(spoken(day) for day in days)}?"


def not_yet(day: date) -> str:
    """Says that a date of something that has happened cannot be in the future."""
    return f"{spoken(day)} has not come yet. Which day was it?"


def taken_as(short: str, words: str) -> str:
    """What words that were no plain answer are taken for."""
    return f"I could not be sure what you meant, so I take it as this. {short}: {words}."


def taken_back(short: str) -> str:
    """Says that the last answer is forgotten."""
    return f"I have taken back your answer to “{short}”."


def change_asked(short: str, words: str) -> str:
    """Says which change is about to be made."""
    return f"You are changing “{short}” to “{words}”."


def change_undone(short: str) -> str:
    """Says that the last change is forgotten."""
    return f"I have undone your change to “{short}”."


def resume_code(code: str) -> str:
    """Gives a code for another device."""
    return f"On the other device, type: resume {code}. It works once, for 15 minutes."


BADGES_KEY = (
    "In brackets, what stands behind each: must, an Act or regulations; should, statutory guidance; "
    "local, Panel guidance, good practice or the area. The sources are at the end."
)
