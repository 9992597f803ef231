"""Speed, memory and size, one figure a line: name: value unit (aim)."""

from __future__ import annotations

import argparse

from tests.bench import channel_footprint, channel_turns, footprint, sweeps, turns


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.bench")
    arguments.add_argument("--no-size", action="store_true", help="do not install afresh to weigh it")
    given = arguments.parse_args()
    turns.print_figures()
    sweeps.print_figures()
    channel_turns.print_figures()
    channel_footprint.print_figures()
    footprint.print_figures(weigh=not given.no_size)


if __name__ == "__main__":
    main()
