import assert from "node:assert/strict";
import { test } from "node:test";

import { findPython, type Machine, type Wishes } from "../src/python";

const NOTHING: Wishes = { setting: "", chosen: undefined, folders: [] };

/** A computer with some programs: what each prints when it is asked for its version, or that it fails. */
function machine(platform: NodeJS.Platform, searched: string[], programs: Record<string, string | Error>) {
    const ran: string[] = [];
    const computer: Machine = {
        platform,
        searched,
        isProgram: async (file) => file in programs,
        run: async (command) => {
            const known = Object.keys(programs).find((program) => command.join(" ").startsWith(program)) ?? "";
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
    return (await findPython(wishes, computer, () => undefined))?.command.join(" ");
}

const LINUX = { "/usr/bin/python3": "3.11.2\n", "/work/.venv/bin/python": "3.12.1\n", "/opt/chosen": "3.13.0\n" };

test("the setting comes first, and nothing else is tried when it is no Python", async () => {
    const { computer, ran } = machine("linux", ["/usr/bin"], LINUX);
    assert.equal("/opt/chosen", await found({ ...NOTHING, setting: "/opt/chosen" }, computer));
    assert.equal(undefined, await found({ ...NOTHING, setting: "/opt/none" }, computer));
    assert.deepEqual(["/opt/chosen", ""], ran);
});

test("the choice of the Python extension comes before the workspace's environment", async () => {
    const { computer } = machine("linux", ["/usr/bin"], LINUX);
    const wishes = { ...NOTHING, chosen: "/opt/chosen", folders: ["/work"] };
    assert.equal("/opt/chosen", await found(wishes, computer));
    assert.equal("/work/.venv/bin/python", await found({ ...wishes, chosen: "/opt/gone" }, computer));
});

test("without trusted folders the environment of none is used", async () => {
    const { computer } = machine("linux", ["/usr/bin"], LINUX);
    assert.equal("/usr/bin/python3", await found(NOTHING, computer));
});

test("an old Python and a broken one are passed over, each tried once", async () => {
    const { computer, ran } = machine("linux", ["/a", "/b", "/a", "relative"], {
        "/a/python3": new Error("it is 3.8.10"),
        "/b/python": "3.10.0\n",
        "relative/python3": "3.14.0\n",
    });
    assert.equal("/b/python", await found(NOTHING, computer));
    assert.deepEqual(["/a/python3", "/b/python"], ran);
});

test("uv knows a Python that PATH does not", async () => {
    const { computer } = machine("linux", ["/usr/bin"], {
        "uv python find": "/home/.local/share/uv/python3.13\n",
        "/home/.local/share/uv/python3.13": "3.13.1\n",
    });
    assert.equal("/home/.local/share/uv/python3.13", await found(NOTHING, computer));
});

test("on Windows the launcher comes first, and the aliases of the store are let be", async () => {
    const searched = ["C:\\Users\\ida\\AppData\\Local\\Microsoft\\WindowsApps", "C:\\Windows", "C:\\Python312"];
    const alias = `${searched[0]}\\python.exe`;
    const programs: Record<string, string | Error> = {
        [alias]: new Error("it opens the store"),
        "C:\\Python312\\python.exe": "3.12.4\r\n",
    };
    const without = machine("win32", searched, programs);
    assert.equal("C:\\Python312\\python.exe", await found(NOTHING, without.computer));
    assert.ok(!without.ran.includes(alias));
    const launcher = machine("win32", searched, { ...programs, "C:\\Windows\\py.exe": "3.13.0\r\n" });
    assert.equal("C:\\Windows\\py.exe -3", await found(NOTHING, launcher.computer));
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

test("whoever looks is told of each candidate", async () => {
    const notes: string[] = [];
    const { computer } = machine("linux", ["/a", "/b"], {
        "/a/python3": new Error("it is 3.9.2"),
        "/b/python3": "3.11.2\n",
    });
    const python = await findPython(NOTHING, computer, (message) => notes.push(message));
    assert.deepEqual({ command: ["/b/python3"], version: "3.11.2" }, python);
    assert.deepEqual(["not usable: /a/python3: it is 3.9.2", "Python 3.11.2: /b/python3"], notes);
});
