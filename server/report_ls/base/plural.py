"""Numbers with their nouns."""


def plural(number: int, noun: str) -> str:
    """Return a noun as it follows a number: `image` after 1, `images` after each other one."""
    return noun if number == 1 else f"{noun}s"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `0 images`, `1 image`, `2 images`."""
    return f"{number} {plural(number, noun)}"


def count_or_no(number: int, noun: str) -> str:
    """Return a number with its noun: `no images`, `1 image`, `2 images`."""
    return f"{number or 'no'} {plural(number, noun)}"
