// The server's life: found, started, started again after a crash, stopped; and the ways to ask it.

import { execFile } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";
import {
    CloseAction,
    ErrorAction,
    LanguageClient,
    type LanguageClientOptions,
    RevealOutputChannelOn,
    type ShowDocumentRequest,
    type WorkspaceEdit,
} from "vscode-languageclient/node";

import { Backoff } from "./backoff";
import { choosePython, sayThereIsNone } from "./environment";
import { LINK } from "./explanation";
import type { Python } from "./python";
import type { Reports } from "./reports";
import type { Status } from "./status";

const LARGEST_OUTPUT = 64 * 1024 * 1024;
const NO_PYTHON = "there is no Python 3.10 or newer";

/** One server for the window. */
export class Server implements vscode.Disposable {
    private client: LanguageClient | undefined;
    private lately: Promise<void> = Promise.resolve();

    /** The Python that was found. */
    python: Python | undefined;

    constructor(
        private readonly context: vscode.ExtensionContext,
        private readonly log: vscode.LogOutputChannel,
        private readonly reports: Reports,
    ) {}

    /** Start the server, or another one in its place; one after the other, however often it is asked. */
    restart(): Promise<void> {
        this.lately = this.lately.then(async () => {
            await this.stop();
            await this.start();
        });
        return this.lately;
    }

    /** Send a request. Rejects when there is no server. */
    async ask<Answer>(method: string, params: object): Promise<Answer> {
        await this.lately;
        if (this.client === undefined) {
            throw new Error(this.python === undefined ? NO_PYTHON : "the server is not running");
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

    /** Run report-ls as a command and return what it prints. Rejects with what it says when it fails. */
    async run(args: readonly string[], folder: string): Promise<string> {
        const [program, rest] = await this.commandLine(args);
        return new Promise((resolve, reject) => {
            const options = { cwd: folder, maxBuffer: LARGEST_OUTPUT, windowsHide: true };
            execFile(program, rest, options, (error, stdout, stderr) => {
                if (error === null) {
                    resolve(stdout);
                } else {
                    reject(new Error(stderr.trim() || error.message));
                }
            });
        });
    }

    /** Return the program and the arguments that run report-ls. Rejects when there is no Python. */
    async commandLine(args: readonly string[]): Promise<[program: string, args: string[]]> {
        await this.lately;
        if (this.python === undefined) {
            throw new Error(NO_PYTHON);
        }
        return commandLine(this.python, this.context, args);
    }

    dispose(): Promise<void> {
        this.lately = this.lately.then(() => this.stop());
        return this.lately;
    }

    private async start(): Promise<void> {
        this.python = await choosePython(this.context, this.log);
        if (this.python === undefined) {
            this.log.error(NO_PYTHON);
            void sayThereIsNone(this.context);
            return;
        }
        const [command, args] = commandLine(this.python, this.context, ["--stdio"]);
        const executable = { command, args, options: { cwd: this.context.extensionPath } };
        this.client = new LanguageClient("reportLs", "report-ls", executable, this.options());
        this.client.onNotification("reportLs/status", (status: Status) => this.reports.take(status));
        try {
            await this.client.start();
            this.log.info("the server is running");
        } catch (error) {
            this.log.error("the server cannot be started", error);
        }
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
            documentSelector: [
                { scheme: "file", language: "markdown" },
                { scheme: "untitled", language: "markdown" },
            ],
            initializationOptions: {
                status: true,
                trusted: vscode.workspace.isTrusted,
                explain: LINK,
                ignore: "report-ls.ignore",
            },
            middleware: { window: { showDocument: showProblem } },
            outputChannel: this.log,
            // A request that a crash broke off is asked again after it: no message box for each.
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            errorHandler: {
                error: () => ({ action: ErrorAction.Continue }),
                closed: async () => {
                    this.reports.clear();
                    const wait = backoff.next(Date.now());
                    if (wait === undefined) {
                        void this.sayItCrashed();
                        return { action: CloseAction.DoNotRestart, handled: true };
                    }
                    this.log.warn(`the server has ended; it is started again in ${wait} ms`);
                    await new Promise((resolve) => setTimeout(resolve, wait));
                    return { action: CloseAction.Restart, handled: true };
                },
            },
        };
    }

    private async sayItCrashed(): Promise<void> {
        const [restart, show] = ["Restart", "Show the Log"];
        const answer = await vscode.window.showErrorMessage("report-ls has crashed again and again.", restart, show);
        if (answer === restart) {
            await this.restart();
        } else if (answer === show) {
            this.log.show();
        }
    }
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
