// What VS Code knows about Python: the setting, the Python extension's choice, the folders.

import * as vscode from "vscode";

import { findPython, type Python, thisMachine, whyNone, type Wishes } from "./python";

/** Look for the Python that runs report-ls; where there is none, say why. */
export async function choosePython(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
): Promise<Python | string> {
    const wished = await wishes();
    const search = await findPython(wished, thisMachine(context.extensionPath), (message) => log.info(message));
    return search.python ?? whyNone(wished.setting, search);
}

/** Say that there is no Python, with the two ways out. */
export async function sayThereIsNone(context: vscode.ExtensionContext, why: string): Promise<void> {
    const [openSetting, install] = ["Open the Setting", "How to Get Python"];
    const answer = await vscode.window.showErrorMessage(why, openSetting, install);
    if (answer === openSetting) {
        // A program is a machine's: on a remote one the user's own settings do not show it.
        const settings = vscode.env.remoteName === undefined ? "openSettings2" : "openRemoteSettings";
        await vscode.commands.executeCommand(`workbench.action.${settings}`, { query: "reportLs.interpreter" });
    } else if (answer === install) {
        const page = vscode.Uri.joinPath(context.extensionUri, "docs", "python.md");
        await vscode.commands.executeCommand("markdown.showPreview", page);
    }
}

/** Return the Python that the settings name, as far as they count here; empty for none. */
export function namedInterpreter(): string {
    return vscode.workspace.getConfiguration("reportLs").get("interpreter", "").trim();
}

async function wishes(): Promise<Wishes> {
    // While a folder is not trusted nothing in it decides what runs, and what the Python extension chose may lie in it.
    const isTrusted = vscode.workspace.isTrusted;
    const setting = namedInterpreter();
    return {
        setting,
        chosen: isTrusted && setting === "" ? await chosenByPythonExtension() : undefined,
        folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
        isTrusted,
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
