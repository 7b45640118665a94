"""What a person can do in a case: one list for every face, with the letter that calls it.

Letters and words are the same everywhere; `wizard.case.keys` says which keys call an action once a
person has chosen others. `commands` names what of `wizard.case` an action reaches; docs/commands.md
is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.guard import Absence


@dataclass(frozen=True)
class Action:
    """An action, the letter that usually calls it, its words, and the commands that it leads to."""

    id: str
    letter: str
    words: str
    commands: tuple[str, ...] = ()


_ANSWER = ("answer", "preview")

ACTIONS = (
    Action("back", "b", "back"),
    Action("unknown", "u", "not known", _ANSWER),
    Action("await", "a", "awaited: from whom, by when", ("awaited", *_ANSWER)),
    Action("not_done", "n", "not done", _ANSWER),
    Action("declined", "d", "declined", _ANSWER),
    Action("not_applicable", "i", "not applicable, where the item allows it", _ANSWER),
    Action(
        "none",
        "0",
        "none of the others, or none of the candidates",
        (*_ANSWER, "commit", "needs_reason", "refusal"),
    ),
    Action("rest", "f", "the rest of this step: not known, but for emergencies", ("answer",)),
    Action("same", "=", "same as at the visit before", ("same_as_before", *_ANSWER)),
    Action(
        "body_map",
        "g",
        "body map: a bone of hand or foot in a drawing; plain lines find it by words",
        _ANSWER,
    ),
    Action("why", "w", "why this is asked or advised", ("explain_advice", "explain_exits")),
    Action("evidence", "e", "evidence"),
    Action(
        "change",
        "h",
        "what each answer would change, or what would change advice",
        ("consequences", "explain_advice", "explain_exits"),
    ),
    Action("advice", "v", "all advice now"),
    Action(
        "what_if",
        "*",
        "what if: try answers that are not kept; there, now and then side by side",
        ("now_and_then", "take_over"),
    ),
    Action("trail", "t", "trail: jump to a step"),
    Action("map", "m", "map of the pathway: where this case has gone"),
    Action("check", "c", "check your answers", ("answer_rows", "emergency_signs", "mark_checked")),
    Action("search", "/", "search: answers, steps, claims, scores, words", ("answer_rows",)),
    Action(
        "emergency",
        "x",
        "emergency now",
        ("explain_alert", "take_in_hand", "continue_work_up"),
    ),
    Action("report", "p", "report"),
    Action("call_sheet", "s", "call sheet for the telephone"),
    Action(
        "respond",
        "o",
        "respond to advice: accepted, modified, done, declined, deferred",
        ("respond",),
    ),
    Action("undo", "z", "undo the last answer", ("undo",)),
    Action("redo", "r", "redo what was undone", ("redo",)),
    Action("reader", "l", "clinician or trainee wording"),
    Action("keys", "?", "keys"),
    Action("leave", "q", "save and leave the case"),
)
"""Letters of a case. Digits answer in an enquiry and choose in a decision."""

WITHOUT_LETTER = {
    "begin": "home: start a case; `run PATHWAY`",
    "repin": "resuming under another version of the pathway, once it was asked",
    "move_as_of": "resuming on a later day",
    "answer": "a digit, or the value typed",
    "preview": "changing an earlier answer",
    "set_aside": "asked when an item that has a value stops applying",
    "alerts_resting_on": "said before such a value is set aside",
    "commit": "a digit chooses, Enter commits",
    "needs_reason": "committing: asks for a coded reason",
    "refusal": "choosing or committing: says why not",
    "take_in_hand": "the emergency card: k",
    "continue_work_up": "the emergency card: c",
    "explain_alert": "the emergency card: w",
}
"""Commands that are reached without an action, or not by it alone, and how in every face."""

READINGS = (
    "alerts_resting_on",
    "asked",
    "fact",
    "item",
    "needs_reason",
    "preview",
    "quoted",
    "refusal",
    "truth",
    "visit_for",
)
"""Methods of an open case that write nothing."""

NOT_FOR_FACES = ("keep", "settle_alerts")
"""Methods of an open case that replaying and beginning use."""

REASONS_OF_ABSENCE = {
    "unknown": Absence.NOT_KNOWN,
    "await": Absence.AWAITED,
    "not_done": Absence.NOT_DONE,
    "declined": Absence.DECLINED,
    "not_applicable": Absence.NOT_APPLICABLE,
}
"""The actions that answer with an absence reason, in the order in which they are offered."""
