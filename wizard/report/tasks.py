"""What is to be done: advice that is a task, in the order in which it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from wizard.definition.fields import NO_TIME, Stage
from wizard.engine.facts import Answer, Status
from wizard.engine.situation import Advice
from wizard.report.material import Material
from wizard.report.model import Line, Section

FURTHER = "FURTHER TASKS"


@dataclass(frozen=True)
class Tasks:
    """The tasks in order, and those of them that stand on the first page: the first `shown` of the
    stages that a trail has reached."""

    all: tuple[Advice, ...]
    reached: tuple[Advice, ...]
    shown: int

    @property
    def first(self) -> tuple[Advice, ...]:
        """The tasks of the first page."""
        return self.reached[: self.shown]

    @property
    def further(self) -> tuple[Advice, ...]:
        """The tasks that follow the first page."""
        first = {advice.id for advice in self.first}
        return tuple(advice for advice in self.all if advice.id not in first)


def tasks_of(material: Material) -> Tasks:
    """All of them; those of the stages that a trail has reached stand on the first page."""
    found = _to_do(material)
    reached = [a for a in found if a.stage in material.situation.stages_reached]
    return Tasks(tuple(found), tuple(reached), len(reached))


def _to_do(material: Material) -> list[Advice]:
    """Advice that is a task not yet answered and that no emergency says already: by stage, what is
    to be checked first behind what is recommended, then as the pathway orders it."""
    done = (Answer.ALREADY_DONE, Answer.DECLINED)
    said = {action.advice for action in material.at_once()}
    stages = list(get_args(Stage))
    found = [
        advice
        for advice in material.situation.listed
        if advice.status in (Status.RECOMMENDED, Status.CHECK_FIRST)
        and advice.recommendation.until_done
        and advice.id not in said
        and (advice.response is None or advice.response.answer not in done)
    ]
    return sorted(found, key=lambda advice: (stages.index(advice.stage), advice.status.rank))


def further_tasks(material: Material, tasks: Tasks) -> list[Section]:
    """The other tasks: of stages not reached yet, and what the first page has no room for."""
    lines = tuple(task_line(material, advice) for advice in tasks.further)
    return [Section(FURTHER, lines)] if lines else []


def task_line(material: Material, advice: Advice) -> Line:
    """A task with who does it and by when, and what is to be checked first."""
    recommendation = advice.recommendation
    checks = (material.reason(advice),) if advice.status is Status.CHECK_FIRST else ()
    who = material.who(recommendation.who, material.pathway(advice.pathway))
    by, dated = recommendation.by, recommendation.by != NO_TIME
    return Line(recommendation.title, details=checks, who=who, by=by, dated=dated)
