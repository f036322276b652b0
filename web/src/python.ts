// Python with report-ls in it: started, and fed with messages as they come. Knows neither a page nor a process.

import type { PyodideAPI } from "pyodide";

const QUIET_MS = 50;
const SITE = "/lib/site";

type Feed = (...messages: readonly string[]) => void;

/** A Python, and what feeds the language server in it: messages, or nothing when none has come for a while. */
export interface Serving {
    readonly python: PyodideAPI;
    readonly feed: Feed;
}

/** Start the language server, which is in `site`; `send` gets each message to the client. */
export function serve(python: PyodideAPI, site: ArrayBuffer, send: (text: string) => void): Serving {
    python.unpackArchive(site, "zip", { extractDir: SITE });
    // In the place of the current folder: no module comes from there.
    python.runPython(`import sys; sys.path[0] = "${SITE}"`);
    return { python, feed: python.pyimport("start").serve(send) };
}

/** Takes messages and tasks from the start, and has them done in their order when Python is there. */
export class Inbox {
    private readonly waiting: (string | ((python: PyodideAPI) => void))[] = [];
    private isDrainDue = false;
    private quiet: ReturnType<typeof setTimeout> | undefined;

    constructor(private readonly serving: Promise<Serving>) {}

    put(one: string | ((python: PyodideAPI) => void)): void {
        this.waiting.push(one);
        if (!this.isDrainDue) {
            this.isDrainDue = true;
            this.serving.then((serving) => setTimeout(() => this.drain(serving))).catch(() => undefined);
        }
    }

    /** Do all that waits: what was said at once is fed at once, so that of many edits only the last is judged. */
    private drain({ python, feed }: Serving): void {
        this.isDrainDue = false;
        clearTimeout(this.quiet);
        const said: string[] = [];
        const feedAll = (): void => {
            if (said.length > 0) {
                feed(...said.splice(0));
            }
        };
        for (const one of this.waiting.splice(0)) {
            if (typeof one === "string") {
                said.push(one);
            } else {
                feedAll();
                one(python);
            }
        }
        feedAll();
        this.quiet = setTimeout(feed, QUIET_MS);
    }
}

/** What Python says of an error comes last; Pyodide puts much before it. */
export function lastLine(error: unknown): string {
    return (
        String(error instanceof Error ? error.message : error)
            .trim()
            .split("\n")
            .at(-1) ?? ""
    );
}
