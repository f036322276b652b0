// The status bar's item: how far the answer is in which one writes, and the report; a click goes to what is next to do.

import * as vscode from "vscode";

import { WITHOUT } from "./environment";
import { isLikeReport, type Reports } from "./reports";
import type { Server } from "./server";
import { details, inFull, inShort, questionAt } from "./status";

interface Shown {
    readonly text: string;
    readonly tooltip: string;
    /** What it says to those who do not see it. */
    readonly label: string;
    readonly command: string;
    readonly isWarning?: boolean;
}

/** Show the item while there is a report, or what should be one. */
export function showStatusBar(reports: Reports, server: Server): vscode.Disposable {
    const item = vscode.window.createStatusBarItem("report-ls.report", vscode.StatusBarAlignment.Left, 10);
    item.name = "Report";
    const show = (): void => {
        const shown = ofReport(reports, server) ?? ofServer(reports, server);
        if (shown === undefined) {
            item.hide();
            return;
        }
        item.text = shown.text;
        item.tooltip = shown.tooltip;
        item.accessibilityInformation = { label: shown.label };
        item.command = shown.command;
        item.backgroundColor = shown.isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
        item.show();
    };
    show();
    return vscode.Disposable.from(
        item,
        reports.onDidChange(show),
        server.onDidChangeState(show),
        vscode.window.onDidChangeTextEditorSelection(show),
        vscode.workspace.onDidChangeTextDocument(() => server.state === "running" || show()),
    );
}

function ofReport(reports: Reports, server: Server): Shown | undefined {
    const status = reports.current;
    if (status === undefined) {
        return undefined;
    }
    const caret = status === reports.active ? vscode.window.activeTextEditor?.selection.active : undefined;
    const question = caret && questionAt(status, caret.line);
    const progress = question === undefined ? "" : `Question ${question.number}: ${question.progress}. `;
    return {
        text: `$(checklist) ${inShort(status, question)}`,
        tooltip: [details(status), ...without(server), "Click to go to the next thing to do"].join("\n"),
        label: `${progress}Report: ${inFull(status)}. Go to the next thing to do.`,
        command: "report-ls.nextProblem",
    };
}

function without(server: Server): string[] {
    return server.isWithoutPython ? [WITHOUT] : [];
}

/** Say why nothing is said of what looks like a report: silence would look as if all were well. */
function ofServer(reports: Reports, server: Server): Shown | undefined {
    if (!vscode.workspace.textDocuments.some((document) => isLikeReport(document) && !reports.isJudged(document))) {
        return undefined;
    }
    switch (server.state) {
        case "not needed":
        case "starting":
        case "running":
            return {
                text: "$(loading~spin) Report: starting",
                tooltip: [
                    ...without(server),
                    "report-ls is starting; nothing is checked yet. Click to see its log",
                ].join("\n"),
                label: "Report: starting, nothing is checked yet. Show the log.",
                command: "report-ls.showLog",
            };
        case "no Python":
            return {
                text: "$(error) Report: no Python",
                tooltip: `${String(server.python)}\nNothing is checked. Click to see what to do`,
                label: "Report: there is no Python, nothing is checked. See what to do.",
                command: "report-ls.getPython",
                isWarning: true,
            };
        case "ended":
            return {
                text: "$(error) Report: not running",
                tooltip: "report-ls has ended again and again; nothing is checked. Click to restart it",
                label: "Report: not running, nothing is checked. Restart it.",
                command: "report-ls.restart",
                isWarning: true,
            };
    }
}
