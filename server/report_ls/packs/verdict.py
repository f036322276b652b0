"""Which answers are within the limits of a pack, as a reader counts and as the course's script does."""

from report_ls.base.text import SourceText
from report_ls.course.script import read_script
from report_ls.packs.pack import Pack
from report_ls.report.report import read_report


def passing(source: SourceText, pack: Pack) -> set[tuple[int, str]]:
    """Return the questions whose answers are within their limits, with the counts of a reader and of the script."""
    report, script = read_report(source, pack.form), read_script(source, pack.form)
    counts = [
        (question.number, "reader", question.answer.n_words, question.answer.n_images) for question in report.questions
    ]
    if script and not script.refuses:
        counts += [(number, "script", one.n_words, one.n_images) for number, one in enumerate(script.answers, 1)]
    prompts = {question.number: question.prompt_text for question in report.questions}
    return {
        (number, who)
        for number, who, n_words, n_images in counts
        if pack.ask_by_number(number, prompts.get(number, "")).passes(n_words, n_images)
    }
