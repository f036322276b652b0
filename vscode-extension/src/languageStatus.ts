// The language status of a report: its edition, its stage, and that there is no Python; each with the way to change it.

import * as vscode from "vscode";

import { WITHOUT } from "./environment";
import { DOCUMENTS, type Reports } from "./reports";
import type { Server } from "./server";
import { edition, editionInFull } from "./status";

/** Show the items while the active editor shows a report. */
export function showLanguageStatus(reports: Reports, server: Server): vscode.Disposable {
    let items: vscode.LanguageStatusItem[] = [];
    const show = (): void => {
        items.forEach((item) => item.dispose());
        items = [];
        const status = reports.active;
        if (status !== undefined) {
            items = [
                languageStatus("pack", edition(status), editionInFull(status), "report-ls.choosePack"),
                languageStatus("stage", status.stage ?? "", "draft or final", "report-ls.chooseStage"),
                ...(server.isWithoutPython
                    ? [languageStatus("python", "without Python", WITHOUT, "report-ls.getPython")]
                    : []),
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
