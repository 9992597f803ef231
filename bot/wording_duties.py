"""What is said to whoever answers a reminder: of which duty, when they hear of it again, and what has to come first."""

from __future__ import annotations

from datetime import date

from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY
from bot.cases.nudge_words import called, label
from bot.wording_cases import AWARE_WHEN, EVENTS, LEAVE_IT, REVIEW_WHEN
from bot.wording_reviews import REVIEW_DAY
from dialogs.date_words import spoken
from dialogs.flows.new_information import WHAT_IS_NEW

DAY_TITLED = {ASK_AWARENESS: "the day the council became aware", ASK_REVIEW_DAY: REVIEW_DAY}
DAY_ASKED = {ASK_AWARENESS: AWARE_WHEN, ASK_REVIEW_DAY: REVIEW_WHEN}
"""The days that a case cannot go on without: what each is called, and how it is asked for."""
ALL_OF_THESE = "All of these"
ANSWERS_A_REMINDER = (
    "That reads as an answer to a reminder, so I did not put it on record as the words I asked for. "
    f"Please give those, or choose “{LEAVE_IT}” and say it again."
)
ASKS_SOMETHING = (
    "That reads as a question, so I did not put it on record. "
    f"Please give the words I asked for, or choose “{LEAVE_IT}” and ask it again."
)


def of_duty(ref: str, duty: str, text: str) -> str:
    """What is said of a case, with its reference and the duty that is meant before it; a duty need not be known."""
    return text if not ref or ref in text else f"{named(ref, duty)}. {text}"


def give_day(day: str, ref: str) -> str:
    """A button that asks for a day that a case cannot go on without."""
    return f"Give {DAY_TITLED[day]}: {called(ref)}"


def day_taken(ref: str, day: str, on: str) -> str:
    """A day that a case waited for, as it was understood; `on` is its ISO date."""
    return f"{label(ref)}: {DAY_TITLED[day]} is {spoken(date.fromisoformat(on))}."


def named(ref: str, duty: str) -> str:
    """A case, with the duty that is meant, where that is known."""
    return ": ".join(part for part in (label(ref) if ref else "", duty) if part)


def again(act: str, ref: str) -> str:
    """A button that begins an act on a case anew."""
    return f"{act}: {called(ref)}"


def question_left(ref: str, duty: str, act: str) -> str:
    """Something else was pressed or said than what was asked for an act, which a button begins anew."""
    return (
        f"{named(ref, duty)}. “{act}” is left unfinished, and nothing of it is on record. "
        f"To take it up again, choose “{again(act, ref)}”."
    )


def asks_again(day: date, *, kept_up: bool) -> str:
    """To whoever has a duty; `kept_up`: they had said so before, so that the next reminder is the next they hear."""
    if kept_up:
        return f"Thank you. I will remind you again on {spoken(day)} if it is not done."
    return f"Thank you. I will ask again on the morning of {spoken(day)} if it is not done."


def put_off_until(day: date) -> str:
    """To whoever put a duty off."""
    return f"I will remind you again on {spoken(day)}. The deadline has not moved."


def action_given(ref: str, title: str, latest: date) -> str:
    """To whoever an action was given to; what it is stands where they ask."""
    return f"{named(ref, title)}. It is yours now, latest {spoken(latest)}. To see it, say “case {ref}”."


def disagreement_beside(ref: str, latest: date) -> str:
    """A disagreement was raised while another is open: they share one clock, and so one day and one answer."""
    return (
        f"Another disagreement is open in case {ref} already. They are reminded of together, by the earlier day: "
        f"{spoken(latest)}. Say that it is done only once each of them has been settled or taken to the next step."
    )


def each_disagreement(title: str, count: int) -> str:
    """What is said to be done, where it stands for more than one."""
    return f"{title} (each of the {count} that are open)"


def case_given(ref: str) -> str:
    """To whoever was given a case of which no other message tells them."""
    return f"{label(ref)}. It is yours now, with everything on record. To see it, say “{called(ref)}”."


def action_left(ref: str, title: str, latest: date) -> str:
    """To whoever has a case, of an action that nobody has any more."""
    return (
        f"{named(ref, title)}, latest {spoken(latest)}. Whoever it was given to has no role here any more. To "
        f"give it to somebody else, say “record {ref}”. Until then its reminders come to you."
    )


def action_of_theirs(title: str, until: str, words: str) -> str:
    """An action, to whoever it was given to."""
    return f"{title}: {until}. It says: “{words}”"


ONLY_THEIR_ACTIONS = "What is yours here, which is all of it that I show you:"


def only_their_action(ref: str) -> str:
    """To somebody who has an action in a case and nothing else of it, where that is not theirs to do."""
    return (
        f"In case {ref} only your own action is yours to see and to answer; please ask a lead of this area for the "
        f"rest. Say “done {ref}” when it is done, “I have it {ref}” to say that you are on it, or “snooze {ref}” to be "
        "reminded later."
    )


def when_done(ref: str) -> str:
    """How they say that it is done."""
    return f"Say “done {ref}” when it is done."


_GOES_ON = (
    "I recorded nothing, and I go on reminding until it is done. Say “I have it” to say that you are on it, “remind me "
    "later” to put the reminder off, or “done” when it is done."
)
NOT_YET = f"Thank you. {_GOES_ON}"
IS_IT_SETTLED = "Is the disagreement settled?"
SETTLED_OR_NEXT = (("yes", "Yes, it is settled"), ("next", "No: it was taken to the next step"))
WENT_TO_THE_NEXT_STEP = "Taken to the next step."
HOW_THEY_END = (
    "Reminders end when the duty is done, or no longer owed. Say “done” when it is done, “remind me later” to put one "
    "off, “hand over” if the case is somebody else's, or “I am away until Friday” so that your deputy is reminded "
    "instead. I recorded nothing of that yet."
)
NOT_FOR_THANKS = f"You are welcome. {_GOES_ON}"


ONE_AT_A_TIME = (
    "One case at a time, so that no day lands on the wrong case. Nothing is recorded yet: please say it again for "
    "each, with one reference."
)


def only_until(day: date) -> str:
    """To whoever wants to be reminded on a later day."""
    return (
        f"I can put a reminder off until the next working day only, {spoken(day)}. Then I ask again, and you can put "
        "it off once more, up to its deadline. If that is no use, leave it."
    )


_NOT_OURS = "The day on which the other council notified the Panel does not count as ours."
_ONE_OF_BOTH = (
    "One incident has one notification: if both councils agree in writing that theirs stands for both, a lead records "
    "its day as ours."
)


def ours_is_owed(*, is_open: bool, may_record: bool) -> str:
    """Another council notified, and by what is new the notification is ours; not before a closed case is open again."""
    if not is_open:
        return f"{_NOT_OURS} If the case is opened again, our own notification is owed."
    how = "please record its day" if may_record else "a lead records its day"
    return f"{_NOT_OURS} Our own notification is owed now: if it has been made, {how}. {_ONE_OF_BOTH}"


def theirs_to_notify(ref: str) -> str:
    """The partners decided to notify, and by the outcome that is another council's to do."""
    return (
        "No deadline of ours begins by this: by what is on record the other council notifies the Panel. Tell it today "
        "what was decided here, and get it in writing which council notifies, and when. If it will not say so, say "
        f"“new information {ref}”."
    )


def no_panel_for_an_adult(ref: str) -> str:
    """The partners decided to notify, and by the outcome whoever it is about was 18 or over."""
    return (
        "No deadline begins by this: by what is on record they were 18 or over, and the Panel is told of children "
        "only. What is to be told to the Secretary of State and Ofsted stays as it is. If they were under 18 when it "
        f"happened, say “new information {ref}”: then the day by which the Panel has to be told is counted."
    )


PANEL_TOLD, THEY_TOLD = "the Panel was notified", "the other council notified the Panel"
DEATH_TOLD = "the Secretary of State and Ofsted were notified of the death"
THEIR_NOTIFICATION = "the other council’s notification of the Panel"
ANSWERED = WHAT_IS_NEW.label("other_council")
GIVE_THE_DAY, GIVE_NOTIFIED = "Give the day it was sent", "Give the day the Panel was notified"


def notified_already(ref: str, day: date, *, what: str, may_record: bool) -> str:
    """It was said that the Panel was notified, and a day is on record, of what stands there."""
    how = f"say “record {ref}” and give the right day" if may_record else "a lead can put it right"
    return f"In case {ref} it is on record already that {what} on {spoken(day)}. If that day is wrong, {how}."


def ours_to_notify(ref: str, *, is_in_care: bool = False) -> str:
    """It was said that another council notified, and our own notification is owed; `is_in_care`: of a child in care."""
    whose = "our own council’s notification is owed" if is_in_care else "our own council notifies the Panel"
    said = (
        f"In case {ref} {whose}, so I recorded nothing. If our council has notified, say “we notified yesterday”, or "
        "give another day."
    )
    if not is_in_care:
        return said
    choose = EVENTS["responsible council notified"]
    how = f"say “record {ref}” and choose “{choose}”"
    return f"{said} If the child was in the other council’s care and that one has notified, {how}."


def in_our_care(ref: str) -> str:
    """It was said that they or another council notified, and the child was in our own council's care."""
    return (
        f"In case {ref} the child was in our own council’s care, and our notification is owed, so I recorded nothing. "
        "If our council has notified, say “we notified yesterday”, or give another day. If the other one has: "
        f"{_ONE_OF_BOTH[:1].lower()}{_ONE_OF_BOTH[1:]}"
    )


def held_for_another(ref: str) -> str:
    """It was said that another council notified, and ours works as if that were its own until that one accepts it."""
    return (
        f"In case {ref} the other council has not said in writing that it notifies, so our council works as if the "
        "duty were its own, and I recorded nothing. If our council has notified, say “we notified yesterday”, or give "
        f"another day. If the other one has, say “new information {ref}”, choose “{ANSWERED}”, and then tell me again."
    )


def whose_waits(ref: str) -> str:
    """It was said that the Panel was notified, and a lead has not said yet whether our council or another does that."""
    return (
        f"In case {ref} it waits for a lead whether our own council or another one notifies the Panel, so I recorded "
        "nothing. If our council has notified, say “we notified yesterday”, or give another day. If the other one has, "
        f"a lead first says whether what was told holds (“agree {ref}” or “keep {ref}”); then tell me again."
    )


def sent_unrecorded(ref: str) -> str:
    """The rapid review was said to have gone to the Panel, and the case does not have the day."""
    return (
        "You said that the rapid review has gone to the Panel. The case does not have the day, so its reminders go on: "
        f"choose “{GIVE_THE_DAY}”, or say “record {ref}”."
    )


def notified_first(ref: str) -> str:
    """The same where not even the notification that comes before it is on record."""
    return (
        "You said that the rapid review has gone to the Panel. The case does not have the day, nor that the Panel was "
        f"notified, so reminders go on. Record the notification first: say “record {ref}”."
    )


def asked_of_it(ref: str) -> str:
    """Somebody asks something of their case: what is held of it is shown."""
    return (
        f"This is what I hold of case {ref}. How a date comes about: say “why {ref}”. For the law, or how something is "
        "done, please ask again without the reference."
    )


def about_it(ref: str, *, may_act: bool = True) -> str:
    """Somebody wrote something of their case that is no command: nothing is done, and how to say it."""
    if not may_act:
        return (
            f"You wrote about case {ref}. I recorded nothing of it: what was done or decided, a lead of this area "
            f"records. To tell the lead, say “note {ref}”. If something new has come up, say “news {ref}”."
        )
    return (
        f"You wrote about case {ref}. I recorded nothing of it. If something new has come up, say “news {ref}”. If "
        f"something was done or decided, say “record {ref}”."
    )
