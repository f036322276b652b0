// Ignoring a check: the user says where, the project's configuration is changed and saved, and a click takes it back.

import * as vscode from "vscode";

import type { Server } from "./server";

/** What may be ignored: its key in the configuration, and what that means in words. */
export interface Choice {
    readonly key: string;
    readonly what: string;
}

/** Let the user choose where a check is to be ignored, and do it. Rejects when that cannot be done. */
export async function ignoreCheck(server: Server, report: string, choices: readonly Choice[]): Promise<void> {
    const items = choices.map((choice) => ({ ...choice, label: choice.what }));
    const chosen = await vscode.window.showQuickPick(items, { title: "Ignore this check", placeHolder: "Where?" });
    if (chosen === undefined) {
        return;
    }
    const edit = await server.edit("reportLs.ignore", report, chosen.key);
    const file = edit?.entries()[0]?.[0];
    if (edit === undefined || file === undefined) {
        throw new Error("the configuration ignores it already, or cannot be read");
    }
    const before = await textOf(file);
    const after = await applied(edit, file);
    const name = vscode.workspace.asRelativePath(file);
    const undo = "Undo";
    if ((await vscode.window.showInformationMessage(`${name}: ${chosen.what} is ignored.`, undo)) !== undo) {
        return;
    }
    if ((await textOf(file)) !== after) {
        throw new Error(`${name} has changed since: delete the line of ${chosen.key} there`);
    }
    const back = new vscode.WorkspaceEdit();
    if (before === undefined) {
        back.deleteFile(file);
        await vscode.workspace.applyEdit(back);
    } else {
        back.replace(file, new vscode.Range(0, 0, after.split("\n").length, 0), before);
        await applied(back, file);
    }
}

/** Return the text of a file as the editor has it; undefined where there is none. */
async function textOf(file: vscode.Uri): Promise<string | undefined> {
    try {
        return (await vscode.workspace.openTextDocument(file)).getText();
    } catch {
        return undefined;
    }
}

/** Make an edit of a file, save it and return its text. */
async function applied(edit: vscode.WorkspaceEdit, file: vscode.Uri): Promise<string> {
    if (await vscode.workspace.applyEdit(edit)) {
        const document = await vscode.workspace.openTextDocument(file);
        if (await document.save()) {
            return document.getText();
        }
    }
    throw new Error(`${vscode.workspace.asRelativePath(file)} cannot be saved`);
}
