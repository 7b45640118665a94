"""`python -m tests.conformance` prints the table of docs/conformance.md."""

from __future__ import annotations

import sys

from tests.conformance.peers import VARIABLE, all_outcomes, folder, table


def main() -> int:
    """Exit code 1 where a test failed, 2 where the data are not there."""
    peers = folder()
    if peers is None:
        print(f"{VARIABLE} names no folder: nothing was run.", file=sys.stderr)
        return 2
    outcomes = all_outcomes(peers)
    print(table(outcomes), end="")
    return int(any(o.kind == "failed" for o in outcomes))


if __name__ == "__main__":
    sys.exit(main())
