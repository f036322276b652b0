import assert from "node:assert/strict";
import { test } from "node:test";

import { inFull, inShort, type Question, type Status } from "../src/status";

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
        folder: "figures",
        stage: "final",
        counts,
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
