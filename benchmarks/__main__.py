"""`python -m benchmarks [engines] [guards] [growth] [terminal]`: figures beside peers, as Markdown.

Needs the program and `benchmarks/requirements.txt` in one environment (docs/performance.md).
"""

from __future__ import annotations

import sys

from benchmarks import engines, growth, guards, terminal

PARTS = {
    "engines": engines.text,
    "guards": guards.text,
    "growth": growth.text,
    "terminal": terminal.text,
}


def main() -> None:
    """Prints the tables that are named, by default all."""
    for name in sys.argv[1:] or PARTS:
        print(PARTS[name](), flush=True)


main()
