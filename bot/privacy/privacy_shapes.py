"""Finds identifiers that have a shape: numbers, dates of birth, references, postcodes and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.privacy_names import INITIALS, WORD, Span, is_capitalised, is_plain_word, words
from knowledge.spelling import english

_DAY, _MONTH, _YEAR = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])", r"(?:19|20)\d\d"
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = (
    rf"(?<![\d/])(?:{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|{_DAY}\s?[-/.]\s?{_MONTH}(?:\s?[-/.]\s?(?:{_YEAR}|\d\d))?|{_DAY} {_MONTH} {_YEAR}"
    rf"|{_DAY}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH_NAME}(?:,?[ -](?:{_YEAR}|\d\d(?!\d|[:.]\d)))?"
    rf"|{_MONTH_NAME} {_DAY}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?|{_MONTH_NAME} {_YEAR})(?![\d/])"
)
_GAP = r"(?:[ :=('\"-]{0,3}\b(?:is|was|on|the|in|of|as|given|recorded|late|early|about|around|\w{3,6}day)\b){0,4}"
_BIRTH = r"\b(?:d[. ]?o[. ]?b|dates? of birth|birth ?date)\b\.?"
_BORN = (
    rf"(?P<dob>{_BIRTH}){_GAP}[\s:=,.('\"-]{{0,4}}(?P<date>{_DATE}|\d{{8}}\b|\d{{6}}\b)"
    rf"|\b(?:born|birthday){_GAP}[\s:=('\"-]{{0,3}}(?P<day>{_DATE})|\bb\.? ?(?P<b>{_DAY}[/.-]{_MONTH}[/.-]{_YEAR})"
    rf"|(?P<before>{_DATE})[ ,(-]{{1,3}}(?:(?:is|was) )?(?:(?:her|his|their|my|your|the \w{{1,20}}'s) )?"
    rf"(?:{_BIRTH}|birthday\b)"
)
_BEFORE_BIRTH = tuple(
    rf"\b{who}(?='?s?[ ,(:-]{{0,3}}\Z)" for who in (f"{WORD} {WORD} {WORD}", f"{WORD} {WORD}", INITIALS)
)

_EMAIL = r"(?<![\w.+%'-])[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}"
_SPOKEN_EMAIL = (
    r"(?<![\w.@])(?P<local>[\w+-]{1,40}(?:(?:\.| (?:dot|underscore|dash) )[\w+-]{1,40}){0,4})"
    r" ?(?P<at>@|\bat\b|\(at\)|\[at\]) ?(?P<host>[\w-]{2,40}(?:(?:\.| (?:dot|\.) ?|\(dot\)|\[dot\])[\w-]{2,40}){0,4})"
    r"(?P<dot>\.| ?(?:\bdot\b|\(dot\)|\[dot\]) ?)(?:com|org|net|uk|info|edu|ie|eu)\b"
)
_MAIL_HOST = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|btinternet|aol|sky|proton(?:mail)?|msn|mail|nhs)\b"
_TEN_DIGITS = r"(?<![\d+])(?<!\d[ -])\d{3}([ -]?)\d{3}\1\d{4}(?![ -]?\d)"
_LOOSE_TEN = r"(?<![\d+/.:-])(?<![\d+] )\d(?:[ .-]{0,3}\d){9}(?![ .-]?\d|[/:]\d)"
_NHS_BEFORE = r"\bnhs\b(?:[ :=#.-]{0,3}(?:numbers?|no|num|nr|id|is|was|it's|its)\b){0,3}[ :=#.-]{0,4}\Z"
_NHS_AFTER = r"[ ,(-]{0,3}(?:(?:is|was) )?(?:(?:her|his|their|the|my) )?(?:child's )?nhs (?:number|no|num)\b"
_NINO = r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b"
_UPN = r"\b[A-Z]\d{11}[0-9A-Z]\b"
_UK_PHONE = r"(?<![\d+])(?:(?:\+|\b00) ?44[ -]?(?:\(0\)[ -]?)?|\(?0)(?:[ ().-]{0,3}\d){9,10}(?!\d)"
_NINE_DIGITS = r"(?:\d[^\w\n]{0,3}){9}"
_CALENDAR = (
    rf"(?<!\d)(?:{_YEAR}-{_MONTH}-{_DAY}(?:[T ]\d\d:\d\d)?|{_DAY}([-/. ]){_MONTH}\1{_YEAR})(?!\d)|\bresume\s+[\w-]+"
)
# As the bot itself numbers its cases: 26-014.
_OWN_CASE = r"(?<![\w+-])[2-9]\d-\d{3}(?![\w-])"
_COURT = r"\b[A-Z]{2}\d{2}[CDFPZ]\d{5}\b"
_OWNER = (
    r"(?:case|crime|incident|court|claim|police|custody|panel|log|client|file|mosaic|liquid ?logic|lcs"
    r"|hospital|patient|passport|licence|occurrence|referral|offence|social care|prison)"
)
_REFERENCE = (
    rf"\b(?:(?:(?:{_OWNER}|our|your|my) )?ref(?:erence)?\b\.?(?: (?:number|no|id)\b\.?)?"
    rf"|{_OWNER} (?:number|no|id|log)\b\.?"
    r"|(?:urn|uln|mrn|cad|crn)\b(?: (?:number|no|ref)\b\.?)?)(?: ?[:=#-])?(?:'s| (?:is|was)\b:?)?\s{0,3}#?"
    r"(?P<value>[A-Z0-9]+(?:(?:[/.-]| [/-] (?=\d))[A-Z0-9]+){0,5})"
    rf"|\b{_OWNER}(?: is)?[ :#]{{1,3}}(?P<long>\d[\d/]{{5,20}}|[A-Z]{{1,3}}[/-]?\d{{4,10}})\b"
)
_NOT_REFERENCE = rf"(?:WT)?{_YEAR}(?:[/-]\d\d)?|{_DATE}|\d{{1,2}}/{_YEAR}|\d{{1,2}}[A-Z]|s\d.*|999|101|111"
_CAR = (
    r"(?:reg(?:istration)?s?|(?:number ?)?plates?|vrm|cars?|vehicle|van|lorry|index|taxi|truck|moped|motorbike|corsa"
    r"|fiesta|focus|astra|polo|clio|golf|audi|bmw|ford|vauxhall|toyota|nissan|driv(?:es|ing|er)|drove)"
)
_PLATE = (
    rf"\b{_CAR}\b[^\n?!]{{0,30}}?"
    r"\b(?P<value>[A-Za-z]{2}\d\d ?[A-Za-z]{3}|(?-i:[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]))\b"
)
_LOOSE_PLATE = (
    r"(?<![\w'-])(?P<area>[A-PR-Y][ -]?[A-PR-Y])[ -]{0,2}(?P<age>[0-25-7][ -]?\d)[ -]{0,2}"
    r"(?P<rest>[A-HJ-PR-Z][ -]?[A-HJ-PR-Z][ -]?[A-HJ-PR-Z])(?![\w'-])"
)
_POSTCODE = (
    r"\b(?:GIR ?0AA|(?:[A-PR-UWYZ]\d[\dA-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y]\d[\dABEHMNPRVWXY]?)"
    r" {0,2}\d[ABD-HJLNP-UW-Z]{2})\b"
)
_LABELLED_POSTCODE = (
    r"\b(?:post|p)[ -]?codes?\b"
    r"(?:[ :=-]{0,3}\b(?:is|was|of|it's|its|now|for|the|her|his|their|home|family|house|mum's|dad's)\b){0,4}"
    r"[\s:=,('\"-]{1,4}(?P<value>[A-Z] ?[A-Z]?[ -]{0,3}\d ?[\dA-Z]?[ .-]{0,4}\d[ -]{0,2}[A-Z][ -]?[A-Z])(?![\w'])"
)
_ORDINAL = r"(?:1st|2nd|3rd|[04-9]th)"
_SECTION = r"s(?:1|11|16|17|20|22|31|37|38|43|44|46|47|85)"
_NOT_POSTCODE = rf".*(?-i:{_ORDINAL})|(?-i:s\d\d[A-Z]{{2}})|(?:{_SECTION}|[EG]2) *(?:\dWD|{_ORDINAL})"
_NUMBER = r"\d{1,4}[A-Za-z]?,? {1,2}"
_STREET = rf"(?P<flat>\b(?:flat|apartment) )?(?<![\w/.:£-]){_NUMBER}(?P<words>{WORD}(?: {WORD}){{1,3}})"
_LIVES = (
    r"\b(?:address(?: is| was)?|(?:live[sd]?|living|reside[sd]?|stay(?:s|ing|ed)?) at) ?[:=-]? {0,2}"
    rf"(?P<value>(?:flat \d{{1,3}}[A-Za-z]?,? )?{_NUMBER}(?:the )?(?P<word>{WORD})(?: {WORD})?)"
)


def shapes(text: str) -> Iterator[Span]:
    """Kind, start and end of everything found, in no order and perhaps overlapping."""
    if "@" in text:
        yield from _all("an e-mail address", _EMAIL, text)
    yield from _spoken_emails(text)
    if re.search(r"\d", text):
        for look in (_health_numbers, _fixed_shapes, _births, _phones, _references, _postcodes, _addresses):
            yield from look(text)


def _all(kind: str, pattern: str, text: str, flags: int = re.IGNORECASE) -> Iterator[Span]:
    return ((kind, *hit.span()) for hit in re.finditer(pattern, text, flags))


def _spoken_emails(text: str) -> Iterator[Span]:
    """An address with its signs in words or set apart, as in "k.moss at school dot org"."""
    for hit in re.finditer(_SPOKEN_EMAIL, text, re.IGNORECASE):
        local = hit["local"].lower()
        written = "@" in hit["at"] or hit["at"][0] in "(["
        personal = re.search(r"[\d._+]| dot | underscore ", local) or not (local in english() or is_plain_word(local))
        if written or re.match(_MAIL_HOST, hit["host"], re.IGNORECASE) or (personal and "." not in hit["dot"]):
            yield "an e-mail address", *hit.span()


def _health_numbers(text: str) -> Iterator[Span]:
    """Ten digits that pass the NHS check, or that stand near "NHS" and may be mistyped."""
    for hit in re.finditer(_TEN_DIGITS, text):
        from stdnum.gb import nhs  # a tenth of a second, so only when there is something to check

        around = text[max(0, hit.start() - 25) : hit.end() + 25].lower()
        if "nhs" in around or nhs.is_valid(hit[0]):
            yield "an NHS number", *hit.span()
    for hit in re.finditer(_LOOSE_TEN, text) if "nhs" in text.lower() else ():
        before = re.search(_NHS_BEFORE, text[max(0, hit.start() - 40) : hit.start()], re.IGNORECASE)
        after = re.match(_NHS_AFTER, text[hit.end() : hit.end() + 40], re.IGNORECASE)
        harmless = re.match(_CALENDAR, hit[0]) or re.sub(r"\D", "", hit[0]) in words("helplines")
        if (before or after) and not harmless:
            yield "an NHS number", *hit.span()


def _fixed_shapes(text: str) -> Iterator[Span]:
    """Numbers whose shape alone gives them away."""
    yield from _all("a National Insurance number", _NINO, text)
    yield from _all("a unique pupil number", _UPN, text)
    for hit in re.finditer(_PLATE, text, re.IGNORECASE):
        yield "a car registration", *hit.span("value")
    for hit in re.finditer(_LOOSE_PLATE, text, re.IGNORECASE):
        near = text[max(0, hit.start() - 40) : hit.start()], text[hit.end() : hit.end() + 30]
        area, rest = (re.sub(r"[ -]", "", hit[part]).lower() for part in ("area", "rest"))
        spaced = hit["rest"].isalpha() and (hit["rest"].lower() in words("ordinary") or is_plain_word(hit["rest"]))
        cued = any(re.search(rf"\b{_CAR}\b", side, re.IGNORECASE) for side in near)
        sure = hit[0].isupper() and rest not in english() and area not in {"yr", "ks", "wt"} and " " not in hit["age"]
        if (cued and not spaced and (rest not in english() or area not in english())) or (sure and not cued):
            yield "a car registration", *hit.span()


def _births(text: str) -> Iterator[Span]:
    """A date beside "born", "birthday" or "date of birth", and the name or initials just before them."""
    for hit in re.finditer(_BORN, text, re.IGNORECASE):
        yield "a date of birth", *hit.span(hit.lastgroup or 0)
        yield from _name_before(text, hit.start())


def _name_before(text: str, end: int) -> Iterator[Span]:
    """The longest run of words just before a date of birth of which none is ordinary, or initials."""
    start = max(0, end - 60)
    for pattern in _BEFORE_BIRTH:
        name = re.search(pattern, text[start:end])
        if name and not any(map(is_plain_word, re.findall(WORD, name[0]))):
            yield "a name", start + name.start(), start + name.end()
            return


def _phones(text: str) -> Iterator[Span]:
    """Numbers that could be dialled, of nine digits or more, apart from published helplines and lists of answers."""
    if not re.search(_NINE_DIGITS, text):
        return
    rest = re.sub(f"{_CALENDAR}|{_OWN_CASE}", lambda no_number: "|" * len(no_number[0]), text, flags=re.IGNORECASE)
    spans = [hit.span() for hit in re.finditer(_UK_PHONE, rest)]
    rest = re.sub(_UK_PHONE, lambda phone: "|" * len(phone[0]), rest)
    if re.search(_NINE_DIGITS, rest):
        from phonenumbers import Leniency, PhoneNumberMatcher  # slow to load, and most messages have no long number

        spans += [(hit.start, hit.end) for hit in PhoneNumberMatcher(rest, "GB", Leniency.POSSIBLE)]
    for start, end in spans:
        if not _is_harmless_number(text[start:end]):
            yield "a phone number", start, end


def _is_harmless_number(number: str) -> bool:
    groups, digits = re.findall(r"\d+", number), re.sub(r"\(0\)|\D", "", number)
    helplines = words("helplines")
    if re.fullmatch(r"0[ .-]{1,3}[1-37](?:[ .-]{1,3}\d){9}", number):
        return digits in helplines
    return (
        len(digits) < 9
        or re.sub(r"\A(?:00)?44", "0", digits) in helplines
        or all(each in helplines or re.fullmatch(rf"0|[1-9]\d?|{_YEAR}", each) for each in groups)
    )


def _references(text: str) -> Iterator[Span]:
    yield from _all("a case reference", _COURT, text, 0)
    for hit in re.finditer(_REFERENCE, text, re.IGNORECASE):
        value = hit[hit.lastgroup or 0]
        digits = sum(map(str.isdigit, value))
        enough = digits >= 3 or (digits == 2 and len(value) > 3)
        if enough and not re.fullmatch(_NOT_REFERENCE, value, re.IGNORECASE):
            yield "a case reference", *hit.span(hit.lastgroup or 0)


def _postcodes(text: str) -> Iterator[Span]:
    for hit in re.finditer(_LABELLED_POSTCODE, text, re.IGNORECASE):
        yield "a postcode", *hit.span("value")
    for hit in re.finditer(_POSTCODE, text, re.IGNORECASE):
        if not re.fullmatch(_NOT_POSTCODE, hit[0], re.IGNORECASE):
            yield "a postcode", *hit.span()


def _addresses(text: str) -> Iterator[Span]:
    """A house number with a street, and a number and a word after "lives at"."""
    for hit in re.finditer(_LIVES, text, re.IGNORECASE):
        if not is_plain_word(hit["word"]):
            yield "a street address", *hit.span("value")
    for hit in re.finditer(_STREET, text, re.IGNORECASE):
        end = _street_end(hit["words"], flat=bool(hit["flat"]))
        if end and not re.match(" hospital", text[hit.start("words") + end :], re.IGNORECASE):
            yield "a street address", hit.start(), hit.start("words") + end


def _street_end(after: str, *, flat: bool) -> int:
    """Where the street's own word ends, 0 if there is none: "Acacia Avenue was" gives 13."""
    capital = True
    for place, token in enumerate(re.finditer(WORD, after)):
        word = token[0].lower()
        capital = capital and is_capitalised(token[0])
        capital_enough = flat or capital or (word == "st" and _ends_there(after[token.end() :]))
        if place and (word in words("streets_sure") or (capital_enough and word in words("streets_capital"))):
            return token.end()
        if is_plain_word(token[0]) and word not in words("streets_named_after"):
            return 0
    return 0


def _ends_there(after: str) -> bool:
    """Whether nothing follows that a saint could be called: "10 downing st" but not "4 from st mary's"."""
    following = re.match(rf" ({WORD})", after)
    return following is None or is_plain_word(following[1])
