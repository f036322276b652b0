// "Ready to hand in?": the server's answer, as a page that follows the saved text and what git does; a line of it leads to
// its place, and a command of git into a terminal.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

import { beside, titleOf } from "./beside";
import { apology, listed } from "./page";
import type { Reports } from "./reports";
import type { Server } from "./server";

/** The one panel. */
export class Handin implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    private report: vscode.Uri | undefined;
    private making: Promise<void> | undefined;
    private isOld = false;
    private readonly subscription: vscode.Disposable;

    constructor(
        private readonly server: Server,
        reports: Reports,
    ) {
        // Another file that is saved may be a picture's or git's; a command of git is run in a terminal; and what git
        // has written, when it switched to a branch, VS Code reads later.
        const git = vscode.workspace.createFileSystemWatcher("**/.git/{index,logs/**}");
        const again = async (): Promise<void> => {
            if (this.panel?.visible === true) {
                await this.refresh();
            }
        };
        this.subscription = vscode.Disposable.from(
            git,
            git.onDidChange(again),
            git.onDidCreate(again),
            vscode.window.onDidEndTerminalShellExecution(again),
            vscode.workspace.onDidSaveTextDocument(again),
            reports.onDidChange(async () => {
                if (!this.isDirty) {
                    await again();
                }
            }),
        );
    }

    private get isDirty(): boolean {
        const address = this.report?.toString();
        return vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === address);
    }

    /** Ask whether a report is ready, and show the answer. */
    async ask(report: vscode.Uri): Promise<void> {
        this.panel ??= this.open();
        this.panel.reveal(undefined, true);
        await this.take(this.panel, report);
    }

    dispose(): void {
        this.subscription.dispose();
        this.panel?.dispose();
    }

    private open(): vscode.WebviewPanel {
        const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        const options = { enableScripts: true, localResourceRoots: [] };
        const panel = vscode.window.createWebviewPanel("reportLs.handin", "", column, options);
        return beside(panel, {
            report: () => this.report,
            renamed: (report) => void this.take(panel, report),
            seen: () => void this.refresh(),
            closed: () => (this.panel = undefined),
        });
    }

    private async take(panel: vscode.WebviewPanel, report: vscode.Uri): Promise<void> {
        this.report = report;
        panel.title = titleOf("Ready to hand in?", report);
        await this.refresh();
    }

    /** Ask anew; while an answer is awaited, only the last wish counts, and no answer comes after a later one. */
    private async refresh(): Promise<void> {
        this.isOld = true;
        this.making ??= this.make().finally(() => (this.making = undefined));
        await this.making;
    }

    private async make(): Promise<void> {
        while (this.isOld && this.report !== undefined && this.panel !== undefined) {
            this.isOld = false;
            const html = await this.answer(this.report);
            if (this.panel !== undefined) {
                this.panel.webview.html = html;
            }
        }
    }

    private async answer(report: vscode.Uri): Promise<string> {
        try {
            const answer = await this.server.execute<string | null>("reportLs.handin", report.toString());
            return answer === null
                ? apology("Nothing can be said", "save the report in a folder, and open it")
                : listed(
                      await vscode.commands.executeCommand<string>("markdown.api.render", answer),
                      randomBytes(16).toString("hex"),
                  );
        } catch (error) {
            return apology("Nothing can be said", error instanceof Error ? error.message : String(error));
        }
    }
}
