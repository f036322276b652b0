// To a place in a report, in the half of the window that shows it.

import * as vscode from "vscode";

import type { Place } from "./status";

/** Put the caret somewhere in a report. */
export async function goTo(address: string, { line, character }: Place): Promise<void> {
    const uri = vscode.Uri.parse(address);
    await vscode.window.showTextDocument(uri, {
        selection: new vscode.Range(line, character, line, character),
        viewColumn: columnOf(uri),
    });
}

/** Return the group of editors in which a report is seen, else one that has it: not that of the page beside it. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn {
    const { activeTabGroup, all } = vscode.window.tabGroups;
    const isOfReport = (tab: vscode.Tab | undefined): boolean =>
        tab?.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString();
    const groups = [activeTabGroup, ...all];
    const seen = groups.find(({ activeTab }) => isOfReport(activeTab));
    const group = seen ?? groups.find(({ tabs }) => tabs.some(isOfReport));
    return group?.viewColumn ?? vscode.ViewColumn.Active;
}
