// Which Python runs report-ls: candidates in their order, each probed before it is believed. Knows nothing of VS Code.

import { execFile } from "node:child_process";
import { access, constants, readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
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
    /** The workspace's folders. */
    readonly folders: readonly string[];
    /** Whether what lies in them may run. */
    readonly isTrusted: boolean;
}

/** The computer, as far as it matters here. */
export interface Machine {
    readonly platform: NodeJS.Platform;
    readonly home: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    isProgram(file: string): Promise<boolean>;
    /** Return the names in a folder; none if there is no such folder. */
    namesIn(folder: string): Promise<readonly string[]>;
    /** Run a program and return what it prints. Rejects when it fails. */
    run(command: readonly string[]): Promise<string>;
}

/** What the search has found. */
export interface Search {
    readonly python: Python | undefined;
    /** Each Python that is too old. */
    readonly old: readonly Python[];
}

const PROBE = "import sys; print('%d.%d.%d' % sys.version_info[:3])";
const OLDEST = "3.10";

/** Return the first candidate that is Python 3.10 or newer; `note` is told of each. */
export async function findPython(wishes: Wishes, machine: Machine, note: (message: string) => void): Promise<Search> {
    const tried = new Set<string>();
    const old: Python[] = [];
    for await (const command of candidates(wishes, machine)) {
        const shown = command.join(" ");
        if (tried.has(shown)) {
            continue;
        }
        tried.add(shown);
        try {
            const version = (await machine.run([...command, "-I", "-c", PROBE])).trim();
            note(`Python ${version}: ${shown}`);
            if (byVersion(version, OLDEST) >= 0) {
                return { python: { command, version }, old };
            }
            old.push({ command, version });
        } catch (error) {
            note(`not usable: ${shown}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
        }
    }
    return { python: undefined, old };
}

/** Say why there is no Python, in a sentence. */
export function whyNone(setting: string, { old }: Search): string {
    const needs = `needs Python ${OLDEST} or newer`;
    const [newest] = old.map(({ version }) => version).sort((a, b) => byVersion(b, a));
    if (setting !== "") {
        return `report-ls ${needs}, and the setting names "${setting}", which ${newest === undefined ? "does not run as Python 3" : `is ${newest}`}.`;
    }
    return newest === undefined
        ? `To do everything, report-ls ${needs}, and finds none on this computer.`
        : `To do everything, report-ls ${needs}, and the newest that it finds on this computer is ${newest}.`;
}

function byVersion(a: string, b: string): number {
    return a.localeCompare(b, "en", { numeric: true });
}

/** Yield the commands that may be a Python, best first. A setting names the only one. */
async function* candidates(wishes: Wishes, machine: Machine): AsyncGenerator<readonly string[]> {
    if (wishes.setting !== "") {
        yield [wishes.setting];
        return;
    }
    const paths = pathsOf(machine);
    const ownFolders = wishes.folders.map((folder) => comparable(folder, machine));
    // What lies in the workspace comes last: while it runs, Windows lets nobody renew that environment.
    const own: (readonly string[])[] = [];
    for await (const command of elsewhere(wishes, machine)) {
        const file = comparable(command[0] ?? "", machine);
        if (ownFolders.some((folder) => file.startsWith(folder + paths.sep))) {
            own.push(command);
        } else {
            yield command;
        }
    }
    for (const folder of wishes.folders) {
        const isWindows = machine.platform === "win32";
        const python = paths.join(folder, ".venv", ...(isWindows ? ["Scripts", "python.exe"] : ["bin", "python"]));
        if (await machine.isProgram(python)) {
            own.push([python]);
        }
    }
    if (wishes.isTrusted) {
        yield* own;
    }
}

async function* elsewhere(wishes: Wishes, machine: Machine): AsyncGenerator<readonly string[]> {
    if (wishes.chosen !== undefined) {
        yield [wishes.chosen];
    }
    const isWindows = machine.platform === "win32";
    if (isWindows) {
        for await (const launcher of onPath("py.exe", machine)) {
            yield [launcher, "-3"];
            const listed = (await asked([launcher, "-0p"], machine)) ?? "";
            yield* [...listed.matchAll(/[a-z]:\\.*?\.exe/gi)].map(([file]) => [file]);
        }
    }
    // The aliases of Windows' store are asked after all others: most are none, and answer slowly.
    const aliases: (readonly string[])[] = [];
    for (const name of isWindows ? ["python.exe", "python3.exe"] : ["python3", "python", ...VERSIONED]) {
        for await (const python of onPath(name, machine)) {
            if (isWindows && /\\Microsoft\\WindowsApps\\/i.test(python)) {
                aliases.push([python]);
            } else if (!(await opensDialog(python, machine))) {
                yield [python];
            }
        }
    }
    for (const place of placesOf(machine)) {
        for (const python of await matching(place, machine)) {
            yield [python];
        }
    }
    yield* aliases;
}

const VERSIONED = [19, 18, 17, 16, 15, 14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
const CONDAS = ["miniconda3", "anaconda3", "miniforge3", "mambaforge"];

/** Return where a Python lies that is not on PATH: conda's, pyenv's, uv's, an installer's; `*` is any name. */
function placesOf({ platform, home, environment }: Machine): string[] {
    const conda = environment["CONDA_PREFIX"];
    if (platform === "win32") {
        // A university may keep what belongs to an account on another disk.
        const local = environment["LOCALAPPDATA"] ?? `${home}\\AppData\\Local`;
        const roaming = environment["APPDATA"] ?? `${home}\\AppData\\Roaming`;
        return [
            ...(conda === undefined ? [] : [`${conda}\\python.exe`]),
            ...[home, local, "C:\\ProgramData"].flatMap((base) => CONDAS.map((name) => `${base}\\${name}\\python.exe`)),
            `${home}\\.pyenv\\pyenv-win\\versions\\*\\python.exe`,
            `${roaming}\\uv\\python\\*\\python.exe`,
            `${local}\\Programs\\Python\\*\\python.exe`,
            `${local}\\Python\\*\\python.exe`,
            "C:\\Program Files\\Python*\\python.exe",
        ];
    }
    return [
        ...(conda === undefined ? [] : [`${conda}/bin/python`]),
        ...[home, "/opt"].flatMap((base) => CONDAS.map((name) => `${base}/${name}/bin/python`)),
        `${home}/.pyenv/versions/*/bin/python`,
        `${home}/.local/share/uv/python/*/bin/python3`,
        ...(platform === "darwin"
            ? [
                  "/opt/homebrew/bin/python3",
                  "/usr/local/bin/python3",
                  "/Library/Frameworks/Python.framework/Versions/*/bin/python3",
                  "/opt/homebrew/Caskroom/*/base/bin/python",
              ]
            : []),
    ];
}

/** Return the programs at a place, those of the newest versions first. */
async function matching(place: string, machine: Machine): Promise<string[]> {
    const star = place.indexOf("*");
    let files = [place];
    if (star >= 0) {
        const end = place.lastIndexOf(pathsOf(machine).sep, star) + 1;
        const [folder, start, rest] = [place.slice(0, end), place.slice(end, star), place.slice(star + 1)];
        const names = (await machine.namesIn(folder)).filter((name) => name.startsWith(start));
        files = names.sort((a, b) => byVersion(b, a)).map((name) => folder + name + rest);
    }
    const are = await Promise.all(files.map((file) => machine.isProgram(file)));
    return files.filter((_, index) => are[index]);
}

async function* onPath(name: string, machine: Machine): AsyncGenerator<string> {
    const paths = pathsOf(machine);
    for (const folder of (machine.environment["PATH"] ?? "").split(paths.delimiter)) {
        // A relative folder would be one of the workspace; and a Python of Windows reads no file of its Linux.
        const isOurs = paths.isAbsolute(folder) && !(machine.platform === "linux" && /^\/mnt\/[a-z]\//.test(folder));
        const file = paths.join(folder, name);
        if (isOurs && (await machine.isProgram(file))) {
            yield file;
        }
    }
}

/** Say whether a program only offers to install Python: macOS without its tools. */
async function opensDialog(python: string, machine: Machine): Promise<boolean> {
    const mayAsk = machine.platform === "darwin" && python.startsWith("/usr/bin/");
    return mayAsk && (await asked(["/usr/bin/xcode-select", "--print-path"], machine)) === undefined;
}

async function asked(command: readonly string[], machine: Machine): Promise<string | undefined> {
    try {
        return (await machine.run(command)).trim() || undefined;
    } catch {
        return undefined;
    }
}

function pathsOf(machine: Machine): path.PlatformPath {
    return machine.platform === "win32" ? path.win32 : path.posix;
}

/** Return a path as it is compared: Windows and macOS take no notice of capital letters. */
function comparable(file: string, machine: Machine): string {
    return machine.platform === "linux" ? file : file.toLowerCase();
}

const PATIENCE_MS = 15_000;
/** Who looks for a Python installs none: Windows' own launcher would, where there is none. */
const NO_INSTALL = { PYTHON_MANAGER_AUTOMATIC_INSTALL: "false" };

/** Return the computer we are on. Programs run in a folder that no workspace has a say in. */
export function thisMachine(folder: string): Machine {
    const isWindows = process.platform === "win32";
    return {
        platform: process.platform,
        home: homedir(),
        environment: process.env,
        async isProgram(file) {
            try {
                // Windows' aliases can be run and not be looked at.
                await access(file, isWindows ? constants.F_OK : constants.X_OK);
                return isWindows || (await stat(file)).isFile();
            } catch {
                return false;
            }
        },
        namesIn: (parent) => readdir(parent).catch(() => []),
        run([program = "", ...rest]) {
            return new Promise((resolve, reject) => {
                const env = { ...process.env, ...NO_INSTALL };
                const options = { cwd: folder, env, timeout: PATIENCE_MS, windowsHide: true };
                execFile(program, rest, options, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
            });
        },
    };
}
