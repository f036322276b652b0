"""Cached properties are computed once for each object, and no object waits for another one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from report_ls.base.cached import cached_property


class _Asked:
    """Something whose value waits."""

    def __init__(self, answer: Event) -> None:
        self._answer = answer
        self.n_asked = 0

    @cached_property
    def value(self) -> int:
        """How often it was asked."""
        self._answer.wait()
        self.n_asked += 1
        return self.n_asked


def _answered() -> Event:
    answer = Event()
    answer.set()
    return answer


def test_a_value_is_computed_once() -> None:
    asked = _Asked(_answered())
    assert [asked.value, asked.value, asked.n_asked] == [1, 1, 1]
    assert vars(asked)["value"] == 1
    del asked.value
    assert asked.value == 2
    assert _Asked.value.__doc__ == "How often it was asked."


def test_no_object_waits_for_another_one() -> None:
    late = Event()
    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(lambda: _Asked(late).value)
        try:
            assert pool.submit(lambda: _Asked(_answered()).value).result(30) == 1
            assert not waiting.done()
        finally:
            late.set()
        assert waiting.result() == 1
