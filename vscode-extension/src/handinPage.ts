// The hand-in page: what the course makes of the report, beside it, made anew at each save.

import * as path from "node:path";
import * as vscode from "vscode";

import { apology, request, secured } from "./page";
import type { Server } from "./server";

function workingFolder(report: vscode.Uri): string {
    return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? path.dirname(report.fsPath);
}

/** The one panel; showing another report's page uses it again. */
export class HandinPage implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    private report: vscode.Uri | undefined;
    private readonly subscription: vscode.Disposable;

    constructor(
        private readonly server: Server,
        private readonly log: vscode.LogOutputChannel,
    ) {
        this.subscription = vscode.workspace.onDidSaveTextDocument(async (document) => {
            if (this.panel?.visible === true && document.uri.toString() === this.report?.toString()) {
                await this.refresh();
            }
        });
    }

    /** Show the page of a report that is saved. */
    async show(report: vscode.Uri): Promise<void> {
        this.report = report;
        this.panel ??= this.open();
        this.panel.reveal(undefined, true);
        await this.refresh();
    }

    dispose(): void {
        this.subscription.dispose();
        this.panel?.dispose();
    }

    private open(): vscode.WebviewPanel {
        const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        const panel = vscode.window.createWebviewPanel("reportLs.handinPage", "Hand-in page", column, {
            enableScripts: false,
            enableFindWidget: true,
        });
        panel.onDidDispose(() => (this.panel = undefined));
        panel.onDidChangeViewState(() => panel.visible && void this.refresh());
        return panel;
    }

    private async refresh(): Promise<void> {
        const [report, webview] = [this.report, this.panel?.webview];
        if (report === undefined || webview === undefined) {
            return;
        }
        const folder = vscode.Uri.joinPath(report, "..");
        webview.options = { enableScripts: false, localResourceRoots: [folder] };
        let html: string;
        try {
            const pack = vscode.workspace.getConfiguration("reportLs").get("pack", "");
            const trust = vscode.workspace.isTrusted ? "trusted" : "not trusted";
            const page = await this.server.run(request(report.fsPath, pack, trust), workingFolder(report));
            html = secured(page, webview.cspSource, webview.asWebviewUri(folder).toString());
        } catch (error) {
            this.log.error("the hand-in page cannot be made", error);
            html = apology("The hand-in page cannot be made", error instanceof Error ? error.message : String(error));
        }
        if (report === this.report && this.panel !== undefined) {
            this.panel.webview.html = html;
        }
    }
}
