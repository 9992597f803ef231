"""The small words of typed answers: how people say yes, no and not sure, and which words around an answer matter."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")

_NEGATED = {
    f"{verb}nt": (verb, "not") for verb in "do does did is are was were has have had would could should".split()
}
# "Not" is always its own word, so that every denial is seen whichever way it is typed.
_CONTRACTED = _NEGATED | {
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wont": ("will", "not"),
    "aint": ("is", "not"),
}

POLITE = frozenset("please thanks thank you ok okay um er erm well".split())
YES = frozenset({("y",), ("yes",), ("yep",), ("yeah",), ("yup",), ("yea",), ("aye",)})
NO = frozenset({("n",), ("no",), ("nope",), ("nah",), ("not", "yet"), ("definitely", "not"), ("not", "at", "all")})
UNSURE = frozenset(
    tuple(phrase.split())
    for phrase in (
        "not sure|unsure|dunno|do not know|idk|no idea|no clue|maybe|perhaps|not known|unknown|unclear|not clear|"
        "not certain|uncertain|can not say|can not tell|too early to say|too soon to say|do not remember|"
        "can not remember"
    ).split("|")
)
BUILT_IN = {"yes": YES, "no": NO, "unsure": UNSURE}

NONE_OF_THEM = frozenset(
    tuple(phrase.split())
    for phrase in (
        "none|none of these|none of them|none of those|none of the above|no none|none apply|none really|no|nope|nah|n|"
        "nothing|neither|0|zero|n a|na|not applicable|no none of these|no none of them"
    ).split("|")
)
ALL_OF_THEM = frozenset(
    tuple(phrase.split())
    for phrase in (
        "all|all of them|all of these|all of those|all of the above|everything|every one|any|any of these"
    ).split("|")
)

DENIALS = frozenset("not no never none nobody noone nothing neither nor without".split())
# Words that turn an answer round, weaken it, or make it about someone else: beside them nothing is taken as said.
TURNS = DENIALS | frozenset(
    (
        "might maybe may perhaps possibly probably could would should if unless whether or nearly almost but except "
        "apart instead rather than unlikely false untrue denies denied wrong until wish hope hopefully another other "
        "others someone somebody anyone anybody mum mummy mother dad daddy father parent parents brother brothers "
        "sister sisters sibling siblings uncle aunt cousin gran grandad grandmother grandfather friend neighbour dog "
        "out outside beyond near nearby border over under next past off away elsewhere opposite non former retired "
        "possible risk threat threats threatened threatening attempt attempts attempted tried trying ideation thoughts "
        "ex boundary edge within less more perpetrator"
    ).split()
)

# Words that add nothing to an answer.
FILLERS = frozenset(
    (
        "a an the i im ive id we weve they theyre theyve he hes she shes it its was is are were has have had been be "
        "being did do does think believe say child children kid kids boy girl baby lad teenager young person pupil "
        "student client patient them him her that thats this there so too sadly unfortunately sorry please thanks "
        "thank you yes yeah yep well just um er erm ok okay to of in at on by for from with and as my our me answer "
        "definitely certainly already now also actually really very work am option number right correct one ones"
    ).split()
)

# Words about when and where that turn no answer round, though beside yes or no they may say something else.
CIRCUMSTANCES = frozenset("yesterday today tonight night morning afternoon evening last week hospital".split())

# Words people put beside "not sure" that name no answer of their own.
UNSURE_ABOUT = FILLERS | frozenset(
    "which what when where day date time exactly exact precise yet happened sure".split()
)

NUMBER_FILLERS = frozenset(
    "option options number numbers num answer answers choice item the its it is i please".split()
)
# In an option they say that it is about when something was.
TIMES = frozenset("today yesterday day days week weeks month months year years ago recently".split())
JOINERS = frozenset("and plus also then with".split())

_COUNTING = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
ORDINALS = {word: place for place, word in enumerate(_ORDINALS, 1)}
NUMBERS = {word: place for place, word in enumerate(_COUNTING, 1)} | ORDINALS

_ASKING = frozenset(
    (
        "what whats who whos whose whom which when whens where wheres why whys how hows can could do does is should "
        "shall would will explain"
    ).split()
)
# "Was hurt" tells, "was he hurt" asks: after these verbs it is the next word that shows which.
_ASKING_BEFORE_SUBJECT = frozenset("are am was were did has have had".split())
# "Could have died" tells as well.
_SUPPOSING = frozenset("can could should shall would will".split())
_SUBJECTS = frozenset(
    (
        "i we you they he she it there this that these those the a an any anyone anybody someone somebody everyone my "
        "our your his her their children child police parents"
    ).split()
)


def fold(text: str) -> str:
    """Text in one letter case and form, without apostrophes, so that the same words look the same."""
    return _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded; "didn't" is two words, "did" and "not"."""
    words: list[str] = []
    for word in _WORD.findall(fold(text)):
        words.extend(_CONTRACTED.get(word, (word,)))
    return tuple(words)


def asks(words: tuple[str, ...]) -> bool:
    """Whether words open like a question."""
    if len(words) < 2 or words[1] == "not":
        return len(words) == 1 and words[0] in {"what", "whats", "who", "when", "where", "why", "how", "which"}
    if words[:2] == ("tell", "me"):
        return True
    if words[0] in _SUPPOSING and words[1] in {"have", "be"}:
        return False
    return words[0] in _ASKING or (words[0] in _ASKING_BEFORE_SUBJECT and words[1] in _SUBJECTS)


def number_in(word: str) -> int | None:
    """The number a word stands for ("2", "2nd", "two", "second"), or None; at most three digits are read."""
    digits = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else word
    if digits.isdecimal():
        return int(digits) if len(digits) <= 3 else None
    return NUMBERS.get(word)


def one_edit_apart(typed: str, meant: str) -> bool:
    """Whether one letter dropped, added, changed or swapped with its neighbour makes `typed` into `meant`."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    if len(typed) == len(meant):
        return rest[1:] == wanted[1:] or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    return rest[1:] == wanted if len(typed) > len(meant) else rest == wanted[1:]
