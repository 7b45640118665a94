"""The index by itself: words, plurals, accents, order, near words."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from wizard.case.search import Index, Subject, words_of

KINDS = ("claim", "question")
SUBJECTS = (
    Subject("claim", "DX-01", "Metastases to the hand are rare", headed=False),
    Subject("claim", "DX-011", "Nothing about it", headed=False),
    Subject("question", "biopsy_site", "Site of the biopsy", "Where tissue of the hand is taken."),
    Subject("question", "hand", "Hand", "The LEFT or RIGHT one."),
    Subject("question", "hand_pain", "Pain in the hand", pathway="wrist"),
    Subject("question", "hand_pain", "Pain in the hand", pathway="finger"),
    Subject("reference", "Zöllner2001", "Über Vertebrae", "Zöllner, Å; Sørensen, Æ", headed=False),
)
INDEX = Index(SUBJECTS, KINDS)


def names(query: str, pathway: str = "") -> list[str]:
    """What is found, in order."""
    return [subject.name for _, subject in INDEX.found(query, pathway)]


def test_the_exact_name_comes_first_then_titles_then_texts() -> None:
    """A longer name that begins alike comes behind the exact one."""
    assert names("DX-01") == ["DX-01", "DX-011"]
    assert names("dx 01")[0] == "DX-01"
    assert names("hand")[0] == "hand"
    assert names("hand")[1:3] == ["hand_pain", "hand_pain"]
    assert set(names("hand")[3:]) == {"DX-01", "biopsy_site"}


def test_every_word_must_be_met() -> None:
    """By the beginning of a word, in title or text."""
    assert names("biop hand") == ["biopsy_site"]
    assert names("biopsy rare") == []
    assert names("iopsy") == []
    assert names("") == names("  -- ?") == []


def test_case_accents_and_plurals_do_not_matter() -> None:
    """Both ways, for the plurals of medicine too."""
    for query in ("metastasis", "METASTASES", "métastase"):
        assert names(query) == ["DX-01"], query
    assert names("biopsies") == ["biopsy_site"]
    assert "hand" in names("hands")
    assert names("zollner") == names("ZÖLLNER") == names("sorensen") == ["Zöllner2001"]
    assert names("vertebra") == names("vertebrae") == ["Zöllner2001"]


def test_the_pathway_in_hand_goes_before_others() -> None:
    """Where all else is equal."""
    found = [s.pathway for _, s in INDEX.found("pain", "finger")]
    assert found == ["finger", "wrist"]
    assert [s.pathway for _, s in INDEX.found("pain", "wrist")] == ["wrist", "finger"]


def test_nothing_found_says_what_is_near_and_which_word_failed() -> None:
    """And never suggests where there is nothing like it."""
    assert INDEX.nothing_words("metastassis") == ("Nothing found. Near words: metastases.")
    assert INDEX.nothing_words("tennis") == "Nothing found."
    assert INDEX.nothing_words("biopsy tennis") == (
        "Nothing found that has all of these words: biopsy is found 1, tennis is found in nothing."
    )
    assert INDEX.nothing_words("?") == "Nothing found: type a word."


@given(st.text(max_size=30))
@example("as")
def test_any_text_can_be_searched_for(query: str) -> None:
    """Whatever is found has every word, or its other number, as the beginning of one of its own."""
    for _, subject in INDEX.found(query):
        own = words_of(f"{subject.name} {subject.title} {subject.text}")
        for word in words_of(query):
            assert any(w[:3] == word[:3] or w.startswith(word) for w in own), (query, subject)


@given(st.text(max_size=40))
@example("\u2122 \u03d2 \u1d2d")
def test_folding_is_done_once(text: str) -> None:
    """Words of words are the same words."""
    once = words_of(text)
    assert words_of(" ".join(once)) == once
