import assert from "node:assert/strict";
import { test } from "node:test";

import { findPython, type Machine, thisMachine, whyNone, type Wishes } from "../src/python";

const NOTHING: Wishes = { setting: "", chosen: undefined, folders: [], isTrusted: true };

/** A computer with some programs: what each prints when it is asked for its version, or that it fails. */
function machine(
    platform: NodeJS.Platform,
    searched: string[],
    programs: Record<string, string | Error>,
    variables: Record<string, string> = {},
) {
    const ran: string[] = [];
    const [home, sign] = platform === "win32" ? ["C:\\Users\\ida", "\\"] : ["/home/ida", "/"];
    const computer: Machine = {
        platform,
        home,
        environment: { PATH: searched.join(platform === "win32" ? ";" : ":"), ...variables },
        isProgram: async (file) => file in programs,
        namesIn: async (folder) => {
            const inside = Object.keys(programs).filter((program) => program.startsWith(folder));
            return [...new Set(inside.map((program) => program.slice(folder.length).split(sign)[0] ?? ""))];
        },
        run: async (command) => {
            const fitting = Object.keys(programs).filter((program) =>
                `${command.join(" ")} `.startsWith(`${program} `),
            );
            const known = fitting.sort((a, b) => b.length - a.length)[0] ?? "";
            ran.push(known);
            const answer = programs[known] ?? new Error("there is no such program");
            if (answer instanceof Error) {
                throw answer;
            }
            return answer;
        },
    };
    return { computer, ran };
}

async function found(wishes: Wishes, computer: Machine): Promise<string | undefined> {
    return (await findPython(wishes, computer, () => undefined)).python?.command.join(" ");
}

const LINUX = { "/usr/bin/python3": "3.11.2\n", "/work/.venv/bin/python": "3.12.1\n", "/opt/chosen": "3.13.0\n" };

test("the setting comes first, and nothing else is tried when it is no Python", async () => {
    const { computer, ran } = machine("linux", ["/usr/bin"], LINUX);
    assert.equal("/opt/chosen", await found({ ...NOTHING, setting: "/opt/chosen" }, computer));
    assert.equal(undefined, await found({ ...NOTHING, setting: "/opt/none" }, computer));
    assert.deepEqual(["/opt/chosen", ""], ran);
});

test("the choice of the Python extension comes before PATH, and what lies in the workspace last", async () => {
    const wishes = { ...NOTHING, chosen: "/opt/chosen", folders: ["/work"] };
    const { computer } = machine("linux", ["/usr/bin"], LINUX);
    assert.equal("/opt/chosen", await found(wishes, computer));
    assert.equal("/usr/bin/python3", await found({ ...wishes, chosen: "/opt/gone" }, computer));
    assert.equal("/usr/bin/python3", await found({ ...wishes, chosen: "/work/.venv/bin/python" }, computer));
    const alone = machine("linux", [], LINUX).computer;
    assert.equal("/work/.venv/bin/python", await found({ ...wishes, chosen: undefined }, alone));
});

test("nothing in a folder that is not trusted is run, also where PATH leads there", async () => {
    const wishes = { ...NOTHING, folders: ["/work"], isTrusted: false };
    const { computer, ran } = machine("linux", ["/work/bin", "/works"], {
        ...LINUX,
        "/work/bin/python3": "3.13.0",
        "/works/python3": "3.10.1",
    });
    assert.equal("/works/python3", await found(wishes, computer));
    assert.deepEqual(["/works/python3"], ran);
    const windows = machine("win32", ["c:\\WORK"], { "c:\\WORK\\python.exe": "3.13.0" });
    assert.equal(undefined, await found({ ...wishes, folders: ["C:\\work"] }, windows.computer));
});

test("an old Python and a broken one are passed over, each tried once", async () => {
    const { computer, ran } = machine("linux", ["/a", "/b", "/a", "relative"], {
        "/a/python3": "3.9.18\n",
        "/a/python3.12": new Error("it is broken"),
        "/b/python": "3.10.0\n",
        "relative/python3": "3.14.0\n",
    });
    assert.equal("/b/python", await found(NOTHING, computer));
    assert.deepEqual(["/a/python3", "/b/python"], ran);
});

// What a computer has, and which Python is taken.
const PLACES: [what: string, platform: NodeJS.Platform, searched: string[], files: string[], expected: string][] = [
    [
        "a version in its name",
        "linux",
        ["/usr/bin"],
        ["/usr/bin/python3.11", "/usr/bin/python3.9"],
        "/usr/bin/python3.11",
    ],
    ["conda", "linux", [], ["/home/ida/miniforge3/bin/python"], "/home/ida/miniforge3/bin/python"],
    ["conda on a Mac", "darwin", [], ["/opt/anaconda3/bin/python"], "/opt/anaconda3/bin/python"],
    [
        "pyenv, the newest",
        "linux",
        [],
        ["/home/ida/.pyenv/versions/3.9.9/bin/python", "/home/ida/.pyenv/versions/3.13.2/bin/python"],
        "/home/ida/.pyenv/versions/3.13.2/bin/python",
    ],
    [
        "uv's own",
        "darwin",
        [],
        ["/home/ida/.local/share/uv/python/cpython-3.12.7-macos/bin/python3"],
        "/home/ida/.local/share/uv/python/cpython-3.12.7-macos/bin/python3",
    ],
    ["Homebrew", "darwin", [], ["/opt/homebrew/bin/python3"], "/opt/homebrew/bin/python3"],
    [
        "the installer for Macs",
        "darwin",
        [],
        ["/Library/Frameworks/Python.framework/Versions/3.13/bin/python3"],
        "/Library/Frameworks/Python.framework/Versions/3.13/bin/python3",
    ],
    [
        "Linux on Windows",
        "linux",
        ["/mnt/c/Users/ida/.pyenv/pyenv-win/shims", "/usr/bin"],
        ["/mnt/c/Users/ida/.pyenv/pyenv-win/shims/python", "/usr/bin/python3"],
        "/usr/bin/python3",
    ],
    [
        "conda on Windows",
        "win32",
        [],
        ["C:\\Users\\ida\\anaconda3\\python.exe"],
        "C:\\Users\\ida\\anaconda3\\python.exe",
    ],
    [
        "pyenv on Windows",
        "win32",
        [],
        ["C:\\Users\\ida\\.pyenv\\pyenv-win\\versions\\3.12.1\\python.exe"],
        "C:\\Users\\ida\\.pyenv\\pyenv-win\\versions\\3.12.1\\python.exe",
    ],
    [
        "uv's own on Windows",
        "win32",
        [],
        ["C:\\Users\\ida\\AppData\\Roaming\\uv\\python\\cpython-3.12.7\\python.exe"],
        "C:\\Users\\ida\\AppData\\Roaming\\uv\\python\\cpython-3.12.7\\python.exe",
    ],
    [
        "an installer that did not touch PATH",
        "win32",
        [],
        ["C:\\Users\\ida\\AppData\\Local\\Programs\\Python\\Python313\\python.exe"],
        "C:\\Users\\ida\\AppData\\Local\\Programs\\Python\\Python313\\python.exe",
    ],
    [
        "one for all users",
        "win32",
        [],
        ["C:\\Program Files\\Python311\\python.exe"],
        "C:\\Program Files\\Python311\\python.exe",
    ],
    [
        "conda for all users on Windows",
        "win32",
        [],
        ["C:\\ProgramData\\miniconda3\\python.exe"],
        "C:\\ProgramData\\miniconda3\\python.exe",
    ],
    [
        "conda for one user on Windows, where its installer puts it by itself",
        "win32",
        [],
        ["C:\\Users\\ida\\AppData\\Local\\miniforge3\\python.exe"],
        "C:\\Users\\ida\\AppData\\Local\\miniforge3\\python.exe",
    ],
    [
        "Windows' install manager, the newest",
        "win32",
        [],
        [
            "C:\\Users\\ida\\AppData\\Local\\Python\\pythoncore-3.9-64\\python.exe",
            "C:\\Users\\ida\\AppData\\Local\\Python\\pythoncore-3.14-64\\python.exe",
            "C:\\Users\\ida\\AppData\\Local\\Python\\pythoncore-3.11-64\\python.exe",
        ],
        "C:\\Users\\ida\\AppData\\Local\\Python\\pythoncore-3.14-64\\python.exe",
    ],
    [
        "conda before an installer's on Windows",
        "win32",
        [],
        ["C:\\Program Files\\Python313\\python.exe", "C:\\Users\\ida\\miniconda3\\python.exe"],
        "C:\\Users\\ida\\miniconda3\\python.exe",
    ],
    [
        "PATH before conda on Windows, with spaces",
        "win32",
        ["D:\\My Tools"],
        ["C:\\Users\\ida\\miniconda3\\python.exe", "D:\\My Tools\\python.exe"],
        "D:\\My Tools\\python.exe",
    ],
    ["Homebrew on an older Mac", "darwin", [], ["/usr/local/bin/python3"], "/usr/local/bin/python3"],
    [
        "conda of Homebrew",
        "darwin",
        [],
        ["/opt/homebrew/Caskroom/miniconda/base/bin/python"],
        "/opt/homebrew/Caskroom/miniconda/base/bin/python",
    ],
    ["conda on a Mac, at home", "darwin", [], ["/home/ida/miniconda3/bin/python"], "/home/ida/miniconda3/bin/python"],
    [
        "pyenv on a Mac",
        "darwin",
        [],
        ["/home/ida/.pyenv/versions/3.11.4/bin/python"],
        "/home/ida/.pyenv/versions/3.11.4/bin/python",
    ],
    [
        "the installer for Macs, the newest",
        "darwin",
        [],
        [
            "/Library/Frameworks/Python.framework/Versions/3.9/bin/python3",
            "/Library/Frameworks/Python.framework/Versions/3.12/bin/python3",
        ],
        "/Library/Frameworks/Python.framework/Versions/3.12/bin/python3",
    ],
    [
        "Homebrew before the installer for Macs, as in a terminal",
        "darwin",
        [],
        ["/opt/homebrew/bin/python3", "/Library/Frameworks/Python.framework/Versions/3.13/bin/python3"],
        "/opt/homebrew/bin/python3",
    ],
];

for (const [what, platform, searched, files, expected] of PLACES) {
    test(`a Python is found: ${what}`, async () => {
        const version = (file: string): string => (/3\.?9/.test(file) ? "3.9.9\n" : "3.12.0\n");
        const programs = Object.fromEntries(files.map((file) => [file, version(file)]));
        assert.equal(expected, await found(NOTHING, machine(platform, searched, programs).computer));
    });
}

test("the environment of conda that is active comes before its others", async () => {
    const programs = { "/envs/thesis/bin/python": "3.12.0", "/home/ida/miniconda3/bin/python": "3.13.0" };
    const { computer } = machine("linux", [], programs, { CONDA_PREFIX: "/envs/thesis" });
    assert.equal("/envs/thesis/bin/python", await found(NOTHING, computer));
    const onWindows = { "C:\\envs\\thesis\\python.exe": "3.12.0", "C:\\Users\\ida\\miniconda3\\python.exe": "3.13.0" };
    const windows = machine("win32", [], onWindows, { CONDA_PREFIX: "C:\\envs\\thesis" }).computer;
    assert.equal("C:\\envs\\thesis\\python.exe", await found(NOTHING, windows));
});

test("on Windows what belongs to an account may be on another disk", async () => {
    for (const [variable, rest] of [
        ["LOCALAPPDATA", "Programs\\Python\\Python312\\python.exe"],
        ["APPDATA", "uv\\python\\cpython-3.12.7\\python.exe"],
    ] as const) {
        const there = `H:\\of ida\\${rest}`;
        const { computer } = machine("win32", [], { [there]: "3.12.0\r\n" }, { [variable]: "H:\\of ida" });
        assert.equal(there, await found(NOTHING, computer));
    }
});

test("who looks for a Python installs none", async () => {
    const said = "process.env.PYTHON_MANAGER_AUTOMATIC_INSTALL + typeof process.env.PATH";
    assert.equal("falsestring\n", await thisMachine(process.cwd()).run([process.execPath, "-p", said]));
});

test("on Windows and a Mac a folder of the workspace is known in whatever letters, and its Python comes last", async () => {
    for (const [platform, own, searched, other] of [
        [
            "win32",
            "c:\\Users\\IDA\\thesis\\.venv\\Scripts\\python.exe",
            "c:\\Users\\IDA\\thesis\\.venv\\Scripts",
            "C:\\Py\\python.exe",
        ],
        ["darwin", "/Users/Ida/Thesis/.venv/bin/python3", "/Users/Ida/Thesis/.venv/bin", "/opt/homebrew/bin/python3"],
    ] as const) {
        const folders = [platform === "win32" ? "C:\\Users\\ida\\thesis" : "/users/ida/thesis"];
        const wishes = { ...NOTHING, chosen: own, folders };
        const path = [searched, "C:\\Py"];
        const programs = { [own]: "3.12.0", [other]: "3.11.0" };
        assert.equal(other, await found(wishes, machine(platform, path, programs).computer));
        const alone = machine(platform, path, { [own]: "3.12.0" });
        assert.equal(own, await found(wishes, alone.computer));
        assert.deepEqual([own], alone.ran);
        const distrusted = machine(platform, path, programs);
        assert.equal(other, await found({ ...wishes, isTrusted: false }, distrusted.computer));
        assert.deepEqual([other], distrusted.ran);
    }
});

test("on Windows the launcher comes first, then each that it lists, and the store's aliases last", async () => {
    const searched = ["C:\\Users\\ida\\AppData\\Local\\Microsoft\\WindowsApps", "C:\\Windows", "C:\\Python312"];
    const alias = `${searched[0]}\\python.exe`;
    const programs: Record<string, string | Error> = {
        [alias]: "3.13.1\r\n",
        "C:\\Python312\\python.exe": "3.12.4\r\n",
    };
    const without = machine("win32", searched, programs);
    assert.equal("C:\\Python312\\python.exe", await found(NOTHING, without.computer));
    assert.ok(!without.ran.includes(alias));
    const launcher = machine("win32", searched, {
        ...programs,
        "C:\\Windows\\py.exe -3": "3.13.0\r\n",
        "C:\\Windows\\py.exe": "",
    });
    assert.equal("C:\\Windows\\py.exe -3", await found(NOTHING, launcher.computer));
    const old = machine("win32", searched, {
        "C:\\Windows\\py.exe": "",
        "C:\\Windows\\py.exe -3": "3.8.10\r\n",
        "C:\\Windows\\py.exe -0p": " -V:3.8 *  C:\\Old 38\\python.exe\r\n -V:3.11   C:\\Py 311\\python.exe\r\n",
        "C:\\Old 38\\python.exe": "3.8.10\r\n",
        "C:\\Py 311\\python.exe": "3.11.9\r\n",
    });
    assert.equal("C:\\Py 311\\python.exe", await found(NOTHING, old.computer));
    assert.equal(alias, await found(NOTHING, machine("win32", searched, { [alias]: "3.13.1\r\n" }).computer));
    const onlyOffer = machine("win32", searched, { [alias]: new Error("Python was not found") });
    assert.equal(undefined, await found(NOTHING, onlyOffer.computer));
});

test("on Windows an environment has its Python elsewhere", async () => {
    const { computer } = machine("win32", [], { "C:\\thesis\\.venv\\Scripts\\python.exe": "3.12.4\r\n" });
    const wishes = { ...NOTHING, folders: ["C:\\thesis"] };
    assert.equal("C:\\thesis\\.venv\\Scripts\\python.exe", await found(wishes, computer));
});

test("macOS' own python3 is asked only where its command line tools are", async () => {
    const without = machine("darwin", ["/usr/bin"], { "/usr/bin/python3": "3.11.0\n" });
    assert.equal(undefined, await found(NOTHING, without.computer));
    assert.ok(!without.ran.includes("/usr/bin/python3"));
    const tools = { "/usr/bin/python3": "3.11.0\n", "/usr/bin/xcode-select": "/Library/Developer/CommandLineTools\n" };
    assert.equal("/usr/bin/python3", await found(NOTHING, machine("darwin", ["/usr/bin"], tools).computer));
});

test("the log is told of each candidate", async () => {
    const notes: string[] = [];
    const { computer } = machine("linux", ["/a", "/b", "/c"], {
        "/a/python3": "3.9.2",
        "/b/python3": new Error("it is broken\nin detail"),
        "/c/python3": "3.11.2\n",
    });
    const { python } = await findPython(NOTHING, computer, (message) => notes.push(message));
    assert.deepEqual({ command: ["/c/python3"], version: "3.11.2" }, python);
    assert.deepEqual(
        ["Python 3.9.2: /a/python3", "not usable: /b/python3: it is broken", "Python 3.11.2: /c/python3"],
        notes,
    );
});

test("why there is none is said as it is", async () => {
    const { computer } = machine("linux", ["/a"], { "/a/python3": "3.8.10\n", "/a/python": "3.9.1\n" });
    const why = async (setting: string, on = computer): Promise<string> =>
        whyNone(setting, await findPython({ ...NOTHING, setting }, on, () => undefined));
    const needs = "report-ls needs Python 3.10 or newer, and";
    const all = `To do everything, ${needs}`;
    assert.equal(`${all} the newest that it finds on this computer is 3.9.1.`, await why(""));
    assert.equal(`${all} finds none on this computer.`, await why("", machine("linux", [], {}).computer));
    assert.equal(`${needs} the setting names "/a/python3", which is 3.8.10.`, await why("/a/python3"));
    assert.equal(`${needs} the setting names "/bin/no", which does not run as Python 3.`, await why("/bin/no"));
});
