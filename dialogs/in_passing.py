"""Tells words that answer no question but say how it is to be asked: not understood, why, or hard to bear."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.answer_words import words_of

InPassing = Literal["", "not understood", "why", "hard"]
_MOST_WORDS = 18
_BEFORE = r"(?:(?:sorry|um|er|erm|please|ok|okay|but|and|hi|hello|no|well|so|honestly|tbh|just) )*"
_AFTER = (
    r"(?: (?:please|pls|plz|sorry|to me|for me|a bit|again|tbh|honestly|exactly|really|mate|here|now|right now|"
    r"at the moment|at all|any ?more|lol|thanks))*"
)
_YOU, _WHAT = "(?:you|u|ya)", "(?:what|wot|wat)"
_THIS = "(?:this|that|it|(?:the|this|that) question|these|those|any of this)"
_SAID = rf"(?:{_YOU}|{_THIS}|(?:i am |im |is )?being asked|they)"
_BY = "(?: by (?:this|that|it))?"
_MEAN = (
    rf"(?: (?:even |actually |really )?(?:means?|meant|ment|is|are|wants?|(?:is |are |r )?asking|is (?:on )?about|"
    rf"(?:is|are) saying){_BY})?"
)
_I = "(?:i |im |i am |am )?"
_VERBS = "(?:explain|say|put|reword|rephrase|simplify|repeat|make|ask|word)"
_PICK = "(?:put|say|answer|pick|choose|type|click|press)"
_PLAIN = "(?:simpler|simple|plain|plainer|easier|easy|normal|other|different|clearer)"
_WORDING = (
    rf"(?:(?:in|using|with) (?:more )?{_PLAIN} (?:words?|english|terms|language|way)|in (?:another|other) words?)"
)
_MORE = "(?:more )?(?:simply|simpler|clearer|clearly|easier|differently|again|better)"
_NOT_SURE = "(?:not (?:really |too |quite |at all |entirely )?(?:sure|certain|clear)|unsure|no idea|no clue|idk|dunno)"
_CANNOT = "(?:do not|dont|did not|can not|could not)"
_NOT_UNDERSTOOD = (
    rf"{_WHAT} (?:do|does|is|are|did|r) {_SAID}{_MEAN}{_BY}",
    rf"{_WHAT} (?:(?:do|does|did) {_YOU} mean|(?:is|are) meant) by(?: \w+){{1,5}}",
    rf"(?:whats|wots|wats|what|what is) {_THIS} (?:mean|even mean|asking|about)",
    rf"(?:(?:can|could|would|will) {_YOU} )?(?:please )?{_VERBS}(?: {_THIS})?(?: what (?:this|that|it) means)?"
    rf"(?: (?:{_MORE}|(?:in )?(?:another|a different) way|{_WORDING}))?",
    rf"{_PLAIN} (?:words|english|terms|language)|{_WORDING}",
    rf"{_I}(?:really |still |honestly )?{_CANNOT} (?:really |quite |even )?(?:understand|get|follow)"
    rf"(?: (?:what )?{_SAID}{_MEAN})?",
    rf"{_I}(?:{_NOT_SURE}|do not (?:really )?know)(?: of| about| on)? {_WHAT} {_SAID}{_MEAN}{_BY}",
    rf"{_I}(?:{_NOT_SURE}|do not (?:really )?know) (?:i understand|{_WHAT} to {_PICK})(?: {_THIS})?",
    rf"huh|eh|pardon|come again|you what|what|{_I}(?:so |really |a bit )?confused|(?:you |u )?lost me",
    r"(?:this|that|it)(?: is|s)? (?:so |really |very )?confusing",
    r"(?:this |that |it )?(?:makes no sense|does not make (?:any )?sense)",
    rf"{_WHAT} (?:happens|if|will happen|would happen|happens next)(?: if)? i {_PICK}"
    r" (?:yes|no|not sure|unsure|this|that|it|the wrong (?:one|thing|answer)|\w+ wrong|\d)",
    rf"{_WHAT} (?:should|do|shall|would|am) i (?:meant to |supposed to )?{_PICK}",
)
_ASK = "(?:ask|asking|askin|need|want|wanna|have|got)"
_WHY = (
    rf"(?:why|y) (?:do|are|would|should|does|is|r) (?:{_YOU}|they|we|i|it) {_ASK}"
    rf"(?: to (?:know|no|ask|answer|tell you|say))?(?: (?:me|us|{_THIS}|about (?:this|that|it)))*",
    rf"(?:why|y) {_ASK}(?: (?:me|{_THIS}))*",
    rf"(?:why|how) (?:does|is|would) {_THIS} (?:matter|important|relevant|asked|needed|necessary)",
    rf"(?:why|y) {_THIS}",
    rf"(?:whats|what is|what has) {_THIS} (?:for|got to do with (?:it|anything|this|me))",
    rf"(?:is|does) {_THIS} (?:really )?(?:important|relevant|needed|necessary|matter)",
    rf"do (?:i|we) (?:really )?(?:have|need) to (?:answer|say|tell you|do)(?: {_THIS})?",
)
_AFRAID = "(?:scared|frightened|afraid|terrified|worried|anxious|nervous)"
_FEEL = (
    rf"(?:{_AFRAID}|upset|stressed|shaking|shaky|crying|panicking|in tears|overwhelmed|exhausted|tired|sick|"
    r"shaken|awful|terrible|horrible|numb|stuck|distressed|distressing|upsetting|hard|too much|guilty|drained|broken|"
    r"shattered|in shock|shocked|in bits|in pieces|struggling|stressful|scary|difficult|out of my depth|a mess|sad|"
    r"heartbroken|devastated)"
)
_VERY = "(?:so|really|very|just|a bit|bit|quite|feeling|feel|absolutely|honestly|getting|such|all|a)"
_ABOUT = (
    r"(?: (?:about|by|of|with|over|for) (?:this|it|that|all this|all of this|everything|getting (?:it|this) wrong|"
    r"making a mistake|saying (?:it|this)|reporting(?: it| this)?|what (?:will|might|could) happen))?"
)
_AT_WORK = "(?:job|blamed?|trouble|wrong|mistake|sacked|fired|career|registration|struck off)"
_HARD = (
    rf"(?:i am|im|i feel|we are|am|i have been|ive been|so|really|very|feeling) (?:{_VERY} )*{_FEEL}{_ABOUT}",
    rf"(?:this|it|that)(?: is| s|s| feels)? (?:{_VERY} )*{_FEEL}",
    rf"(?:i am|im|i feel|i) (?:{_VERY} )*{_AFRAID}(?: \w+){{0,8}} {_AT_WORK}",
    r"i (?:really )?(?:can not|do not know how to|do not think i can) (?:do this|cope|think|think straight|handle this|"
    r"take this|carry on|deal with (?:this|it))",
    r"(?:i )?(?:really )?(?:do not|dunno|idk) (?:know )?what to do",
    r"i (?:can not|could not) stop (?:crying|shaking|thinking about (?:it|this))",
    r"(?:am i|will i be|will i get|will i|am i going to (?:be|get)) (?:in )?(?:trouble|blamed|sacked|lose my job)",
)


def _whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}(?:{'|'.join(f'(?:{one})' for one in patterns)}){_AFTER}")


_KINDS: tuple[tuple[InPassing, re.Pattern[str]], ...] = (
    ("why", _whole(_WHY)),
    ("not understood", _whole(_NOT_UNDERSTOOD)),
    ("hard", _whole(_HARD)),
)


def said_in_passing(text: str) -> InPassing:
    """What a whole message says of being asked, or "" where it says anything else. Takes any text."""
    if len(text) > _MOST_WORDS * 20:
        return ""
    words = words_of(text)
    said = " ".join(words)
    if not words or len(words) > _MOST_WORDS:
        return ""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(said)), "")
