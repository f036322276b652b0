// The dress rehearsal: the page that the course makes of the report, beside it, with what gets lost in red. It follows
// the caret, and what is written once the keys rest.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

import { beside, titleOf } from "./beside";
import { apology, secured } from "./page";
import type { Reports } from "./reports";
import type { Server } from "./server";

const TYPE = "reportLs.handinPage";
const REST_MS = 800;
const PATIENCE_MS = 20_000;

/** The one panel; showing another report's page uses it again. */
export class HandinPage implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    private report: vscode.Uri | undefined;
    private rest: NodeJS.Timeout | undefined;
    private making: Promise<void> | undefined;
    private isOld = false;
    private shown = "";
    private readonly subscription: vscode.Disposable;

    constructor(
        private readonly server: Server,
        reports: Reports,
        private readonly log: vscode.LogOutputChannel,
    ) {
        this.subscription = vscode.Disposable.from(
            reports.onDidChange(() => {
                if (this.panel?.visible === true) {
                    clearTimeout(this.rest);
                    this.rest = setTimeout(() => void this.refresh(), REST_MS);
                }
            }),
            vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
                if (kind !== undefined && this.isShown(textEditor.document)) {
                    void this.panel?.webview.postMessage({ line: textEditor.selection.active.line + 1 });
                }
            }),
            vscode.window.registerWebviewPanelSerializer(TYPE, {
                deserializeWebviewPanel: async (panel, state?: { readonly report?: string }) => {
                    if (state?.report === undefined || this.panel !== undefined) {
                        panel.dispose();
                        return;
                    }
                    this.panel = this.prepared(panel);
                    const report = vscode.Uri.parse(state.report);
                    await vscode.workspace.openTextDocument(report);
                    await this.take(panel, report);
                },
            }),
        );
    }

    /** Show the page of a report. */
    async show(report: vscode.Uri): Promise<void> {
        const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        this.panel ??= this.prepared(vscode.window.createWebviewPanel(TYPE, "", column));
        this.panel.reveal(undefined, true);
        await this.take(this.panel, report);
    }

    dispose(): void {
        clearTimeout(this.rest);
        this.subscription.dispose();
        this.panel?.dispose();
    }

    private async take(panel: vscode.WebviewPanel, report: vscode.Uri): Promise<void> {
        this.report = report;
        panel.title = titleOf("Hand-in page", report);
        await this.refresh();
    }

    private isShown(document: vscode.TextDocument): boolean {
        return this.panel?.visible === true && document.uri.toString() === this.report?.toString();
    }

    private prepared(panel: vscode.WebviewPanel): vscode.WebviewPanel {
        this.shown = "";
        return beside(panel, {
            report: () => this.report,
            renamed: (report) => void this.take(panel, report),
            seen: () => void this.refresh(),
            closed: () => (this.panel = undefined),
        });
    }

    /** Make the page anew; while one is being made, only the last wish counts. */
    private async refresh(): Promise<void> {
        this.isOld = true;
        this.making ??= this.make().finally(() => (this.making = undefined));
        await this.making;
    }

    private async make(): Promise<void> {
        while (this.isOld && this.report !== undefined && this.panel !== undefined) {
            this.isOld = false;
            const report = this.report;
            const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === report.toString());
            if (document === undefined) {
                return; // What is closed stays as it was shown.
            }
            let html: string;
            try {
                const page = await this.ask(report);
                if (page === this.shown) {
                    continue;
                }
                this.shown = page;
                html = this.secured(page, report, this.panel.webview);
            } catch (error) {
                this.shown = "";
                this.log.error("the hand-in page cannot be made", error);
                const reason = error instanceof Error ? error.message : String(error);
                html = apology("The hand-in page cannot be made", reason);
            }
            if (report === this.report && this.panel !== undefined) {
                this.panel.webview.html = html;
            }
        }
    }

    private secured(page: string, report: vscode.Uri, webview: vscode.Webview): string {
        const folder = vscode.Uri.joinPath(report, "..");
        webview.options = { enableScripts: true, localResourceRoots: [folder] };
        const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === `${report}`);
        return secured(page, {
            source: webview.cspSource,
            folder: webview.asWebviewUri(folder).toString(),
            report: report.toString(),
            line: (editor?.selection.active.line ?? 0) + 1,
            nonce: randomBytes(16).toString("hex"),
        });
    }

    private async ask(report: vscode.Uri): Promise<string> {
        const answer = this.server.execute<{ html?: string; why?: string } | null>("reportLs.page", report.toString());
        let timer: NodeJS.Timeout | undefined;
        const tooLate = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("making it takes too long")), PATIENCE_MS);
        });
        try {
            const page = await Promise.race([answer, tooLate]);
            if (page?.html === undefined) {
                throw new Error(page?.why ?? "this is no report");
            }
            return page.html;
        } finally {
            clearTimeout(timer);
        }
    }
}
