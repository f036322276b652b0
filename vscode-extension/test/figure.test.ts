import assert from "node:assert/strict";
import { test } from "node:test";

import { description, freeName, isPicture, PICTURES, target } from "../src/figure";

test("a picture is known by its ending", () => {
    assert.deepEqual(
        [true, true, false, false],
        ["a.png", "B.JPG", "plot.pdf", "png"].map((name) => isPicture(name, PICTURES)),
    );
    assert.deepEqual(
        [true, false],
        ["a.png", "a.svg"].map((name) => isPicture(name, ["png", "jpg"])),
    );
});

test("a name that is taken gets a number", () => {
    assert.equal("plot.png", freeName("plot.png", new Set(["other.png"])));
    assert.equal("plot-3.png", freeName("plot.png", new Set(["plot.png", "plot-2.png"])));
});

test("a target has no signs that end it", () => {
    assert.equal("figures/plot.png", target("figures/plot.png"));
    assert.equal("our%20plates/2027/a%20b%281%29.png", target("our plates/2027/a b(1).png"));
});

test("a description begins with the name", () => {
    assert.equal("the dashboard 2", description("the_dashboard-2.png"));
});
