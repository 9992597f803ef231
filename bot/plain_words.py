"""What words say in answer to a reminder: that it is done, by whom, not yet, theirs, for later or for somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.case_step import CaseAsk
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY, DAYS_ASKED
from bot.commands import command, plainly
from bot.plain_days import Day, day_alone, day_said, is_a_time
from dialogs.done_words import WE, WHEN, said_done

BY = "notified by"
"""What it is given under who notified; the words for each follow."""
US, THEM, OTHERS, SOMEBODY = "us", "them", "others", "somebody"
OF_A_DEATH = "us of a death"
"""That we told the Secretary of State or Ofsted: of a death, where that is owed and the Panel is not to be told."""
OF_DUTY = "said done"
"""What it is given under of which clocks it is said that they are done, by their names."""
DAY_TOLD, OF_DAYS = "day told", "days told"
"""What it is given under in which words a day was told that a case waits for, and which of those days it may be."""
_COUNCIL = r"(?:council|area|authority|local authority)"
_THEY = rf"(?:(?:they|the {_COUNCIL})(?:'ve| have| has)? )"
_OTHER = (
    rf"(?:(?:(?:the|their) other|their|another|the other area's|the (?:responsible|placing|home)) {_COUNCIL}"
    rf"|the {_COUNCIL} responsible(?: for (?:the child|him|her|them))?)"
)
_OTHERS = rf"(?:{_OTHER}(?: has|'s| have)? )"
_WHO = rf"(?:(?P<us>{WE})|(?P<others>{_OTHERS})|(?P<them>{_THEY}))"
_PANEL = r"(?:the )?(?:national )?panel"
_STATE = r"(?:(?:the )?(?:secretary of state|ofsted))"
_TOLD = r"(?:notified|told|informed)"
# "submitted this morning" says when, not what.
_IT = r"(?:it|that|this(?! (?:morning|afternoon|evening)\b))"
_NOTICE = r"(?:notification|sin|serious incident notification)"
_BY = rf"(?: by (?:(?P<others>{_OTHER})|(?P<us>us|me)|(?P<them>them|the {_COUNCIL})))"
_OFF = rf"(?: off| in)?(?: to {_PANEL})?"
_DONE = (
    re.compile(rf"(?:(?:ok|okay|yes|all|both|already|its),? )+done{WHEN}?"),
    re.compile(rf"(?:(?:it|that|this)(?:'s| is| was) |is )?(?:already )?done{WHEN}?"),
    re.compile(rf"{WE}?did {_IT}{WHEN}?"),
    re.compile(rf"{WE}?(?:already )?done {_IT}{WHEN}?"),
    re.compile(rf"(?:it|that|this)(?:'s| has) (?:now |already )?been done{WHEN}?"),
    re.compile(rf"{WE}?(?:sent|submitted) {_IT}(?: off| in)?{WHEN}?"),
    re.compile(rf"(?:it|that|this)(?:'s| is| was| has been) (?:sent|submitted){WHEN}?"),
    re.compile(rf"{WE}?(?:sent|submitted){WHEN}"),
)
_NOTIFIED = (
    re.compile(rf"{_WHO}?notified(?: {_PANEL})?{WHEN}?"),
    re.compile(rf"{_WHO}?{_TOLD} {_PANEL}{WHEN}?"),
    re.compile(rf"{_PANEL} (?:(?:was|has been|have been|is) )?{_TOLD}{_BY}?{WHEN}?"),
    re.compile(rf"{_WHO}?(?:sent|submitted) (?:the|their|our) {_NOTICE}{_OFF}{WHEN}?"),
    re.compile(rf"(?:(?:the|our) )?{_NOTICE} (?:(?:was|has been|is) )?(?:sent|submitted){_OFF}{WHEN}?"),
)
_OF_A_DEATH = (re.compile(rf"{WE}?{_TOLD} {_STATE}(?: and {_STATE})?{WHEN}?"),)
# "Done, thanks" says no more than "done".
_THANKS = (
    r"(?:(?:many|ok|okay|great),? )?(?:thanks|thank you|thx|cheers|ta)"
    r"(?: (?:a lot|very much|so much|again|all|for (?:the reminder|reminding me|your help)))?"
)
_THANKED = re.compile(rf"{_THANKS}")
_SMILE = re.compile(r"[ ,.!]*(?:[:;]-?[)d]|[🙂😊😀👍✅])[ .!]*$")
_KIND_WORDS = re.compile(rf"(?:^{_THANKS}[ ,.!:-]+|[ ,.!:-]+{_THANKS}[ .!]*$)")
_CASE = re.compile(r"(?:,|,? and\b|,? &)? ?(?:(?:on|in|for|of|about) )?(?:cases? )?(\d\d-\d{3,})\b[:,]?")
_HAVE_IT = re.compile(
    r"(?:ok(?:ay)?,? |yes,? |thanks,? )?"
    r"(?:(?:i have|i've got|we have|we've got|got|have) (?:it|this|that|them)(?: all| one)?"
    r"|(?:i'll|we'll|i will|we will|will) (?:do|do it|do that|deal with it|see to it|look into it)"
    r"|(?:(?:i'm|we're|i am|we are) )?(?:on it|on to it|(?:dealing|busy) with it|seeing to it|looking into it|doing it)"
    r"|(?:it's |it is )?(?:in hand|on my list)"
    r"|(?:it's|that's|this is|they're(?: all)?) (?:mine|ours)|leave it with me|acknowledged?|noted|understood)"
    r"(?:,? (?:all|all of them|everything))?(?:,? (?:today|now|this (?:morning|afternoon|week)|tomorrow|first thing))?"
)
_READ = re.compile(
    r"(?:ok(?:ay)?|yes|right|fine|good|great|perfect|seen(?: (?:it|this|that))?|(?:i(?:'ve| have)? )?"
    r"(?:seen|read|saw) (?:it|this|that|your (?:message|reminder))|read|received)?"
)
"""That a reminder was read, and nothing of what it is about."""
SNOOZE = frozenset({"remind me later", "snooze", "later"})
LATER = frozenset({"remind me tomorrow", "remind me again tomorrow", "remind me in the morning", "ask me tomorrow"})
_ON_A_DAY = re.compile(
    r"(?:(?:remind|ask|tell) me(?: again)?|(?:put it off|snooze(?: it)?) (?:until|till|to)) (?P<when>.+)"
)
_WHY = re.compile(r"(?P<said>[^:;]+?)(?:\s*[:;\u2013\u2014]\s*|\s-\s|,? because )(?P<why>.*\w.*)", re.IGNORECASE)
_HAVE_NOT = r"(?:i|we) (?:have not|haven't|did not|didn't)(?: yet)?"
_NOT_YET = re.compile(
    r"(?:no,? )?(?:not yet"
    r"|(?:(?:it|that|this)(?:'s| is| has)? )?(?:still )?not (?:been )?(?:done|sent|notified)(?: yet)?"
    r"|(?:it|that|this) (?:isn't|hasn't been) (?:done|sent)(?: yet)?"
    rf"|{_HAVE_NOT}(?: (?:done|do|sent|send))?(?: {_IT})?(?: yet)?"
    rf"|{_HAVE_NOT} (?:(?:notified|notify)(?: {_PANEL})?|(?:told|tell) {_PANEL})(?: yet)?)"
)
_REMINDERS = r"(?: (?:the|these|those|all|my|your))* (?:reminders|reminder|nudges|nudging|reminding|messages)"
_STOPPING = re.compile(
    r"(?:please )?(?:(?:how (?:do|can) (?:i|we)|can (?:i|you)|could you|i want to) )?(?:please )?"
    rf"(?:stop|mute|end|cancel|(?:turn|switch) off)(?: (?:reminding|nudging|nagging|messaging) (?:me|us)|{_REMINDERS})"
    r"|(?:do not|don't|no more) (?:remind(?: me)?(?: again| any ?more)?|reminders)"
)
_DUE = re.compile(
    r"(?:(?:what(?:'s| is| have i got)?|is anything|anything|which (?:cases|duties) are) )?"
    r"(?:i have to do|due|overdue|late|outstanding|left(?: to do)?|next)(?: for me| in my cases)?"
    r"(?: (?:today|tomorrow|now|this week|next week|this month))?"
    r"|(?:(?:are there|have i got|do i have|what are) )?(?:any|the|my) deadlines"
    r"(?: (?:today|tomorrow|now|this week|next week|this month))?"
    r"|what (?:am i|are we) (?:late|behind) (?:with|on|for)|am i (?:late|behind)(?: with anything| on anything)?"
    r"|what do (?:i|we) (?:have|need) to do(?: (?:today|now|next|this week|tomorrow))?"
)
_KNOWS = (
    rf"(?:(?:the |our )?(?:{_COUNCIL}|la|children's (?:services|social care)|social care)|they|we|i|it)(?:'d| had)?"
)
_CAME_TO_KNOW = (
    r"(?:(?:only|first|actually|already) )*"
    r"(?:knew|got to know|found out|heard|learned|learnt|(?:became|was|were) (?:made )?aware|(?:was|were) told)"
    r"(?: (?:of|about) (?:it|this|that|(?:the|his|her) (?:incident|child|death|injur(?:y|ies)|harm)))?(?: first)?"
)
_REVIEW = r"(?:it|this|that|one|(?:a|the) (?:local )?(?:child safeguarding practice )?(?:review|lcspr))"
_PARTNERS_DECIDED = (
    r"(?:(?:the |our )?(?:safeguarding )?partners|they|we)(?: have|'ve)? "
    r"(?:decided|agreed|(?:made|took) (?:the|that|this|their) decision)"
    rf"(?: (?:(?:on|to (?:hold|do|have|commission)) )?{_REVIEW})?"
)
_DAY_OF = {
    (ASK_AWARENESS,): (
        re.compile(rf"{_KNOWS} {_CAME_TO_KNOW}(?:,? (?:on|since))? (?P<day>.+)"),
        re.compile(r"(?:the )?(?:(?:day|date) of awareness|awareness (?:day|date))(?: is| was)?:? (?P<day>.+)"),
        re.compile(r"(?:council )?aware(?: on| since)? (?P<day>.+)"),
    ),
    (ASK_REVIEW_DAY,): (
        re.compile(rf"{_PARTNERS_DECIDED}(?:,? on)? (?P<day>.+)"),
        re.compile(
            rf"(?:the |that |their )?decision(?: to (?:hold|do|have) {_REVIEW})? was "
            r"(?:made |taken )?(?:on )?(?P<day>.+)"
        ),
    ),
    DAYS_ASKED: (re.compile(r"(?:(?:it|that|this|the (?:day|date))(?:'s| was| is| would be)? )?(?:on )?(?P<day>.+)"),),
}
"""How the days are told that a case cannot go on without: those that may be meant, with the words for them."""
_ANSWERING = frozenset({"done", "acknowledge", "snooze"})
_HANDED = frozenset(
    {"hand over", "hand it over", "reassign", "reassign it", "give it to someone else"}
    | {"not mine", "it's not mine", "that's not mine", "this is not mine", "not me", "not my case"}
)
_WHY_THEN = re.compile(r"why (?:is it |is that )?(?:this|that|these|those|by) (?:date|dates|day|days|then)|why then")
_HANDED_TO = re.compile(r"(?:give|hand|pass|transfer|assign|reassign)(?: over)? (?:over )?to \S+(?: \S+){0,2}")


@dataclass(frozen=True)
class Said:
    """What words ask of a case; `first` is what is said of their day, where it cannot be."""

    ask: CaseAsk
    first: str = ""


def asked(said: str, today: date) -> Said | None:
    """What such words ask, with the day where it is understood; None where they ask nothing of a case."""
    bare = said.removesuffix("?")
    if bare in LATER | SNOOZE:
        return Said(CaseAsk("snooze"))
    if _WHY_THEN.fullmatch(bare):
        return Said(CaseAsk("why"))
    if bare in _HANDED:
        return Said(CaseAsk("reassign"))
    if (found := _ON_A_DAY.fullmatch(bare)) is not None and is_a_time(found["when"]):
        return Said(CaseAsk("snooze"))
    if _HAVE_IT.fullmatch(bare):
        return Said(CaseAsk("acknowledge"))
    every = (_of_match(one, said, today) for one in (*_DONE, *_OF_A_DEATH, *_NOTIFIED))
    of_a_duty = (_on(CaseAsk("done").having(OF_DUTY, " ".join(one.clocks)), one.day, today) for one in said_done(said))
    return next((found for found in (*every, *of_a_duty) if found is not None), None)


def day_told(said: str, today: date) -> Said | None:
    """What such words ask that tell a day which a case waits for, and nothing else; None where they are no day."""
    for of, patterns in _DAY_OF.items():
        every = (pattern.fullmatch(said) for pattern in patterns)
        if day := next((day for found in every if found and (day := day_alone(found["day"], today))), ""):
            return Said(CaseAsk("done").having(OF_DAYS, " ".join(of)).having(DAY_TOLD, day))
    return None


def _of_match(pattern: re.Pattern[str], said: str, today: date) -> Said | None:
    if (found := pattern.fullmatch(said)) is None:
        return None
    ask, who = CaseAsk("done"), found.groupdict()
    if pattern in _NOTIFIED:
        ask = ask.having(BY, next((one for one in (US, OTHERS, THEM) if who.get(one)), SOMEBODY))
    if pattern in _OF_A_DEATH:
        ask = ask.having(BY, OF_A_DEATH)
    return _on(ask, found["day"], today)


def _on(ask: CaseAsk, words: str | None, today: date) -> Said | None:
    """The same with the day that is named, or without one where it cannot be; None where the words are no day."""
    day = day_said(words, today) if words else Day()
    if day is None:
        return None
    return Said(ask.having("day", day.on.isoformat()) if day.on else ask, day.first)


def with_why(typed: str, today: date) -> tuple[str, str]:
    """What was typed without the reason why a duty is put off, and the reason; empty where none was given with it."""
    found = _WHY.fullmatch(" ".join(typed.split()))
    said = asked(said_of(found["said"])[0], today) if found is not None else None
    return (found["said"], found["why"]) if found is not None and said and said.ask.act == "snooze" else (typed, "")


def said_of(typed: str) -> tuple[str, tuple[str, ...]]:
    """What was said without thanks and the cases that it names, and their references.

    A question keeps its mark, so that nobody who asks whether it is done is taken to say so.
    """
    said = _without_thanks(plainly(typed)) + "?" * ("?" in typed)
    return " ".join(_CASE.sub(" ", said).split()).strip(" .!"), tuple(dict.fromkeys(_CASE.findall(said)))


def _without_thanks(said: str) -> str:
    while said != (bare := plainly(_SMILE.sub("", said)).strip(" ,")):
        said = bare
    if _THANKED.fullmatch(said) or said == (bare := plainly(_KIND_WORDS.sub("", said)).strip(" ,")):
        return said
    return _without_thanks(bare)


def asks_what_is_due(said: str) -> bool:
    """Whether such words ask what somebody has to do in their cases, without naming one."""
    return _DUE.fullmatch(said.removesuffix("?").strip()) is not None


def only_thanks(said: str) -> bool:
    """Whether such words thank, and say nothing else."""
    return _THANKED.fullmatch(said) is not None


def only_says_it_was_read(said: str) -> bool:
    """Whether such words say that a reminder was read, and nothing of what it is about."""
    return _READ.fullmatch(said) is not None


def wants_no_reminders(said: str) -> bool:
    """Whether such words want reminders to end, or ask how they do."""
    return _STOPPING.fullmatch(said.removesuffix("?").strip()) is not None


def is_handed_to(said: str) -> bool:
    """Whether such words give to somebody the case that was named in them."""
    return _HANDED_TO.fullmatch(said) is not None


def is_not_yet(said: str) -> bool:
    """Whether such words say that it is not done yet."""
    return _NOT_YET.fullmatch(said) is not None


def is_an_answer(typed: str, today: date) -> bool:
    """Whether words are an answer to a reminder and nothing else: then they are no reason that was asked for."""
    said, _ = said_of(with_why(typed, today)[0])
    found = command(typed)
    is_command = found is not None and found.case is not None and found.case.act in _ANSWERING
    return is_command or is_not_yet(said) or asked(said, today) is not None or only_thanks(said)
