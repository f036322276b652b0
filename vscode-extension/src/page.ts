// The hand-in page as a webview may show it: no script runs, nothing is fetched. Knows nothing of VS Code.

/** Return a page with a content security policy before everything else, and its pictures' place.
 *
 * @param html the page as `--render` prints it
 * @param source what the webview calls the files it may read
 * @param folder the report's folder as the webview names it
 */
export function secured(html: string, source: string, folder: string): string {
    const policy = `default-src 'none'; img-src ${source} data:; style-src 'unsafe-inline'`;
    const head = `<meta http-equiv="Content-Security-Policy" content="${policy}"><base href="${quoted(folder)}/">`;
    const [, doctype = "", rest = ""] = /^(\s*<!doctype[^>]*>)?([^]*)$/i.exec(html) ?? [];
    return /<head\b[^>]*>/i.test(rest)
        ? doctype + rest.replace(/<head\b[^>]*>/i, (tag) => tag + head)
        : doctype + head + rest;
}

/** Return a page that says why there is none. */
export function apology(title: string, detail: string): string {
    return `<!doctype html><title>Hand-in page</title><h2>${quoted(title)}</h2><pre>${quoted(detail)}</pre>`;
}

function quoted(text: string): string {
    return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
