"""The plain face line by line: bad input, going back, changing, cards, lists, the report."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.line.conftest import LABEL, Plain
from tests.line.human import Human
from tests.line.test_commands import events_of
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.events import Answered, Started
from wizard.engine.facts import Fact
from wizard.errors import ExitCode
from wizard.guard import Choice, Multi, Quantity

QUESTION = "Question 1 of 8: Age?"
SCOPE = ("53 years", "2", "1", "2", "1", "1")
"""Age, sex, region, side, bone and digit; the red-flag screen comes next."""


def squeezed(text: str) -> str:
    """Text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("fifty", "'fifty' is not a number"),
        ("53,5 years", "can be read in two ways. Write 53.5"),
        ("53 mg", "'mg' is not a unit of Age. Write it in years (or in months)."),
        ("900 years", "Age must lie between"),
        ("a", "Age cannot be awaited"),
        ("\x1b[2J", "is not a number"),
    ],
)
def test_bad_input_is_one_message_and_the_question_again(
    typed: str, says: str, plain: Plain
) -> None:
    """Nothing is taken, nothing else is said between the message and the question."""
    said = plain.run([typed] if not typed.startswith("900") else [typed, "1"])
    assert said.count("Error:") == 1
    message = squeezed(said.split("Error:")[1])
    assert says in message
    assert QUESTION in message
    assert said.count(QUESTION) == 2
    assert "age" not in plain.stored().state.facts.facts


def test_bad_choices(plain: Plain) -> None:
    """Numbers outside the list, letters that can be read in two ways, words that are no option."""
    said = squeezed(plain.run([*SCOPE[:1], "7", "0", "Woman or man", "female", "q"]))
    assert "there is no answer 7. Type a number from 1 to 2" in said
    assert "there is no answer 0" in said
    assert "'Woman or man' is not an answer here. Type a number from 1 to 2" in said
    assert plain.stored().state.facts.facts["sex"][1].value == Choice("female")


def test_answers_are_said_back_with_both_units(plain: Plain) -> None:
    """A number in another unit is converted aloud."""
    items = plain.desk.library["acrometastasis"].items
    item = next(i for i in items.values() if i.accepts and i.limits is not None)
    assert item.limits is not None
    unit, factor = next(iter(item.accepts.items()))
    low, high = item.limits.soft or item.limits.hard
    typed = f"{round(float((low + high) / 2) / float(factor), 1)} {unit}"
    from wizard.case.typed import typed_value
    from wizard.case.wording import fact_words

    words = fact_words(item, Fact(typed_value(item, Multi(), typed), TODAY))
    assert unit in words
    assert f" {item.unit})" in words


def test_back_and_a_change_is_shown_before_it_is_kept(plain: Plain) -> None:
    """b leads to the question before, with its answer; what changes is said, and asked."""
    said = squeezed(plain.run([*SCOPE, "b", "b", "b", "b", "b", "b", "b", "b", "b"]))
    assert "Answered: 53 years. Enter keeps it." in said
    assert "This is the first question." in said
    said = squeezed(plain.resume(["/region", "1", "2", "2"]))
    assert "This would change:" in said
    assert "It stays as it was." in said
    assert plain.stored().situation.values["affected_region"] == Choice("hand")
    said = squeezed(plain.resume(["/region", "1", "2", "1"]))
    assert "Region: foot. Saved." in said


def test_a_change_that_changes_nothing_else_is_confirmed_as_well(plain: Plain) -> None:
    """The 1 of habit confirms the change and never answers the question behind it."""
    said = squeezed(plain.run(["53 years", "b", "54 years", "1", "q"]))
    assert "This would change: Age: 53 years -> 54 years Nothing else. Keep it?" in said
    facts = plain.stored().state.facts.facts
    assert facts["age"][1].value == Quantity(Decimal(54), "years")
    assert "sex" not in facts


@pytest.mark.parametrize("before", [["b", "54 years"], ["/age", "1", "1"], ["3"], ["t"], ["o"]])
def test_help_emergencies_and_leaving_are_taken_in_the_middle_of_a_question(
    before: list[str], plain: Plain
) -> None:
    """?, x and q within a confirmation, a menu, a list; nothing of it is kept."""
    said = squeezed(plain.run(["53 years", *before, "?", "x", "?", "q"]))
    assert "Emergency now: which?" in said
    assert "Everything is saved. Resume:" in said
    assert plain.stored().situation.values["age"] == Quantity(Decimal(53), "years")


def test_leaving_from_a_card_brings_it_back(plain: Plain) -> None:
    """q while it is asked who has an emergency in hand notes nothing."""
    said = squeezed(plain.run([*SCOPE, "1", "k", "x", "k", "q"]))
    assert "Not noted. This is the card of an emergency." in said
    assert "EMERGENCY" in plain.resume([])


def test_a_narrowed_list_takes_only_the_numbers_that_it_shows(plain: Plain) -> None:
    """It is numbered anew; a number of the whole list is refused; / alone lists all again."""
    said = squeezed(plain.run([*SCOPE, "c", "/side", "4", "/", "", "q"]))
    assert "numbered anew" in said
    assert "'4' is none of the numbers. Type 1 to 1" in said


def test_a_long_line_that_is_refused_is_not_said_in_full(plain: Plain) -> None:
    """Only its beginning is repeated."""
    said = plain.run(["53 years", "o" + "z" * 300, "t", "y" * 300, "", "q"])
    assert "y" * 41 not in said


def test_an_option_may_be_named_by_its_beginning(plain: Plain) -> None:
    """In a question and in a menu, where no other begins so; what is unclear is refused."""
    typed = ["53 years", "fema", "hand o", "b", "b", "male", "keep the new", "q"]
    said = squeezed(plain.run(typed))
    assert "Sex: woman. Saved." in said
    assert "Region: hand or wrist. Saved." in said
    assert "Keep the new answer." in said
    facts = plain.stored().state.facts.facts
    assert facts["affected_region"][1].value == Choice("hand")


def test_undo_and_redo(plain: Plain) -> None:
    """z and r; where there is nothing, that is said."""
    said = squeezed(plain.run(["z", "r", "53 years", "z", "r", "z", "q"]))
    assert "there is nothing to undo" in said
    assert "there is nothing to redo" in said
    assert "Undone: the answer to Age." in said
    assert "Done again: the answer to Age." in said
    assert "age" not in plain.stored().state.facts.facts


def test_several_may_hold(plain: Plain) -> None:
    """Present, absent and open ones are said back; what is not named stays not asked."""
    from wizard.case.typed import typed_value

    items = plain.desk.library["acrometastasis"].items
    item = next(i for i in items.values() if i.type == "multi" and len(i.options) > 3)
    a, b, c, *rest = item.options
    found = typed_value(item, Multi(), "1, 3 not 2")
    assert found == Multi(frozenset({a, c}), frozenset({b}))
    assert isinstance(found, Multi)
    again = typed_value(item, found, "open 2 not 1")
    assert again == Multi(frozenset({c}), frozenset({a}))
    assert typed_value(item, found, "0") == Multi(frozenset({a, c}), frozenset({b, *rest}))


def test_the_emergency_card_comes_first(plain: Plain) -> None:
    """It interrupts, stays until it is answered, and says whom to call; q leaves and it returns."""
    region = plain.desk.library["acrometastasis"].items["neuro_signs"]
    yes = str(list(region.options).index("yes") + 1)
    said = squeezed(plain.run([*SCOPE, yes, "1", "w", "q"]))
    assert "EMERGENCY: Suspected" in said
    assert "'1' does nothing here. Type g, k, c, w, z or q." in said
    assert "use the switchboard" in said
    assert "Present when:" in said
    assert plain.code == ExitCode.OK
    said = squeezed(plain.resume(["k", "Dr A", "09:00", "q"]))
    assert said.index("EMERGENCY: Suspected") < said.index("Question ")
    held = plain.stored().situation.alerts[0].in_hand
    assert held is not None
    assert (held.who, held.since) == ("Dr A", "09:00")


def test_a_waiting_point_says_what_is_awaited_and_asks_for_it(plain: Plain) -> None:
    """From whom, by when, who chases; after days it comes first, and takes the result."""
    file = ROOT / "acrometastasis" / "cases" / "acro-thumb-fingertip-lung-antibiotics"
    first = file / "sitting-1.yaml"
    answers = read_answers(first.read_text("utf-8"), str(first), plain.desk.library)
    human = Human(plain.desk.library, answers)
    human.walk()
    plain.desk.today = answers.as_of
    typed = list(human.lines)
    at = typed.index("a")
    typed[at + 2 : at + 2] = ["01/02/2026"]
    said = squeezed(plain.run([*typed, "", "q"]))
    assert "can be read as two different days" in said
    assert "awaited from radiology, by 04-Nov-2026, chased by the clinic nurse. Saved." in said
    assert "WAITING POINT: the case rests here until the result is back." in said
    assert "Waiting for the result; type it here when it is back." in said
    assert plain.code == ExitCode.OK
    plain.desk.today = answers.as_of + timedelta(days=10)
    said = squeezed(plain.resume([]))
    assert said.index("WAITING POINT") < said.index("Question ")
    assert "Answered: awaited from radiology" in said
    head = said[: said.index("Commands:")]
    assert "awaited from radiology, by 04-Nov-2026, chased by the clinic nurse" in head
    assert "If a result is back:" in head
    assert plain.code == ExitCode.OK


def test_the_end_of_input_and_interrupts_lose_nothing(
    plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The missing answer is named, the exit code is that of `replay`; Ctrl+C is 130."""
    said = squeezed(plain.run(["53 years"]))
    assert "The input has ended. Stopped at acrometastasis/scope: no answer for sex" in said
    assert f"Resume: pathwizard resume {LABEL} --plain" in said
    assert plain.code == ExitCode.INCOMPLETE
    value = plain.stored().state.facts.facts["age"][1].value
    assert value == Quantity(Decimal(53), "years")
    from wizard.line.talk import Talk

    def interrupted(self: Talk, prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Talk, "ask_any", interrupted)
    assert "Interrupted. Everything that was answered is saved." in plain.resume([])
    assert plain.code == ExitCode.INTERRUPTED


def test_lists_and_pages(plain: Plain) -> None:
    """Why, evidence, advice, trail, map, check, search, help, trainee wording, call sheet."""
    typed = [*SCOPE, "w", "e", "v", "t", "1", "m", "c", "", "/side", "", "/zzz", "?", "l", "s", "q"]
    said = squeezed(plain.run(typed))
    assert "Error:" not in said
    for words in (
        "Why asked:",
        "DX-",
        "Trail: jump to which step?",
        "YOU ARE HERE",
        "CHECK YOUR ANSWERS Not yet excluded (",
        "Presentation - Side: LEFT",
        "Nothing found.",
        "redo what was undone",
        "Wording for the trainee.",
        "CALL SHEET",
    ):
        assert words in said, words


@pytest.mark.hazard("HZ-14", "HZ-42")
def test_the_emergency_signs_are_confirmed_before_a_report_is_final(plain: Plain) -> None:
    """Enter leaves a working copy, 2 leads to the question of a new sign, 1 confirms."""
    plain.desk.store.append(LABEL, events_of("5-treatment", plain.desk.library), 0)
    said = squeezed(plain.resume(["c", "1", "", "c", "1", "2", "2", "b", "c", "1", "1", "q"]))
    assert "Error:" not in said
    first, second, third = said.split("The emergency signs once more: is it still so?")[1:]
    assert "Not yet excluded: cord compression, sepsis" in said
    assert "Yes (22-Nov-2026): Signs of venous thrombosis" in said
    assert "Not confirmed: the report stays a working copy." in first
    assert "Emergency now: which?" in second
    assert "RED-FLAG SCREEN" in second.upper()
    assert "Checked. The report is now final until an answer changes." in third
    assert plain.stored().state.checked == TODAY


def test_a_long_list_is_narrowed_by_words(plain: Plain) -> None:
    """A slash and words: only those that have the words, under numbers of their own."""
    said = squeezed(plain.run([*SCOPE, "c", "/side", "/zzz", "1", "q"]))
    narrowed = said.split("such as /pain, narrows.")[1]
    assert "1 Presentation - Side: LEFT Number 1 to 1" in narrowed
    assert "Nothing found with zzz; the list stays as it was." in narrowed
    assert "Answered: LEFT. Enter keeps it." in narrowed


def test_the_report_is_written_to_a_new_file(
    plain: Plain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never over another; a name without a format is asked again; it is read out on demand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.txt").write_text("mine", "utf-8")
    said = plain.run(["p", "2", "taken.txt", "report", "new.md", "p", "1", "p", "3", "q"])
    assert "the file exists and is not overwritten" in squeezed(said)
    assert "no format for 'report'" in squeezed(said)
    assert (tmp_path / "taken.txt").read_text("utf-8") == "mine"
    assert "WORKING COPY" in (tmp_path / "new.md").read_text("utf-8")
    assert "WORKING COPY" in said
    assert "CALL SHEET" in said


def test_search_opens_what_it_finds(plain: Plain) -> None:
    """A claim with its source, more results, other words, a wrong number, and back to the question."""
    typed = [
        "/DX-MIM-04",
        "1",
        "bone",
        "m",
        "999999",
        "metastassis",
        "/ mirels score",
        "1",
        "",
        "q",
    ]
    said = squeezed(plain.run(typed))
    for words in (
        "1 claim DX-MIM-04: Felon, paronychia",
        "claim, read in the source",
        "Gawley B and others",
        "10 ",
        "Error: '999999' is none of the numbers.",
        "Nothing found. Near words: metastasis",
        "valid where: Region is long bone",
    ):
        assert words in said, words
    assert said.rindex(QUESTION) > said.rindex("valid where")
    assert plain.code == ExitCode.OK


def test_search_explains_the_words_of_the_question_and_marks_what_was_recalled(
    plain: Plain,
) -> None:
    """At home too; nothing found there leads back home."""
    said = squeezed(plain.run(["/DX-BX-10", "", "/zzzz", "q"], pathway=None))
    assert "claim DX-BX-10, UNVERIFIED:" in said
    assert "Nothing found." in said
    said = squeezed(plain.run([*SCOPE, "/", "1", "", "q"]))
    assert "Words of this question that are explained:" in said
    assert "meaning:" in said


def test_home_starts_resumes_and_reads(plain: Plain) -> None:
    """Without a case the program begins at home and q ends it."""
    said = squeezed(
        plain.run(["7", "2", "3", "1", "1", "1", "q", "2", "1", "q", "q"], pathway=None)
    )
    assert "'7' does nothing here. Type 1, 2, 3, / or q." in said
    assert "There is no case to resume." in said
    assert "EMERGENCIES" in said
    assert "1 kept" in said
    assert plain.code == ExitCode.OK


def test_another_version_is_asked_about_before_anything_is_written(plain: Plain) -> None:
    """Left alone, the case stays as it is."""
    start = Started(LABEL, "acrometastasis", "0.0.1", "x", TODAY)
    plain.desk.store.append(LABEL, [start], 0)
    assert "Another version of the pathway:" in plain.resume(["2"])
    assert len(plain.desk.store.read(LABEL).events) == 1
    plain.resume(["1", "q"])
    assert plain.stored().state.version != "0.0.1"


def test_what_no_longer_applies_is_asked_once(plain: Plain) -> None:
    """Kept on demand, and then not asked again."""
    header = plain.desk.library["acrometastasis"].header
    pin = plain.desk.library["acrometastasis"].hash
    start = Started(LABEL, header.id, header.version, pin, TODAY)
    given = {"sex": "male", "pregnancy_possible": "pregnant"}
    answers = [Answered(name, Fact(Choice(o), TODAY)) for name, o in given.items()]
    plain.desk.store.append(LABEL, [start, *answers], 0)
    said = squeezed(plain.resume(["2", "53 years", "q"]))
    assert said.count("This no longer applies.") == 1
    assert "is kept although it no longer applies." in said
    assert NOW.year == TODAY.year


def test_nothing_but_printable_text(plain: Plain) -> None:
    """Every byte is printable or a newline: in UTF-8, and in ASCII where the locale takes no more."""
    typed = [
        *SCOPE,
        "w",
        "e",
        "v",
        "m",
        "s",
        "p",
        "1",
        "\x1b]0;x\x07",
        "\x9b2J",
        "\u202e",
        "?",
        "q",
    ]
    said = plain.run(typed)
    assert all(ch.isprintable() or ch == "\n" for ch in said)
    plain_ascii = plain.resume(typed[6:], unicode=False)
    assert all(32 <= ord(ch) < 127 or ch == "\n" for ch in plain_ascii)
    assert "<U+001B>" in said


@pytest.mark.hazard("HZ-09")
def test_a_bone_is_found_by_its_words(plain: Plain) -> None:
    """Where there is a map: one question answers region, side, bone and digit; elsewhere none."""
    typed = ["g", "3rd finger", "right mc3", "1", "53 years", "2", "g", "q"]
    said = squeezed(plain.run(typed))
    assert said.count("Error: No bone of hand or foot has these words.") == 1
    assert "1 RIGHT middle finger, metacarpal" in said
    assert said.count("Error: there is no body map at this question.") == 1
    facts = plain.stored().state.facts.facts
    answers = {"affected_region": "hand", "side": "right"}
    answers |= {"bone_hand": "metacarpal", "finger_name": "middle"}
    assert {name: facts[name][1].value for name in answers} == {
        name: Choice(option) for name, option in answers.items()
    }


@pytest.mark.hazard("HZ-09")
def test_another_bone_is_confirmed(plain: Plain) -> None:
    """Both answers are said; what is not kept stays as it was."""
    typed = ["g", "right mc3", "1", "g", "left mc3", "1", "2", "g", "right mc3", "1", "g", "", "q"]
    said = squeezed(plain.run(typed))
    assert "Side: RIGHT -> LEFT" in said
    assert "It stays as it was." in said
    assert "RIGHT middle finger, metacarpal: answered so already." in said
    assert plain.stored().state.facts.facts["side"][1].value == Choice("right")
