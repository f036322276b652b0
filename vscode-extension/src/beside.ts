// A panel beside the report: made anew when it is seen again, and a line of it leads back to the report.

import type * as vscode from "vscode";

import { goTo } from "./reportView";

/** What a panel is for. */
export interface Beside {
    /** The report that it shows now. */
    report(): vscode.Uri | undefined;
    /** It is seen again. */
    seen(): void;
    /** It was closed. */
    closed(): void;
}

/** Return the panel, which tells its owner what happens to it; a click on a line, from 1, leads to the report. */
export function beside(panel: vscode.WebviewPanel, owner: Beside): vscode.WebviewPanel {
    panel.onDidDispose(() => owner.closed());
    panel.onDidChangeViewState(() => panel.visible && owner.seen());
    panel.webview.onDidReceiveMessage(async ({ line }: { readonly line: number }) => {
        const report = owner.report();
        if (report !== undefined) {
            await goTo(report.toString(), { line: line - 1, character: 0 });
        }
    });
    return panel;
}
