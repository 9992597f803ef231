"""What is counted for whoever watches the service: sweeps, sendings and delays; nothing about a person or a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.delivering.watch import Swept

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Meters:
    """The counters of one process, in Prometheus' text form."""

    def __init__(self) -> None:
        here = self._registry = CollectorRegistry()
        self._sweeps = Counter("bot_sweeps", "Sweeps that were finished.", registry=here)
        self._failures = Counter("bot_sweep_failures", "Cases and people that are tried again.", registry=here)
        self._last = Gauge("bot_last_sweep_timestamp_seconds", "When the last sweep was finished.", registry=here)
        self._sendings = Counter("bot_sendings", "What sending came to.", ["channel", "outcome"], registry=here)
        self._detail = Counter(
            "bot_detail_in_groups", "Messages in groups that looked like detail of a case.", ["channel"], registry=here
        )
        self._lag = Gauge("bot_oldest_unsent_seconds", "How long the oldest message has been due.", registry=here)
        self._trouble = Gauge("bot_trouble", "1 while there is something of a kind to mend.", ["kind"], registry=here)

    def swept(self, one: Swept, at: datetime) -> None:
        """A sweep was finished."""
        self._sweeps.inc()
        self._failures.inc(one.failed)
        self._last.set(at.timestamp())

    def sent(self, channel: str, outcome: str) -> None:
        """An attempt to send came to something."""
        self._sendings.labels(channel, outcome).inc()

    def detail_in_a_group(self, channel: str) -> None:
        """Somebody wrote in a group what looks like detail of a case."""
        self._detail.labels(channel).inc()

    def stands(self, unsent_since: datetime | None, troubles: Iterable[str], at: datetime) -> None:
        """How delivery stands."""
        self._lag.set(max(0.0, (at - unsent_since).total_seconds()) if unsent_since else 0)
        self._trouble.clear()
        for name in troubles:
            self._trouble.labels(name).set(1)

    def text(self) -> bytes:
        """Everything counted, as Prometheus reads it."""
        return generate_latest(self._registry)
