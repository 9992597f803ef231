"""The rule that no channel imports another holds of every folder with a declaration, and of no list of names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import grimp
import pytest

from .channels_apart import PackagesApart

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
MODULES = (
    "adapters",
    "adapters.endpoint",
    *(f"adapters.{name}{part}" for name in ("owl", "pigeon", "lift") for part in ("", ".capabilities", ".letter")),
)


def kept(*imports: tuple[str, str]) -> bool:
    """Whether the project's own rule holds where these import one another."""
    graph = grimp.ImportGraph()
    for name in MODULES:
        graph.add_module(name)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    rules = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (rule,) = (one for one in rules if one["type"] == "packages_apart")
    return PackagesApart("apart", {}, rule).check(graph, verbose=False).kept


def test_channels_may_import_what_is_no_channels_and_their_own():
    assert kept(("adapters.owl.letter", "adapters.endpoint"), ("adapters.owl.letter", "adapters.owl.capabilities"))


@pytest.mark.parametrize(
    "imports",
    [
        [("adapters.owl.letter", "adapters.pigeon.letter")],
        [("adapters.pigeon.letter", "adapters.lift")],
        [("adapters.owl.letter", "adapters.endpoint"), ("adapters.endpoint", "adapters.lift.letter")],
    ],
)
def test_none_imports_another_nor_by_a_third(imports):
    assert not kept(*imports)


def test_a_rule_that_holds_of_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="hold of nothing"):
        PackagesApart("apart", {}, {"modules": ["bot.*.capabilities"]}).check(grimp.ImportGraph(), verbose=False)
