// Inserting a figure: one that lies beside the report already, or a file that is copied there.

import * as path from "node:path";
import * as vscode from "vscode";

import { description, freeName, isPicture, PICTURES, target } from "./figure";
import type { Status } from "./status";

/** Let the user choose a picture that the course takes and write it where the cursor is. */
export async function insertFigure(editor: vscode.TextEditor, status: Status | undefined): Promise<void> {
    const place = status?.folder ?? "figures";
    const types = status !== undefined && status.extensions.length > 0 ? status.extensions : PICTURES;
    if (editor.document.isUntitled) {
        throw new Error("save the report first, so that it has a folder for figures");
    }
    const folder = vscode.Uri.joinPath(editor.document.uri, "..", place);
    const names = await namesIn(folder);
    const elsewhere = "$(folder-opened) From elsewhere…";
    const pictures = names.filter((name) => isPicture(name, types)).sort();
    const title = "Insert a Figure";
    const chosen = await vscode.window.showQuickPick([elsewhere, ...pictures], { title, placeHolder: `${place}/` });
    const name = chosen === elsewhere ? await copied(folder, place, types, new Set(names)) : chosen;
    if (name !== undefined) {
        const image = new vscode.SnippetString().appendText("![");
        image.appendPlaceholder(description(name)).appendText(`](${target(`${place}/${name}`)})`);
        await vscode.window.showTextDocument(editor.document, editor.viewColumn);
        await editor.insertSnippet(image);
    }
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
    try {
        const entries = await vscode.workspace.fs.readDirectory(folder);
        return entries.filter(([, type]) => type & vscode.FileType.File).map(([name]) => name);
    } catch {
        return []; // There is none yet.
    }
}

/** Copy a file of the user's choice into the folder and return its name there. */
async function copied(
    folder: vscode.Uri,
    place: string,
    types: readonly string[],
    taken: ReadonlySet<string>,
): Promise<string | undefined> {
    const filters = { Pictures: [...types] };
    const [source] = (await vscode.window.showOpenDialog({ filters, openLabel: `Copy into ${place}/` })) ?? [];
    if (source === undefined) {
        return undefined;
    }
    if (vscode.Uri.joinPath(source, "..").toString() === folder.toString()) {
        return path.basename(source.fsPath);
    }
    const name = freeName(path.basename(source.fsPath), taken);
    await vscode.workspace.fs.copy(source, vscode.Uri.joinPath(folder, name), { overwrite: false });
    return name;
}
