"""Of real forms and reports, no limit is read that the course does not ask."""

from collections import Counter

from report_ls.files.text_files import read_text
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Pack
from report_ls.packs.prompt_limits import images_in, words_in
from report_ls.packs.prompt_sentences import read_sentences
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.outline import outline
from support.corpus import real_reports, templates

GENERIC = [pack for pack in packs() if not pack.asks]


def verdicts(text: str, pack: Pack) -> Counter[str]:
    """Count what `generic` alone knows of the limits that a pack has for a text."""
    found = outline(text)
    assert [recognise(found, GENERIC)] == GENERIC
    return Counter(
        _verdict(read, known)
        for prompt in found.prompts
        for ask, own in ((pack.ask_by_number(prompt.number, prompt.text), GENERIC[0].ask_by_number(*prompt[:2])),)
        for read, known in ((own.words, ask.words), (own.images, ask.images))
        if read or known
    )


def _verdict(read: Limit | None, known: Limit | None) -> str:
    return "not judged" if read is None else "right" if read == known else "wrong"


def test_no_limit_of_a_real_form_or_report_is_read_wrong() -> None:
    texts = [(path.stem, read_text(path)) for path in templates()]
    texts += [(version.name, version.source) for report in real_reports() for version in report.versions]
    known = [(name, text.plain, recognise(outline(text.plain), packs())) for name, text in texts]
    assert [] == [name for name, _, pack in known if not pack]
    assert [] == [name for name, text, pack in known if pack and verdicts(text, pack)["wrong"]]


def test_of_the_newest_reports_hardly_a_limit_is_not_judged() -> None:
    total: Counter[str] = Counter()
    for report in real_reports():
        pack = report.newest.pack
        if pack and pack.since == max(pack.since for pack in packs()):
            total += verdicts(report.newest.source.plain, pack)
    assert Counter({"right": 330, "not judged": 11}) == total


def test_the_short_way_reads_real_prompts_as_the_long_way_does() -> None:
    texts = [read_text(path).plain for path in templates()]
    texts += [version.source.plain for report in real_reports() for version in report.versions]
    prompts = {prompt.text for text in texts for prompt in outline(text).prompts}
    assert prompts
    for prompt in prompts:
        asked = read_sentences(prompt)
        assert (prompt, asked.words, asked.images) == (prompt, words_in(prompt), images_in(prompt))
