// The commands: each finds the report it is about and asks who can do it.

import * as vscode from "vscode";

import { debugInformation } from "./debugInformation";
import { forgetToldOfPython, sayOfPython } from "./environment";
import { columnOf, goTo } from "./goTo";
import { Handin } from "./handin";
import { HandinPage } from "./handinPage";
import { type Choice, ignoreCheck } from "./ignore";
import { insertFigure } from "./insertFigure";
import type { Reports } from "./reports";
import type { Server } from "./server";
import { choosePack, chooseStage } from "./settings";
import type { Status } from "./status";
import { Terminals } from "./terminal";

/** Register all commands. */
export function registerCommands(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
    reports: Reports,
    server: Server,
): vscode.Disposable {
    const handin = new Handin(server, reports);
    const page = new HandinPage(server, reports, log);
    const terminals = new Terminals(server);
    const command = <Args extends unknown[]>(name: string, run: (...args: Args) => unknown): vscode.Disposable =>
        vscode.commands.registerCommand(`report-ls.${name}`, async (...args: Args) => {
            try {
                await run(...args);
            } catch (error) {
                log.error(`report-ls.${name}`, error);
                const reason = error instanceof Error ? error.message : String(error);
                void vscode.window.showErrorMessage(`report-ls: ${reason}`);
            }
        });
    const current = (): Status => {
        if (reports.current === undefined) {
            throw new Error("open your report first");
        }
        return reports.current;
    };
    /** Return the editor of the report; opened, if need be. */
    const editor = async (): Promise<vscode.TextEditor> => {
        const status = current();
        const active = vscode.window.activeTextEditor;
        const uri = vscode.Uri.parse(status.uri);
        return status === reports.active && active !== undefined
            ? active
            : vscode.window.showTextDocument(uri, { viewColumn: columnOf(uri) });
    };
    return vscode.Disposable.from(
        handin,
        page,
        terminals,
        command("nextProblem", async () => {
            const { document, selection } = await editor();
            const { line, character } = selection.active;
            const uri = document.uri.toString();
            const next = await server.execute<object | null>("reportLs.nextProblem", uri, { line, character });
            if (next === null) {
                void vscode.window.showInformationMessage("Nothing is left to do in this report.");
            }
        }),
        command("nextUnanswered", async () => {
            const { document, selection } = await editor();
            const open = (reports.current?.questions ?? []).filter(({ state }) => state === "unanswered");
            const next = open.find(({ answer }) => answer.line > selection.active.line) ?? open[0];
            if (next === undefined) {
                void vscode.window.showInformationMessage("Every question is answered.");
            } else {
                await goTo(document.uri.toString(), next.answer);
            }
        }),
        command("goTo", goTo),
        command("fixAll", async () => fixAll(server, (await editor()).document)),
        command("insertFigure", async () => insertFigure(await editor(), reports.current)),
        command("handin", async () => {
            const { document } = await editor();
            await saved(document);
            await handin.ask(document.uri);
        }),
        command("showHandinPage", async () => {
            const { document } = await editor();
            await page.show(document.uri);
        }),
        command("showView", async () => {
            current();
            await vscode.commands.executeCommand("reportLs.report.focus");
        }),
        command("choosePack", () => choosePack(context)),
        command("chooseStage", chooseStage),
        command("ignore", (report: string, choices: readonly Choice[]) => ignoreCheck(server, report, choices)),
        command("type", (report: string, line: string) => terminals.type(report, line)),
        command("showOff", () => showOff(reports.current?.off ?? [])),
        command("restart", async () => {
            await forgetToldOfPython(context);
            await server.restart();
        }),
        command("getPython", () => sayOfPython(context, server)),
        command("showLog", () => log.show()),
        command("copyDebugInformation", async () => {
            await vscode.env.clipboard.writeText(debugInformation(context, server, reports));
            void vscode.window.showInformationMessage("The debug information is in the clipboard.");
        }),
    );
}

async function saved(document: vscode.TextDocument): Promise<void> {
    if (!(await document.save())) {
        throw new Error("the report cannot be saved");
    }
}

/** Make all safe fixes, and say how many problems that were. */
async function fixAll(server: Server, document: vscode.TextDocument): Promise<void> {
    const n_fixed = await server.fixAll(document.uri.toString());
    const fixed = n_fixed === 1 ? "1 problem is" : `${n_fixed} problems are`;
    const said = n_fixed === 0 ? "Nothing more is safe to fix without you." : `${fixed} fixed. Undo takes it back.`;
    void vscode.window.showInformationMessage(said);
}

/** List the checks that are off; one that is chosen is shown where it is switched off. */
async function showOff(off: readonly string[]): Promise<void> {
    const items = off.map((key) => {
        const [code = "", question] = key.split("@");
        return {
            key,
            label: code,
            description: question === undefined ? "in the whole report" : `in question ${question}`,
        };
    });
    const title = "Checks that are off";
    const none = "All checks are on";
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: items.length === 0 ? none : title });
    const [file] = chosen === undefined ? [] : await vscode.workspace.findFiles("**/{report-ls.toml,pyproject.toml}");
    if (file !== undefined) {
        await vscode.window.showTextDocument(file);
    } else if (chosen !== undefined) {
        await vscode.commands.executeCommand("workbench.action.openSettings", "reportLs.severity");
    }
}
