"""What the course's script does in a dozen lines, and what report-ls promises about it."""

import re

from report_ls.analysis.analyze import Analysis
from report_ls.report.report import Question

_SHIFTING = {"answer-label", "question-duplicate", "question-missing", "question-order", "question-unexpected"}
"""What changes how many answers the script finds, and so what it counts anywhere."""
_IN_ONE_ANSWER = {
    "unanswered",
    "leftover-marker",
    "dashed-answer",
    "answer-cut",
    "image-hidden",
    "image-uncounted",
    "unclosed-fence",
    "script-differs",
}
_LENGTHS = {"answer-too-short", "answer-too-long", "too-few-images", "too-many-images"}


def restate(text: str, parts: int, cut: int) -> tuple[list[tuple[int, int]], bool]:
    """Return words and images of each answer, and whether the script refuses the report."""
    pieces = re.sub("\r\n?", "\n", text)[cut:].split("Answer:")
    answers = [piece.split("###")[0].split("##")[0] for piece in pieces[1:] if "###" in piece]
    answers.append(pieces[-1])
    counts = [(len(answer.split()), len(re.findall(r"!\[.*?\]\(.*?\)", answer))) for answer in answers]
    return counts, len(answers) != parts


def disagreements(analysis: Analysis) -> list[str]:
    """Return where the script and report-ls disagree about an answer although no check names a reason."""
    script, questions = analysis.script, analysis.questions
    codes = {diagnostic.code for diagnostic in analysis.diagnostics}
    if script is None or codes & _SHIFTING:
        return []
    if script.refuses or len(script.answers) != len(questions):
        said = codes & {"answer-cut", "script-differs"}
        return [] if said else [f"the script finds {len(script.answers)} answers and we {len(questions)}"]
    found = []
    for result, theirs in zip(questions, script.answers, strict=True):
        here = _codes_in(analysis, result.question)
        if here & _IN_ONE_ANSWER:
            continue
        answer, words, images = result.question.answer, result.ask.words, result.ask.images
        where = f"question {result.question.number}: "
        if (answer.n_words, len(answer.images)) != (theirs.n_words, theirs.n_images):
            found.append(f"{where}{answer.n_words} words, {len(answer.images)} images; the script: {theirs}")
        passes = (words is None or words.allows(theirs.n_words)) and (images is None or images.allows(theirs.n_images))
        # What a link to a picture explains is not said a second time.
        said = here & (_LENGTHS | ({"image-as-link"} if images and theirs.n_images < images.low else set()))
        if passes == bool(said):
            found.append(f"{where}the script {'passes' if passes else 'fails'} it, we say {sorted(said)}")
    return found


def _codes_in(analysis: Analysis, question: Question) -> set[str]:
    """Return the codes of what is said in a question; what is said at several places counts at each."""
    end = max(question.end, question.heading.end)
    return {
        diagnostic.code
        for diagnostic in analysis.diagnostics
        for span in (diagnostic.span, *(related.span for related in diagnostic.related))
        if question.heading.start <= span.start < end
    }
