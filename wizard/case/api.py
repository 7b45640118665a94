"""What every face uses, in one place: values, facts, situations and the commands of a case."""

from wizard.case.changes import Changes
from wizard.case.entry import awaited, fact_of, is_unusual, value_from_text
from wizard.case.explanation import (
    Explanation,
    explain,
    explain_advice,
    explain_alert,
    explain_exits,
)
from wizard.case.open_case import OpenCase, begin
from wizard.case.resting import resting_words
from wizard.case.wording import (
    STAGES,
    advice_reason,
    claim_marks,
    fact_words,
    facts_line,
    guard_words,
    labels,
    note_words,
    part_words,
    person_words,
    reference_words,
    review_words,
    topic_words,
    who_words,
)
from wizard.definition.library import Library, Pathway
from wizard.definition.models import Item, Step
from wizard.engine.facts import Answer, Fact, Place, Status
from wizard.engine.situation import Advice, AlertState, DecisionState, Situation, Trail
from wizard.guard import Absence, Absent, Choice, Multi, Truth, Value

__all__ = [
    "STAGES",
    "Absence",
    "Absent",
    "Advice",
    "AlertState",
    "Answer",
    "Changes",
    "Choice",
    "DecisionState",
    "Explanation",
    "Fact",
    "Item",
    "Library",
    "Multi",
    "OpenCase",
    "Pathway",
    "Place",
    "Situation",
    "Status",
    "Step",
    "Trail",
    "Truth",
    "Value",
    "advice_reason",
    "awaited",
    "begin",
    "claim_marks",
    "explain",
    "explain_advice",
    "explain_alert",
    "explain_exits",
    "fact_of",
    "fact_words",
    "facts_line",
    "guard_words",
    "is_unusual",
    "labels",
    "note_words",
    "part_words",
    "person_words",
    "reference_words",
    "resting_words",
    "review_words",
    "topic_words",
    "value_from_text",
    "who_words",
]
