// "Ready to hand in?": the server's answer, as a page.

import * as vscode from "vscode";

import type { Server } from "./server";

const PAGE = vscode.Uri.from({ scheme: "report-ls", path: "/Ready to hand in?" });

/** Shows the answer of the last time it was asked. */
export class Handin implements vscode.Disposable {
    private answer = "";
    private readonly changed = new vscode.EventEmitter<vscode.Uri>();
    private readonly provider = vscode.workspace.registerTextDocumentContentProvider(PAGE.scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: () => this.answer,
    });

    /** Ask whether a report is ready, and show the answer. */
    async ask(report: string, server: Server): Promise<void> {
        const answer = await server.execute<string | null>("reportLs.handin", report);
        if (answer === null) {
            throw new Error("save the report in a folder first");
        }
        this.answer = answer;
        this.changed.fire(PAGE);
        await vscode.commands.executeCommand("markdown.showPreview", PAGE);
    }

    dispose(): void {
        this.provider.dispose();
        this.changed.dispose();
    }
}
