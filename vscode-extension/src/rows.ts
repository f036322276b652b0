// The rows of the Report view: the course's questions, those too that the report lacks, each with its problems. Knows
// nothing of VS Code.

import type { Place, Question, Status } from "./status";
import titles from "./titles.json";

/** One problem, as VS Code keeps it. */
export interface Problem {
    readonly code: string;
    readonly severity: "error" | "warning" | "information";
    readonly message: string;
    readonly start: Place;
    /** The other places of the same, which are no rows of the Problems panel. */
    readonly others: readonly { readonly message: string; readonly start: Place }[];
}

/** One row of the view. */
export interface Row {
    readonly id: string;
    readonly kind: Question["state"] | "missing" | Problem["severity"] | "place" | "kinds";
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

interface Spot {
    readonly kind: Problem["severity"] | "place";
    readonly message: string;
    readonly start: Place;
}

/** Return the rows of a report: its problems by kind, what is wrong above its questions, then these in their order. */
export function rowsOf(status: Status, problems: readonly Problem[]): Row[] {
    const starts = status.questions.map(({ range }) => range.start.line);
    const spots = problems.flatMap(spotsOf).sort((a, b) => a.start.line - b.start.line);
    const of = (index: number): Row[] =>
        spots
            .filter(({ start }) => starts.findLastIndex((line) => line <= start.line) === index)
            .map((spot) => ({ ...spot, message: withoutName(spot.message, status.questions[index]) }))
            .map((spot, nth) => spotRow(spot, `${index}/${nth}`));
    const rows = [
        ...kindsRow(problems),
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

/** Return a message without the name of the question that it begins with: below that question's row all know it. */
function withoutName(message: string, question: Question | undefined): string {
    const names = question === undefined ? [] : [`Q${question.number}: `, `${question.topic}: `];
    return message.slice(names.find((name) => message.startsWith(name))?.length ?? 0);
}

function labelled(number: number, topic: string): string {
    return topic === "" ? `Question ${number}` : `${number} ${topic}`;
}

function named(number: number, topic: string): string {
    return `Question ${number}${topic === "" ? "" : `: ${topic}`}`;
}

const TITLES: Readonly<Record<string, string>> = titles;
const WORST: readonly Problem["severity"][] = ["error", "warning", "information"];

/** Return the row that has one row for each kind of problem; none where there is no problem. */
function kindsRow(problems: readonly Problem[]): Row[] {
    const sorted = [...problems].sort((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity));
    const kinds = [...new Set(sorted.map(({ code }) => code))].map((code) => sorted.filter((one) => one.code === code));
    const children = kinds.map((alike): Row => {
        const [{ code, severity, start } = NOTHING] = alike;
        const spots = alike.flatMap(spotsOf);
        const title = TITLES[code] ?? code;
        return {
            id: `kind/${code}`,
            kind: severity,
            label: `${spots.length} × ${title}`,
            detail: code,
            name: `${severity}: ${title} (${code}), ${spots.length} ${spots.length === 1 ? "place" : "places"}`,
            place: start,
            children: spots.map((spot, nth) => spotRow(spot, `kind/${code}/${nth}`)),
        };
    });
    const count = `${kinds.length} ${kinds.length === 1 ? "kind" : "kinds"}`;
    const place = children[0]?.place ?? NOTHING.start;
    return kinds.length === 0
        ? []
        : [
              {
                  id: "kinds",
                  kind: "kinds",
                  label: "By kind",
                  detail: count,
                  name: `Problems by kind, ${count}`,
                  place,
                  children,
              },
          ];
}

const NOTHING: Problem = {
    code: "",
    severity: "information",
    message: "",
    start: { line: 0, character: 0 },
    others: [],
};

function spotsOf({ severity, message, start, others }: Problem): Spot[] {
    return [{ kind: severity, message, start }, ...others.map((other): Spot => ({ kind: "place", ...other }))];
}

function spotRow({ kind, message, start }: Spot, id: string): Row {
    return { id, kind, label: message, detail: "", name: `${kind}: ${message}`, place: start, children: [] };
}
