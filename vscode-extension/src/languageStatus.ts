// The language status of a report: its edition and its stage, each with the way to change it.

import * as vscode from "vscode";

import { DOCUMENTS, type Reports } from "./reports";
import { edition, editionInFull } from "./status";

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
                languageStatus("stage", status.stage ?? "", "draft or final", "report-ls.chooseStage"),
            ];
        }
    };
    const follow = reports.onDidChange(show);
    return { dispose: () => vscode.Disposable.from(follow, ...items).dispose() };
}

function languageStatus(id: string, text: string, detail: string, command: string): vscode.LanguageStatusItem {
    const item = vscode.languages.createLanguageStatusItem(`report-ls.${id}`, DOCUMENTS);
    item.name = `Report: ${id}`;
    item.text = text;
    item.detail = detail;
    item.command = { command, title: "Change" };
    item.accessibilityInformation = { label: `${detail}: ${text}` };
    return item;
}
