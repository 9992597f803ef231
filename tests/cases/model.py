"""A second, simple account of which clocks a case has and how each stands, kept apart from the table and its reader.

It knows only the newest of each fact, and says for every clock in one line when it applies, starts, is met and stops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dialogs.days import Calendar


@dataclass
class Model:
    """What is known of a case: the newest of everything, and nothing of how it came about."""

    outcome: str
    add_ons: set[str]
    aware: date | None
    opened: date
    lead_gave_it: bool = False
    suspected: date | None = None
    ran_before: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    had: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    decision: str = ""
    decided_on: date | None = None
    met_on: date | None = None
    told_not_met: bool = False
    to_notify: bool = False
    they_agreed: bool = False
    overridden: bool = False
    began_anew: bool = False
    to_decide_anew: bool = False
    anew_on: date | None = None
    notified: date | None = None
    death_notified: date | None = None
    others_notified: date | None = None
    to_tell: bool = False
    news_told: bool = False
    covered_death_on: date | None = None
    responsible_notified: date | None = None
    told_others: bool = False
    sent: date | None = None
    review: str = ""
    no_review_on: date | None = None
    told_of_no_review: bool = False
    put_off: bool = False
    waits_for_a_day: bool = False
    ever_decided: bool = False
    decided_since: bool = False
    review_day_known: bool = False
    named: bool = False
    planned: date | None = None
    published: date | None = None
    done: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    owner_has_it: bool = False
    disagreed: bool = False
    disagreement_settled: bool = False
    actions: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    disagreed_since: bool = False

    @property
    def decided_to_notify(self) -> bool:
        return self.notified is not None or self.to_notify

    def decided(self, decision: str, day: date) -> None:
        """That they could not agree takes nothing back but that the criteria were not met."""
        self.decision, self.overridden, self.to_decide_anew, self.decided_on = decision, False, False, day
        self.told_not_met = False
        self.met_on = min(day, self.met_on or day)
        self.they_agreed = self.they_agreed or decision == "notify"
        if decision != "not agreed":
            self.to_notify = decision == "notify"

    def was_notified(self, whose: str, day: date) -> None:
        """That the criteria were not met, decided since it was sent, stands; also where only a day is put right."""
        is_first = getattr(self, whose) is None
        if whose == "notified" or self.add_ons & {"F+", "FQ", "G2"}:
            self.covered_death_on = day
        if self.decided_on is None or day > self.decided_on or (is_first and day == self.decided_on):
            self.overridden = True
        setattr(self, whose, day)

    def is_new(self) -> None:
        """Those hear it who were told before; nobody, while nobody was."""
        if self.notified is not None:
            self.to_tell, self.news_told = True, False

    def corrected(self, outcome: str, add_ons: set[str], today: date, *, bears: bool = True) -> None:
        """Another decision takes the place of the last; once the Panel is to be told, it is owed beside."""
        self.had |= {(one, frozenset(self.add_ons)) for one in (self.outcome, *self.beside)}
        self.beside = self.beside | {self.outcome} if self.decided_to_notify else set()
        self.beside -= {HELD.get(outcome, "")}
        if not self.to_notify:
            self.beside -= {one for one, clear in NOT_CLEAR.items() if outcome in clear}
        self._to_ask_again(outcome, *self.beside)
        self.outcome, self.add_ons = outcome, add_ons
        self.overridden = self.overridden or bears
        if bears and self.decision and not self.decided_to_notify and not self.to_decide_anew:
            self.began_anew = self.to_decide_anew = True
            self.anew_on, self.met_on = today, None

    def held(self, outcome: str, add_ons: set[str], how: str) -> None:
        """What somebody told who does not act on the case ends nothing; where it brings something, that is beside."""
        self.had |= {(one, frozenset(self.add_ons)) for one in (self.outcome, *self.beside)}
        if how == "adds" and outcome in EVERY.split():
            self._to_ask_again(outcome)
            self.beside, self.outcome = (self.beside | {self.outcome}) - {outcome}, outcome
        self.add_ons = self.add_ons | add_ons

    def refused(self, outcome: str, add_ons: set[str], how: str) -> None:
        """What was told and does not hold brought something only until that was said."""
        before = self.outcome, self.beside, self.add_ons, self.done
        self.held(outcome, add_ons, how)
        self.had |= {(one, frozenset(self.add_ons)) for one in (self.outcome, *self.beside)}
        self.outcome, self.beside, self.add_ons, self.done = before

    def _to_ask_again(self, *outcomes: str) -> None:
        """The other council's answer is there no more, once it does not accept."""
        if set(outcomes) & set(HELD) and not {self.outcome, *self.beside} & set(HELD):
            self.done = self.done - {"written_confirmation"}

    def told_before(self, would_be: str, add_ons: set[str], today: date, *, new: bool) -> None:
        """It was decided that the Panel had been told: the incident's own outcome is owed beside what was."""
        was_sent, self.notified = self.notified, self.notified or today
        if new:
            self.is_new()
        self.corrected(would_be if would_be in EVERY.split() else self.outcome, add_ons, today)
        self.notified = was_sent

    def aware_is(self, day: date | None, *, by_lead: bool) -> None:
        """A day is told, or given by a lead; where it becomes unknown, nobody has given one any more."""
        self.suspected = None
        self.aware, self.lead_gave_it = day, day is not None and (by_lead or self.lead_gave_it)

    def suspects(self, day: date, outcome: str, add_ons: set[str], today: date) -> None:
        """Abuse is suspected in what was known before: what ran before that keeps its own day."""
        had = {*self.had, *((one, frozenset(self.add_ons)) for one in (self.outcome, *self.beside))}
        if self.suspected is None:
            self.ran_before = {name for name, row in ROWS.items() if any(row.is_for(*one) for one in had)}
        self.suspected = day
        self.corrected(outcome, add_ons, today)

    def counted_from(self, name: str) -> date | None:
        """The day from which a clock that begins with awareness is counted."""
        if self.aware is None or self.suspected is None or name in self.ran_before:
            return self.aware
        return max(self.aware, self.suspected)

    def decided_on_a_review(self, decision: str, day: date | None, *, until_a_day: bool = False) -> None:
        """A day that was known once stays, until they decide against a review, or anew."""
        known = day is not None or (self.review == "yes" and self.review_day_known)
        self.review, self.review_day_known = decision, decision == "yes" and known
        self.no_review_on, self.told_of_no_review = day if decision == "no" else None, False
        self.waits_for_a_day = until_a_day
        self.ever_decided = self.ever_decided or decision != "later"
        if decision != "later":
            self.decided_since = True
        elif until_a_day:
            self.put_off, self.decided_since = True, False

    def did(self, name: str) -> None:
        """Something was done that needs no more than its day."""
        self.done.add(name)
        if name == "written_confirmation":
            self.answered.add(name)
            self.done.discard("learn_when_notified")
        self.told_of_no_review = self.told_of_no_review or name == "tell_panel_no_review"
        self.told_not_met = self.told_not_met or name == "tell_panel_not_met"
        self.news_told = self.news_told or name == "tell_panel_news"

    @property
    def children_told_from(self) -> date:
        """From which day it counts that children's social care is to know: what was only told makes it no later."""
        if self.aware is None:
            return self.opened
        if self.suspected is not None and self.counted_from("protect_children") != self.aware:
            return max(self.aware, self.suspected)
        return self.aware if self.lead_gave_it else min(self.aware, self.opened)

    @property
    def not_met(self) -> bool:
        return self.decision == "not met" and not self.overridden


Says = Callable[[Model], bool]


@dataclass(frozen=True)
class Row:
    """When one clock applies, has started, is met, and is needless."""

    outcomes: str
    starts: Says
    met: Says | None = None
    needless: Says = lambda _: False
    once_decided: str = ""
    once_agreed: str = ""
    add_ons: str = ""
    with_them: str = ""

    def is_for(self, outcome: str, add_ons: frozenset[str]) -> bool:
        counts = not self.with_them or outcome in self.with_them.split()
        return outcome in self.outcomes.split() or (counts and bool(set(self.add_ons.split()) & add_ons))

    def applies(self, outcome: str, add_ons: frozenset[str], m: Model) -> bool:
        return (
            self.is_for(outcome, add_ons)
            or (m.decided_to_notify and outcome in self.once_decided.split())
            or (m.decided_to_notify and m.they_agreed and outcome in self.once_agreed.split())
        )


def _aware(m: Model) -> bool:
    return m.aware is not None


def _aware_or_anew(m: Model) -> bool:
    return _aware(m) or m.began_anew


def _always(_: Model) -> bool:
    return True


def _notified(m: Model) -> bool:
    return m.notified is not None


def _is_ours(m: Model) -> bool:
    return bool({m.outcome, *m.beside} & set("B C DB EC F G GH H HF HG HL K".split()))


def _is_anothers(m: Model) -> bool:
    return bool({m.outcome, *m.beside} & {"D", "E"}) and not _is_ours(m)


def _told_of_death(m: Model) -> bool:
    return _told_of_death_on(m) is not None


def _told_of_death_on(m: Model) -> date | None:
    days = (m.covered_death_on if _is_anothers(m) else m.notified, m.death_notified)
    return min((day for day in days if day), default=None)


def _told_of_death_first(m: Model) -> bool:
    """Told of by us, and not only after the council responsible for the child had."""
    day = _told_of_death_on(m)
    return day is not None and (m.responsible_notified is None or day <= m.responsible_notified)


def _others_notified(m: Model) -> bool:
    return m.others_notified is not None or (_notified(m) and not _is_ours(m))


def _ours_instead(m: Model) -> bool:
    return _notified(m) and m.others_notified is None and _is_ours(m)


def _ours_for_another(m: Model) -> bool:
    return _notified(m) and bool({m.outcome, *m.beside} & set(HELD))


def _not_met(m: Model) -> bool:
    return m.not_met


def _decided_since_the_news(m: Model) -> bool:
    return bool(m.decision) and not m.to_decide_anew


def _not_met_or_notified(m: Model) -> bool:
    return m.not_met or _notified(m)


def _review(m: Model) -> bool:
    return m.review == "yes" and m.review_day_known


def _not_met_after(m: Model) -> bool:
    return m.not_met and _notified(m)


def _not_met_and_told(m: Model) -> bool:
    return m.not_met and (m.told_not_met or not _notified(m))


def _sent_or_not_met(m: Model) -> bool:
    return _sent(m) or _not_met_and_told(m)


def _sent(m: Model) -> bool:
    return m.sent is not None


def _no_review_after(m: Model) -> bool:
    return m.sent is not None and m.no_review_on is not None and m.sent <= m.no_review_on


NOT_CLEAR = {"HF": ["F", "G", "GH"], "HG": ["G"]}
HELD = {"DB": "D", "EC": "E"}
EVERY = "B C D DB E EC F G GH H HL HF HG K"
REVIEWED = "B C DB EC H HL HF HG K F G GH"
ROWS: dict[str, Row] = {
    "new_case": Row(EVERY, _always, lambda m: m.owner_has_it),
    "protect_children": Row("B C D DB E EC H HL HF K", _always),
    "tell_designated_officer": Row("", _always, add_ons="Q"),
    "tell_cdop": Row("", _always, add_ons="CDR"),
    "decision_meeting": Row("B C DB EC H HL HF", _aware_or_anew, _decided_since_the_news, _not_met_or_notified),
    "consider_serious_incident_test": Row("GH", _aware, lambda m: bool(m.decision)),
    "decide_unborn": Row("K", _aware_or_anew, _decided_since_the_news, _not_met_or_notified),
    "notify_panel": Row("B C", _aware, _notified, _not_met, once_decided="GH HF K", once_agreed="F"),
    "notify_if_met": Row("H HL", _aware, _notified, _not_met),
    "notify_until_accepted": Row("DB EC", _aware, _notified, _not_met),
    "tell_partners": Row(
        "B C DB EC", _aware, lambda m: m.told_others, _not_met, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "notify_looked_after_death": Row(
        "F", _aware, _told_of_death_first, lambda m: m.responsible_notified is not None, add_ons="F+"
    ),
    "notify_care_leaver_death": Row("G GH HL", _aware, _told_of_death, add_ons="G2"),
    "looked_after_notice_if": Row(
        "HF",
        _aware,
        _told_of_death_first,
        lambda m: m.responsible_notified is not None,
        add_ons="FQ",
        with_them="B C D DB E EC H",
    ),
    "care_leaver_notice_if": Row("HG", _aware, _told_of_death),
    "written_confirmation": Row("D DB E EC", _always, None, _ours_for_another),
    "learn_when_notified": Row(
        "D E", lambda m: "written_confirmation" in m.answered, None, lambda m: _others_notified(m) and _is_anothers(m)
    ),
    "help_rapid_review": Row("D E", _others_notified, None, _ours_instead),
    "rapid_review_launch": Row(
        "B C DB EC", _notified, None, _sent_or_not_met, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "agency_summaries": Row(
        "B C DB EC", _notified, None, _sent_or_not_met, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "rapid_review_draft": Row(
        "B C DB EC", _notified, None, _sent_or_not_met, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "rapid_review_sign_off": Row(
        "B C DB EC", _notified, None, _sent_or_not_met, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "rapid_review_from_notification": Row(
        "B C DB EC", _notified, _sent, _not_met_and_told, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "rapid_review_from_awareness": Row(
        "B C DB EC", _aware, _sent, _not_met_and_told, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "panel_reply": Row("B C DB EC", _sent, once_decided="GH H HL HF K", once_agreed="F"),
    "review_decision": Row(
        "B C DB EC",
        _sent,
        lambda m: m.ever_decided,
        lambda m: m.waits_for_a_day or _not_met_and_told(m),
        once_decided="GH H HL HF K",
        once_agreed="F",
    ),
    "decide_on_review": Row(REVIEWED, lambda m: m.put_off, lambda m: m.decided_since, _not_met_and_told),
    "tell_panel_not_met": Row(
        "B C DB EC", _not_met_after, lambda m: m.told_not_met, once_decided="GH H HL HF K", once_agreed="F"
    ),
    "tell_panel_news": Row(
        EVERY, lambda m: m.to_tell and _notified(m), lambda m: m.news_told and m.to_tell, _not_met_and_told
    ),
    "tell_panel_no_review": Row(REVIEWED, _no_review_after, lambda m: m.told_of_no_review),
    "tell_of_review": Row(REVIEWED, _review, lambda m: m.named, lambda m: m.review == "no"),
    "commission_review": Row(REVIEWED, _review, None, lambda m: m.review == "no" or m.published is not None),
    "draft_report": Row(REVIEWED, _review, None, lambda m: m.review == "no" or m.published is not None),
    "publish_review": Row(REVIEWED, _review, lambda m: m.published is not None, lambda m: m.review == "no"),
    "copy_to_panel": Row(REVIEWED, lambda m: bool(m.planned or m.published), None, lambda m: m.review == "no"),
    "briefings": Row(REVIEWED, lambda m: bool(m.planned or m.published), None, lambda m: m.review == "no"),
    "nspcc_repository": Row(REVIEWED, lambda m: m.published is not None),
    "disagreement": Row(EVERY, lambda m: m.disagreed, lambda m: m.disagreement_settled),
}
"""Every clock that is met once. What repeats, what keeps and what follows others is looked at in tests of its own."""


def standing(name: str, m: Model) -> str:
    """How a clock stands: running, met, stopped, not started, or absent."""
    row = ROWS[name]
    now = any(row.applies(one, frozenset(m.add_ons), m) for one in (m.outcome, *m.beside))
    ever = now or any(row.applies(outcome, add_ons, m) for outcome, add_ons in m.had)
    if not ever:
        return "absent"
    needless = not now or row.needless(m) or m.closed
    is_met = name in m.done if row.met is None else row.met(m)
    if not row.starts(m):
        return "absent" if needless or is_met or name in m.done else "not started"
    if is_met:
        return "met"
    return "stopped" if needless else "running"


def working_day_number(calendar: Calendar, start: date, number: int) -> date:
    """The n-th working day after a day, counted one by one."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= calendar.is_working(day)
    return day
