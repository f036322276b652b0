// The page's worker: Python with report-ls in it. When it is there, it can no longer ask for anything over a network.

import { loadPyodide, type PyodideAPI } from "pyodide";
import type { FromWorker, ToWorker } from "./messages";
import { Inbox, lastLine, serve, type Serving } from "./python";

const PROJECT = "/project";

const here = new URL(".", self.location.href).href;
let isMounted = false;

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

async function start(): Promise<Serving> {
    countBytes();
    const fetched = fetch(`${here}site.zip`).then((response) => response.arrayBuffer());
    const python = await loadPyodide({ indexURL: here });
    const site = await fetched;
    closeNetwork();
    python.FS.mkdirTree(PROJECT);
    return serve(python, site, (text) => tell({ kind: "said", text }));
}

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

const serving = start();
const inbox = new Inbox(serving);
self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    inbox.put(data.kind === "say" ? data.text : (python) => take(python, data));
};
serving.then(
    () => tell({ kind: "ready" }),
    (error: unknown) => tell({ kind: "failed", reason: lastLine(error) }),
);
