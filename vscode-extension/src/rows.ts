// The rows of the Report view: the course's questions, those too that the report lacks, each with its problems. Knows
// nothing of VS Code.

import type { Place, Question, Status } from "./status";

/** One problem, as VS Code keeps it. */
export interface Problem {
    readonly severity: "error" | "warning" | "information";
    readonly message: string;
    readonly start: Place;
}

/** One row of the view. */
export interface Row {
    readonly id: string;
    readonly kind: Question["state"] | "missing" | Problem["severity"];
    readonly label: string;
    /** The count first: the view is narrow. */
    readonly detail: string;
    /** What it is called for those who do not see it. */
    readonly name: string;
    /** Where a click puts the caret. */
    readonly place: Place;
    readonly children: readonly Row[];
}

const STATES: Readonly<Record<Question["state"], string>> = {
    ok: "ok",
    unanswered: "not answered",
    wrong: "needs work",
};

/** Return the rows of a report: what is wrong above its questions, then these in their order. */
export function rowsOf(status: Status, problems: readonly Problem[]): Row[] {
    const starts = status.questions.map(({ range }) => range.start.line);
    const of = (index: number): Row[] =>
        problems
            .filter(({ start }) => starts.findLastIndex((line) => line <= start.line) === index)
            .map((problem, nth) => problemRow(problem, `${index}/${nth}`));
    const rows = [
        ...of(-1),
        ...status.questions.map((question, index) => questionRow(question, `${index}`, of(index))),
    ];
    for (const { number, topic } of status.missing) {
        const after = status.questions.findIndex((question) => question.number > number);
        const place = status.questions.at(after < 0 ? -1 : after)?.range.start ?? { line: 0, character: 0 };
        const at = after < 0 ? rows.length : rows.findIndex((row) => row.id === `${after}`);
        rows.splice(at, 0, {
            id: `missing/${number}`,
            kind: "missing",
            label: labelled(number, topic),
            detail: "missing",
            name: `${named(number, topic)}, missing`,
            place,
            children: [],
        });
    }
    return rows;
}

function questionRow(question: Question, id: string, children: Row[]): Row {
    const { number, topic, state, counts, answer } = question;
    return {
        id,
        kind: state,
        label: labelled(number, topic),
        detail: counts,
        name: `${named(number, topic)}, ${STATES[state]}, ${counts}`,
        place: answer,
        children,
    };
}

function labelled(number: number, topic: string): string {
    return topic === "" ? `Question ${number}` : `${number} ${topic}`;
}

function named(number: number, topic: string): string {
    return `Question ${number}${topic === "" ? "" : `: ${topic}`}`;
}

function problemRow({ severity, message, start }: Problem, id: string): Row {
    return {
        id,
        kind: severity,
        label: message,
        detail: "",
        name: `${severity}: ${message}`,
        place: start,
        children: [],
    };
}
