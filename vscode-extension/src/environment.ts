// What VS Code knows about Python: the setting, the Python extension's choice, the folders.

import * as vscode from "vscode";

import { findPython, type Python, thisMachine, whyNone, type Wishes } from "./python";
import type { Server } from "./server";

/** Look for the Python that runs report-ls; where there is none, say why. */
export async function choosePython(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
): Promise<Python | string> {
    const wished = await wishes();
    const search = await findPython(wished, thisMachine(context.extensionPath), (message) => log.info(message));
    return search.python ?? whyNone(wished.setting, search);
}

/** What is different where report-ls runs without Python. */
export const WITHOUT = "report-ls runs without Python here: it may start more slowly, and it does not look at git.";

/** Say what is wrong with Python, and the two ways out. */
export async function sayOfPython(context: vscode.ExtensionContext, server: Server): Promise<void> {
    const [openSetting, install] = ["Open the Setting", "How to Get Python"];
    const { python, state } = server;
    const why = String(python);
    const answer = await (state === "no Python"
        ? vscode.window.showErrorMessage(why, openSetting, install)
        : vscode.window.showInformationMessage(`${WITHOUT} ${why}`, openSetting, install));
    if (answer === openSetting) {
        // A program is a machine's: on a remote one the user's own settings do not show it.
        const settings = vscode.env.remoteName === undefined ? "openSettings2" : "openRemoteSettings";
        await vscode.commands.executeCommand(`workbench.action.${settings}`, { query: "reportLs.interpreter" });
    } else if (answer === install) {
        const page = vscode.Uri.joinPath(context.extensionUri, "docs", "python.md");
        await vscode.commands.executeCommand("markdown.showPreview", page);
    }
}

const TOLD = "toldWithoutPython";

/** Say it, unless it was said on this computer before. */
export async function sayOfPythonOnce(context: vscode.ExtensionContext, server: Server): Promise<void> {
    if (!context.globalState.get(TOLD, false)) {
        await context.globalState.update(TOLD, true);
        await sayOfPython(context, server);
    }
}

/** Have it said again: the user may have installed a Python, and expects it to be found. */
export async function forgetToldOfPython(context: vscode.ExtensionContext): Promise<void> {
    await context.globalState.update(TOLD, undefined);
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
