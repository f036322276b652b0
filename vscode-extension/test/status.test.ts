import assert from "node:assert/strict";
import { test } from "node:test";

import {
    details,
    edition,
    editionInFull,
    inFull,
    inShort,
    type Question,
    questionAt,
    type Status,
    summary,
} from "../src/status";
import { statusWith } from "./sample";

const STATES: readonly Question["state"][] = ["ok", "wrong", "unanswered"];

function status(error: number, warning: number, information: number): Status {
    const questions = STATES.map((state, index) => ({
        number: index + 1,
        topic: "",
        state,
        words: 0,
        images: 0,
        progress: `${index} words, 9 to go`,
        counts: "",
        range: { start: { line: 10 * index + 2, character: 0 }, end: { line: 10 * index + 2, character: 9 } },
        answer: { line: 10 * index + 6, character: 0 },
    }));
    const counts = { error, warning, information, hint: 5 };
    return statusWith({ counts, answered: [2, 4], missing: [{ number: 4, topic: "" }], questions });
}

test("the status bar says what is answered and what is worst", () => {
    const shown = (of: Status): string => inShort(of, undefined);
    assert.equal("Report 2/4", shown(status(0, 0, 0)));
    assert.equal("Report 2/4 · 2 errors", shown(status(2, 1, 1)));
    assert.equal("Report 2/4 · 1 warning", shown(status(0, 1, 1)));
    assert.equal("Report 2/4 · 3 notes", shown(status(0, 0, 3)));
    assert.equal("Report 2/4 · draft", shown({ ...status(0, 0, 0), stage: "draft" }));
    assert.equal("Report 2/4 · 1 error · draft", shown({ ...status(1, 0, 0), stage: "draft" }));
});

test("it begins with the answer that the caret is in", () => {
    const report = status(2, 0, 0);
    const shown = [0, 1, 2, 11, 12, 99].map((line) => inShort(report, questionAt(report, line)));
    assert.deepEqual(
        [
            "Report 2/4 · 2 errors",
            "Report 2/4 · 2 errors",
            "Q1: 0 words, 9 to go · 2/4 · 2 errors",
            "Q1: 0 words, 9 to go · 2/4 · 2 errors",
            "Q2: 1 words, 9 to go · 2/4 · 2 errors",
            "Q3: 2 words, 9 to go · 2/4 · 2 errors",
        ],
        shown,
    );
});

test("the whole sentence says all but the hints, and no problems only where all is answered", () => {
    assert.equal("2 of 4 questions answered", inFull(status(0, 0, 0)));
    assert.equal("2 of 4 questions answered, 1 error, 2 warnings, 1 note", inFull(status(1, 2, 1)));
    assert.equal("4 of 4 questions answered, no problems", inFull({ ...status(0, 0, 0), answered: [4, 4] }));
});

test("what waits until the report is finished is counted", () => {
    const alone = (waiting: number): string => inFull({ ...status(0, 0, 0), waiting });
    assert.equal("2 of 4 questions answered, 1 problem when you finish", alone(1));
    assert.equal("2 of 4 questions answered, 2 problems when you finish", alone(2));
    assert.equal(
        "2 of 4 questions answered, 1 error, 1 more when you finish",
        inFull({ ...status(1, 0, 0), waiting: 1 }),
    );
    assert.equal("Report 2/4 · 1 error", inShort({ ...status(1, 0, 0), waiting: 12 }, undefined));
});

test("the tooltip says how many words are to go", () => {
    const text = "3 words short of the recommended lengths in 1 answer";
    assert.equal(`2 of 4 questions answered, 1 warning\n${text}`, details({ ...status(0, 1, 0), lengths: { text } }));
    const counted = ["3 of 6 boxes of the checklist are ticked", "the course's scraper counts 1 Python file"];
    assert.equal(
        ["2 of 4 questions answered, 1 warning", ...counted].join("\n"),
        details({ ...status(0, 1, 0), counted }),
    );
    assert.equal(
        `2 of 4 questions answered, 1 warning; ${text}; 1 check is off`,
        summary({ ...status(0, 1, 0), lengths: { text }, counted, off: ["mojibake"] }),
        "the view is narrow",
    );
});

test("a form that no pack knows is new, and the tooltip says what it is like", () => {
    const note = "new form: judged by what its own questions ask; most like January 2026";
    const unknown = { ...status(1, 0, 0), pack: "unknown", nearest: "dtu-mlops-2026-01", note };
    assert.equal("new form", edition(unknown));
    assert.equal(`course and edition; ${note}`, editionInFull(unknown));
    assert.equal(`2 of 4 questions answered, 1 error\n${note}`, details(unknown));
    assert.equal("Report 2/4 · 1 error", inShort(unknown, undefined));
});

test("of a known form there is nothing to be known", () => {
    const known = status(0, 0, 0);
    assert.equal("generic", edition(known));
    assert.equal("course and edition", editionInFull(known));
    assert.equal("2 of 4 questions answered", details(known));
});

test("a form without lengths keeps its edition", () => {
    const lengthless = { ...status(0, 0, 0), note: "no length is judged" };
    assert.equal("generic", edition(lengthless));
    assert.equal("course and edition; no length is judged", editionInFull(lengthless));
});

test("the checks that are off are counted", () => {
    const off = (keys: readonly string[]): string => details({ ...status(1, 0, 0), off: keys });
    assert.equal("2 of 4 questions answered, 1 error\n1 check is off", off(["mojibake"]));
    assert.equal("2 of 4 questions answered, 1 error\n2 checks are off", off(["mojibake", "unanswered@3"]));
});
