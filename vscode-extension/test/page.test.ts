import assert from "node:assert/strict";
import { test } from "node:test";

import { apology, request, secured } from "../src/page";

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; base-uri 'none'">
<title>report.md</title>
</head>
<body><p>$&amp; &lt;head&gt;</p></body>
</html>
`;

test("the webview's policy stands in the place of the page's, behind the place of its pictures", () => {
    const expected = `<!DOCTYPE html>
<html lang="en">
<head>
<base href="https://there/a&#34;b/">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src https://here data:; style-src 'unsafe-inline'">
<style>html { background: white; } blockquote { background: none; } code, kbd { color: inherit; } a { color: #0b57d0; }</style>
<meta charset="utf-8">

<title>report.md</title>
</head>
<body><p>$&amp; &lt;head&gt;</p></body>
</html>
`;
    assert.equal(expected, secured(PAGE, "https://here", 'https://there/a"b'));
});

test("an apology is text", () => {
    const expected = "<!DOCTYPE html><title>Hand-in page</title><h2>None</h2><p>&#60;script&#62; &#38;</p>";
    assert.equal(expected, apology("None", "<script> &"));
});

test("the page is asked for with the pack of the settings", () => {
    assert.deepEqual(["--render", "a.md"], request("a.md", "", "trusted"));
    assert.deepEqual(["--render", "a.md", "--pack", "packs/b.yaml"], request("a.md", "packs/b.yaml", "trusted"));
});

test("where the folder is not trusted neither its configuration nor a pack in it is read", () => {
    assert.deepEqual(["--render", "a.md", "--isolated"], request("a.md", "", "not trusted"));
    for (const file of ["b.yaml", "b.yml", "packs/b", "packs\\b"]) {
        assert.deepEqual(["--render", "a.md", "--isolated"], request("a.md", file, "not trusted"));
    }
    const known = ["--render", "a.md", "--pack", "dtu-mlops-2026-01", "--isolated"];
    assert.deepEqual(known, request("a.md", "dtu-mlops-2026-01", "not trusted"));
});
