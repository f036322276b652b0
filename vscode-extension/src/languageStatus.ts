// The language status of a report: its edition and its stage, each with the way to change it.

import * as vscode from "vscode";

import type { Reports } from "./reports";
import { edition, editionInFull } from "./status";

const REPORTS: vscode.DocumentSelector = [
    { scheme: "file", language: "markdown" },
    { scheme: "untitled", language: "markdown" },
];

/** Show the items while the active editor shows a report. */
export function showLanguageStatus(reports: Reports): vscode.Disposable {
    let items: vscode.LanguageStatusItem[] = [];
    const show = (): void => {
        items.forEach((item) => item.dispose());
        items = [];
        const status = reports.active;
        if (status !== undefined) {
            items = [
                languageStatus("pack", edition(status), editionInFull(status), "report-ls.choosePack"),
                languageStatus("stage", status.stage ?? "", "how far the report is", "report-ls.chooseStage"),
            ];
        }
    };
    const follow = reports.onDidChange(show);
    return { dispose: () => vscode.Disposable.from(follow, ...items).dispose() };
}

function languageStatus(id: string, text: string, detail: string, command: string): vscode.LanguageStatusItem {
    const item = vscode.languages.createLanguageStatusItem(`report-ls.${id}`, REPORTS);
    item.name = `Report: ${id}`;
    item.text = text;
    item.detail = detail;
    item.command = { command, title: "Change" };
    item.accessibilityInformation = { label: `${detail}: ${text}` };
    return item;
}
