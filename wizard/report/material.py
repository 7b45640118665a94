"""What every section of a report is written from."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.case.open_case import OpenCase
from wizard.case.questions import Questions
from wizard.case.wording import NO_CONTACT, SITE, advice_reason, who_words
from wizard.definition.item import Item
from wizard.definition.library import Pathway
from wizard.definition.models import AlertAction
from wizard.engine.facts import Fact, Status
from wizard.engine.situation import Advice, Situation
from wizard.guard import Absence, Truth
from wizard.report.evidence import Evidence
from wizard.text import listed


class Material:
    """A case, the contacts of the site, and the evidence that the sections cite."""

    def __init__(self, case: OpenCase, contacts: Mapping[str, str]) -> None:
        self.case = case
        self.contacts = contacts
        self.evidence = Evidence(case.pathway)
        self.questions = Questions(case)
        self._unset: dict[str, None] = {}

    @property
    def situation(self) -> Situation:
        """Where the case stands."""
        return self.case.situation

    def at_once(self) -> list[AlertAction]:
        """What is still to do at once in every emergency that is present."""
        present = (s for s in self.situation.alerts if s.truth is Truth.TRUE)
        return [action for state in present for action in state.now]

    def pathway(self, name: str) -> Pathway:
        """A pathway in use."""
        return next(p for p in self.situation.pathways if p.id == name)

    def who(self, who: str, pathway: Pathway) -> str:
        """Who acts; a contact that this site has not set is named once, by `unset_contacts`."""
        name = who.removeprefix(SITE)
        if not who.startswith(SITE) or name in self.contacts:
            return who_words(who, pathway, self.contacts)
        self._unset.setdefault(pathway.common.contacts[name])
        return pathway.common.contacts[name]

    def reason(self, advice: Advice) -> str:
        """Why advice stands as it does; what it waits for by the numbers of the open questions."""
        if advice.status is Status.CHECK_FIRST:
            return f"check first: {self.questions.refs(advice.blocked_by)}"
        if advice.status is Status.PENDING:
            return f"waits for {self.questions.refs(advice.blocked_by)}"
        return advice_reason(self.situation, advice)

    def overdue(self, fact: Fact) -> bool:
        """Whether a result is awaited and its day has passed."""
        awaited = fact.absence is Absence.AWAITED
        return awaited and fact.due is not None and fact.due < self.situation.as_of

    def unset_contacts(self) -> str:
        """Whom to reach through the switchboard; empty where every contact named is set."""
        return f"{listed(self._unset)}: {NO_CONTACT}" if self._unset else ""

    def answers(self) -> list[tuple[str, Item, list[Fact]]]:
        """Every item with a value, its values from the earliest visit on."""
        facts = self.case.state.facts.facts
        found = []
        for name, item, _ in self.facts():
            visits = [facts[name][visit] for visit in sorted(facts[name])]
            values = [fact for fact in visits if fact.is_answer and fact.absence is None]
            if values:
                found.append((name, item, values))
        return found

    def facts(self) -> list[tuple[str, Item, Fact]]:
        """Every fact at its latest visit, in the order in which the steps ask, then the rest."""
        facts = self.case.state.facts.facts
        order: dict[str, Item] = {}
        for pathway in self.situation.pathways:
            asked = [name for step in pathway.steps.values() for name in step.asks]
            for name in (*asked, *pathway.items):
                order.setdefault(name, pathway.items[name])
        return [(n, item, facts[n][max(facts[n])]) for n, item in order.items() if n in facts]
