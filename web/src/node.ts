// The server of the extension where there is no Python: that of the page, in a process of Node. Client and server speak
// in Node's own messages; Python sees the computer's files where they are, and can change none.

/// <reference types="node" />

import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide, type PyodideAPI } from "pyodide";
import { Inbox, lastLine, serve, type Serving } from "./python";

const isWindows = process.platform === "win32";

/** The folders that are Python's own. */
const OWN = new Set(["dev", "lib", "proc"]);

const WRITABLE = 0o222;
const EPERM = 63;

function here(name: string): string {
    return fileURLToPath(new URL(name, import.meta.url));
}

async function start(): Promise<Serving> {
    const python = await loadPyodide({ indexURL: here(".") });
    const site = new Uint8Array(readFileSync(here("site.zip"))).buffer;
    const serving = serve(python, site, (text) => process.send?.(JSON.parse(text)));
    forbidWriting(python);
    if (!isWindows) {
        for (const name of readdirSync("/").filter((one) => !OWN.has(one))) {
            show(python, `/${name}`, `/${name}`);
        }
    }
    return serving;
}

/** Nothing that Python sees of the disk may be written to. */
function forbidWriting({ FS }: PyodideAPI): void {
    const { NODEFS } = FS.filesystems;
    const { getMode } = NODEFS;
    NODEFS.getMode = (path: string) => getMode(path) & ~WRITABLE;
    NODEFS.setattr = () => {
        throw new FS.ErrnoError(EPERM);
    };
    if (isWindows) {
        NODEFS.node_ops.readlink = (node: object) => inPython(readlinkSync(NODEFS.realPath(node)));
    }
}

/** Show a folder of the computer at a place of Python's. */
function show({ FS }: PyodideAPI, folder: string, place: string): void {
    let root: string;
    try {
        root = realpathSync(folder).replaceAll("\\", "/");
        if (!statSync(root).isDirectory()) {
            return;
        }
    } catch {
        return; // It is not ours to read, or a link to nothing.
    }
    FS.mkdirTree(place);
    FS.mount(FS.filesystems.NODEFS, { root }, place);
}

/** Return how Python sees a path of Windows: its drives are folders there. */
function inPython(path: string): string {
    const plain = path.replace(/^\\\\\?\\/, "").replaceAll("\\", "/");
    return plain.replace(/^[a-z]:/i, (drive) => `/${drive.toLowerCase()}`);
}

const drives = new Set<string>();

/** Return the drives of which a message is the first to speak: to look for all takes long where some are on a network. */
function newDrives(message: string): string[] {
    const named = [...message.matchAll(/file:\/\/\/([a-z])(?::|%3A)/gi)].map(([, letter = ""]) => letter.toLowerCase());
    const fresh = [...new Set(named)].filter((letter) => !drives.has(letter));
    fresh.forEach((letter) => drives.add(letter));
    return fresh;
}

const serving = start();
const inbox = new Inbox(serving);
process.on("message", (message: { readonly method?: string }) => {
    const text = JSON.stringify(message);
    for (const letter of isWindows ? newDrives(text) : []) {
        inbox.put((python) => show(python, `${letter}:/`, `/${letter}:`));
    }
    inbox.put(message.method === "exit" ? () => process.exit() : text);
});
process.on("disconnect", () => process.exit());
serving.catch((error: unknown) => {
    console.error(lastLine(error));
    process.exit(1);
});
