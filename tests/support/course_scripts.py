"""Scripts as a course may hand them out, written here in own words: two shapes, and what editors make of them."""

from collections.abc import Mapping, Sequence

from attrs import asdict, evolve, field, frozen
from report_ls.packs.limits import Limit

Asked = tuple[Limit | None, Limit | None]
"""Words and images of one question."""

TABLE: tuple[Asked, ...] = (
    (None, None),
    (Limit(10, 20), None),
    (None, Limit(1, 2)),
    (Limit(30, 45), Limit(1, 3)),
    (Limit(0, 45), None),
    (None, Limit(1, 1)),
)


@frozen
class Style:
    """How a script is written; each field is one thing that a linter, a formatter or a person changes."""

    low: str = "min"
    high: str = "max"
    is_reversed: bool = False
    """The highest number is first."""
    is_positional: bool = False
    has_constants: bool = False
    """Numbers have names, at the top."""
    is_typed: bool = False
    quote: str = '"'
    has_comments: bool = False
    is_spread: bool = False
    """Every argument is on a line of its own."""
    table: str = "plain"
    count: str = "if len(found) != {n}:\n    raise ValueError({q}so many are no report{q})"
    split: str = "text.split({q}Answer:{q})"
    opening: str = "open({q}README.md{q})"
    loop: str = "for number, (answer, rule) in enumerate(zip(found, {rules}), 1):"
    line_end: str = "\n"
    is_at_top: bool = False
    """The table is in no function."""


STYLES: Mapping[str, Style] = {
    "plain": Style(),
    **{
        f"names {low}": Style(low=low, high=high)
        for low, high in (
            ("min_length", "max_length"),
            ("minimum", "maximum"),
            ("lowest", "highest"),
            ("at_least", "at_most"),
        )
    },
    "reversed": Style(is_reversed=True),
    "positional": Style(is_positional=True),
    "constants": Style(has_constants=True),
    "typed": Style(is_typed=True),
    "typed constants": Style(has_constants=True, is_typed=True),
    "single quotes": Style(quote="'"),
    "comments": Style(has_comments=True),
    "spread": Style(is_spread=True),
    "tuple or numbers": Style(table="other"),
    "numbered": Style(table="numbered"),
    "comprehension": Style(table="comprehension"),
    "assert": Style(count="assert len(found) == {n}"),
    "assert the other way": Style(count="assert {n} == len(found), {q}no{q}"),
    "count in a name": Style(count="n_found = len(found)\nif n_found != {n}:\n    raise SystemExit(1)"),
    "not equal": Style(count="if not len(found) == {n}:\n    raise SystemExit"),
    "as many as rules": Style(count="if len(found) != len(rules):\n    raise SystemExit"),
    "none and all": Style(count="if len(found) == 0:\n    return\nif len(found) != {n}:\n    raise SystemExit"),
    "separator in a name": Style(split="text.split(sep=SEPARATOR)"),
    "Path": Style(opening="Path({q}README.md{q}).open(encoding={q}utf-8{q})"),
    "encoding": Style(opening="open({q}README.md{q}, {q}r{q}, encoding={q}utf-8{q})"),
    "strict": Style(loop="for number, (answer, rule) in enumerate(zip(found, {rules}, strict=True), start=1):"),
    "by hand": Style(loop="for number, rule in enumerate({rules}):\n    answer = found[number]"),
    "windows": Style(line_end="\r\n"),
    "at the top": Style(is_at_top=True),
}


def functions(table: Sequence[Asked], style: Style) -> str:
    """Return a script whose rules are a list of functions."""
    if style.is_positional:  # Of a function, only what is given first can be given without its name.
        parameters = f"{style.low}, {style.high}, answer, number"
    else:
        parameters = f"answer, number, {style.low}, {style.high}"
    kinds = f"""\
def no_limit(answer, number):
    pass


def word_limit({parameters}):
    words = answer.split()
    if not ({style.low} <= len(words) <= {style.high}):
        warnings.warn(f"{{number}}: not {{{style.low}}} to {{{style.high}}} words but {{len(words)}}", stacklevel=1)


def picture_limit({parameters}):
    shown = re.findall(r"!\\[.*?\\]", answer)
    if not ({style.low} <= len(shown) <= {style.high}):
        warnings.warn(f"{{number}}: {{len(shown)}} pictures", stacklevel=1)


def multi_limit(answer, number, limits):
    for limit in limits:
        limit(answer, number)
"""
    return _script(table, style, "import click\nfrom functools import partial", kinds, _Written(style, is_called=False))


def objects(table: Sequence[Asked], style: Style) -> str:
    """Return a script whose rules are a dictionary of objects."""
    kinds = f"""\
class Rule(BaseModel):
    def __call__(self, answer: str, number: int) -> bool:
        raise NotImplementedError


class NoLimit(Rule):
    def __call__(self, answer: str, number: int) -> bool:
        return True


class WordLimit(Rule):
    {style.low}: int = Field(ge=0)
    {style.high}: int = Field(ge=0)

    def __call__(self, answer: str, number: int) -> bool:
        words = answer.split()
        return self.{style.low} <= len(words) <= self.{style.high}


class PictureLimit(Rule):
    {style.low}: int = Field(ge=0)
    {style.high}: int = Field(ge=0)

    def __call__(self, answer: str, number: int) -> bool:
        return self.{style.low} <= len(re.findall(r"!\\[.*?\\]", answer)) <= self.{style.high}


class MultiLimit(Rule):
    limits: list[Rule]

    def __call__(self, answer: str, number: int) -> bool:
        return all(limit(answer, number) for limit in self.limits)
"""
    return _script(table, style, "from pydantic import BaseModel, Field", kinds, _Written(style, is_called=True))


SHAPES = {"functions": functions, "objects": objects}


@frozen
class _Written:
    """The entries of a table, as they are written in a script."""

    style: Style
    is_called: bool
    constants: dict[int, str] = field(factory=dict)

    def entry(self, asked: Asked) -> str:
        """Return the rule of one question."""
        words, images = asked
        parts = [self._limit("Word", words)] if words else []
        parts += [self._limit("Picture", images)] if images else []
        if not parts:
            return "NoLimit()" if self.is_called else "no_limit"
        if len(parts) == 1:
            return parts[0]
        listed = f"[{', '.join(parts)}]" if self.is_called else f"({', '.join(parts)})"
        return f"MultiLimit(limits={listed})" if self.is_called else f"partial(multi_limit, limits={listed})"

    def _limit(self, kind: str, limit: Limit) -> str:
        style = self.style
        named = [(style.low, self._number(limit.low)), (style.high, self._number(limit.high or 0))]
        if style.is_positional:
            given = [number for _, number in named]
        else:
            given = [f"{name}={number}" for name, number in (reversed(named) if style.is_reversed else named)]
        arguments = (",\n" if style.is_spread else ", ").join(given)
        return f"{kind}Limit({arguments})" if self.is_called else f"partial({kind.lower()}_limit, {arguments})"

    def _number(self, number: int) -> str:
        return self.constants.setdefault(number, f"N_{number}") if self.style.has_constants else str(number)


def _script(table: Sequence[Asked], style: Style, imports: str, kinds: str, written: _Written) -> str:
    entries = [written.entry(asked) for asked in table]
    count = "n_answers" if style.has_constants else str(len(table))
    is_dictionary = written.is_called or style.table in ("numbered", "comprehension")
    rules = _table(entries, style, written.is_called)
    annotation = (": dict[str, Rule]" if is_dictionary else ": list[Callable[..., None]]") if style.is_typed else ""
    typed = ": Final[int]" if style.is_typed else ""
    constants = [f"{name}{typed} = {number}" for number, name in written.constants.items()]
    constants += [f"n_answers{typed} = {len(table)}"] if style.has_constants else []
    assigned = f"rules{annotation} = {rules}"
    body = f"""\
with {style.opening} as file:
    text = file.read()
found = []
for part in {style.split}:
    found.append(part.split("###")[0])
{"" if style.is_at_top else assigned}
{style.count}
{style.loop}
    rule(answer, number)
"""
    body = body.replace("{n}", count).replace("{q}", style.quote)
    body = body.replace("{rules}", "rules.values()" if is_dictionary else "rules")
    indented = "".join(f"    {line}\n" if line else "\n" for line in body.split("\n"))
    text = f'''\
"""How long is each Answer: allowed to be?"""
import re
import warnings
{imports}

SEPARATOR = "Answer:"
{chr(10).join(constants)}

{kinds}

{assigned if style.is_at_top else ""}

def check(){" -> None" if style.is_typed else ""}:
{indented}

if __name__ == "__main__":
    check()
'''
    return text.replace("\n", style.line_end)


def _table(entries: Sequence[str], style: Style, is_called: bool) -> str:  # noqa: FBT001 - which shape
    note = "  # {not [a list" if style.has_comments else ""
    listed = "".join(f"    {entry},{note}\n" for entry in entries)
    if style.table == "numbered":
        return f"dict(enumerate([\n{listed}], start=1))"
    if style.table == "comprehension":
        return f"{{f{style.quote}question_{{index + 1}}{style.quote}: one for index, one in enumerate([\n{listed}])}}"
    if not is_called:
        return f"(\n{listed})" if style.table == "other" else f"[\n{listed}]"
    quote = style.quote
    keys = [str(n) if style.table == "other" else f"{quote}question_{n}{quote}" for n in range(1, len(entries) + 1)]
    pairs = (f"    {key}: {entry},{note}\n" for key, entry in zip(keys, entries, strict=True))
    return f"{{\n{''.join(pairs)}}}"


def both(one: Style, other: Style) -> Style:
    """Return a style with the changes of two."""
    plain, changed = asdict(Style()), asdict(other)
    return evolve(one, **{name: value for name, value in changed.items() if value != plain[name]})
