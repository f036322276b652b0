import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { pageOf } from "../src/reference";

const REFERENCE = readFileSync("../rules/README.md", "utf-8");

test("each check has its page, and nothing of the next one is on it", () => {
    const codes = [...REFERENCE.matchAll(/\[[^\]]*\]\(#([a-z0-9-]+)\)/g)].map((match) => match[1] ?? "");
    assert.ok(codes.includes("image-as-link"));
    for (const code of codes) {
        const page = pageOf(code, REFERENCE) ?? "";
        assert.ok(page.startsWith(`# ${code}\n`), code);
        assert.equal(page.match(/^### Why is this bad\?$/gm)?.length, 1, code);
        assert.ok(page.includes("\n### Example\n"), code);
        assert.ok(!page.includes("yaml\n"), code);
    }
});

test("what is no code has no page", () => {
    assert.equal(pageOf("image", REFERENCE), undefined);
    assert.equal(pageOf("", REFERENCE), undefined);
});
