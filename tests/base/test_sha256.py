"""Python's own SHA-256 is that of everybody."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st
from report_ls.base.sha256 import sha256


@given(st.lists(st.binary(max_size=200)))
def test_it_says_what_hashlib_says(pieces: list[bytes]) -> None:
    ours, theirs = sha256(), hashlib.sha256()
    for piece in pieces:
        ours.update(piece)
        theirs.update(piece)
    assert (ours.hexdigest(), sha256(b"".join(pieces)).digest()) == (theirs.hexdigest(), theirs.digest())
