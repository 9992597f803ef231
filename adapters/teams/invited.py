"""Who was asked in a group to come to their own chat. In memory alone: of what they wrote there nothing is kept."""

from __future__ import annotations

from collections import OrderedDict

from adapters.teams.place import Reference

_MOST = 1000


class Invited:
    """The newest of them. Whoever is not among them, as after a restart, still brings the link's own words along."""

    def __init__(self) -> None:
        self._people: OrderedDict[tuple[str, str], None] = OrderedDict()

    def add(self, who: Reference) -> None:
        """Somebody was asked."""
        self._people[who.tenant, who.person] = None
        if len(self._people) > _MOST:
            self._people.popitem(last=False)

    def __contains__(self, who: Reference) -> bool:
        return (who.tenant, who.person) in self._people

    def came(self, who: Reference) -> None:
        """They came, and were told."""
        self._people.pop((who.tenant, who.person), None)
