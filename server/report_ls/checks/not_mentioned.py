"""The question asks for something by name, and no answer says anything of it.

So far that is generative AI: if and how you have used it. A word on it anywhere in the answers is
enough, that you used none too.

## Why is this bad?

The university has to know it.

## Example

````yaml
questions: [{number: 31, mentions: generative-ai}]
````

````report
### Question 31
> Who did what? Say also if and how you used generative AI.
>
> Answer:
  ^^^^^^^ information: the question also asks if and how you used generative AI, and no answer says so: write that you used none, or what you used it for

All of us built the hives.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.memo import memoized
from report_ls.base.regex import regex
from report_ls.checks._context import Context, Finding

SEVERITY = Severity.INFORMATION, Severity.HINT


def run(context: Context) -> Iterator[Finding]:
    """Yield the question that asks for a word on generative AI, where no answer has one."""
    if not context.pack.asks_for_ai:
        return
    for question, ask in context.asked:
        if not ask.mentions_ai or question.answer.is_empty or _mentions_ai(question.answer.student_text):
            continue
        # It may be in another answer, as in one about what was hard.
        if not any(_mentions_ai(other.answer.student_text) for other in context.report.questions):
            message = "the question also asks if and how you used generative AI, and no answer says so"
            yield Finding(question.anchor, f"{message}: write that you used none, or what you used it for", question)


_AI = regex(r"(?<![A-Za-z])(?:(?<!Vertex )(?<!vertex )AIs?|LLMs?|GPTs?|GenAI)(?![A-Za-z])")
_NAMES = regex(
    r"(?i:chat\s?-?gpt|gpt-?[3-9o]|co-?pilot|claude|gemini|generative|gen-ai|language models?|openai|anthropic"
    r"|artificial intelligence|deepseek|mistral|codex|perplexity|llama|\bcursor\b|\bgrok\b|\bbard\b"
    r"|chat\s?bots?|antigravity|windsurf|\ba\.i\.)"
)
_LETTERS = "AI", "LLM", "GPT"
_PARTS = (
    *("gpt", "pilot", "claude", "gemini", "generative", "gen-ai", "language model", "openai", "anthropic"),
    *("artificial", "deepseek", "mistral", "codex", "perplexity", "llama", "cursor", "grok", "bard"),
    *("bot", "antigravity", "windsurf", "a.i."),
)
"""What matches has one of these: to look for them first takes a tenth of the time."""


@memoized(64)
def _mentions_ai(text: str) -> bool:
    if any(letters in text for letters in _LETTERS) and _AI.search(text):
        return True
    lower = text.lower()
    return any(part in lower for part in _PARTS) and _NAMES.search(text) is not None
