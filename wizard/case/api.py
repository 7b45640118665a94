"""Names of values, facts and situations, and the commands of a case, for the faces."""

from wizard.case.changes import Changes
from wizard.case.entry import awaited, fact_of, is_unusual
from wizard.case.open_case import OpenCase, begin
from wizard.case.phrases import part_words
from wizard.case.wording import STAGES, advice_reason, fact_words
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Fact, Place, Status
from wizard.engine.situation import Advice, AlertState, DecisionState
from wizard.guard import Absence, Absent, Truth, Value

__all__ = [
    "STAGES",
    "Absence",
    "Absent",
    "Advice",
    "AlertState",
    "Answer",
    "Changes",
    "DecisionState",
    "Fact",
    "Item",
    "Library",
    "OpenCase",
    "Place",
    "Status",
    "Truth",
    "Value",
    "advice_reason",
    "awaited",
    "begin",
    "fact_of",
    "fact_words",
    "is_unusual",
    "part_words",
]
