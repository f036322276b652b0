// `reportLs/status`, what the server says of a report, and how it reads in one line. Knows nothing of VS Code.

/** How far one question is; its place counts in UTF-16 like all places in VS Code. */
export interface Question {
    readonly number: number;
    readonly topic: string;
    readonly state: "ok" | "unanswered" | "wrong";
    readonly words: number;
    readonly images: number;
    readonly range: { readonly start: Place; readonly end: Place };
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
    readonly stage: "draft" | "final" | null;
    readonly counts: Readonly<Record<Severity, number>>;
    /** How many hints will be more than that when the report is finished. */
    readonly waiting: number;
    /** How far all answers together are from the lengths that are asked, in words; null likewise. */
    readonly lengths: { readonly text: string } | null;
    readonly questions: readonly Question[];
}

/** Return the edition as people see it. */
export function edition(status: Status): string {
    return status.nearest === null ? (status.pack ?? "") : "new form";
}

/** Return what the edition is, and what there is to be known of it. */
export function editionInFull(status: Status): string {
    return ["edition of the course", status.note].filter(Boolean).join("; ");
}

/** Return how many questions are answered, such as `23/31`. */
export function answered(status: Status): string {
    const n_answered = status.questions.filter((question) => question.state !== "unanswered").length;
    return `${n_answered}/${status.questions.length}`;
}

/** Return the line of the status bar: what is worst says enough. */
export function inShort(status: Status): string {
    const [worst] = problems(status);
    return `Report ${answered(status)}${worst === undefined ? "" : ` · ${worst}`}`;
}

/** Return all of it in one sentence. */
export function inFull(status: Status): string {
    const found = problems(status);
    return `${answered(status).replace("/", " of ")} questions answered, ${found.join(", ") || "no problems"}`;
}

/** Return it with the words to go and what there is to be known of the form, each on a line of its own. */
export function details(status: Status): string {
    return [inFull(status), status.lengths?.text, status.note].filter(Boolean).join("\n");
}

function problems(status: Status): string[] {
    const { error, warning, information } = status.counts;
    return [
        ...(error > 0 ? [`${error} error${error === 1 ? "" : "s"}`] : []),
        ...(warning > 0 ? [`${warning} warning${warning === 1 ? "" : "s"}`] : []),
        ...(information > 0 ? [`${information} for information`] : []),
        ...(status.waiting > 0 ? [`${status.waiting} more when you finish`] : []),
    ];
}
