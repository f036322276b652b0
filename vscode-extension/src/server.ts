// The server's life: found, started, started again after a crash, stopped; and the ways to ask it.

import * as path from "node:path";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import {
    CloseAction,
    ErrorAction,
    LanguageClient,
    type LanguageClientOptions,
    type Middleware,
    type ShowDocumentRequest,
    type ServerOptions,
    State as ClientState,
    TransportKind,
    type WorkspaceEdit,
} from "vscode-languageclient/node";

import { Backoff } from "./backoff";
import { choosePython, namedInterpreter, sayOfPython, sayOfPythonOnce } from "./environment";
import { LINK } from "./explanation";
import { markPlaces } from "./places";
import type { Python } from "./python";
import { DOCUMENTS, type Reports } from "./reports";
import type { Status } from "./status";

/** How the server is. */
export type State = "not needed" | "starting" | "running" | "no Python" | "ended";

/** One server for the window. */
export class Server implements vscode.Disposable {
    private client: LanguageClient | undefined;
    private lately: Promise<void> = Promise.resolve();
    private now: State = "not needed";
    private lastWords = "";
    private readonly changed = new vscode.EventEmitter<void>();

    /** The Python that was found, or a sentence that says why none was. */
    python: Python | string = "report-ls has not looked for a Python yet.";

    /** Where there is none, the server is WebAssembly, which the extension brings along. */
    isWithoutPython = false;

    /** `state` is another one now. */
    readonly onDidChangeState = this.changed.event;

    constructor(
        private readonly context: vscode.ExtensionContext,
        private readonly log: vscode.LogOutputChannel,
        private readonly reports: Reports,
    ) {}

    get state(): State {
        return this.now;
    }

    private set state(state: State) {
        this.now = state;
        this.changed.fire();
    }

    /** Start the server if nobody has needed it yet. */
    async need(): Promise<void> {
        await (this.state === "not needed" ? this.restart() : this.lately);
    }

    /** Start the server, or another one in its place; one after the other, however often it is asked. */
    restart(): Promise<void> {
        this.state = "starting";
        this.lately = this.lately.then(async () => {
            await this.stop();
            await this.start();
        });
        return this.lately;
    }

    /** Send a request. Rejects when there is no server. */
    async ask<Answer>(method: string, params: object): Promise<Answer> {
        await this.need();
        if (this.client === undefined) {
            throw new Error(typeof this.python === "string" ? this.python : "the server is not running");
        }
        return this.client.sendRequest<Answer>(method, params);
    }

    /** Let the server execute a command. Rejects when there is no server. */
    async execute<Answer>(command: string, ...args: unknown[]): Promise<Answer> {
        return this.ask<Answer>("workspace/executeCommand", { command, arguments: args });
    }

    /** Let the server execute a command that answers with an edit. Rejects when there is no server. */
    async edit(command: string, ...args: unknown[]): Promise<vscode.WorkspaceEdit | undefined> {
        const edit = await this.execute<WorkspaceEdit | null>(command, ...args);
        return this.client?.protocol2CodeConverter.asWorkspaceEdit(edit);
    }

    /** Make all safe fixes and return how many problems they mend. Rejects when that cannot be done. */
    async fixAll(uri: string): Promise<number> {
        const fixes = await this.execute<{ edit: WorkspaceEdit | null; mended: number } | null>("reportLs.fixAll", uri);
        const edit = await this.client?.protocol2CodeConverter.asWorkspaceEdit(fixes?.edit);
        if (edit !== undefined && !(await vscode.workspace.applyEdit(edit))) {
            throw new Error("the text has changed since: try again");
        }
        return fixes?.mended ?? 0;
    }

    /** Return the program and the arguments that run report-ls. Rejects when there is no Python. */
    async commandLine(args: readonly string[]): Promise<[program: string, args: string[]]> {
        await this.need();
        if (typeof this.python === "string") {
            throw new Error(this.python);
        }
        return commandLine(this.python, this.context, args);
    }

    dispose(): Promise<void> {
        this.lately = this.lately.then(() => this.stop());
        return this.lately;
    }

    private async start(): Promise<void> {
        this.python = await choosePython(this.context, this.log);
        this.isWithoutPython = typeof this.python === "string" && namedInterpreter() === "";
        const program = this.program();
        if (typeof this.python === "string") {
            this.log.warn(this.python);
        }
        if (program === undefined) {
            this.state = "no Python";
            void sayOfPython(this.context, this);
            return;
        }
        if (this.isWithoutPython) {
            void sayOfPythonOnce(this.context, this);
        }
        this.client = new SilentClient("reportLs", "report-ls", program, this.options());
        this.client.onNotification("reportLs/status", (status: Status) => this.reports.take(status));
        this.client.onDidChangeState(({ newState }) => {
            if (newState === ClientState.Running) {
                this.log.info(`the server is running${this.isWithoutPython ? ", without Python" : ""}`);
                this.state = "running";
            }
        });
        try {
            await this.client.start();
        } catch (error) {
            this.log.error("the server cannot be started", error);
        }
    }

    /** Return what to start; nothing where the setting names a Python that is none: the user wants one. */
    private program(): ServerOptions | undefined {
        const options = { cwd: this.context.extensionPath };
        if (this.isWithoutPython) {
            const module = path.join(this.context.extensionPath, "wasm", "server.mjs");
            return { module, transport: TransportKind.ipc, options };
        }
        if (typeof this.python === "string") {
            return undefined;
        }
        const [command, args] = commandLine(this.python, this.context, ["--stdio"]);
        return { command, args, options };
    }

    private async stop(): Promise<void> {
        const client = this.client;
        this.client = undefined;
        this.reports.clear();
        try {
            await client?.dispose();
        } catch (error) {
            // It crashed, and is as gone as it would be otherwise.
            this.log.info("the server did not say goodbye", error);
        }
    }

    private options(): LanguageClientOptions {
        const backoff = new Backoff();
        return {
            documentSelector: DOCUMENTS,
            initializationOptions: {
                status: true,
                trusted: vscode.workspace.isTrusted,
                explain: LINK,
                ignore: "report-ls.ignore",
                type: "report-ls.type",
                hoversProblems: true,
                namesPicturesFirst: true,
            },
            middleware: {
                window: { showDocument: showProblem },
                // VS Code's own Markdown shows the headings; two of each help nobody.
                provideDocumentSymbols: () => [],
                ...capitalised(),
                ...markPlaces(),
            },
            outputChannel: this.log,
            stdioOptions: { stdout: () => undefined, stderr: (stream) => this.note(stream) },
            initializationFailedHandler: () => false,
            errorHandler: {
                error: () => ({ action: ErrorAction.Continue }),
                closed: async () => {
                    this.reports.clear();
                    const wait = backoff.next(Date.now());
                    if (wait === undefined) {
                        this.state = "ended";
                        void this.sayItEnded();
                        return { action: CloseAction.DoNotRestart, handled: true };
                    }
                    this.state = "starting";
                    this.log.warn(`the server has ended; it is started again in ${wait} ms`);
                    await new Promise((resolve) => setTimeout(resolve, wait));
                    return { action: CloseAction.Restart, handled: true };
                },
            },
        };
    }

    /** Log what the server complains of, and remember the last of it: it says why it ended. */
    private note(stderr: NodeJS.ReadableStream): void {
        createInterface({ input: stderr }).on("line", (line) => {
            this.log.error(line);
            this.lastWords = line.trim() || this.lastWords;
        });
    }

    private async sayItEnded(): Promise<void> {
        const [restart, show] = ["Restart", "Show the Log"];
        const message = `report-ls has ended again and again${this.lastWords && `: ${this.lastWords}`}`;
        const answer = await vscode.window.showErrorMessage(message, restart, show);
        if (answer === restart) {
            await this.restart();
        } else if (answer === show) {
            this.log.show();
        }
    }
}

/** A client whose errors are in the log, and in no message of its own: what the user has to know we say, once. */
class SilentClient extends LanguageClient {
    override error(message: string, data?: unknown): void {
        super.error(message, data, false);
    }
}

/** Write the titles of what can be done as VS Code does; the server, which knows them as they were, hears them so. */
function capitalised(): Pick<Middleware, "provideCodeActions" | "resolveCodeAction"> {
    const titles = new WeakMap<vscode.Command | vscode.CodeAction, string>();
    return {
        provideCodeActions: async (document, range, context, token, next) => {
            const actions = (await next(document, range, context, token)) ?? [];
            for (const action of actions) {
                titles.set(action, action.title);
                action.title = action.title.charAt(0).toUpperCase() + action.title.slice(1);
            }
            return actions;
        },
        resolveCodeAction: async (action, token, next) => {
            const shown = action.title;
            action.title = titles.get(action) ?? shown;
            const resolved = await next(action, token);
            action.title = shown;
            if (resolved) {
                resolved.title = shown;
            }
            return resolved;
        },
    };
}

/** Go to the problem that the server wants to be seen, and say what it is. */
const showProblem: ShowDocumentRequest.MiddlewareSignature = async (params, token, next) => {
    const shown = await next(params, token);
    await vscode.commands.executeCommand("editor.action.showHover", { focus: "noAutoFocus" });
    return shown;
};

function commandLine(
    python: Python,
    context: vscode.ExtensionContext,
    args: readonly string[],
): [program: string, args: string[]] {
    const [program = "", ...first] = python.command;
    // Isolated: neither the workspace nor the environment can put a module of theirs in the place of one of ours.
    // What Python remembers of the modules is not written beside them: the extension stays as it was installed.
    const remembered = path.join(context.globalStorageUri.fsPath, "pycache");
    const start = path.join(context.extensionPath, "start.py");
    return [program, [...first, "-I", "-X", "utf8", "-X", `pycache_prefix=${remembered}`, start, ...args]];
}
