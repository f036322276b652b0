// What only a terminal can do, such as a command of git: the line is typed there, and the user runs it or does not.

import * as vscode from "vscode";

import type { Server } from "./server";

const NAME = "Report";

/** Type a command into a terminal at the top of the report's repository. Nothing runs it but the user. */
export async function typeInTerminal(server: Server, report: string, command: string): Promise<void> {
    const top = await server.execute<string | null>("reportLs.top", report);
    if (top === null) {
        throw new Error("the report is in no git repository");
    }
    const terminal = vscode.window.createTerminal({ name: NAME, cwd: top });
    terminal.show();
    terminal.sendText(command, false);
}
