"""What every test shares: laws are tried without a time limit for each example, so that a busy machine breaks none."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "laws",
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("laws")


LONGEST = ("tests/bot/test_proof.py::", "tests/dialogs/test_paths.py::test_every_walk_is_in_one_row")
"""Where tests begin that take a minute and more: begun last, one of them would keep the other workers waiting.

All of a file's where they share what takes long, so that one worker makes it.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda one: not one.nodeid.startswith(LONGEST))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Looks for cycles among what a test made, not among thousands of tests and their modules, which stay anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
