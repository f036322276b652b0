// When the server is started: as soon as a text looks like a report, or something is configured for one. So people who
// write no report hear nothing of Python.

import * as vscode from "vscode";

import { namedInterpreter } from "./environment";
import { DOCUMENTS, isLikeReport } from "./reports";
import type { Server } from "./server";

/** Start the server when it is needed, and anew where another one may be. */
export function startWhenNeeded(server: Server): vscode.Disposable {
    const look = async (document: vscode.TextDocument): Promise<void> => {
        if (server.state === "not needed" && isLikeReport(document)) {
            await server.need();
        }
    };
    const lookBeside = async (document: vscode.TextDocument): Promise<void> => {
        await look(document);
        if (server.state === "not needed" && (await isConfigured(document))) {
            await server.need();
        }
    };
    // In a folder that is not trusted VS Code also tells of a change that does not count.
    let interpreter = namedInterpreter();
    const restart = async (): Promise<void> => {
        interpreter = namedInterpreter();
        if (server.state !== "not needed") {
            await server.restart();
        }
        lookAround();
    };
    const lookAround = (): void => vscode.workspace.textDocuments.forEach((document) => void lookBeside(document));
    lookAround();
    return vscode.Disposable.from(
        vscode.workspace.onDidOpenTextDocument(lookBeside),
        vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
        vscode.workspace.onDidGrantWorkspaceTrust(restart),
        vscode.workspace.onDidChangeConfiguration(async (event) => {
            if (namedInterpreter() !== interpreter) {
                await restart();
            } else if (event.affectsConfiguration("reportLs.pack")) {
                lookAround();
            }
        }),
    );
}

/** Say whether the settings name a pack, or a file of the project says something of its reports. */
async function isConfigured(document: vscode.TextDocument): Promise<boolean> {
    if (vscode.languages.match(DOCUMENTS, document) === 0) {
        return false;
    }
    if (vscode.workspace.getConfiguration("reportLs", document.uri).get("pack", "") !== "") {
        return true;
    }
    let folder = document.uri;
    while (document.uri.scheme === "file" && vscode.workspace.isTrusted && folder.path !== "/") {
        folder = vscode.Uri.joinPath(folder, "..");
        const own = await textOf(vscode.Uri.joinPath(folder, "report-ls.toml"));
        const shared = await textOf(vscode.Uri.joinPath(folder, "pyproject.toml"));
        if (own !== undefined || shared?.includes("report-ls")) {
            return true;
        }
        if (await isThere(vscode.Uri.joinPath(folder, ".git"))) {
            return false; // What is above the repository configures nothing in it.
        }
    }
    return false;
}

async function isThere(file: vscode.Uri): Promise<boolean> {
    return vscode.workspace.fs.stat(file).then(
        () => true,
        () => false,
    );
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
    try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    } catch {
        return undefined;
    }
}
