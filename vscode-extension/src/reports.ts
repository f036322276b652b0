// The open reports, as the server last spoke of them, and which of them all surfaces show.

import * as vscode from "vscode";

import { looksLikeReport } from "./looks";
import type { Status } from "./status";

/** What the server is told of. */
export const DOCUMENTS = [
    { scheme: "file", language: "markdown" },
    { scheme: "untitled", language: "markdown" },
];

/** Say whether a document is one that a student would expect to be judged. */
export function isLikeReport(document: vscode.TextDocument): boolean {
    return vscode.languages.match(DOCUMENTS, document) > 0 && looksLikeReport(document.getText());
}

/** What the server says of each open report. */
export class Reports implements vscode.Disposable {
    private readonly known = new Map<string, Status>();
    private readonly judged = new Set<string>();
    private shown = "";
    private readonly changed = new vscode.EventEmitter<void>();
    private readonly subscriptions: vscode.Disposable;

    /** Something that a surface shows is another one now. */
    readonly onDidChange = this.changed.event;

    constructor() {
        this.subscriptions = vscode.Disposable.from(
            this.changed,
            vscode.window.onDidChangeActiveTextEditor(() => this.tell()),
            vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
        );
        this.onDidChange(() => {
            const has = this.current !== undefined;
            void vscode.commands.executeCommand("setContext", "reportLs.hasReport", has);
            // The view does not go away while a server starts.
            const isAwaited =
                has || vscode.workspace.textDocuments.some((one) => isLikeReport(one) && !this.isJudged(one));
            void vscode.commands.executeCommand("setContext", "reportLs.isReportAwaited", isAwaited);
        });
    }

    /** The report of the active editor, else the one that was shown last, else any that is open. */
    get current(): Status | undefined {
        const [first] = this.known.values();
        return this.active ?? this.known.get(this.shown) ?? first;
    }

    /** The report of the active editor. */
    get active(): Status | undefined {
        const document = vscode.window.activeTextEditor?.document;
        return document && this.known.get(document.uri.toString());
    }

    /** Say whether the server has spoken of a document, if only to say that it is no report. */
    isJudged(document: vscode.TextDocument): boolean {
        return this.judged.has(document.uri.toString());
    }

    /** Take what the server says. */
    take(status: Status): void {
        const key = vscode.Uri.parse(status.uri).toString();
        if (!vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === key)) {
            return; // It was closed before the server knew.
        }
        this.judged.add(key);
        if (status.pack === null) {
            this.known.delete(key);
        } else {
            this.known.set(key, status);
        }
        this.tell();
    }

    /** Forget all: there is no server to speak of them. */
    clear(): void {
        this.known.clear();
        this.judged.clear();
        this.tell();
    }

    dispose(): void {
        this.subscriptions.dispose();
    }

    private forget(uri: vscode.Uri): void {
        this.judged.delete(uri.toString());
        this.known.delete(uri.toString());
        this.tell();
    }

    private tell(): void {
        const active = this.active;
        if (active !== undefined) {
            this.shown = vscode.Uri.parse(active.uri).toString();
        }
        this.changed.fire();
    }
}
