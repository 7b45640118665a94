"""Checks of the way through a pathway: steps, exits, endpoints, loops."""

from __future__ import annotations

from wizard.definition.checker import Checker, Path
from wizard.definition.library import Pathway
from wizard.definition.models import Step
from wizard.guard import Context, is_settled


class Flow:
    """Steps, exits and endpoints of one pathway."""

    def __init__(self, pathway: Pathway, checker: Checker) -> None:
        self._pathway = pathway
        self._checker = checker
        self._items = pathway.items

    def check(self) -> None:
        """Everything about the way through."""
        pathway, checker = self._pathway, self._checker
        if pathway.header.start not in pathway.steps:
            checker.unknown(("pathway", "start"), "step", pathway.header.start, pathway.steps)
        for name in pathway.endpoints:
            if name in pathway.steps:
                checker.wrong(
                    "duplicate-id",
                    ("endpoints", name),
                    f"`{name}` is a step as well",
                    "Choose another name.",
                )
        candidates: set[str] = set()
        for name, step in pathway.steps.items():
            self._step(step, ("steps", name), candidates)
        for name, endpoint in pathway.endpoints.items():
            checker.claims(endpoint, ("endpoints", name))
        self._reach()

    def _step(self, step: Step, path: Path, candidates: set[str]) -> None:
        checker = self._checker
        checker.claims(step, path)
        for key in ("asks", "may_await", "needs_fresh", "for_the_record"):
            for number, name in enumerate(getattr(step, key)):
                place = (*path, key, number)
                if name not in self._items:
                    checker.unknown(place, "data item", name, self._items)
                elif key != "asks" and name not in step.asks:
                    checker.wrong(
                        "not-asked-here",
                        place,
                        f"`{name}` is not asked at this step",
                        f"Add it to `asks` or take it out of `{key}`.",
                        key=False,
                    )
        if step.loop is not None:
            for number, name in enumerate(step.loop.ask_again):
                if name not in step.asks:
                    checker.wrong(
                        "not-asked-here",
                        (*path, "loop", "ask_again", number),
                        f"`{name}` is not asked at this step",
                        "Add it to `asks`.",
                        key=False,
                    )
            self._target(step.loop.then, (*path, "loop", "then"), detour=False)
        if step.decision is not None:
            self._decision(step, path, candidates)
        self._exits(step, path)

    def _decision(self, step: Step, path: Path, candidates: set[str]) -> None:
        decision, checker = step.decision, self._checker
        if decision is None:
            return
        if decision.none_label is not None and decision.least > 0:
            checker.wrong(
                "none-not-allowed",
                (*path, "decision", "none_label"),
                f"*{decision.selection}* allows no *none*",
                "Use the selection `at most one` or `any`, or take `none_label` out.",
            )
        for name, candidate in decision.candidates.items():
            place: Path = (*path, "decision", "candidates", name)
            if name in candidates or name in self._pathway.recommendations:
                checker.wrong(
                    "duplicate-id",
                    place,
                    f"`{name}` is the name of other advice",
                    "Choose another name.",
                )
            candidates.add(name)
            if candidate != self._pathway.common.candidates.get(name):
                checker.recommendation(candidate, place, self._pathway.conflicts)

    def _exits(self, step: Step, path: Path) -> None:
        checker, exits = self._checker, step.exits
        can_stop = False
        seen_last = False
        for number, exit_ in enumerate(exits):
            place: Path = (*path, "exits", number)
            key = "to" if exit_.if_ is not None else "otherwise" if exit_.otherwise else "unknown"
            self._target(exit_.target, (*place, key), detour=exit_.if_ is not None)
            if exit_.if_ is not None:
                if seen_last:
                    checker.wrong(
                        "shadowed-exit",
                        place,
                        "an `if` exit behind `otherwise`",
                        "Put `if` exits first.",
                        key=False,
                    )
                expr = checker.guard(exit_.if_, (*place, "if"), Context.FLOW)
                can_stop = can_stop or (expr is not None and not is_settled(expr))
            seen_last = seen_last or exit_.otherwise is not None
        for form in ("otherwise", "unknown"):
            if sum(getattr(exit_, form) is not None for exit_ in exits) > 1:
                checker.wrong(
                    "shadowed-exit",
                    (*path, "exits"),
                    f"more than one `{form}` exit",
                    "Keep one.",
                )
        if can_stop and not any(exit_.unknown for exit_ in exits):
            checker.wrong(
                "no-unknown-exit",
                (*path, "exits"),
                "no `unknown` exit, though a guard can be unknown",
                "Add `- unknown: STEP`: missing data has its own way out.",
            )
        last_if = next((e.if_ for e in reversed(exits) if e.if_ is not None), None)
        if not any(exit_.otherwise for exit_ in exits) and last_if != "always":
            checker.wrong(
                "no-otherwise-exit",
                (*path, "exits"),
                "no `otherwise` exit",
                "Add `- otherwise: STEP` for when all guards are false.",
            )

    def _target(self, target: str, path: Path, *, detour: bool) -> None:
        pathways = self._checker.library.pathways
        if target in self._pathway.steps or target in self._pathway.endpoints:
            return
        if target in pathways:
            if not detour:
                self._checker.wrong(
                    "detour-without-return",
                    path,
                    "a detour whose exit nothing follows",
                    "Let the exit lead to a step; a detour stands behind `if`.",
                    key=False,
                )
            return
        known = [*self._pathway.steps, *self._pathway.endpoints, *pathways]
        self._checker.unknown(path, "step, endpoint or pathway", target, known)

    def _reach(self) -> None:
        pathway = self._pathway
        if pathway.header.start not in pathway.steps:
            return  # that is said where it stands; nothing can be reached
        seen: set[str] = set()
        waiting = [pathway.header.start]
        while waiting:
            name = waiting.pop()
            step = pathway.steps.get(name)
            if name in seen or step is None:
                seen.add(name)
                continue
            seen.add(name)
            waiting += [exit_.target for exit_ in step.exits]
            waiting += [step.loop.then] if step.loop is not None else []
        for kind, names in (("step", pathway.steps), ("endpoint", pathway.endpoints)):
            for name in names:
                if name not in seen:
                    self._checker.wrong(
                        f"unreachable-{kind}",
                        (f"{kind}s", name),
                        f"no way leads to the {kind} `{name}`",
                        "Add an exit to it or take it out.",
                    )
        self._unbounded(seen)

    def _unbounded(self, reachable: set[str]) -> None:
        """A circle of exits without a declared loop would be walked for ever."""
        steps = self._pathway.steps
        plain = {n: [e.target for e in s.exits] for n, s in steps.items() if s.loop is None}
        for start in plain:
            if start not in reachable:
                continue
            seen: set[str] = set()
            waiting = list(plain[start])
            while waiting:
                name = waiting.pop()
                if name == start:
                    self._checker.wrong(
                        "unbounded-loop",
                        ("steps", start),
                        f"from `{start}` exits lead back to it without a bound",
                        "Give one of its steps `loop: {ask_again: [ITEM], visits: 2, then: STEP}`.",
                    )
                    break
                if name in plain and name not in seen:
                    seen.add(name)
                    waiting.extend(plain[name])
