// What a report of a defect should say; nothing of the student's report, and no name of a file or a person. Where its
// Python lies, a path that may hold either, stands in the log.

import * as os from "node:os";
import * as vscode from "vscode";

import type { Reports } from "./reports";
import type { Server } from "./server";
import { inFull, type Status } from "./status";

/** Return it as Markdown. */
export function debugInformation(context: vscode.ExtensionContext, server: Server, reports: Reports): string {
    const { version } = context.extension.packageJSON as { version: string };
    const settings = vscode.workspace.getConfiguration("reportLs");
    const { python } = server;
    const status = reports.current;
    const lines = {
        "report-ls": version,
        [vscode.env.appName]:
            `${vscode.version}${vscode.env.remoteName === undefined ? "" : `, ${vscode.env.remoteName}`}`,
        system: `${os.platform()} ${os.release()} ${os.arch()}`,
        Python: typeof python === "string" ? "none" : python.version,
        folder: vscode.workspace.isTrusted ? "trusted" : "not trusted",
        settings: ["stage", "hints", "severity"].map((key) => `${key} ${JSON.stringify(settings.get(key))}`).join(", "),
        report: status === undefined ? "none" : `${packs(status)}, ${status.stage}: ${inFull(status)}`,
    };
    const text = Object.entries(lines).map(([name, value]) => `- ${name}: ${value}\n`);
    return text.join("");
}

function packs(status: Status): string {
    return status.nearest === null ? `${status.pack}` : `${status.pack} like ${status.nearest}`;
}
