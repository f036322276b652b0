"""Questions, their prompts and the checklist can be folded, each as whole lines."""

import pytest
from lsp.client import Client

REPORT = """\
# Our report

* [x] read the exercises
* [ ] hand in
  early

### Question 1

> Why?
> Answer length: 2-20 words.
>
> Answer:

We sort.

### Question 2
> Insert 1-2 images.
> Answer:


### Question 3
> One line. Answer:
"""


def folded(client: Client, uri: str) -> list[tuple[int, int]]:
    ranges = client.about("foldingRange", uri)
    assert all({"startLine", "endLine"} == set(range_) for range_ in ranges)
    return [(range_["startLine"], range_["endLine"]) for range_ in ranges]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_belongs_together_folds(newline: str, shared: Client) -> None:
    uri = shared.open_new(REPORT.replace("\n", newline))
    assert [(2, 3), (6, 13), (8, 10), (15, 17), (20, 21)] == folded(shared, uri)


def test_what_is_no_report_does_not_fold(shared: Client) -> None:
    assert [] == folded(shared, shared.open_new("* [x] one\n* [ ] two\n"))
    assert [] == folded(shared, "untitled:never-opened.md")
