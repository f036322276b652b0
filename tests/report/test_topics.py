"""Questions that open with a title of their own: what the form holds below it is asked, or no part of the answer."""

from report_ls.base.text import SourceText
from report_ls.report.fingerprints import fingerprint_of
from report_ls.report.form import Form, Opening, Topic
from report_ls.report.report import read_report

_ASKED = "say it to a friend"
_GIVEN = "the table below is ours"
_FORM = Form(
    opening=Opening(
        by_item=False,
        topics=(Topic(1, 0, fingerprint_of(["why"]), tuple((5, fingerprint_of(t.split())) for t in (_ASKED, _GIVEN))),),
        closing=frozenset(),
    )
)


def _read(text: str) -> tuple[str, list[str]]:
    """Return the prompt of the only question, and the words of its answer."""
    (question,) = read_report(SourceText(text), _FORM).questions
    return question.prompt_text.strip(), question.answer.student_text.split()


def test_what_is_given_right_below_a_title_is_asked() -> None:
    assert (_ASKED, ["Because."]) == _read(f"# Why\n\n{_ASKED}\n\nBecause.\n")


def test_what_is_given_further_below_is_no_part_of_the_answer() -> None:
    assert (_ASKED, ["Because.", "So."]) == _read(f"# Why\n\n{_ASKED}\n\nBecause.\n\n{_GIVEN}\n\nSo.\n")
    assert ("", ["Because.", "So."]) == _read(f"# Why\n\nBecause.\n\n{_GIVEN}\n\nSo.\n\n{_ASKED}\n")


def test_words_that_are_nearly_given_are_the_answers() -> None:
    assert ("", ["Because.", *_GIVEN.split(), "too"]) == _read(f"# Why\n\nBecause.\n\n{_GIVEN} too\n")
