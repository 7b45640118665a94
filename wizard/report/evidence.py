"""What a report rests on: the claims it cites, their references, and where sources differ."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.case.wording import claim_marks, short_reference_words, topic_words
from wizard.definition.library import Pathway
from wizard.report.model import Line, Section


class Evidence:
    """Gathers what the sections cite, and lists it behind them."""

    def __init__(self, pathway: Pathway) -> None:
        self._pathway = pathway
        self._cited: dict[str, None] = {}
        self._disputed: dict[str, Pathway] = {}

    def cite(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Claims as a line cites them, each once."""
        found = tuple(dict.fromkeys(claims))
        self._cited.update(dict.fromkeys(found))
        return found

    def differing(self, names: tuple[str, ...], pathway: Pathway) -> list[str]:
        """The topics on which sources differ; both positions stand in a section of their own."""
        self._disputed.update(dict.fromkeys(names, pathway))
        return [f"sources differ: {pathway.conflicts[name].topic}" for name in names]

    def sections(self) -> tuple[Section, ...]:
        """Disagreements first, since they cite claims too."""
        return self._disagreements(), self._basis(), self._references()

    def _disagreements(self) -> Section:
        lines = []
        for name, pathway in self._disputed.items():
            conflict = pathway.conflicts[name]
            sides = (f"{p.text} [{', '.join(self.cite(p.claims))}]" for p in conflict.positions)
            lines.append(Line(topic_words(conflict), details=tuple(sides)))
        return Section("WHERE SOURCES DISAGREE", tuple(lines) or (Line("nowhere in this report"),))

    def _basis(self) -> Section:
        """Each claim once: what it says, how sure it is, and the short names of its sources."""
        lines = []
        for name in sorted(self._cited):
            claim = self._pathway.claims[name]
            keys = f"[{', '.join(claim.references)}]"
            said = f"{claim.text.rstrip('.')}."
            lines.append(Line(" ".join([said, *claim_marks(claim), keys]), lead=name))
        return Section("BASIS", tuple(lines))

    def _references(self) -> Section:
        claims, references = self._pathway.claims, self._pathway.common.references
        keys = {key for name in self._cited for key in claims[name].references}
        lines = [Line(short_reference_words(references[key]), lead=key) for key in sorted(keys)]
        in_full = f"pathwizard show {self._pathway.id} --full"
        lines.append(Line(f"titles and addresses: {in_full}", lead="IN FULL"))
        return Section("REFERENCES", tuple(lines), run_on=True)
