// The page's end of the wire: the worker, and the language server in it.

import type { FromWorker, PageFile, ToWorker } from "./messages";

export interface Place {
    readonly line: number;
    readonly character: number;
}

export interface Range {
    readonly start: Place;
    readonly end: Place;
}

export interface Edit {
    readonly range: Range;
    readonly newText: string;
}

export interface Diagnostic {
    readonly range: Range;
    readonly severity: 1 | 2 | 3 | 4;
    readonly code: string;
    readonly message: string;
}

export interface Action {
    readonly title: string;
    readonly kind: string;
    readonly isPreferred?: boolean;
    readonly edit?: WorkspaceEdit;
}

export interface WorkspaceEdit {
    readonly changes?: Readonly<Record<string, readonly Edit[]>>;
}

const CAPABILITIES = {
    general: { positionEncodings: ["utf-16"] },
    textDocument: {
        publishDiagnostics: { versionSupport: true },
        hover: { contentFormat: ["plaintext"] },
        codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
            isPreferredSupport: true,
        },
    },
};

type Settle = { readonly resolve: (value: never) => void; readonly reject: (reason: Error) => void };

/** What the page is told. */
export interface Listener {
    loaded(n_bytes: number): void;
    ready(): void;
    failed(reason: string): void;
    notified(method: string, params: never): void;
}

export class Server {
    private readonly worker = new Worker("worker.js", { type: "module" });
    private readonly open = new Map<number, Settle>();
    private n_asked = 0;

    constructor(
        private readonly listener: Listener,
        settings: object,
    ) {
        this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.take(data);
        this.worker.onerror = ({ message }) => listener.failed(message);
        void this.request("initialize", {
            processId: null,
            rootUri: "file:///project",
            capabilities: CAPABILITIES,
            initializationOptions: { status: true, hoversProblems: true, settings },
        });
        this.notify("initialized", {});
    }

    /** Put files where Python sees them. */
    mount(files: readonly PageFile[]): void {
        this.tell({ kind: "mount", files });
    }

    write(path: string, text: string): void {
        this.tell({ kind: "write", path, text });
    }

    /** Return the paths of the reports below a folder. */
    reports(folder: string): Promise<readonly string[]> {
        return this.call("reports", [folder]);
    }

    /** Run `report-ls` and return what it prints, and what it says beside that. */
    command(...args: readonly string[]): Promise<readonly [printed: string, said: string]> {
        return this.call("command", args);
    }

    request<Result>(method: string, params: object): Promise<Result> {
        return this.ask((id) => this.say({ id, method, params }));
    }

    /** Run one of the server's own commands. */
    execute<Result>(name: string, ...args: readonly unknown[]): Promise<Result> {
        return this.request("workspace/executeCommand", { command: `reportLs.${name}`, arguments: args });
    }

    notify(method: string, params: object): void {
        this.say({ method, params });
    }

    private call<Result>(name: "reports" | "command", args: readonly string[]): Promise<Result> {
        return this.ask((id) => this.tell({ kind: "call", id, name, args }));
    }

    private ask<Result>(send: (id: number) => void): Promise<Result> {
        const id = ++this.n_asked;
        return new Promise<Result>((resolve, reject) => {
            this.open.set(id, { resolve, reject });
            send(id);
        });
    }

    private say(message: object): void {
        this.tell({ kind: "say", text: JSON.stringify({ jsonrpc: "2.0", ...message }) });
    }

    private tell(message: ToWorker): void {
        this.worker.postMessage(message);
    }

    private take(message: FromWorker): void {
        if (message.kind === "loaded") {
            this.listener.loaded(message.n_bytes);
        } else if (message.kind === "ready") {
            this.listener.ready();
        } else if (message.kind === "answer") {
            this.settle(message.id, message.value);
        } else if (message.kind === "failed") {
            if (message.id === undefined) {
                this.listener.failed(message.reason);
            } else {
                this.settle(message.id, undefined, message.reason);
            }
        } else {
            const said = JSON.parse(message.text);
            if (said.method === undefined) {
                this.settle(said.id, said.result, said.error?.message);
            } else if (said.id === undefined) {
                this.listener.notified(said.method, said.params as never);
            } else {
                this.say({ id: said.id, result: null });
            }
        }
    }

    private settle(id: number, value: unknown, error?: string): void {
        const asked = this.open.get(id);
        this.open.delete(id);
        if (error === undefined) {
            asked?.resolve(value as never);
        } else {
            asked?.reject(new Error(error));
        }
    }
}
