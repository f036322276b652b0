import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { looksLikeReport } from "../src/looks";

// The tests of the server read the same table: what it judges must look like a report.
const TABLE = JSON.parse(readFileSync("test/looks.json", "utf-8")) as { what: string; text: string; looks: boolean }[];

for (const { what, text, looks } of TABLE) {
    test(`${looks ? "a report" : "no report"}: ${what}`, () => assert.equal(looks, looksLikeReport(text)));
}
