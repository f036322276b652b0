// The Report view in the explorer: every question with its state, as icon and as word, and what it holds.

import * as vscode from "vscode";

import type { Reports } from "./reports";
import type { Server } from "./server";
import { inFull, type Question, type Status } from "./status";

/** One question as the server names it: `Question 3: topic` and `needs work, 12 / 20–60 words`. */
interface Named {
    readonly name: string;
    readonly detail?: string;
    readonly selectionRange: { readonly start: { readonly line: number } };
    readonly children?: readonly Named[];
}

const UNFOLDED = "reportLs.isViewUnfolded";

/** Show the view, which is there while there is a report. */
export function showReportView(context: vscode.ExtensionContext, reports: Reports, server: Server): vscode.Disposable {
    const changed = new vscode.EventEmitter<void>();
    const view = vscode.window.createTreeView<vscode.TreeItem>("reportLs.report", {
        treeDataProvider: {
            onDidChangeTreeData: changed.event,
            getTreeItem: (item) => item,
            getChildren: (parent) => (parent === undefined ? items(reports.current, server) : []),
        },
    });
    const follow = reports.onDidChange(() => {
        view.message = reports.current === undefined ? "" : inFull(reports.current);
        changed.fire();
        if (reports.current !== undefined && !context.globalState.get(UNFOLDED, false)) {
            // In the explorer a view is folded until somebody unfolds it; VS Code remembers it from then on.
            void context.globalState.update(UNFOLDED, true);
            void vscode.commands.executeCommand("reportLs.report.focus", { preserveFocus: true });
        }
    });
    return vscode.Disposable.from(view, changed, follow);
}

async function items(status: Status | undefined, server: Server): Promise<vscode.TreeItem[]> {
    if (status === undefined) {
        return [];
    }
    const params = { textDocument: { uri: status.uri } };
    // A server that is just gone has no names, and its last word on the report will soon be gone too.
    const names = await server.ask<Named[] | null>("textDocument/documentSymbol", params).catch(() => null);
    const byLine = new Map(flat(names ?? []).map((named) => [named.selectionRange.start.line, named]));
    return status.questions.map((question) => item(status, question, byLine.get(question.range.start.line)));
}

function flat(names: readonly Named[]): Named[] {
    return names.flatMap((named) => [...flat(named.children ?? []), named]);
}

const ICONS: Readonly<Record<Question["state"], vscode.ThemeIcon>> = {
    ok: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
    unanswered: new vscode.ThemeIcon("circle-large-outline"),
    wrong: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
};

function item(status: Status, question: Question, named: Named | undefined): vscode.TreeItem {
    const label = question.topic === "" ? `Question ${question.number}` : `${question.number} ${question.topic}`;
    const item = new vscode.TreeItem(label);
    item.id = `${status.uri}#${question.range.start.line}`;
    item.iconPath = ICONS[question.state];
    if (named?.detail !== undefined) {
        item.description = named.detail;
        item.tooltip = `${named.name}\n${named.detail}`;
        item.accessibilityInformation = { label: `${named.name}, ${named.detail}` };
    }
    const { line, character } = question.range.end;
    const selection = new vscode.Range(line, character, line, character);
    item.command = {
        command: "vscode.open",
        title: "Go to the question",
        arguments: [vscode.Uri.parse(status.uri), { selection } satisfies vscode.TextDocumentShowOptions],
    };
    return item;
}
