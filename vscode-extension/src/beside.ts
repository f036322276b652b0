// A panel beside the report: made anew when it is seen again. A line of it leads back to the report, and a command of
// it is typed into a terminal.

import * as path from "node:path";
import * as vscode from "vscode";

import { goTo } from "./goTo";

/** What a panel is for. */
export interface Beside {
    /** The report that it shows now. */
    report(): vscode.Uri | undefined;
    /** That report has another name now. */
    renamed(report: vscode.Uri): void;
    /** It is seen again. */
    seen(): void;
    /** It was closed. */
    closed(): void;
}

/** Return the title of a panel, as VS Code's previews have it. */
export function titleOf(what: string, report: vscode.Uri): string {
    return `${what} ${path.basename(report.path)}`;
}

/** Return the panel, which tells its owner what happens to it; a click on a line, from 1, leads to the report. */
export function beside(panel: vscode.WebviewPanel, owner: Beside): vscode.WebviewPanel {
    const renaming = vscode.workspace.onDidRenameFiles(({ files }) => {
        const address = owner.report()?.toString() ?? "";
        const file = files.find(({ oldUri }) => `${address}/`.startsWith(`${oldUri}/`));
        if (file !== undefined) {
            owner.renamed(vscode.Uri.parse(`${file.newUri}${address.slice(`${file.oldUri}`.length)}`));
        }
    });
    panel.onDidDispose(() => {
        renaming.dispose();
        owner.closed();
    });
    panel.onDidChangeViewState(() => panel.visible && owner.seen());
    panel.webview.onDidReceiveMessage(
        async ({ line, command }: { readonly line?: number; readonly command?: string }) => {
            const report = owner.report();
            if (report !== undefined && line !== undefined) {
                await goTo(report.toString(), { line: line - 1, character: 0 });
            } else if (report !== undefined && command !== undefined) {
                await vscode.commands.executeCommand("report-ls.type", report.toString(), command);
            }
        },
    );
    return panel;
}
