// `reportLs/status`, what the server says of a report, and how it reads in one line. Knows nothing of VS Code.

/** How far one question is; its place counts in UTF-16 like all places in VS Code. */
export interface Question {
    readonly number: number;
    readonly topic: string;
    readonly state: "ok" | "unanswered" | "wrong";
    readonly words: number;
    readonly images: number;
    /** What is there and what is still to be done, such as `97 words, 3 to go`. */
    readonly progress: string;
    /** The same beside what is asked, such as `97 of 100–200 words`. */
    readonly counts: string;
    /** Its heading. */
    readonly range: { readonly start: Place; readonly end: Place };
    /** Where somebody goes on who wants to write its answer. */
    readonly answer: Place;
}

export interface Place {
    readonly line: number;
    readonly character: number;
}

export type Severity = "error" | "warning" | "information" | "hint";

/** How far a report is. */
export interface Status {
    readonly uri: string;
    readonly version: number;
    /** The edition's id, `unknown` for a form that no pack knows; null for a text that is no report any more. */
    readonly pack: string | null;
    /** The edition that such a form is most like. */
    readonly nearest: string | null;
    /** What there is to be known of it, in a sentence; empty where there is nothing. */
    readonly note: string;
    /** Where its pictures belong, seen from the report; null likewise. */
    readonly folder: string | null;
    /** The types of picture that the course takes; empty where it takes all. */
    readonly extensions: readonly string[];
    /** The checks that the project or the settings switch off, or that in one question: `answer-too-short@14`. */
    readonly off: readonly string[];
    readonly stage: "draft" | "final" | null;
    readonly counts: Readonly<Record<Severity, number>>;
    /** How many of the course's questions are answered, and of how many. */
    readonly answered: readonly [n_answered: number, n_asked: number];
    /** Those that the report lacks. */
    readonly missing: readonly { readonly number: number; readonly topic: string }[];
    /** How many hints will be more than that when the report is finished. */
    readonly waiting: number;
    /** How far all answers together are from the lengths that are asked, in words; null likewise. */
    readonly lengths: { readonly text: string } | null;
    /** What the course counts in the report and its repository, a line each. */
    readonly counted: readonly string[];
    readonly questions: readonly Question[];
}

/** Return the edition as people see it. */
export function edition(status: Status): string {
    return status.nearest === null ? (status.pack ?? "") : "new form";
}

/** Return what the edition is, and what there is to be known of it. */
export function editionInFull(status: Status): string {
    return ["course and edition", status.note].filter(Boolean).join("; ");
}

/** Return the question that a line belongs to. */
export function questionAt(status: Status, line: number): Question | undefined {
    return status.questions.findLast(({ range }) => range.start.line <= line);
}

/** Return the line of the status bar: how far the answer is that is being written, and what is worst in the report. */
export function inShort(status: Status, question: Question | undefined): string {
    const which = question === undefined ? "Report" : `Q${question.number}: ${question.progress} ·`;
    const [worst] = problems(status);
    const isDraft = status.stage === "draft";
    const more = [...(worst === undefined ? [] : [worst]), ...(isDraft ? ["draft"] : [])];
    return [`${which} ${status.answered.join("/")}`, ...more].join(" · ");
}

/** Return all of it in one sentence. */
export function inFull(status: Status): string {
    const [n_answered, n_asked] = status.answered;
    const found = problems(status);
    if (status.waiting > 0) {
        const more = found.length > 0 ? "more" : status.waiting === 1 ? "problem" : "problems";
        found.push(`${status.waiting} ${more} when you finish`);
    }
    const nothing = n_answered < n_asked ? [] : ["no problems"];
    return [`${n_answered} of ${n_asked} questions answered`, ...(found.length > 0 ? found : nothing)].join(", ");
}

/** Return it with the words to go, and what there is to be known of the checks and the form. */
export function summary(status: Status): string {
    return [inFull(status), ...known(status)].join("; ");
}

/** Return the same and what the course counts, each on a line of its own. */
export function details(status: Status): string {
    return [inFull(status), ...known(status), ...status.counted].join("\n");
}

function known({ lengths, off, note }: Status): string[] {
    const n_off = off.length;
    const isOff = n_off === 0 ? "" : `${n_off} ${n_off === 1 ? "check is" : "checks are"} off`;
    return [lengths?.text ?? "", isOff, note].filter(Boolean);
}

function problems(status: Status): string[] {
    const { error, warning, information } = status.counts;
    return [
        ...(error > 0 ? [`${error} error${error === 1 ? "" : "s"}`] : []),
        ...(warning > 0 ? [`${warning} warning${warning === 1 ? "" : "s"}`] : []),
        ...(information > 0 ? [`${information} note${information === 1 ? "" : "s"}`] : []),
    ];
}
