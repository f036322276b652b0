// The status bar's item: how far the report is; a click goes to the next problem.

import * as vscode from "vscode";

import type { Reports } from "./reports";
import { details, inFull, inShort } from "./status";

/** Show the item while there is a report. */
export function showStatusBar(reports: Reports): vscode.Disposable {
    const item = vscode.window.createStatusBarItem("report-ls.report", vscode.StatusBarAlignment.Left, 10);
    item.name = "Report";
    item.command = "report-ls.nextProblem";
    const follow = reports.onDidChange(() => {
        const status = reports.current;
        if (status === undefined) {
            item.hide();
            return;
        }
        item.text = `$(checklist) ${inShort(status)}`;
        item.tooltip = `${details(status)}\nClick to go to the next problem`;
        item.accessibilityInformation = { label: `Report: ${inFull(status)}. Go to the next problem.` };
        item.show();
    });
    return vscode.Disposable.from(item, follow);
}
