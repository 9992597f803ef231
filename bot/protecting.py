"""Leads whoever may be telling of danger, or asks how to report it, to how a child is protected."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.moment import Moment
from knowledge.hearing import Heard
from knowledge.telling import asks
from knowledge.understanding import OFFERED, Found, is_elsewhere

REFERRAL, TOLD, CALL_999, STAFF = "children-social-care-referral", "a-child-tells-me", "when-to-call-999", "lado"
NOT_HEARD = "social-care-said-no"
SOMEBODY_TO_TALK_TO = "helplines"
"""The topic for whoever is in danger themselves: whom to phone, for a child too."""
_ABOUT_STAFF = frozenset({STAFF, "harm-by-staff", "harm-in-a-childrens-home"})
PROTECTING = (REFERRAL, TOLD, CALL_999)
"""The topics for whoever may be telling of danger."""
WORRIED = "worried"
"""What the log of what was found says where a worry was told."""
# From which confidence on the first topic is worth its place beside them; below it, it is there by chance.
_LIKELY, _SURE = 0.4, 0.6
_CHILD = (
    r"(?:child|children|chld|kids?|pupils?|students?|boys?|girls?|lads?|bab(?:y|ies)|toddlers?|teen(?:ager)?s?|"
    r"young (?:person|people)|famil(?:y|ies)|neighbours?|year \d+s?)"
)
_HAS_TOLD = re.compile(
    r"\b(?:told|tells|telling|disclos\w+|confided|mentioned|let slip|opened up)\b"
    rf"|\b{_CHILD}\b.{{0,30}}\b(?:says?|said)\b|^(?:he|she|they)(?: has| have|'s)? (?:says?|said)\b"
)
_BY_STAFF = re.compile(
    r"\b(?:colleague|coach|teacher|teaching assistant|ta|tutor|instructor|youth worker|foster carer|carer|"
    r"social worker|nursery worker|childminder|member of staff|staff member|volunteer|priest|vicar|imam|"
    r"police officer|headteacher|head teacher|caretaker|taxi driver|minibus driver)\b"
)
_IT_IS_ME = re.compile(
    r"\b(?:i'm|i am|im|as) (?:a|an|the) (?:\w+ ){0,2}?\w+\b|^(?:\w+ ){1,3}here\b"
    r"|\b(?:teacher|coach|carer|worker|ta) here\b|^(?:school |youth |social |foster )?(?:nurse|teacher|worker|carer),"
)
_WHAT_TO_DO = re.compile(
    r"\b(?:who|where|how|what|when) (?:do|should|can|shall|would|does|could) (?:i|we|one|you) "
    r"(?:tell|tel|call|ring|phone|report|speak to|talk to|contact|go to|do|say)\b.{0,25}$"
    r"|\b(?:should|shall|do|can|must) (?:i|we) (?:report|tell|say|do|need to|have to|be worried)\b.{0,40}$"
    r"|\b(?:say|tell me|tell us|know|explain) (?:why|what|who|how)\b.{0,30}$"
    r"|\bwhat (?:now|next)\b.{0,6}$|\bwho (?:to|do i) (?:tell|call|ring)\b.{0,20}$"
)
_WORRY = re.compile(
    rf"\b(?:worr\w+|concern\w*|scared for|frightened for|bad feeling|not (?:quite )?right|(?:is ?n't|isnt|not) safe)\b"
    rf".{{0,40}}\b{_CHILD}\b"
    rf"|\b{_CHILD}\b.{{0,30}}\b(?:at risk|not safe|unsafe|in trouble at home)\b"
    rf"|\b{_CHILD}\b.{{0,30}}\bbeing (?:hurt|harmed|abused|neglected|groomed)\b"
    rf"|\b(?:report|reporting|refer|referring|flag)\b.{{0,20}}\b(?:an? |the |my |next door )?{_CHILD}\b"
    r"|\b(?:report|reporting)\b.{0,20}\b(?:abuse|neglect|cruelty)\b"
)
_REPORTED = re.compile(
    r"\b(?:reported|referred|flagged|made (?:a|the) referral|(?:told|rang|phoned|called) (?:them|it in|the front door)|"
    r"social (?:care|services|workers?)|mash)\b"
    r".*\b(?:nothing (?:has |is |was )?(?:happened|happens|happening|done|changed)|"
    r"(?:no(?: |-)?one|nobody) (?:came|listens|called|rang)|closed (?:it|the case)|nfa|no further action|"
    r"not (?:listening|interested)|ignored|won't|still)\b"
)
_DANGER = r"(?:any |immediate )?danger(?: now)?"
_SAFE = re.compile(
    r"^(?:no |ok |okay |it is |it's |its |this is |yes |but |sorry )*"
    rf"(?:not (?:an |a )?(?:emergency|urgent|999)|no (?:emergency|{_DANGER})|no (?:child|kid) is in {_DANGER}|"
    rf"(?:nobody|no one|noone)(?: is|'s)? in {_DANGER}|not in {_DANGER}|"
    r"(?:every ?(?:one|body|child)|all|they|she|he|(?:all )?(?:the )?(?:child|children|kids?))"
    r"(?: is| are|'s|'re|s)?(?: all)? safe(?: now)?)[ .!]*$"
)
_MY_FAMILY = (
    r"my (?:\w+ )?(?:mum|mam|mom|mummy|dad|daddy|mother|father|step ?\w+|uncle|aunt\w*|grandad|grandpa|nan|brother|"
    r"sister|cousin|carer|foster \w+)(?:'?s (?:boyfriend|partner|mate|bf))?"
)
# Of oneself: a child's age, what somebody at home does to "me", or words about living and dying.
_OF_ONESELF = re.compile(
    r"\b(?:i'?m|i am) (?:only |just )?(?:[6-9]|1[0-7]|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)\b"
    rf"|\b{_MY_FAMILY}\b.{{0,40}}\b(?:me|my (?:room|bed|bunk|legs?|door))\b"
    r"|\b(?:hurts?|hits?|touch(?:es|ed)|beats?|locks?|scares?|hurting|hitting|touching) me\b"
    r"|\b(?:kill|hurt|cut|end|hate)(?:ing)? (?:myself|my life)\b|\bi (?:want|wanna|wish).{0,20}\b(?:die|dead)\b"
    r"|\b(?:point|reason|enough|tired|sick|hate)\b.{0,20}\b(?:living|life|being alive|existing|carry on|go on)\b"
    r"|\bi (?:don'?t|can'?t|cannot).{0,15}\b(?:future|be here|life|live|go on|cope)\b"
    r"|\b(?:we|i) (?:don'?t|haven'?t) (?:get |got |had )?(?:fed|any food|eaten)\b"
)
_REPORTED_SPEECH = re.compile(
    rf"\b{_CHILD}\b.{{0,40}}\b(?:says?|said|told|tells|telling|disclos\w+|wrote|writes)\b"
    r"|\b(?:says?|said|told me|tells me|disclosed)\b"
)
_AT_WORK = re.compile(
    r"\b(?:pupils?|caseload|class|reviews?|referrals?|panel|notif\w+|forms?|meetings?|placements?|reports?|work)\b"
    r"|\bi(?:'m| am) (?:a|an|the) \w+"
)
_WHAT_TO_SAY = re.compile(r"\b(?:say|ask|promise|keep|reply|respond|answer|listen|talk)\b")
_OF_A_PAPER = re.compile(r"\b(?:form|report form|policy|panel|notification|partners|review|ofsted|deadline|cdop)\b")


def protecting(moment: Moment, found: Found) -> Found:
    """What was found; for a worry, how a child is protected comes first and what is there by chance goes.

    What is plainly somebody else's keeps its signpost: the notice about danger stands before it. So does what a topic
    plainly answers. Whoever tells of themselves is told whom to talk to.
    """
    heard = moment.heard
    if heard is None:
        return found
    if heard.danger is not None and is_of_oneself(heard.text) and _is_held(moment, SOMEBODY_TO_TALK_TO):
        return replace(found, route="answer", topic=SOMEBODY_TO_TALK_TO, decoy="", log={**found.log, "kept_back": True})
    if is_elsewhere(found) or found.route == "clarify":
        return found
    if found.route == "answer":
        return _worried(moment, found) if _is_misplaced(heard, found) else found
    if found.route == "refer":
        return _with_protection(found) if heard.danger is not None and heard.danger.pressing else found
    return _worried(moment, found) if _is_worry(heard, found) else _beside(heard, found)


def _is_held(moment: Moment, topic: str) -> bool:
    return topic in moment.definitions.library.topics


def says_safe(text: str) -> bool:
    """Whether a text says no more than that no child is in danger now."""
    return _SAFE.fullmatch(" ".join(text.casefold().replace("’", "'").split())) is not None


def is_of_oneself(text: str) -> bool:
    """Whether a text, in small letters, tells of the writer's own danger and not of what a child told at work."""
    return bool(_OF_ONESELF.search(text)) and not _REPORTED_SPEECH.search(text) and not _AT_WORK.search(text)


def answer_meanwhile(moment: Moment) -> str:
    """The topic that answers what is asked while the answer about danger stands; "" for none."""
    if moment.heard is None or moment.understanding is None:
        return ""
    text = moment.heard.text
    if moment.heard.danger is not None and is_of_oneself(text):
        return SOMEBODY_TO_TALK_TO
    found = moment.understanding.find(moment.heard, incidents=False)
    if found.route == "answer" and not _is_misplaced(moment.heard, found):
        return found.topic
    if not asks(text):
        return ""
    return TOLD if _WHAT_TO_SAY.search(text) else REFERRAL if _WHAT_TO_DO.search(text) else ""


def _worried(moment: Moment, found: Found) -> Found:
    text = moment.heard.text if moment.heard is not None else ""
    offers = tuple(one for one in worry_topics(text, found) if one in moment.definitions.library.topics)
    return replace(
        found, route="offer", topic="", decoy="", offers=offers, log={**found.log, "kept_back": True, WORRIED: True}
    )


def worry_topics(text: str, found: Found) -> tuple[str, ...]:
    """The topics for somebody who tells of a worry: a referral, what to do if a child has told, and what is likely."""
    if _REPORTED.search(text):
        return (NOT_HEARD, REFERRAL, CALL_999)
    is_likely = found.confidence is not None and found.confidence >= _LIKELY
    by_staff = (STAFF,) if _names_staff(text) else ()
    told = (TOLD,) if _HAS_TOLD.search(text) else ()
    likely = found.offers[:1] if is_likely else ()
    return tuple(dict.fromkeys((REFERRAL, *by_staff, *told, *likely, *PROTECTING)))[:OFFERED]


def _names_staff(text: str) -> bool:
    """Whether somebody who works with children is spoken of, other than whoever writes."""
    return _BY_STAFF.search(_IT_IS_ME.sub(" ", text)) is not None


def _is_misplaced(heard: Heard, found: Found) -> bool:
    """Whether an answer would mislead: about staff where only the writer is, or past a report that nobody heard."""
    if found.topic in _ABOUT_STAFF:
        return heard.danger is not None and not asks(heard.text) and not _names_staff(heard.text)
    return found.topic != NOT_HEARD and _REPORTED.search(heard.text) is not None and not asks(heard.text)


def _is_worry(heard: Heard, found: Found) -> bool:
    """Whether a message tells of a worry about a child rather than asks about rules."""
    confidence = found.confidence or 0.0
    if confidence >= _SURE and found.route == "offer":
        return False
    if _REPORTED.search(heard.text) and not asks(heard.text):
        return True
    if _WORRY.search(heard.text) and not _OF_A_PAPER.search(heard.text):
        return True
    if heard.danger is None or asks(_WHAT_TO_DO.sub("", heard.text)):
        return False
    return heard.danger.pressing or confidence < _LIKELY


def _beside(heard: Heard, found: Found) -> Found:
    """What was found for a question that only may tell of danger: how a child is protected is one of its offers."""
    if heard.danger is None or not heard.danger.pressing:
        return found
    if found.route == "offer" and not set(PROTECTING) & set(found.offers):
        return replace(found, offers=(REFERRAL, *found.offers[:-1]))
    if found.route in {"decline", "smalltalk"}:
        return replace(found, route="offer", decoy="", offers=PROTECTING, log={**found.log, "kept_back": True})
    return found


def _with_protection(found: Found) -> Found:
    """An incident told in which a child may still need protecting: that comes before the questions."""
    offers = tuple(dict.fromkeys((REFERRAL, *found.offers)))[:2]
    return replace(found, offers=offers, log={**found.log, WORRIED: True})
