// Whether a text looks like a report, so that it is worth asking the server. Knows nothing of VS Code.

const QUESTION = /^ {0,3}#{1,6}[ \t]*[*_]{0,3}question[ \t]+[0-9]/im;
const FORM = /^[ \t]*>|^[ \t]*[*_]*(?:your[ \t]+)?answers?[*_ \t]*(?:[:;：]|$)/im;

/** Say whether a text has the heading of a question, and a quote or the label of an answer. */
export function looksLikeReport(text: string): boolean {
    return QUESTION.test(text) && FORM.test(text);
}
