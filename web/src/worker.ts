// The worker: Python with report-ls in it. It takes messages from the start and answers them when Python is there;
// when that is so, it can no longer ask for anything over a network.

import { loadPyodide, type PyodideAPI } from "pyodide";
import type { FromWorker, ToWorker } from "./messages";

const QUIET_MS = 50;
const PROJECT = "/project";

type Feed = (...messages: readonly string[]) => void;

const here = new URL(".", self.location.href).href;
const waiting: ToWorker[] = [];
let isDrainDue = false;
let isMounted = false;
let quiet: ReturnType<typeof setTimeout> | undefined;

function tell(message: FromWorker): void {
    self.postMessage(message);
}

/** Have the bytes counted of all that is fetched. */
function countBytes(): void {
    const plain = self.fetch;
    let n_bytes = 0;
    self.fetch = async (...request) => {
        const response = await plain(...request);
        const counting = new TransformStream<Uint8Array, Uint8Array>({
            transform(chunk, controller) {
                n_bytes += chunk.byteLength;
                tell({ kind: "loaded", n_bytes });
                controller.enqueue(chunk);
            },
        });
        return new Response(response.body?.pipeThrough(counting) ?? null, response);
    };
}

/** Take away from all code in here what leads to a network. */
function closeNetwork(): void {
    for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "importScripts"]) {
        Object.defineProperty(self, name, { value: undefined });
    }
}

async function start(): Promise<[PyodideAPI, Feed]> {
    countBytes();
    const site = fetch(`${here}site.zip`).then((response) => response.arrayBuffer());
    const python = await loadPyodide({ indexURL: here });
    python.unpackArchive(await site, "zip", { extractDir: "/site" });
    closeNetwork();
    python.FS.mkdirTree(PROJECT);
    python.runPython("import sys; sys.path.insert(0, '/site')");
    const serve = python.pyimport("start").serve;
    return [python, serve((text: string) => tell({ kind: "said", text }))];
}

const started = start();

function take(python: PyodideAPI, message: Exclude<ToWorker, { kind: "say" }>): void {
    if (message.kind === "mount") {
        const { FS } = python;
        if (isMounted) {
            FS.unmount(PROJECT);
        }
        isMounted = true;
        FS.mount(FS.filesystems.WORKERFS, { blobs: message.files }, PROJECT);
    } else if (message.kind === "write") {
        python.FS.writeFile(message.path, message.text);
    } else {
        const { id, name, args } = message;
        try {
            const found = python.pyimport("start")[name](...args);
            tell({ kind: "answer", id, value: found.toJs() });
            found.destroy();
        } catch (error) {
            tell({ kind: "failed", id, reason: lastLine(error) });
        }
    }
}

/** Do all that waits: what was said at once is fed at once, so that of many edits only the last is judged. */
function drain(python: PyodideAPI, feed: Feed): void {
    isDrainDue = false;
    clearTimeout(quiet);
    for (const [index, message] of waiting.entries()) {
        if (message.kind !== "say") {
            take(python, message);
        } else if (waiting[index - 1]?.kind !== "say") {
            const n_said = waiting.slice(index).findIndex(({ kind }) => kind !== "say");
            const said = waiting.slice(index, n_said < 0 ? undefined : index + n_said);
            feed(...said.flatMap((one) => (one.kind === "say" ? [one.text] : [])));
        }
    }
    waiting.length = 0;
    quiet = setTimeout(feed, QUIET_MS);
}

/** What Python says of an error comes last; Pyodide puts much before it. */
function lastLine(error: unknown): string {
    return (
        String(error instanceof Error ? error.message : error)
            .trim()
            .split("\n")
            .at(-1) ?? ""
    );
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    waiting.push(data);
    if (!isDrainDue) {
        isDrainDue = true;
        started.then(([python, feed]) => setTimeout(() => drain(python, feed))).catch(() => undefined);
    }
};
started.then(
    () => tell({ kind: "ready" }),
    (error: unknown) => tell({ kind: "failed", reason: lastLine(error) }),
);
