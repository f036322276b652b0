// The commands: each finds the report it is about and asks who can do it.

import * as vscode from "vscode";

import { debugInformation } from "./debugInformation";
import { Handin } from "./handin";
import { HandinPage } from "./handinPage";
import { type Choice, ignoreCheck } from "./ignore";
import { insertFigure } from "./insertFigure";
import type { Reports } from "./reports";
import type { Server } from "./server";
import { choosePack, chooseStage } from "./settings";

/** Register all commands. */
export function registerCommands(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
    reports: Reports,
    server: Server,
): vscode.Disposable {
    const handin = new Handin();
    const page = new HandinPage(server, log);
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
    /** Return the editor of the report; opened, if need be. */
    const editor = async (): Promise<vscode.TextEditor> => {
        const status = reports.current;
        if (status === undefined) {
            throw new Error("open your report first");
        }
        const active = vscode.window.activeTextEditor;
        return status === reports.active && active !== undefined
            ? active
            : vscode.window.showTextDocument(vscode.Uri.parse(status.uri));
    };
    return vscode.Disposable.from(
        handin,
        page,
        command("nextProblem", async () => {
            const { document, selection } = await editor();
            const { line, character } = selection.active;
            const uri = document.uri.toString();
            const next = await server.execute<object | null>("reportLs.nextProblem", uri, { line, character });
            if (next === null) {
                void vscode.window.showInformationMessage("No problems in this report.");
            }
        }),
        command("fixAll", async () => {
            await editor();
            const wanted = { kind: "source.fixAll.report-ls", apply: "first" };
            await vscode.commands.executeCommand("editor.action.sourceAction", wanted);
        }),
        command("insertFigure", async () => insertFigure(await editor(), reports.current?.folder ?? "figures")),
        command("handin", async () => {
            const { document } = await editor();
            await document.save();
            await handin.ask(document.uri.toString(), server);
        }),
        command("showHandinPage", async () => {
            const { document } = await editor();
            await document.save();
            await page.show(document.uri);
        }),
        command("choosePack", () => choosePack(context)),
        command("chooseStage", chooseStage),
        command("ignore", (report: string, choices: readonly Choice[]) => ignoreCheck(server, report, choices)),
        command("restart", () => server.restart()),
        command("showLog", () => log.show()),
        command("copyDebugInformation", async () => {
            await vscode.env.clipboard.writeText(debugInformation(context, server, reports));
            void vscode.window.showInformationMessage("The debug information is in the clipboard.");
        }),
    );
}
