import assert from "node:assert/strict";
import { test } from "node:test";

import { apology, listed, secured } from "../src/page";

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
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src https://here data:; style-src 'unsafe-inline'; script-src 'nonce-abc'">
<style>html { background: white; } blockquote { background: none; } code, kbd { color: inherit; } a { color: #0b57d0; }</style>
<meta charset="utf-8">

<title>report.md</title>
</head>
<body><p>$&amp; &lt;head&gt;</p><script nonce="abc">{const report = "file:///\\u003c/script>.md", line = 7;
`;
    const showing = { source: "https://here", folder: 'https://there/a"b', report: "file:///</script>.md", line: 7 };
    const page = secured(PAGE, { ...showing, nonce: "abc" });
    assert.equal(expected, page.slice(0, expected.length));
    assert.ok(page.endsWith("\nshow(line);\n}</script>\n</body>\n</html>\n"));
    assert.equal(1, page.split("</script>").length - 1);
});

test("an apology is text", () => {
    const expected = "<!DOCTYPE html><title>Hand-in page</title><h2>None</h2><p>&#60;script&#62; &#38;</p>";
    assert.equal(expected, apology("None", "<script> &"));
});

test("a list runs our script and no other", () => {
    const page = listed("<h1>Not ready</h1>", "abc");
    assert.ok(page.includes("default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-abc'"));
    assert.ok(page.includes('<body>\n<h1>Not ready</h1>\n<script nonce="abc">\nconst vscode'));
    assert.equal(1, page.split("<script").length - 1);
    assert.ok(page.includes('document.querySelectorAll("li > code")'));
    assert.ok(page.includes("/^\\s*(?:(?:yes|no|\\?):\\s*)?line (\\d+):/"));
});
