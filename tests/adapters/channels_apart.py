"""A rule for import-linter: packages that hold a module of some name are independent, however many there come to be."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import ContractCheck, fields
from importlinter.contracts.independence import IndependenceContract
from importlinter.domain.imports import ModuleExpression


class PackagesApart(IndependenceContract):
    """Independence of every package with a module that `modules` matches, such as `adapters.*.capabilities`.

    The linter's own wildcards cannot say this: `adapters.*` is also what belongs to no channel.
    """

    type_name = "packages_apart"

    modules = fields.SetField(subfield=fields.ModuleExpressionField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Whether none of them imports another, be it by a third."""
        matched = {name for one in self.modules for name in graph.find_matching_modules(one.expression)}
        if len(matched) < 2:
            raise ValueError("There are no such packages, so the rule would hold of nothing.")
        self.modules = {ModuleExpression(name.rpartition(".")[0]) for name in matched}
        return super().check(graph, verbose)
