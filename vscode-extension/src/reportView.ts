// The Report view: every question of the course with what it holds and its problems. It follows the caret.

import * as path from "node:path";
import * as vscode from "vscode";

import type { Reports } from "./reports";
import { type Problem, type Row, rowsOf } from "./rows";
import { inFull, questionAt, type Status, summary } from "./status";

/** Show the view, which is there while there is a report. */
export function showReportView(reports: Reports): vscode.Disposable {
    let rows: readonly Row[] = [];
    let shown = "";
    const changed = new vscode.EventEmitter<void>();
    const view = vscode.window.createTreeView<Row>("reportLs.report", {
        treeDataProvider: {
            onDidChangeTreeData: changed.event,
            getTreeItem: (row) => item(row, reports.current?.uri ?? ""),
            getChildren: (row) => [...(row?.children ?? (row === undefined ? rows : []))],
            getParent: (row) => parentOf(row, rows),
        },
    });
    const follow = (): void => {
        const status = reports.active;
        const caret = vscode.window.activeTextEditor?.selection.active;
        const question = status && caret && questionAt(status, caret.line);
        const row = rows.find(({ id }) => question !== undefined && id === `${status?.questions.indexOf(question)}`);
        if (row !== undefined && view.visible) {
            void view.reveal(row, { select: true, focus: false });
        }
    };
    const show = (): void => {
        const status = reports.current;
        const found = status === undefined ? [] : rowsOf(status, problemsOf(status));
        const key = JSON.stringify([status?.uri, found]);
        if (key !== shown) {
            [rows, shown] = [found, key];
            changed.fire();
        }
        view.message =
            status === undefined
                ? "Nothing is checked yet."
                : `${path.basename(vscode.Uri.parse(status.uri).path)}: ${summary(status)}`;
        view.badge = badge(status);
        follow();
    };
    return vscode.Disposable.from(
        view,
        changed,
        reports.onDidChange(show),
        vscode.languages.onDidChangeDiagnostics(show),
        vscode.window.onDidChangeTextEditorSelection(follow),
        view.onDidChangeVisibility(follow),
    );
}

function parentOf(row: Row, rows: readonly Row[]): Row | undefined {
    for (const one of rows) {
        const parent = one.children.includes(row) ? one : parentOf(row, one.children);
        if (parent !== undefined) {
            return parent;
        }
    }
    return undefined;
}

function badge(status: Status | undefined): vscode.ViewBadge | undefined {
    const value = status === undefined ? 0 : status.counts.error + status.counts.warning;
    return status === undefined || value === 0 ? undefined : { value, tooltip: inFull(status) };
}

const SEVERITIES: readonly (Problem["severity"] | undefined)[] = ["error", "warning", "information"];

function problemsOf(status: Status): Problem[] {
    const told = vscode.languages.getDiagnostics(vscode.Uri.parse(status.uri));
    return told.flatMap(({ source, severity, code, message, range: { start }, relatedInformation }) => {
        const known = SEVERITIES[severity];
        if (source !== "report-ls" || known === undefined) {
            return [];
        }
        const others = (relatedInformation ?? [])
            .filter(({ location }) => location.uri.toString() === vscode.Uri.parse(status.uri).toString())
            .map((other) => ({ message: other.message, start: other.location.range.start }));
        const named = typeof code === "object" ? code.value : (code ?? "");
        return [{ code: String(named), severity: known, message, start, others }];
    });
}

const ICONS: Readonly<Record<Row["kind"], vscode.ThemeIcon>> = {
    ok: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
    unanswered: new vscode.ThemeIcon("circle-large-outline"),
    wrong: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
    missing: new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.errorForeground")),
    error: new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground")),
    warning: new vscode.ThemeIcon("warning", new vscode.ThemeColor("problemsWarningIcon.foreground")),
    information: new vscode.ThemeIcon("info", new vscode.ThemeColor("problemsInfoIcon.foreground")),
    place: new vscode.ThemeIcon("location"),
    kinds: new vscode.ThemeIcon("list-tree"),
};

function item(row: Row, uri: string): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row.label, row.children.length > 0 ? Collapsed : None);
    item.id = `${uri}#${row.id}`;
    item.iconPath = ICONS[row.kind];
    item.description = row.detail;
    item.tooltip = row.name;
    item.accessibilityInformation = { label: row.name };
    item.command = { command: "report-ls.goTo", title: "Go there", arguments: [uri, row.place] };
    return item;
}
