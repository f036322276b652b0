"""How many words or images are asked, as a pack writes it."""

from report_ls.base.named_tuple import NamedTuple

PICTURE_NAMES = "image", "screenshot", "figure", "picture", "photo", "diagram", "plot"
"""What a prompt calls them."""


class Limit(NamedTuple):
    """How many words or images are asked; without an upper bound `high` is None."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.is_free:
            return "any"
        if self.high is None:
            return f"at least {self.low}"
        if self.low == 0:
            return f"up to {self.high}"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    @property
    def is_free(self) -> bool:
        """Any number is right, as in an answer that may be left out."""
        return self.low == 0 and self.high is None

    def allows(self, number: int) -> bool:
        """Say whether a number is within the limit."""
        return self.low <= number and (self.high is None or number <= self.high)


DEFAULT_TOLERANCE_PERCENT = 10
"""How many percent more or fewer are about as many, where a pack does not say."""


def read_limit(written: str | int | None, tolerance: int = DEFAULT_TOLERANCE_PERCENT) -> Limit | None:
    """Return a limit as a pack writes it, such as 100-200, 100-, 1 or ~750."""
    if written is None:
        return None
    if str(written).startswith("~"):
        number = int(str(written)[1:])
        # Whole numbers, because a float may be a little less than it says.
        return Limit(-(-number * (100 - tolerance) // 100), number * (100 + tolerance) // 100)
    low, dash, high = str(written).partition("-")
    return Limit(int(low), (int(high) if high else None) if dash else int(low))
