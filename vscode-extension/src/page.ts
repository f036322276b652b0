// The hand-in page as a webview may show it: no script runs but ours, nothing is fetched. Knows nothing of VS Code.

const OWN_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/i;

/** It is paper, in dark themes too: what VS Code gives all webviews is taken back. */
const PAPER =
    "html { background: white; } blockquote { background: none; } code, kbd { color: inherit; } a { color: #0b57d0; }";

/** What follows the caret, and says where a click was. Runs in the page; `report` and `line` come with it. */
const FOLLOW = `
const vscode = acquireVsCodeApi();
vscode.setState({ report });
const places = [...document.querySelectorAll("[id^=L]")];
const lineOf = (place) => Number(place.id.slice(1));
const show = (line) => places.findLast((place) => lineOf(place) <= line)?.parentElement.scrollIntoView({ block: "center" });
addEventListener("message", ({ data }) => show(data.line));
addEventListener("click", ({ target }) => {
    const place = places.find((one) => target.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const own = target.closest("p, li, pre, h1, h2, h3, h4, h5, h6, td")?.querySelector("[id^=L]") ?? place;
    if (own && !target.closest("a")) vscode.postMessage({ line: lineOf(own) });
});
show(line);
`;

/** What a page is shown with. */
export interface Showing {
    /** What the webview calls the files it may read. */
    readonly source: string;
    /** The report's folder as the webview names it. */
    readonly folder: string;
    /** The report's address. */
    readonly report: string;
    /** The caret's line, from 1. */
    readonly line: number;
    /** What lets our script run and no other. */
    readonly nonce: string;
}

/** Return a page with the webview's content security policy in the place of its own, and its pictures' place. */
export function secured(html: string, { source, folder, report, line, nonce }: Showing): string {
    const policy = `default-src 'none'; img-src ${source} data:; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
    const head = [
        `<base href="${quoted(folder)}/">`,
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        `<style>${PAPER}</style>`,
    ];
    const given = `const report = ${JSON.stringify(report).replace(/</g, "\\u003c")}, line = ${line};`;
    const script = `<script nonce="${nonce}">{${given}${FOLLOW}}</script>`;
    return html
        .replace(OWN_POLICY, "")
        .replace(/<head>/i, () => ["<head>", ...head].join("\n"))
        .replace(/<\/body>\s*<\/html>\s*$/i, () => `${script}\n</body>\n</html>\n`);
}

/** What makes a button of each item that names a line, and of each command for a terminal. */
const LINES = `
const vscode = acquireVsCodeApi();
const button = (place, message) => {
    place.setAttribute("role", "button");
    place.tabIndex = 0;
    place.onclick = () => vscode.postMessage(message);
    place.onkeydown = ({ key }) => key === "Enter" && place.onclick();
};
for (const place of document.querySelectorAll("li > code")) {
    place.title = "Type it into a terminal, where you run it with Enter";
    button(place, { command: place.textContent });
}
for (const item of document.querySelectorAll("li")) {
    const [, line] = /^\\s*(?:(?:yes|no|\\?):\\s*)?line (\\d+):/.exec(item.textContent) ?? [];
    if (line) button(item, { line: Number(line) });
}
`;

/** Return a page of what is rendered already; an item that begins with a line's number leads there. */
export function listed(body: string, nonce: string): string {
    const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>[role=button] { cursor: pointer; color: var(--vscode-textLink-foreground); }</style>
<title>Ready to hand in?</title>
</head>
<body>
${body}
<script nonce="${nonce}">${LINES}</script>
</body>
</html>
`;
}

/** Return a page that says why there is none. */
export function apology(title: string, detail: string): string {
    return `<!DOCTYPE html><title>Hand-in page</title><h2>${quoted(title)}</h2><p>${quoted(detail)}</p>`;
}

function quoted(text: string): string {
    return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
