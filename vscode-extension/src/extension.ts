// The way in: VS Code starts the server here and ends it here.

import * as vscode from "vscode";

import { registerCommands } from "./commands";
import { showLanguageStatus } from "./languageStatus";
import { provideExplanations } from "./explanation";
import { Reports } from "./reports";
import { showReportView } from "./reportView";
import { Server } from "./server";
import { startWhenNeeded } from "./starting";
import { showStatusBar } from "./statusBar";
import { offerTask } from "./task";

let server: Server | undefined;

/** Called once, when the first Markdown file is opened. */
export function activate(context: vscode.ExtensionContext): void {
    const log = vscode.window.createOutputChannel("report-ls", { log: true });
    const reports = new Reports();
    const started = (server = new Server(context, log, reports));
    context.subscriptions.push(
        log,
        reports,
        showStatusBar(reports, started),
        showReportView(reports),
        showLanguageStatus(reports, started),
        registerCommands(context, log, reports, started),
        offerTask(started),
        provideExplanations(context),
        startWhenNeeded(started),
    );
    log.info("activated");
}

/** Called when the window closes; VS Code waits a moment for it. */
export async function deactivate(): Promise<void> {
    await server?.dispose();
}
