"""Timing and counting memory, and rows of a Markdown table."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence


def seconds(action: Callable[[], object], *, rounds: int = 7, least: float = 0.05) -> float:
    """The median over rounds of the mean time of one call; a round lasts `least` seconds."""
    action()
    calls = 1
    while True:
        started = time.process_time()
        for _ in range(calls):
            action()
        if time.process_time() - started >= least or calls > 1_000_000:
            break
        calls *= 2
    found = []
    gc.collect()
    for _ in range(rounds):
        started = time.process_time()
        for _ in range(calls):
            action()
        found.append((time.process_time() - started) / calls)
    return statistics.median(found)


def kilobytes(make: Callable[[], object], count: int = 50) -> float:
    """Memory that one more of something holds, in kB (1,000 bytes), as Python allocates it."""
    make()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [make() for _ in range(count)]
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(kept) == count
    return (after - before) / count / 1000


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def time_words(value: float) -> str:
    """A time with three digits and its unit."""
    for factor, unit in ((1e6, "us"), (1e3, "ms")):
        if value * factor < 1000:
            return f"{value * factor:.3g} {unit}"
    return f"{value:.3g} s"
