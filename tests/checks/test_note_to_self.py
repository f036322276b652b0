"""Notes to oneself are looked for only where one may be."""

import re

from hypothesis import given
from hypothesis import strategies as st
from report_ls.checks.note_to_self import _NOTE, _may_hold_note


@given(st.from_regex(re.compile(_NOTE.pattern, re.VERBOSE | re.MULTILINE)))
def test_each_note_holds_what_is_looked_for_first(text: str) -> None:
    assert _may_hold_note(text.lower())
