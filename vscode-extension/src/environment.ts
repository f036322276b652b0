// What VS Code knows about Python: the setting, the Python extension's choice, the folders.

import * as vscode from "vscode";

import { findPython, type Python, thisMachine, type Wishes } from "./python";

/** Return the Python that runs report-ls, if there is one. */
export async function choosePython(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
): Promise<Python | undefined> {
    return findPython(await wishes(), thisMachine(context.extensionPath), (message) => log.info(message));
}

/** Say that there is no Python, with the two ways out. */
export async function sayThereIsNone(context: vscode.ExtensionContext): Promise<void> {
    const setting = settingOf();
    const message =
        setting === ""
            ? "report-ls needs Python 3.10 or newer, and there is none on this computer that it can find."
            : `report-ls needs Python 3.10 or newer, and the setting names "${setting}", which is none.`;
    const [openSetting, install] = ["Open the Setting", "How to Get Python"];
    const answer = await vscode.window.showErrorMessage(message, openSetting, install);
    if (answer === openSetting) {
        // A program is a machine's: on a remote one the user's own settings do not show it.
        const settings = vscode.env.remoteName === undefined ? "openSettings2" : "openRemoteSettings";
        await vscode.commands.executeCommand(`workbench.action.${settings}`, { query: "reportLs.interpreter" });
    } else if (answer === install) {
        const page = vscode.Uri.joinPath(context.extensionUri, "docs", "python.md");
        await vscode.commands.executeCommand("markdown.showPreview", page);
    }
}

function settingOf(): string {
    return vscode.workspace.getConfiguration("reportLs").get("interpreter", "").trim();
}

async function wishes(): Promise<Wishes> {
    // While a folder is not trusted nothing in it decides what runs, and what the Python extension chose may lie in it.
    const isTrusted = vscode.workspace.isTrusted;
    const setting = settingOf();
    return {
        setting,
        chosen: isTrusted && setting === "" ? await chosenByPythonExtension() : undefined,
        folders: isTrusted ? (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath) : [],
    };
}

/** What is used of the Python extension's interface. */
interface PythonExtension {
    readonly environments: {
        getActiveEnvironmentPath(resource?: vscode.Uri): unknown;
        resolveEnvironment(environment: unknown): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
    };
}

const PATIENCE_MS = 10_000;

async function chosenByPythonExtension(): Promise<string | undefined> {
    const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
    if (extension === undefined) {
        return undefined;
    }
    const ask = async (): Promise<string | undefined> => {
        const { environments } = await extension.activate();
        const resource = vscode.workspace.workspaceFolders?.[0]?.uri;
        const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(resource));
        return environment?.executable.uri?.fsPath;
    };
    const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
    // Its faults are not ours: there are other ways to a Python.
    return Promise.race([ask().catch(() => undefined), tooLate]);
}
