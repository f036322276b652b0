// Which Python runs report-ls: candidates in their order, each probed before it is believed. Knows nothing of VS Code.

import { execFile } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import * as path from "node:path";

/** A Python that can run report-ls. */
export interface Python {
    /** The program and the arguments that come first, such as `py -3`. */
    readonly command: readonly string[];
    readonly version: string;
}

/** What users and their folders say about Python. */
export interface Wishes {
    /** The setting; empty if it is not set. */
    readonly setting: string;
    /** What the Python extension has chosen. */
    readonly chosen: string | undefined;
    /** The workspace's folders; none while they are not trusted. */
    readonly folders: readonly string[];
}

/** The computer, as far as it matters here. */
export interface Machine {
    readonly platform: NodeJS.Platform;
    /** The folders of PATH. */
    readonly searched: readonly string[];
    isProgram(file: string): Promise<boolean>;
    /** Run a program and return what it prints. Rejects when it fails. */
    run(command: readonly string[]): Promise<string>;
}

const PROBE = "import sys; print('%d.%d.%d' % sys.version_info[:3]); sys.exit(sys.version_info < (3, 10))";

/** Return the first candidate that is Python 3.10 or newer; `note` is told of each. */
export async function findPython(
    wishes: Wishes,
    machine: Machine,
    note: (message: string) => void,
): Promise<Python | undefined> {
    const tried = new Set<string>();
    for await (const command of candidates(wishes, machine)) {
        const shown = command.join(" ");
        if (tried.has(shown)) {
            continue;
        }
        tried.add(shown);
        try {
            const version = (await machine.run([...command, "-I", "-c", PROBE])).trim();
            note(`Python ${version}: ${shown}`);
            return { command, version };
        } catch (error) {
            note(`not usable: ${shown}: ${reason(error)}`);
        }
    }
    return undefined;
}

/** Yield the commands that may be a Python, best first. Whoever sets one wants that one or none. */
async function* candidates(wishes: Wishes, machine: Machine): AsyncGenerator<readonly string[]> {
    if (wishes.setting !== "") {
        yield [wishes.setting];
        return;
    }
    if (wishes.chosen !== undefined) {
        yield [wishes.chosen];
    }
    const isWindows = machine.platform === "win32";
    const paths = isWindows ? path.win32 : path.posix;
    for (const folder of wishes.folders) {
        const python = paths.join(folder, ".venv", ...(isWindows ? ["Scripts", "python.exe"] : ["bin", "python"]));
        if (await machine.isProgram(python)) {
            yield [python];
        }
    }
    if (isWindows) {
        for await (const launcher of onPath("py.exe", machine)) {
            yield [launcher, "-3"];
        }
    }
    for (const name of isWindows ? ["python.exe", "python3.exe"] : ["python3", "python"]) {
        for await (const python of onPath(name, machine)) {
            if (!(await opensDialog(python, machine))) {
                yield [python];
            }
        }
    }
    const found = await asked(["uv", "python", "find", "--no-project", "--no-python-downloads", ">=3.10"], machine);
    if (found !== undefined) {
        yield [found];
    }
}

async function* onPath(name: string, machine: Machine): AsyncGenerator<string> {
    const paths = machine.platform === "win32" ? path.win32 : path.posix;
    for (const folder of machine.searched) {
        const file = paths.join(folder, name);
        // A relative folder of PATH would be one of the workspace.
        if (paths.isAbsolute(folder) && (await machine.isProgram(file))) {
            yield file;
        }
    }
}

/** Say whether a program only offers to install Python: Windows' aliases of its store, macOS without its tools. */
async function opensDialog(python: string, machine: Machine): Promise<boolean> {
    if (machine.platform === "win32") {
        return /\\Microsoft\\WindowsApps\\/i.test(python);
    }
    if (machine.platform === "darwin" && python.startsWith("/usr/bin/")) {
        return (await asked(["/usr/bin/xcode-select", "--print-path"], machine)) === undefined;
    }
    return false;
}

async function asked(command: readonly string[], machine: Machine): Promise<string | undefined> {
    try {
        return (await machine.run(command)).trim() || undefined;
    } catch {
        return undefined;
    }
}

function reason(error: unknown): string {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

const PATIENCE_MS = 15_000;

/** Return the computer we are on. Programs run in a folder that no workspace has a say in. */
export function thisMachine(folder: string): Machine {
    const isWindows = process.platform === "win32";
    return {
        platform: process.platform,
        searched: (process.env["PATH"] ?? "").split(path.delimiter).filter((one) => one !== ""),
        async isProgram(file) {
            try {
                // Windows' aliases can be run and not be looked at.
                await access(file, isWindows ? constants.F_OK : constants.X_OK);
                return isWindows || (await stat(file)).isFile();
            } catch {
                return false;
            }
        },
        run([program = "", ...rest]) {
            return new Promise((resolve, reject) => {
                const options = { cwd: folder, timeout: PATIENCE_MS, windowsHide: true };
                execFile(program, rest, options, (error, stdout) => {
                    if (error === null) {
                        resolve(stdout);
                    } else if (stdout.trim() !== "") {
                        reject(new Error(`it is ${stdout.trim().slice(0, 40)}`));
                    } else {
                        reject(error);
                    }
                });
            });
        },
    };
}
