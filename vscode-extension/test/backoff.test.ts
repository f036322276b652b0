import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../src/backoff";

test("each crash makes the next start wait longer, until it is of no use", () => {
    const backoff = new Backoff();
    const waits = [0, 1, 2, 3, 4, 5].map((second) => backoff.next(1000 * second));
    assert.deepEqual([500, 1000, 2000, 4000, 8000, undefined], waits);
});

test("what was long ago is forgotten", () => {
    const backoff = new Backoff();
    assert.equal(500, backoff.next(0));
    assert.equal(1000, backoff.next(179_999));
    assert.equal(1000, backoff.next(180_000));
    assert.equal(500, backoff.next(1_000_000));
});
