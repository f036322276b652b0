// Runs web/inside.py in the page's own Python: node inside.mjs compile|trace. What it prints is on standard output.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const python = await loadPyodide();
for (const [place, folder] of [
    ["/build", "build"],
    ["/examples", "../examples"],
]) {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: path(folder) }, place);
}
python.runPython(readFileSync(path("inside.py"), "utf-8"));
if (process.argv[2] === "trace") {
    console.log(python.runPython("'\\n'.join(trace())"));
} else {
    python.globals.get("compile_all")(readFileSync(path("library.txt"), "utf-8"));
}
