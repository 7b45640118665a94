"""Reports, read back as a reader or a program reads them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.vignettes.test_vignettes import ROOT as SHIPPED
from wizard.case.answers_file import read_answers
from wizard.case.entry import awaited
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.engine.facts import Fact, Status
from wizard.guard import Choice, Truth
from wizard.report.model import INTENDED_USE, Summary
from wizard.report.render import FORMATS, WIDTH, Generated
from wizard.report.summary import summarise
from wizard.text import format_date, wrap

CASES = SHIPPED / "acrometastasis" / "cases"
STAGES = sorted(CASES.glob("*/[1-5]-*.yaml")) + sorted(
    (SHIPPED / "cord-compression" / "cases").glob("*/[1-5]-*.yaml")
)
THUMB = CASES / "acro-thumb-fingertip-lung-antibiotics" / "5-treatment.yaml"
GENERATED = Generated(NOW, "amber-heron", "41c0")
WANTED = (
    "DO NOW",
    "SITUATION",
    "HOW WE CAME HERE",
    "EMERGENCIES",
    "OTHER ADVICE",
    "SCORES AND DERIVED VALUES",
    "DECISIONS MADE",
    "WHERE SOURCES DISAGREE",
    "BASIS",
    "REFERENCES",
)


def opened(file: Path, library: Library) -> OpenCase:
    """The case of a file."""
    return replay(read_answers(file.read_text("utf-8"), file.name, library), library)


def summary(file: Path, library: Library) -> Summary:
    """Its summary at a site that has set no contact."""
    return summarise(opened(file, library), {}, "0.1.0")


@pytest.mark.hazard("HZ-31", "HZ-43", "HZ-44")
@pytest.mark.parametrize("file", STAGES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_text_fits_and_says_every_section(file: Path, library: Library) -> None:
    """72 columns, ASCII on demand, every section, review status once, provenance at the end."""
    made = summary(file, library)
    text = FORMATS["text"](made, GENERATED)
    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert not [line for line in lines if line != line.rstrip()]
    headings = [re.split(r"\s{2,}", line[3:])[0] for line in lines if re.match(r"\d+ +[A-Z]", line)]
    assert [h for h in WANTED if h not in headings] == []
    assert any(h.startswith("NOT KNOWN OR NOT ASKED (") for h in headings)
    assert lines[0].count("not clinically reviewed") == 1
    p = made.provenance
    for part in (p.tool, p.version, p.hash, p.digest, p.as_of, p.review_status):
        assert part in " ".join(" ".join(lines[-8:]).split())
    assert lines[-1] == GENERATED.line()
    assert FORMATS["ascii"](made, GENERATED).isascii()


@pytest.mark.hazard("HZ-50")
def test_actions_stand_in_columns_with_who_and_by(library: Library) -> None:
    """Each action of the model is one row whose columns hold who and by when."""
    made = summary(THUMB, library)
    do_now = made.sections[0]
    actions = [line for line in do_now.lines if line.who]
    assert len(actions) > 5
    assert all(line.by for line in actions)
    assert do_now.aside.startswith(f"{len(actions)} actions")
    text = FORMATS["text"](made, GENERATED).split("2  SITUATION")[0].splitlines()
    head = next(line for line in text if line.startswith("1  DO NOW"))
    who, by = head.index("who"), head.index("by")
    joined = {"what": "", "who": "", "by": ""}
    for line in text[text.index(head) + 2 :]:
        joined["what"] += " " + line[:who].strip()
        joined["who"] += " " + line[who:by].strip()
        joined["by"] += " " + line[by:].strip()
    for action in actions:
        assert " ".join(action.who.split()[:2]) in joined["who"]
        assert action.by.split()[0] in joined["by"]


@pytest.mark.hazard("HZ-50")
def test_what_is_awaited_says_from_whom_and_by_when(library: Library) -> None:
    """An awaited result is an action of its own, overdue where its day has passed."""
    file = CASES / "acro-thumb-fingertip-lung-antibiotics" / "sitting-1.yaml"
    made = summary(file, library)
    awaited = [line for line in made.sections[0].lines if line.lead == "AWAITED"]
    assert awaited
    assert all(
        line.who and re.fullmatch(r"\d\d-\w{3}-\d{4}(, overdue)?", line.by) for line in awaited
    )


@pytest.mark.hazard("HZ-50")
def test_what_is_overdue_is_said_on_the_telephone(library: Library) -> None:
    """Once its day has passed, with the day and from whom; never before."""
    case = opened(CASES / "acro-thumb-fingertip-lung-antibiotics" / "sitting-1.yaml", library)
    due = case.state.as_of + timedelta(days=2)
    case.answer("mri_result", awaited(case.state.as_of, "radiology", due, None))
    for later, said in ((2, False), (3, True)):
        case.move_as_of(due + timedelta(days=later - 2))
        sheet = FORMATS["call-sheet"](summarise(case, {}, "0.1.0"), GENERATED)
        words = f"MRI of the part, due {format_date(due)}, from radiology"
        assert (words in " ".join(sheet.split())) == said


@pytest.mark.parametrize("file", STAGES[::5], ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_what_is_blocked_says_why_and_nothing_else(file: Path, library: Library) -> None:
    """Its name and the reason, with the claims of the reason; not what would speak for doing it."""
    case = opened(file, library)
    (section,) = [s for s in summarise(case, {}, "0").sections if s.title == "OTHER ADVICE"]
    blocked = {
        a.recommendation.title: a for a in case.situation.listed if a.status is Status.BLOCKED
    }
    lines = [line for line in section.lines if line.lead == "BLOCKED" and line.text != "nothing"]
    for line in lines:
        title, _, reason = line.text.partition(": because ")
        true = [c for c in blocked[title].concerns if c.truth is Truth.TRUE]
        assert all(concern.because in reason for concern in true)
        assert set(line.claims) == {claim for c in true for claim in c.claims}
        assert line.details == ()


def test_a_sitting_with_nothing_awaited_says_so(library: Library) -> None:
    """The third sitting says that nothing is awaited, the others do not."""
    folder = CASES / "acro-thumb-fingertip-lung-antibiotics"
    for number in (1, 2, 3):
        made = summary(folder / f"sitting-{number}.yaml", library)
        do_now = FORMATS["text"](made, GENERATED).split("2  SITUATION")[0]
        assert ("AWAITED  nothing" in do_now) == (number == 3)


def test_addresses_are_not_broken_in_a_word(library: Library) -> None:
    """They stand in the full view alone: on one line where they fit, else lines end with a sign."""
    listed = FORMATS["text"](summary(THUMB, library), GENERATED).split("REFERENCES\n")[1]
    assert "http" not in listed
    references = library["acrometastasis"].common.references.values()
    shown = [reference.url for reference in references if reference.url]
    assert len(shown) > 20
    assert max(map(len, shown)) > WIDTH
    for url in shown:
        lines = [line.strip() for line in wrap(f"A title. {url}", WIDTH, "", "  ")]
        (start,) = [n for n, line in enumerate(lines) if "http" in line]
        pieces = [lines[start].removeprefix("A title. "), *lines[start + 1 :]]
        assert "".join(pieces) == url
        assert all(piece[-1] in "/-_.?=&" for piece in pieces[:-1])


class _Tags(HTMLParser):
    """Text and tags of a page; the tags must close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"


@pytest.mark.hazard("HZ-41")
def test_all_formats_say_the_same(library: Library) -> None:
    """Every entry of the model stands in text, Markdown, HTML and JSON."""
    made = summary(THUMB, library)
    page = _Tags()
    page.feed(FORMATS["html"](made, GENERATED))
    assert page.open == []
    assert page.seen & {"script", "img", "link", "iframe"} == set()
    data = json.loads(FORMATS["json"](made, GENERATED))
    said = {
        "text": FORMATS["text"](made, GENERATED),
        "markdown": FORMATS["markdown"](made, GENERATED).replace("\\", ""),
        "html": page.words,
        "json": json.dumps(data, ensure_ascii=False).replace('\\"', '"'),
    }
    for format, words in said.items():
        flat = "".join(words.split())
        for section in made.sections:
            for line in section.lines:
                if format == "text" and line.who:
                    continue
                for part in (line.text, line.lead, *line.details, *line.claims):
                    assert "".join(part.split()) in flat, (format, part)
    assert [s["title"] for s in data["sections"]] == [s.title for s in made.sections]


@pytest.mark.invariant("SI-19", "ALWAYS-08")
def test_every_output_says_that_it_decides_nothing(library: Library) -> None:
    """The intended use stands in each format that is a report: options, and the clinician checks."""
    made = summary(THUMB, library)
    assert "decides nothing" in INTENDED_USE
    for format in ("text", "ascii", "markdown", "html", "json"):
        text = " ".join(FORMATS[format](made, GENERATED).replace("\\", "").split())
        assert INTENDED_USE in text, format


@pytest.mark.hazard("HZ-46", "HZ-48", "HZ-56", "HZ-57")
def test_typed_words_are_no_markup(library: Library) -> None:
    """What was typed into a case neither formats nor escapes in any format."""
    case = opened(THUMB, library)
    bad = "**<b>x</b>** [l](j) \x1b[31m \u202eevil"
    case.answer("film_result", awaited(case.state.as_of, bad, None, None))
    made = summarise(case, {}, "0.1.0")
    page = _Tags()
    page.feed(FORMATS["html"](made, GENERATED))
    assert "b" not in page.seen
    assert "<b>x</b>" in page.words
    for format, render in FORMATS.items():
        text = render(made, GENERATED)
        assert "\x1b" not in text, format
        assert "\u202e" not in text, format
    assert "\\*\\*\\<b\\>x" in FORMATS["markdown"](made, GENERATED)


@pytest.mark.hazard("HZ-41", "HZ-43")
def test_only_the_generated_line_differs(library: Library) -> None:
    """Another hour, another label, another record: one line of difference in every format."""
    made = summary(THUMB, library)
    later = Generated(datetime(2026, 11, 23, 1, 2, tzinfo=UTC), "grey-finch", "ffff")
    for format, render in FORMATS.items():
        one = render(made, GENERATED).splitlines()
        two = render(made, later).splitlines()
        different = [a for a, b in zip(one, two, strict=True) if a != b]
        assert len(different) == 1, format


@pytest.mark.hazard("HZ-11")
def test_the_order_of_answers_leaves_no_trace(library: Library) -> None:
    """The same facts from a file written backwards give the same report and digest."""
    text = (CASES / "acro-first-metatarsal-renal-sprain" / "1-presentation.yaml").read_text("utf-8")
    answers = read_answers(text, "one", library)
    facts = dict(reversed(answers.facts.items()))
    one = summarise(replay(answers, library), {}, "0.1.0")
    two = summarise(replay(replace(answers, facts=facts), library), {}, "0.1.0")
    assert list(facts) != list(answers.facts)
    assert one == two


@pytest.mark.hazard("HZ-31", "HZ-32")
@pytest.mark.invariant("SI-18", "ALWAYS-05")
@pytest.mark.parametrize("file", STAGES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_every_citation_has_its_claim_and_reference(file: Path, library: Library) -> None:
    """A claim cited anywhere stands in BASIS, its references in REFERENCES, unverified ones say so."""
    made = summary(file, library)
    sections = {s.title: s for s in made.sections}
    basis = {line.lead: line.text for line in sections["BASIS"].lines}
    references = {line.lead for line in sections["REFERENCES"].lines}
    cited = {c for s in made.sections for line in s.lines for c in line.claims}
    assert cited <= set(basis)
    claims = {**library["acrometastasis"].claims, **library["cord-compression"].claims}
    for name, words in basis.items():
        assert set(claims[name].references) <= references
        assert ("UNVERIFIED" in words) == (claims[name].checked == "recalled")


@pytest.mark.hazard("HZ-37")
def test_a_contact_of_the_site_replaces_the_switchboard(library: Library) -> None:
    """The number is shown where the site has set one."""
    case = opened(THUMB, library)
    without = FORMATS["text"](summarise(case, {}, "0.1.0"), GENERATED)
    name = next(iter(case.pathway.common.contacts))
    assert "use the switchboard" in " ".join(without.split())
    contacts = dict.fromkeys(case.pathway.common.contacts, "bleep 1234")
    assert name in contacts
    with_number = FORMATS["text"](summarise(case, contacts, "0.1.0"), GENERATED)
    assert "bleep 1234" in with_number
    assert "use the switchboard" not in " ".join(with_number.split())


@pytest.mark.parametrize("file", STAGES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_the_call_sheet_is_one_screen(file: Path, library: Library) -> None:
    """Situation, background, assessment, request; short enough to read out."""
    text = FORMATS["call-sheet"](summary(file, library), GENERATED)
    letters = [line[0] for line in text.splitlines() if line[:1].isupper() and line[1:3] == "  "]
    assert letters == list("SBAR")
    assert max(map(len, text.splitlines())) <= WIDTH
    assert len(text.splitlines()) <= 24


@pytest.mark.hazard("HZ-34")
def test_several_emergencies_stand_on_the_call_sheet_in_full(library: Library) -> None:
    """One screen is given up before an emergency or what to do about it is."""
    case = opened(THUMB, library)
    for name in ("sepsis_signs", "limb_threat_signs"):
        case.answer(name, Fact(Choice("yes"), case.state.as_of))
    made = summarise(case, {}, "0.1.0")
    said = " ".join(FORMATS["call-sheet"](made, GENERATED).split())
    present = [s for s in case.situation.alerts if s.truth is Truth.TRUE]
    assert len(present) >= 3
    for state in present:
        assert state.title in said
        assert all(" ".join(action.do.split()) in said for action in state.now)


@pytest.mark.parametrize("file", STAGES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_the_answers_give_the_same_report_again(file: Path, library: Library) -> None:
    """A saved `.yaml` is a case file whose replay says the same."""
    made = summary(file, library)
    text = FORMATS["answers"](made, GENERATED)
    again = replay(read_answers(text, "again.yaml", library), library)
    assert summarise(again, {}, "0.1.0") == made


@pytest.mark.hazard("HZ-26")
def test_a_review_that_is_overdue_fits_the_head(library: Library) -> None:
    """The words of an overdue review neither run into the others nor over the edge."""
    answers = read_answers(
        "format: 1\npathway: {id: acrometastasis}\nas_of: 2031-01-01\nfacts: {age: 53 years}\n",
        "case.yaml",
        library,
    )
    text = FORMATS["text"](
        summarise(replay(answers, library), {}, "0"), Generated(NOW, "amber-heron", "0000")
    )
    head = text.split("53 years")[0]
    assert "WORKING COPY  content" in " ".join(head.split("\n"))
    assert all(len(line) <= 72 for line in head.splitlines())
