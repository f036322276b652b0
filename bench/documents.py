"""The measured documents: a filled report of about 40 kB, and one ten times as long.

A seeded generator writes them in our own words, so every run on every machine measures the
same text, and no student's report is needed.
"""

import random
import re
from pathlib import Path

_WORDS = re.findall(
    r"\w+",
    """we the model data train test cloud image build cache branch commit review config sweep metric loss curve
    deploy service bucket request latency monitor alert dashboard notebook script package version branch merge
    because although while after before every single small large quick slow useful broken simple careful""",
)
_N_QUESTIONS = 31
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
"""One black pixel, as a PNG."""
_IMAGES = (14, 19, 20, 21, 29)
SHORTEST = 0.05
"""The factor that makes answers so short that a report with 3,100 of them is judged."""


def report(copies: int = 1, seed: int = 7, times: float = 1) -> str:
    """Return the report; questions are numbered on through all copies, so there are `copies` x 31 questions.

    Answers are `times` times as long; with the shortest, questions have no example.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret, only the same text every time
    parts = ["# A report\n"]
    for number in range(1, copies * _N_QUESTIONS + 1):
        if number % 6 == 1:
            parts.append(f"## Part {number // 6 + 1}\n")
        parts.append(_question(number, chance, times))
    return "\n".join(parts)


def pictures(copies: int = 1) -> list[str]:
    """Return the names of the pictures that the report shows; all but the last exist."""
    numbers = range(1, copies * _N_QUESTIONS + 1)
    return [f"picture_{number}.png" for number in numbers if number % _N_QUESTIONS in _IMAGES][:-1]


def write(folder: Path, copies: int = 1, seed: int = 7, times: float = 1) -> Path:
    """Create a folder with the report and its pictures; return the report's path."""
    folder.joinpath("figures").mkdir(parents=True)
    path = folder / "report.md"
    path.write_text(report(copies, seed, times), "utf-8")
    for name in pictures(copies):
        folder.joinpath("figures", name).write_bytes(PICTURE)
    return path


def _question(number: int, chance: random.Random, times: float) -> str:
    lines = [f"### Question {number}", "", f"> **{_sentence(12, chance)}**", ">"]
    lines += ["> Recommended answer length: 100-200 words.", ">"]
    lines += ["> Example:", f"> *{_sentence(20, chance)}*", ">"] if times > SHORTEST else []
    lines += ["> Answer:", ""]
    n_words = round(times * chance.randint(80, 220))
    while n_words > 0:
        length = min(n_words, chance.randint(20, 60))
        lines += [_sentence(length, chance), ""]
        n_words -= length
    if number % _N_QUESTIONS in _IMAGES:
        lines += [f"![{_sentence(3, chance)}](figures/picture_{number}.png)", ""]
    if number % 7 == 0:
        lines += ["```bash", f"make run  # {_sentence(4, chance)}", "```", ""]
    if number % 5 == 0:
        lines += [f"- `{chance.choice(_WORDS)}`: {_sentence(9, chance)}" for _ in range(4)] + [""]
    return "\n".join(lines)


def _sentence(n_words: int, chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(n_words)).capitalize() + "."
