// The page: what is opened, the editor, and what is said of it.

import { showClass, showReadiness, showTeachers } from "./dialogs";
import { byId, download, made } from "./dom";
import { Editor } from "./editor";
import { drawRows } from "./list";
import type { PageFile } from "./messages";
import { canPick, chosen, dropped, type Opened, picked, Refusal, textOf } from "./opening";
import { harmless } from "./rehearsal";
import { type Action, type Diagnostic, type Place, Server, type WorkspaceEdit } from "./server";
import { details, edition, type Problem, rowsOf, type Status } from "./status";

declare const N_BYTES: number;

const PROJECT = "/project";
const EXAMPLE = [
    "report.md",
    "report-ls.toml",
    "course.report-pack.yaml",
    "figures/dashboard.png",
    "figures/hives.png",
];
const REST_MS = 800;
const CARET_MS = 150;
const WORDS: Readonly<Record<Diagnostic["severity"], Problem["severity"] | undefined>> = {
    1: "error",
    2: "warning",
    3: "information",
    4: undefined,
};
const SMALLEST_CLASS = 2;

/** What is not asked of a file that is opened alone: nobody knows what lies beside it. */
const OF_FILES = { "image-not-found": "off", "link-not-found": "off" };

const settings: { stage: string; pack: string; severity: Readonly<Record<string, string>> } = {
    severity: {},
    stage: "auto",
    pack: new URLSearchParams(location.hash.slice(1)).get("pack") ?? "",
};

const server = new Server(
    {
        loaded: (n_bytes) => (byId<HTMLProgressElement>("bar").value = n_bytes / N_BYTES),
        ready: () => void ready(),
        failed: (reason) => say(`report-ls cannot run here: ${reason}. It needs a browser of the last two years.`),
        notified: (method, params) => notified(method, params),
    },
    settings,
);
const editor = new Editor(byId("editor"), server, {
    moved,
    wantsFix: () => byId("here").querySelector("button")?.focus(),
});

let files: readonly PageFile[] = [];
let handle: FileSystemHandle | undefined;
let report = "";
let lineEnd = "\n";
let status: Status | undefined;
let caretTimer: ReturnType<typeof setTimeout> | undefined;
let pageTimer: ReturnType<typeof setTimeout> | undefined;
const pictures = new Map<string, string>();
/** What was written in reports that are not shown now, and was not kept. */
const unkept = new Map<string, string>();

function uriOf(path: string): string {
    return `file://${path.split("/").map(encodeURIComponent).join("/")}`;
}

function say(sentence: string): void {
    byId("message").textContent = sentence;
}

/** Put lines where a screen reader hears of them: once, however often they are drawn. */
function tell(place: HTMLElement, ...lines: readonly HTMLElement[]): void {
    const said = made("div", {}, ...lines);
    if (place.innerHTML !== said.innerHTML) {
        place.replaceChildren(...said.children);
    }
}

function sayFailed(error: unknown): void {
    say(error instanceof Refusal ? `${error.message[0]?.toUpperCase()}${error.message.slice(1)}.` : String(error));
}

async function ready(): Promise<void> {
    byId("bar").hidden = true;
    byId("progress-text").textContent = "Ready.";
    const [packs] = await server.command("--list-packs");
    const choice = byId<HTMLSelectElement>("pack");
    for (const line of packs.trim().split("\n")) {
        const [, id = "", title = ""] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
        choice.append(made("option", { value: id }, title));
    }
    choice.value = settings.pack;
    if (location.protocol === "https:" || location.hostname === "127.0.0.1") {
        await navigator.serviceWorker?.register("service.js");
    }
}

// Opening

async function open(opening: () => Promise<Opened | undefined>): Promise<void> {
    say("");
    try {
        const opened = await opening();
        if (opened !== undefined && mayLeave()) {
            await show(opened);
        }
    } catch (error) {
        sayFailed(error);
    }
}

/** Say whether what was written is kept, or the user does not want it. */
function mayLeave(): boolean {
    const isKept = unkept.size === 0 && !editor.isEdited;
    return isKept || confirm("You have not saved or downloaded what you changed. Open another report all the same?");
}

async function show(opened: Opened): Promise<void> {
    ({ files, handle } = opened);
    editor.isEdited = false;
    unkept.clear();
    for (const address of pictures.values()) {
        URL.revokeObjectURL(address);
    }
    pictures.clear();
    const [only] = files;
    if (files.length === 1 && only !== undefined) {
        judge(OF_FILES);
        server.mount(files);
        await openReport(`${PROJECT}/${only.name}`);
        listReports([report]);
        say(byId("message").textContent || "You opened one file. To check its pictures too, open its folder.");
        return;
    }
    judge({});
    server.mount(files);
    const likely = likeliest();
    if (likely !== undefined) {
        await openReport(`${PROJECT}/${likely.name}`);
    }
    const reports = await server.reports(PROJECT);
    if (reports.length === 0) {
        throw new Refusal("there is no report in it: no Markdown file has questions such as “### Question 1”");
    }
    listReports(reports);
    if (!reports.includes(report)) {
        await openReport(reports[0] ?? "");
    }
    byId<HTMLSelectElement>("reports").value = report;
}

/** Return what is shown until it is known which files are reports. */
function likeliest(): PageFile | undefined {
    const named = (name: RegExp): PageFile | undefined => files.find((file) => name.test(file.name));
    return named(/(?:^|\/)reports?\/README\.md$/i) ?? named(/(?:^|\/)report\.md$/i) ?? named(/\.(?:md|markdown)$/i);
}

function listReports(reports: readonly string[]): void {
    const choice = byId<HTMLSelectElement>("reports");
    choice.replaceChildren(...reports.map((path) => made("option", { value: path }, path.slice(PROJECT.length + 1))));
    choice.hidden = reports.length < SMALLEST_CLASS;
    byId("class").hidden = reports.length < SMALLEST_CLASS;
}

async function openReport(path: string): Promise<void> {
    const file = files.find(({ name }) => `${PROJECT}/${name}` === path);
    if (file === undefined) {
        return;
    }
    const { text, note } = await textOf(file);
    if (editor.isEdited) {
        unkept.set(report, editor.text);
    }
    say(note);
    [report, status] = [path, undefined];
    lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
    byId("start").hidden = true;
    byId("work").hidden = byId("of-report").hidden = false;
    byId("save").hidden = handle === undefined;
    byId("summary").textContent = "Not checked yet …";
    byId("questions").replaceChildren();
    const frame = byId<HTMLIFrameElement>("page");
    frame.dataset["shown"] = frame.srcdoc = "";
    editor.open(uriOf(path), unkept.get(path) ?? text);
    editor.isEdited = unkept.delete(path);
}

async function openExample(): Promise<void> {
    const fetched = EXAMPLE.map(async (name) => ({
        name: `example/${name}`,
        data: await (await fetch(`example/${name}`)).blob(),
    }));
    await open(async () => ({ files: await Promise.all(fetched) }));
}

// What the server says

function notified(method: string, params: never): void {
    if (method === "textDocument/publishDiagnostics") {
        const said = params as { uri: string; version: number; diagnostics: readonly Diagnostic[] };
        if (said.uri === uriOf(report)) {
            editor.show(said.diagnostics, said.version);
            draw();
        }
    } else if (method === "reportLs/status") {
        const said = params as Status;
        if (said.uri === uriOf(report)) {
            status = said;
            draw();
        }
    }
}

function draw(): void {
    if (status === undefined) {
        return;
    }
    const problems = editor.diagnostics.flatMap(({ severity, code, message, range }): Problem[] => {
        const word = WORDS[severity];
        return word === undefined ? [] : [{ severity: word, code, message, start: range.start, others: [] }];
    });
    const isReport = status.pack !== null;
    const summary = isReport
        ? [details(status), `${edition(status)}, ${status.stage}`].join("\n")
        : "This is no report: it has no questions such as “### Question 1”.";
    tell(byId("summary"), made("span", {}, summary));
    drawRows(byId("questions"), isReport ? rowsOf(status, problems) : [], goTo);
    drawHere();
    clearTimeout(pageTimer);
    pageTimer = setTimeout(() => void drawPage(), REST_MS);
}

function goTo(place: Place): void {
    showPart("text");
    editor.goTo(place);
}

function parts(): NodeListOf<HTMLElement> {
    return document.querySelectorAll<HTMLElement>("[data-part]");
}

/** Show one part of the page, where there is room for one only. */
function showPart(name: string): void {
    document.body.dataset["view"] = name;
    parts().forEach((button) => (button.ariaPressed = String(button.dataset["part"] === name)));
}

// Where the caret is

function moved(): void {
    clearTimeout(caretTimer);
    caretTimer = setTimeout(() => {
        drawHere();
        followCaret();
    }, CARET_MS);
}

/** Show what is wrong in the caret's line, and what repairs it. */
function drawHere(): void {
    const { line } = editor.caret;
    const found = editor.diagnostics.filter(({ range }) => range.start.line <= line && line <= range.end.line);
    const said = found.map(({ severity, message }) => made("p", { className: WORDS[severity] ?? "hint" }, message));
    tell(byId("here-said"), ...said);
    const fixes = made("div", { className: "fixes" });
    byId("here-fixes").replaceChildren(fixes);
    for (const { range } of found) {
        void server
            .request<readonly Action[]>("textDocument/codeAction", {
                textDocument: { uri: uriOf(report) },
                range,
                context: { diagnostics: [], only: ["quickfix"] },
            })
            .then((actions) => {
                const known = new Set([...fixes.children].map(({ textContent }) => textContent));
                const fresh = actions.filter(({ title }) => !known.has(title));
                fixes.append(...fresh.map(({ title, edit }) => made("button", { onclick: () => apply(edit) }, title)));
            });
    }
}

function apply(edit: WorkspaceEdit | undefined | null): void {
    const edits = edit?.changes?.[uriOf(report)];
    if (edits !== undefined) {
        editor.apply(edits);
        editor.view.focus();
    }
}

async function fixAll(): Promise<void> {
    say("");
    const answer = await server.execute<{ edit: WorkspaceEdit | null; mended: number } | null>("fixAll", uriOf(report));
    apply(answer?.edit);
    say(answer?.mended ? `${answer.mended} repaired.` : "Nothing can be repaired safely.");
}

async function goToNext(): Promise<void> {
    const found = await server.execute<{ range: { start: Place } } | null>("nextProblem", uriOf(report), editor.caret);
    if (found === null) {
        say("There is nothing left to do.");
    } else {
        goTo(found.range.start);
    }
}

// The course's page

async function drawPage(): Promise<void> {
    const asked = report;
    const answer = await server.execute<{ html?: string; why?: string } | null>("page", uriOf(asked));
    if (asked !== report) {
        return;
    }
    const frame = byId<HTMLIFrameElement>("page");
    const html =
        answer?.html ?? `<p>${(answer?.why ?? "").replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`;
    const page = harmless(html, pictureOf);
    if (page !== frame.dataset["shown"]) {
        frame.dataset["shown"] = frame.srcdoc = page;
        frame.onload = followCaret;
    }
}

/** Show what the course makes of the line that the caret is in, in the middle of the page. */
function followCaret(): void {
    const { clientHeight, contentWindow } = byId<HTMLIFrameElement>("page");
    const places = [...(contentWindow?.document.querySelectorAll("[id^=L]") ?? [])];
    const { line } = editor.caret;
    const place = places.findLast(({ id }) => Number(id.slice(1)) <= line + 1)?.parentElement;
    contentWindow?.scrollBy(0, (place?.getBoundingClientRect().top ?? clientHeight / 2) - clientHeight / 2);
}

/** Return the address of a picture beside the report, which is none of any server's. */
function pictureOf(path: string): string | undefined {
    const place = new URL(`http://x${report}/../`);
    const target = decodeURI(new URL(path.split("/").map(encodeURIComponent).join("/"), place).pathname);
    const file = files.find(({ name }) => `${PROJECT}/${name}` === decodeURIComponent(target));
    if (file === undefined) {
        return undefined;
    }
    const known = pictures.get(file.name) ?? URL.createObjectURL(file.data);
    pictures.set(file.name, known);
    return known;
}

// What the user keeps

function written(): string {
    return editor.text.replaceAll("\n", lineEnd);
}

/** Write the report where it was opened, unless somebody else has written there since. */
async function save(): Promise<void> {
    say("");
    const [path, text] = [report, written()];
    const name = path.slice(PROJECT.length + 1);
    const file = files.find((one) => one.name === name);
    const [folders, last] = [name.split("/").slice(1, -1), name.split("/").slice(1).at(-1)];
    let place = handle;
    for (const folder of folders) {
        place = await (place as FileSystemDirectoryHandle).getDirectoryHandle(folder);
    }
    if (last !== undefined) {
        place = await (place as FileSystemDirectoryHandle).getFileHandle(last);
    }
    const target = place as FileSystemFileHandle;
    if ((await target.getFile()).lastModified !== (file?.data as File).lastModified) {
        throw new Refusal("not saved: another program has changed the file since you opened it, so download yours");
    }
    try {
        const stream = await target.createWritable();
        await stream.write(text);
        await stream.close();
    } catch (error) {
        throw new Refusal(`not saved: the browser may not write there, so download it (${error})`);
    }
    // What was opened can no longer be read: it is another file now.
    const data = await target.getFile();
    files = files.map((one) => (one.name === name ? { name, data } : one));
    server.mount(files);
    if (path === report) {
        editor.isEdited = written() !== text;
    }
    say("Saved.");
}

function judge(severity: Readonly<Record<string, string>>): void {
    settings.severity = severity;
    configure();
}

function configure(): void {
    server.notify("workspace/didChangeConfiguration", { settings: { reportLs: settings } });
}

byId<HTMLInputElement>("file").onchange = opened;
byId<HTMLInputElement>("folder").onchange = opened;
function opened({ target }: Event): void {
    const input = target as HTMLInputElement;
    const list = input.files;
    if (list !== null && list.length > 0) {
        void open(() => chosen(list)).then(() => (input.value = ""));
    }
}
for (const what of ["file", "folder"] as const) {
    byId<HTMLInputElement>(what).onclick = (event) => {
        if (canPick()) {
            event.preventDefault();
            void open(() => picked(what));
        }
    };
}
byId("example").onclick = byId("example-too").onclick = () => void openExample();
byId("next").onclick = () => void goToNext();
byId("fix-all").onclick = () => void fixAll();
byId("ready").onclick = () => void showReadiness(server, uriOf(report));
byId("class").onclick = () => void showClass(server, PROJECT);
byId("teach").onclick = () => showTeachers(server);
byId("download").onclick = () => {
    download(report.replace(/^.*\//, ""), written());
    editor.isEdited = false;
};
byId("save").onclick = () => void save().catch(sayFailed);
byId("reports").onchange = ({ target }) => void openReport((target as HTMLSelectElement).value);
byId("stage").onchange = ({ target }) => {
    settings.stage = (target as HTMLSelectElement).value;
    configure();
};
byId("pack").onchange = ({ target }) => {
    settings.pack = (target as HTMLSelectElement).value;
    configure();
};
addEventListener("hashchange", () => {
    settings.pack = new URLSearchParams(location.hash.slice(1)).get("pack") ?? "";
    byId<HTMLSelectElement>("pack").value = settings.pack;
    configure();
});
for (const button of parts()) {
    button.onclick = () => {
        showPart(button.dataset["part"] ?? "text");
        followCaret();
    };
}
document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("over");
});
document.addEventListener("dragleave", () => document.body.classList.remove("over"));
document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    const items = event.dataTransfer?.items;
    if (items !== undefined) {
        const opening = dropped(items);
        void open(() => opening);
    }
});
addEventListener("beforeunload", (event) => {
    if (editor.isEdited || unkept.size > 0) {
        event.preventDefault();
    }
});
