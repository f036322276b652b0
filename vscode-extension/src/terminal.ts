// What only a terminal can do, such as a command of git: the line is typed there, and the user runs it or does not.

import * as vscode from "vscode";

import type { Server } from "./server";

const NAME = "Report";
const PATIENCE_MS = 3_000;

/** The terminals in which commands are typed: one, as long as each was run before the next. */
export class Terminals implements vscode.Disposable {
    /** The one in which nothing is typed and nothing runs, as far as its shell says so. */
    private free: vscode.Terminal | undefined;
    private readonly subscription: vscode.Disposable;

    constructor(private readonly server: Server) {
        const take = (terminal: vscode.Terminal): void => {
            this.free = this.free === terminal ? undefined : this.free;
        };
        this.subscription = vscode.Disposable.from(
            vscode.window.onDidCloseTerminal(take),
            vscode.window.onDidStartTerminalShellExecution(({ terminal }) => take(terminal)),
            vscode.window.onDidEndTerminalShellExecution(({ terminal }) => {
                this.free = terminal.name === NAME ? terminal : this.free;
            }),
        );
    }

    /** Type a command at the top of the report's repository. Nothing runs it but the user. */
    async type(report: string, command: string): Promise<void> {
        const top = await this.server.execute<string | null>("reportLs.top", report);
        if (top === null) {
            throw new Error("the report is in no git repository");
        }
        const isThere = this.free?.shellIntegration?.cwd?.fsPath === vscode.Uri.file(top).fsPath;
        const terminal = (isThere ? this.free : undefined) ?? (await opened(top));
        this.free = undefined;
        terminal.show();
        terminal.sendText(command, false);
    }

    dispose(): void {
        this.subscription.dispose();
    }
}

/** Open a terminal, and wait a moment for the shell's prompt: what is typed before it shows twice. */
async function opened(folder: string): Promise<vscode.Terminal> {
    const terminal = vscode.window.createTerminal({ name: NAME, cwd: folder });
    terminal.show();
    await new Promise<void>((resolve) => {
        const ready = vscode.window.onDidChangeTerminalShellIntegration((event) => {
            if (event.terminal === terminal) {
                done();
            }
        });
        const timer = setTimeout(() => done(), PATIENCE_MS);
        const done = (): void => {
            clearTimeout(timer);
            ready.dispose();
            resolve();
        };
    });
    return terminal;
}
