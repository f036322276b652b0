// The hand-in page as it is asked for, and as a webview may show it: no script runs, nothing is fetched. Knows nothing
// of VS Code.

const OWN_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/i;

/** Return how the command is asked for the page of a report.
 *
 * @param pack what the settings name: an id, or a file, whose path counts from the workspace's folder
 * @param trust whether what lies in that folder may be obeyed: its configurations, and a pack that is a file
 */
export function request(report: string, pack: string, trust: "trusted" | "not trusted"): string[] {
    const isFile = /[/\\]|\.ya?ml$/.test(pack);
    const mayName = pack !== "" && (trust === "trusted" || !isFile);
    return ["--render", report, ...(mayName ? ["--pack", pack] : []), ...(trust === "trusted" ? [] : ["--isolated"])];
}

/** It is paper, in dark themes too: what VS Code gives all webviews is taken back. */
const PAPER =
    "html { background: white; } blockquote { background: none; } code, kbd { color: inherit; } a { color: #0b57d0; }";

/** Return a page with the webview's content security policy in the place of its own, and its pictures' place.
 *
 * @param html the page as `--render` prints it
 * @param source what the webview calls the files it may read
 * @param folder the report's folder as the webview names it
 */
export function secured(html: string, source: string, folder: string): string {
    const policy = `default-src 'none'; img-src ${source} data:; style-src 'unsafe-inline'`;
    const head = [
        `<base href="${quoted(folder)}/">`,
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        `<style>${PAPER}</style>`,
    ];
    return html.replace(OWN_POLICY, "").replace(/<head>/i, () => ["<head>", ...head].join("\n"));
}

/** Return a page that says why there is none. */
export function apology(title: string, detail: string): string {
    return `<!DOCTYPE html><title>Hand-in page</title><h2>${quoted(title)}</h2><p>${quoted(detail)}</p>`;
}

function quoted(text: string): string {
    return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
