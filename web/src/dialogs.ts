// What is asked for now and then: whether a report is ready, how a class stands, and a pack for a teacher's form.

import { byId, download, made } from "./dom";
import type { Server } from "./server";

const NO_GIT = /^not a git repository: .*/;
const NOT_KNOWN = "committed and pushed: not known here, because this page does not look at git";

function show(title: string, ...body: readonly Node[]): void {
    byId("dialog-title").textContent = title;
    byId("dialog-body").replaceChildren(...body);
    const dialog = byId<HTMLDialogElement>("dialog");
    if (!dialog.open) {
        dialog.showModal();
    }
}

/** Show whether the report is ready to hand in. */
export async function showReadiness(server: Server, uri: string): Promise<void> {
    const answer = await server.execute<string | null>("handin", uri);
    const [title, ...lines] = (answer ?? "# Nothing can be said: this is no report").trim().split("\n");
    show(plain((title ?? "").replace(/^# /, "")), nested(lines.filter(Boolean)));
}

/** Return the lines of a Markdown list as a list. */
function nested(lines: readonly string[]): HTMLUListElement {
    const top = made("ul");
    const lists = [top];
    for (const line of lines) {
        const [, indent = "", text = ""] = /^( *)- (.*)$/.exec(line) ?? [];
        const depth = indent.length / 2;
        lists.length = depth + 1;
        lists[depth] ??= lists[depth - 1]?.lastElementChild?.appendChild(made("ul")) ?? top;
        const [, mark, said = text] = /^\*\*(yes|no|\?)\*\*: (.*)$/.exec(text) ?? [];
        const words = plain(said).replace(NO_GIT, NOT_KNOWN);
        lists[depth].append(made("li", {}, ...(mark === undefined ? [] : [made("strong", {}, `${mark}: `)]), words));
    }
    return top;
}

function plain(markdown: string): string {
    return markdown.replace(/\\(.)/g, "$1");
}

/** Show a line for each report. */
export async function showClass(server: Server, folder: string): Promise<void> {
    show("All reports", made("p", {}, "Checking all reports …"));
    const [table, said] = await server.command(
        "--check",
        "--no-cache",
        "--fail-on",
        "never",
        "--format",
        "csv",
        folder,
    );
    const [head = [], ...rows] = cells(table);
    show(
        "All reports",
        made(
            "table",
            {},
            made("thead", {}, made("tr", {}, ...head.map((cell) => made("th", { scope: "col" }, cell)))),
            made("tbody", {}, ...rows.map((row) => made("tr", {}, ...row.map((cell) => made("td", {}, cell))))),
        ),
        made("p", {}, said),
        made("button", { onclick: () => download("reports.csv", table) }, "Download as a table"),
    );
}

/** Return the cells of a table in CSV. */
export function cells(csv: string): string[][] {
    const rows: string[][] = [[]];
    for (const [, quoted, bare = "", end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
        rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
        if (end === "\n") {
            rows.push([]);
        }
    }
    return rows.filter((row) => row.length > 1);
}

/** Let a teacher paste a form, and show the pack that is drafted from it. */
export function showTeachers(server: Server): void {
    const form = made("textarea", { ariaLabel: "The empty form", placeholder: "Paste the empty form of your course" });
    const drafted = made("pre");
    const said = made("p", { role: "status" });
    const keep = made("button", {
        hidden: true,
        onclick: () => download("course.report-pack.yaml", drafted.textContent),
    });
    keep.textContent = "Download the pack";
    const draft = async (): Promise<void> => {
        server.write("/form.md", form.value);
        const [pack, error] = await server.command("--infer-pack", "/form.md");
        drafted.textContent = pack;
        said.textContent = error.trim();
        keep.hidden = pack === "";
    };
    const button = made("button", { onclick: () => void draft() }, "Draft a pack");
    const what =
        "A pack says what your form asks. Paste the empty form: what it says is written down, and what you have to decide is marked “unsure”.";
    show("For teachers", made("p", {}, what), form, button, said, drafted, keep);
}
