// Choosing a setting from a list: the edition of the course, and draft or final.

import * as vscode from "vscode";

interface Choice extends vscode.QuickPickItem {
    readonly value: string;
}

const STAGES: readonly Choice[] = [
    { label: "Automatic", value: "auto", detail: "A draft while more than four questions are unanswered, then final" },
    { label: "Draft", value: "draft", detail: "Damage only: what is unfinished is a hint" },
    { label: "Final", value: "final", detail: "As the course will see it when you hand in" },
];

/** Let the user choose how far the report is. */
export async function chooseStage(): Promise<void> {
    await choose("stage", "How far is the report?", STAGES);
}

/** Let the user choose the edition of the course. */
export async function choosePack(context: vscode.ExtensionContext): Promise<void> {
    const file = vscode.Uri.joinPath(context.extensionUri, "bundled", "report_ls", "rules", "packs.json");
    const packs = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as {
        readonly id: string;
        readonly title: string;
    }[];
    await choose("pack", "Which edition of the course?", [
        { label: "Automatic", value: "", detail: "The report itself tells" },
        ...packs.map(({ id, title }) => ({ label: id, value: id, detail: title })),
    ]);
}

async function choose(key: string, title: string, choices: readonly Choice[]): Promise<void> {
    const settings = vscode.workspace.getConfiguration("reportLs");
    const current = settings.get<string>(key);
    const marked = choices.map((choice) => (choice.value === current ? { ...choice, description: "now" } : choice));
    const chosen = await vscode.window.showQuickPick(marked, { title, placeHolder: title });
    if (chosen !== undefined) {
        const isInFolder = vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted;
        const target = isInFolder ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
        await settings.update(key, chosen.value, target);
    }
}
