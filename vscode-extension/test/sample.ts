// A report as the server speaks of it, for the tests of what shows it.

import type { Status } from "../src/status";

/** What the server says of a finished report in which nothing is wrong, but for what is given. */
export function statusWith(given: Partial<Status>): Status {
    return {
        uri: "file:///report.md",
        version: 1,
        pack: "generic",
        nearest: null,
        note: "",
        folder: "figures",
        extensions: ["png"],
        off: [],
        stage: "final",
        counts: { error: 0, warning: 0, information: 0, hint: 0 },
        answered: [0, 0],
        missing: [],
        waiting: 0,
        lengths: { text: "" },
        counted: [],
        questions: [],
        ...given,
    };
}
