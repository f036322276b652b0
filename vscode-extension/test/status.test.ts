import assert from "node:assert/strict";
import { test } from "node:test";

import { details, edition, editionInFull, inFull, inShort, type Question, type Status } from "../src/status";

const STATES: readonly Question["state"][] = ["ok", "wrong", "unanswered"];

function status(error: number, warning: number, information: number): Status {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
    const questions = STATES.map((state, index) => ({
        number: index + 1,
        topic: "",
        state,
        words: 0,
        images: 0,
        range,
    }));
    const counts = { error, warning, information, hint: 5 };
    return {
        uri: "file:///report.md",
        version: 1,
        pack: "generic",
        nearest: null,
        note: "",
        folder: "figures",
        stage: "final",
        counts,
        waiting: 0,
        lengths: { text: "" },
        questions,
    };
}

test("the status bar says what is answered and what is worst", () => {
    assert.equal("Report 2/3", inShort(status(0, 0, 0)));
    assert.equal("Report 2/3 · 2 errors", inShort(status(2, 1, 1)));
    assert.equal("Report 2/3 · 1 warning", inShort(status(0, 1, 1)));
    assert.equal("Report 2/3 · 3 for information", inShort(status(0, 0, 3)));
});

test("the whole sentence says all but the hints", () => {
    assert.equal("2 of 3 questions answered, no problems", inFull(status(0, 0, 0)));
    assert.equal("2 of 3 questions answered, 1 error, 2 warnings, 1 for information", inFull(status(1, 2, 1)));
});

test("what waits until the report is finished is counted", () => {
    assert.equal("2 of 3 questions answered, 12 more when you finish", inFull({ ...status(0, 0, 0), waiting: 12 }));
    assert.equal("Report 2/3 · 1 error", inShort({ ...status(1, 0, 0), waiting: 12 }));
});

test("the tooltip says how many words are to go", () => {
    const text = "3 words short of the recommended lengths in 1 answer";
    assert.equal(`2 of 3 questions answered, 1 warning\n${text}`, details({ ...status(0, 1, 0), lengths: { text } }));
});

test("a form that no pack knows is new, and the tooltip says what it is like", () => {
    const note = "new form: judged by what its own questions ask; most like January 2026";
    const unknown = { ...status(1, 0, 0), pack: "unknown", nearest: "dtu-mlops-2026-01", note };
    assert.equal("new form", edition(unknown));
    assert.equal(`edition of the course; ${note}`, editionInFull(unknown));
    assert.equal(`2 of 3 questions answered, 1 error\n${note}`, details(unknown));
    assert.equal("Report 2/3 · 1 error", inShort(unknown));
});

test("of a known form there is nothing to be known", () => {
    const known = status(0, 0, 0);
    assert.equal("generic", edition(known));
    assert.equal("edition of the course", editionInFull(known));
    assert.equal("2 of 3 questions answered, no problems", details(known));
});

test("a form without lengths keeps its edition", () => {
    const lengthless = { ...status(0, 0, 0), note: "no length is judged" };
    assert.equal("generic", edition(lengthless));
    assert.equal("edition of the course; no length is judged", editionInFull(lengthless));
});
