"""The answers about harm: a child in danger now, what happened to them, and whether abuse is suspected."""

from __future__ import annotations

from dataclasses import replace

from dialogs.answers import Option

NOT_SURE = Option("unsure", "Not sure", also=("not known", "unclear", "nobody knows", "unknown", "can't say"))

_SAFE = tuple(
    f"{before}{who} safe{after}"
    for before in ("", "no ")
    for who in (
        *("they are", "they're", "they are all", "they're all", "everyone is", "everybody is", "everyone", "everybody"),
        *("all", "all are", "all of them are", "all children are", "all the children are", "every child is"),
        *("the children are", "the children are all"),
    )
    for after in ("", " now")
)
_NOBODY = ("no one", "noone", "nobody", "none", "no child", "no children", "no one is", "nobody is", "no child is")
_NOT_IN_DANGER = tuple(
    f"{who} in danger{after}"
    for who in (
        *("no one", "noone", "nobody", "no child", "no children", "none are", "no one is", "noone is", "nobody is"),
        *("no child is", "no children are", "none of them are", "not", "no not", "they are not", "no they are not"),
    )
    for after in ("", " now")
)
IN_DANGER_NOW = (
    Option("yes", "Yes"),
    Option(
        "no",
        "No",
        alone=(
            *_SAFE,
            *_NOBODY,
            *(f"no {who}" for who in _NOBODY),
            *_NOT_IN_DANGER,
            "no they are not",
            "no they aren't",
        ),
    ),
    replace(NOT_SURE, also=(*NOT_SURE.also, "not yet")),
)


_LIVED = (
    *("survived", "alive", "still alive", "nearly died", "almost died", "nearly dead", "might have died"),
    *("could have died", "did not die", "didn't die", "has not died", "not died", "not dead", "nobody died"),
    *("no one died", "attempted suicide", "suicide attempt", "tried to kill", "attempted murder", "nearly killed"),
)
EFFECTS = (
    Option(
        "died",
        "They died",
        also=(
            *("died", "dead", "death", "passed away", "killed", "she died", "he died", "deceased", "murdered"),
            *("suicide", "cot death", "sudden death", "killed himself", "killed herself", "killed themselves"),
            *("took his own life", "took her own life", "took their own life", "took his life", "took her life"),
        ),
        maybe=("stillborn", "stillbirth", "still born", "overdose", "brain dead"),
    ),
    Option(
        "serious",
        "Very seriously hurt or made seriously ill, in body or mind",
        also=(
            *("seriously hurt", "serious harm", "serious", "seriously harmed", "seriously ill", "life-threatening"),
            *("coma", "in a coma", "critical", "critical condition", "critically ill", "intensive care", "icu", "picu"),
            *("on life support", "seriously injured"),
        ),
        maybe=(*_LIVED, "overdose", "hurt", "injured", "harmed", "brain dead"),
    ),
    Option(
        "may_be_serious",
        "Hurt, and it may turn out serious",
        also=("may be serious", "might be serious", "could turn out serious", "could be serious"),
        maybe=(*_LIVED, "overdose", "hurt", "injured", "harmed"),
    ),
    Option(
        "near_miss",
        "Could have been hurt but was not",
        also=("near miss", "nearly hurt", "could have been hurt", "close call"),
        maybe=_LIVED,
    ),
    Option("none", "No harm", also=("none", "not harmed", "unharmed", "not hurt", "no injury")),
    replace(NOT_SURE, maybe=("stillborn", "stillbirth", "still born")),
)

_UNLIKELY = (
    *("unlikely", "not likely", "probably not", "don't think so", "do not think so", "i don't think so", "doubt it"),
    *("doubtful", "not really"),
)
_SOMEONE_KNOWN = (
    "known to",
    "known family",
    *(
        f"{who} known"
        for who in (
            *("he is", "he was", "hes", "she is", "she was", "shes", "they are", "they were", "theyre"),
            *("child is", "child was", "children are", "children were", "baby is", "baby was", "family is"),
            *("family was", "family are", "family were", "boy is", "girl is", "boy was", "girl was"),
        )
    ),
)
_ABUSE = (
    *("abuse", "neglect", "abused", "neglected", "abuse or neglect", "physical abuse", "sexual abuse"),
    *("emotional abuse", "domestic abuse", "abuse and neglect", "yes"),
)
_DENIED = tuple(f"{no} {what}" for no in ("no", "not", "no known", "no suspected") for what in _ABUSE[:-1])
_ACCIDENT = ("accident", "accidental", "an accident", "was an accident", "accidentally")
MALTREATMENT = (
    Option(
        "known",
        "Known",
        also=("yes known", "confirmed"),
        alone=("admitted", "definitely", "they admitted it", "he admitted it", "she admitted it"),
        maybe=(*_ABUSE, *_SOMEONE_KNOWN),
    ),
    Option(
        "suspected",
        "Suspected",
        also=("suspect", "yes suspected", "someone suspects", "suspicion", "possibly abuse"),
        alone=(
            *("probably", "likely", "probable", "possible", "possibly", "very likely", "most likely", "i think so"),
            *("we think so", "yes probably", "yes possibly", "quite likely", "quite possibly"),
        ),
        maybe=(*_ABUSE, *_SOMEONE_KNOWN, *_UNLIKELY, *_ACCIDENT, "no suspicion", "no longer suspected"),
    ),
    Option(
        "no",
        "Nobody knows of or suspects it",
        also=("no", "not suspected", "none suspected", "nobody suspects"),
        maybe=(
            *_SOMEONE_KNOWN,
            *_UNLIKELY,
            *_DENIED,
            *_ACCIDENT,
            "nobody knows",
            "no suspicion",
            "no longer suspected",
        ),
    ),
    replace(NOT_SURE, maybe=("nobody knows", *_UNLIKELY, *_DENIED)),
)
