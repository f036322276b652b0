// What a check means: the page to which its code leads, shown as a page and not as a source.

import * as vscode from "vscode";

import { pageOf } from "./reference";

// The manifest has VS Code open it in the preview of Markdown.
const SCHEME = "report-ls-check";

/** What a link to the page of a check is, with `{code}` where its code belongs. */
export const LINK = `${SCHEME}:/{code}.md`;

/** Provide the pages. */
export function provideExplanations(context: vscode.ExtensionContext): vscode.Disposable {
    const reference = vscode.Uri.joinPath(context.extensionUri, "bundled", "report_ls", "rules", "README.md");
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: async ({ path }) => {
            const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(reference));
            return pageOf(path.slice(1, -".md".length), text);
        },
    });
}
