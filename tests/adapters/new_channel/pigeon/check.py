"""What `bot doctor` has to say of pigeons."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.channels import Finding
from adapters.pigeon.opening import missing
from adapters.pigeon.settings import PigeonSettings


async def check(settings: PigeonSettings) -> Sequence[Finding]:
    """Everything found out."""
    if lacking := missing(settings):
        return (Finding(lacking, well=False, page="https://rings.example"),)
    return (Finding(f"letters are flown to {settings.pigeon_loft}", well=True),)
