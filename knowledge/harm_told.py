"""Whether a few words tell of harm to somebody: "he threw her", "she took pills", where "threw" alone tells nothing."""

from __future__ import annotations

import re

MOST_WORDS = 8
"""In more words than this, what is meant is heard without this list."""

_CHILD = (
    r"(?:(?:the|a|this|that|her|his|their|my|our) (?:little |other |unborn )?"
    r"(?:child|children|kids?|baby|babies|boys?|girls?|toddler|son|daughter|twins?|infant|newborn))"
)
_ADULT = (
    r"(?:(?:her|his|the|their|my) )?(?:(?:step|foster )?(?:mum|mummy|mother|dad|daddy|father|brother|uncle|carer)"
    r"|aunt|sister|grandad|gran|boyfriend|girlfriend|partner|neighbour|man|woman|somebody|someone|lodger)"
)
_ONE = rf"(?:she|he|baby|{_CHILD})"
_WHO = rf"(?:they|{_ONE}|{_ADULT})"
_GAP = (
    r"(?:'s|'ve| has| have| had| is| are| was| were| been| being| just| then| also| nearly| almost| again| keeps?| kept"
    r"| always| will| is going to| tried to| threatened to| wants to)*"
)
_WHOM = rf"(?:her|him|them|{_CHILD})"
_HARMS = (
    r"(?:stab\w*|knif(?:ed|es|ing)|punch\w*|kick\w*|slap\w*|burn\w*|scald\w*|bites?|bit|biting|chok\w*|strangl\w*"
    r"|smother\w*|suffocat\w*|drown\w*|poison\w*|rap(?:es?|ed|ing)|abus\w*|assault\w*|attack\w*|molest\w*"
    r"|grop(?:es?|ed|ing)|groom\w*|hurts?|hurting|harm\w*|injur\w*|bruis\w*|murder\w*|shot|shak(?:es|ing|en)|shook"
    r"|starv\w*|drugg\w*|kidnap\w*|abduct\w*|traffick\w*|tortur\w*|undress\w*)"
)
# "He pushed her" is harm, "he pushed her meeting back" none: what follows has to be no thing.
_HANDLES = (
    r"(?:hits?|hitting|beats?|beating|beaten|kill(?:s|ed|ing)?|touch\w*|cuts?|cutting|thr[eo]ws?|throwing|thrown"
    r"|push(?:es|ed|ing)?|shov(?:es?|ed|ing)|grab(?:s|bed|bing)?|forc(?:es?|ed|ing)|lock(?:s|ed|ing)?|dragg?\w*"
    r"|film(?:s|ed|ing)?|photograph(?:s|ed|ing)?|t(?:akes?|ook|aken|aking)|tied)"
)
_FOLLOWS = (
    r"(?= *(?:$|[.,;!?]|(?:in|into|out of|down|downstairs|upstairs|against|across|under|over|through|away|up"
    r"|and|again|today|yesterday|tonight|last|this|now|so|hard|with|naked|outside|around|by|badly|too|twice"
    r"|there|all|every|at home|at night|on the (?:head|face|arm|leg|back))\b))"
)
_BODY = (
    r"(?:arms?|legs?|skull|ribs?|nose|jaw|wrists?|neck|hands?|fingers?|face|head|back|bones?|teeth|foot|feet|ankles?"
    r"|hips?|collarbone|eyes?|throat)"
)
_BREAKS = rf"(?:broke|broken|breaks|fractur\w*|snapp\w*|twist\w*|cut|crush\w*|{_HARMS})"
_HIS_BODY, _HER_BODY = rf"his (?:\w+ )?{_BODY}", rf"(?:her|{_CHILD}'s) (?:\w+ )?{_BODY}"
_BY_A_MAN = r"(?:he|they|someone|somebody|(?:her |the |his )?(?:step)?(?:dad|father|uncle|brother|boyfriend|partner))"
_BY_A_WOMAN = r"(?:she|they|someone|somebody|(?:her |the |his )?(?:step)?(?:mum|mother|aunt|sister|girlfriend|partner))"
_SUFFERED = (
    r"(?:stabbed|knifed|hit(?! by (?:the|an?) (?:outage|delay|bug))|beaten|punched|kicked|slapped|burn(?:ed|t)(?! out)"
    r"|scalded|bitten|shaken|choked|strangled|smothered|suffocated|drowned|poisoned|raped|abused|assaulted|attacked"
    r"|molested|groped|groomed|injured|bruised|killed|murdered|shot|trafficked|kidnapped|abducted|drugged|tied up"
    r"|(?:thrown|pushed|dragged)(?= (?:down|into|against|from|out of|off a|off the roof|in front)|$|[.,!])"
    r"|locked in(?:to|side)?|filmed naked|starved|taken (?:away|from))"
)
_STATE = (
    r"(?: has| had|'s| just| keeps)*(?: (?:ran|runs?|running) (?:away|off)| collapsed| (?:is |gone |went )?missing"
    r"| (?:is )?dying| (?:wants?|wanted) to (?:die|be dead)| (?:will|may|might|could|is going to|'s going to) die"
    r"| (?:is )?unconscious| (?:tried|trying) to (?:die|hang|jump)| overdos\w+)"
)
_PILLS = (
    r"(?:took|takes?|taken|taking|swallow\w*) (?:\w+ ){0,3}"
    r"(?:pills|tablets|paracetamol|ibuprofen|bleach|battery|batteries|overdose)"
)
_SELF = (
    r"(?:hang\w*|hung|drown\w*|kill\w*|hurt\w*|harm\w*|cut\w*|burn\w*|starv\w*|shot|stab\w*|poison\w*|strangl\w*)"
    r" (?:her|him|them)sel\w+"
)
_GONE = (
    r"^(?:child|kid|baby|toddler|boy|girl|pupil)(?: is| has| gone| went)* missing"
    r"(?! (?:from|in|on) (?:the|our|a) (?:form|list|report|plan|record|file|system|letter))"
)
_TOLD = re.compile(
    rf"\b(?:{_GONE}\b|{_WHO}{_GAP} (?:{_HARMS} {_WHOM}\b|{_HANDLES} {_WHOM}\b{_FOLLOWS}|{_PILLS}\b)"
    rf"|{_BY_A_MAN}{_GAP} {_BREAKS} {_HER_BODY}\b|{_BY_A_WOMAN}{_GAP} {_BREAKS} {_HIS_BODY}\b"
    rf"|{_ONE}(?:'s| was| were| is| are| has| have| been| being| got| just| badly| nearly)+ {_SUFFERED}"
    rf"|{_ONE}{_STATE}\b|{_SELF}\b)"
)


def tells_of_harm(text: str) -> bool:
    """Whether a text of a few words says that somebody has harmed, or been done harm; it may be none to a child."""
    said = " ".join(text.casefold().replace("\u2019", "'").split())
    return len(said.split()) <= MOST_WORDS and _TOLD.search(said) is not None
