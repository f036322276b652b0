import assert from "node:assert/strict";
import { test } from "node:test";

import { type Problem, type Row, rowsOf } from "../src/rows";
import type { Question, Status } from "../src/status";
import { statusWith } from "./sample";

function question(number: number, line: number, topic = ""): Question {
    return {
        number,
        topic,
        state: "wrong",
        words: 3,
        images: 0,
        progress: "3 words, 17 to go",
        counts: "3 of 20–60 words",
        range: { start: { line, character: 0 }, end: { line, character: 14 } },
        answer: { line: line + 4, character: 0 },
    };
}

function status(questions: readonly Question[], missing: Status["missing"] = []): Status {
    return statusWith({ answered: [1, 2], missing, questions });
}

function problem(line: number, severity: Problem["severity"] = "error", ...others: readonly number[]): Problem {
    const place = (line: number) => ({ message: `line ${line}`, start: { line, character: 2 } });
    return {
        code: severity === "error" ? "image-as-link" : "unknown",
        severity,
        ...place(line),
        others: others.map(place),
    };
}

const shown = (rows: readonly Row[]): unknown[] =>
    rows.map(({ label, detail, children }) => [label, detail, ...children.map((child) => child.label)]);

test("each question has its count and its problems, and what stands above the first has a row", () => {
    const report = status([question(1, 10, "bread"), question(2, 20)]);
    const rows = rowsOf(report, [problem(3), problem(10), problem(19, "warning"), problem(99)]);
    assert.deepEqual(
        [
            ["By kind", "2 kinds", "3 × A picture is linked to, not shown", "1 × unknown"],
            ["line 3", ""],
            ["1 bread", "3 of 20–60 words", "line 10", "line 19"],
            ["Question 2", "3 of 20–60 words", "line 99"],
        ],
        shown(rows),
    );
    assert.equal("Question 1: bread, needs work, 3 of 20–60 words", rows[2]?.name);
    assert.deepEqual({ line: 14, character: 0 }, rows[2]?.place);
    assert.deepEqual({ line: 19, character: 2 }, rows[2]?.children[1]?.place);
    assert.deepEqual(
        ["0", "1"],
        rows.slice(2).map(({ id }) => id),
    );
});

test("a question that the report lacks has its place in the order", () => {
    const missing = [
        { number: 1, topic: "bread" },
        { number: 3, topic: "" },
        { number: 5, topic: "salt" },
    ];
    const rows = rowsOf(status([question(2, 10), question(4, 20)], missing), [problem(3)]);
    assert.deepEqual(
        [
            ["By kind", "1 kind", "1 × A picture is linked to, not shown"],
            ["line 3", ""],
            ["1 bread", "missing"],
            ["Question 2", "3 of 20–60 words"],
            ["Question 3", "missing"],
            ["Question 4", "3 of 20–60 words"],
            ["5 salt", "missing"],
        ],
        shown(rows),
    );
    assert.equal("Question 1: bread, missing", rows[2]?.name);
});

test("without a question all are missing", () => {
    const rows = rowsOf(
        status(
            [],
            [
                { number: 1, topic: "bread" },
                { number: 2, topic: "salt" },
            ],
        ),
        [problem(0)],
    );
    assert.deepEqual(
        [
            ["By kind", "1 kind", "1 × A picture is linked to, not shown"],
            ["line 0", ""],
            ["1 bread", "missing"],
            ["2 salt", "missing"],
        ],
        shown(rows),
    );
});

test("each kind of problem has one row with its places, the worst first", () => {
    const rows = rowsOf(status([question(1, 10), question(2, 20)]), [
        problem(12, "warning"),
        problem(21, "error", 13, 22),
        problem(14, "warning"),
    ]);
    const [kinds, ...questions] = rows;
    assert.deepEqual(
        [
            ["3 × A picture is linked to, not shown", "image-as-link", "line 21", "line 13", "line 22"],
            ["2 × unknown", "unknown", "line 12", "line 14"],
        ],
        shown(kinds?.children ?? []),
    );
    assert.deepEqual(
        [
            "Problems by kind, 2 kinds",
            "error: A picture is linked to, not shown (image-as-link), 3 places",
            "warning: unknown (unknown), 2 places",
        ],
        [kinds, ...(kinds?.children ?? [])].map((row) => row?.name),
    );
    assert.deepEqual({ line: 21, character: 2 }, kinds?.children[0]?.place);
    // A question has each place that is in it, also where the problem is said elsewhere.
    assert.deepEqual(
        [
            ["warning: line 12", "place: line 13", "warning: line 14"],
            ["error: line 21", "place: line 22"],
        ],
        questions.map(({ children }) => children.map(({ name }) => name)),
    );
    const ids = [...rows, ...rows.flatMap(({ children }) => children)].map(({ id }) => id);
    assert.equal(ids.length, new Set(ids).size);
});

test("without a problem there are no kinds", () => {
    assert.deepEqual([["Question 1", "3 of 20–60 words"]], shown(rowsOf(status([question(1, 10)]), [])));
});

test("a problem names its question by kind, and not below the row of that question", () => {
    const said = (message: string, line: number): Problem => ({ ...problem(line), message });
    const rows = rowsOf(status([question(1, 10, "bread"), question(12, 20)]), [
        said("Q1: 3 words", 11),
        said("bread: no loaf", 12),
        said("Q1: 3 words", 21),
        said("Q12: not answered yet", 22),
    ]);
    assert.deepEqual(
        [
            ["By kind", "1 kind", "4 × A picture is linked to, not shown"],
            ["1 bread", "3 of 20–60 words", "3 words", "no loaf"],
            ["Question 12", "3 of 20–60 words", "Q1: 3 words", "not answered yet"],
        ],
        shown(rows),
    );
    assert.deepEqual(
        ["Q1: 3 words", "bread: no loaf", "Q1: 3 words", "Q12: not answered yet"],
        rows[0]?.children[0]?.children.map(({ label }) => label),
    );
});
