// What a user opens: a file, a folder or a zip, chosen or dropped. Nothing of it leaves this page.

import { unzipSync } from "fflate";
import type { PageFile } from "./messages";

export const MOST_FILES = 5_000;
const LARGEST_TEXT = 4_000_000;
const LARGEST_ZIP = 200_000_000;

/** Folders that hold nothing of a report, and may hold ten thousands of files. */
const LEFT_OUT = /(?:^|\/)(?:\.[^/]*|__MACOSX|__pycache__|node_modules|venv|env|site-packages)\//;

/** What was opened. */
export interface Opened {
    readonly files: readonly PageFile[];
    /** Where the browser lets us write it: the folder or the file, and never a zip. */
    readonly handle?: FileSystemHandle | undefined;
}

/** What only some browsers have: their own windows to choose in, after which we may write. */
interface Picking {
    showOpenFilePicker(options: object): Promise<readonly FileSystemFileHandle[]>;
    showDirectoryPicker(): Promise<FileSystemDirectoryHandle>;
}

/** A sentence for the user: what was opened cannot be used. */
export class Refusal extends Error {}

/** Say whether this browser lets us write what is chosen. */
export function canPick(): boolean {
    return "showOpenFilePicker" in window;
}

/** Let the user choose a file or a folder that we may write; return nothing when they do not. */
export async function picked(what: "file" | "folder"): Promise<Opened | undefined> {
    const picking = window as unknown as Picking;
    const types = [{ accept: { "text/markdown": [".md", ".markdown"], "application/zip": [".zip"] } }];
    const asked = what === "file" ? picking.showOpenFilePicker({ types }) : picking.showDirectoryPicker();
    let handle: FileSystemHandle | undefined;
    try {
        [handle] = [await asked].flat();
    } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") {
            return undefined;
        }
        throw error;
    }
    const files: PageFile[] = [];
    await walkHandle(handle as FileSystemFileHandle | FileSystemDirectoryHandle, "", files);
    return opened(files, handle);
}

async function walkHandle(
    handle: FileSystemFileHandle | FileSystemDirectoryHandle,
    folder: string,
    found: PageFile[],
): Promise<void> {
    if (handle.kind === "file") {
        found.push({ name: folder + handle.name, data: await handle.getFile() });
        refuseMany(found.length);
    } else if (!LEFT_OUT.test(`${handle.name}/`)) {
        for await (const inside of handle.values()) {
            await walkHandle(inside as FileSystemFileHandle, `${folder}${handle.name}/`, found);
        }
    }
}

/** Return what was chosen. */
export async function chosen(list: FileList): Promise<Opened> {
    return opened([...list].map((data) => ({ name: data.webkitRelativePath || data.name, data })));
}

/** Return what was dropped; to be called while it is being dropped. */
export async function dropped(items: DataTransferItemList): Promise<Opened> {
    const asked = [...items].filter(({ kind }) => kind === "file");
    const entries = asked.map((item) => item.webkitGetAsEntry());
    const [first] = asked as (DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> })[];
    const handle = asked.length === 1 ? first?.getAsFileSystemHandle?.() : undefined;
    const files: PageFile[] = [];
    for (const entry of entries) {
        if (entry !== null) {
            await walk(entry, files);
        }
    }
    return opened(files, (await handle?.catch(() => null)) ?? undefined);
}

async function walk(entry: FileSystemEntry, found: PageFile[]): Promise<void> {
    if (entry.isDirectory && !LEFT_OUT.test(`${entry.name}/`)) {
        const reader = (entry as FileSystemDirectoryEntry).createReader();
        const read = (): Promise<FileSystemEntry[]> =>
            new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        for (let some = await read(); some.length > 0; some = await read()) {
            for (const inside of some) {
                await walk(inside, found);
            }
        }
    } else if (entry.isFile) {
        const data = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        found.push({ name: entry.fullPath.replace(/^\//, ""), data });
        refuseMany(found.length);
    }
}

async function opened(files: readonly PageFile[], handle?: FileSystemHandle): Promise<Opened> {
    const [only] = files;
    const isZip = files.length === 1 && only !== undefined && /\.zip$/i.test(only.name);
    const all = isZip ? unzipped(await bytes(only)) : files;
    const kept = all.filter(({ name }) => !LEFT_OUT.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    refuseMany(kept.length);
    if (kept.length === 0) {
        throw new Refusal("there are no files in it");
    }
    return { files: kept, handle: isZip ? undefined : handle };
}

function refuseMany(n_files: number): void {
    if (n_files > MOST_FILES) {
        throw new Refusal(
            `there are more than ${MOST_FILES.toLocaleString("en")} files in it: open the folder of your report alone`,
        );
    }
}

async function bytes({ data }: PageFile): Promise<Uint8Array> {
    if (data.size > LARGEST_ZIP) {
        throw tooLarge();
    }
    return new Uint8Array(await data.arrayBuffer());
}

function unzipped(packed: Uint8Array): PageFile[] {
    let n_bytes = 0;
    try {
        const entries = unzipSync(packed, {
            filter({ name, originalSize }) {
                const isWanted = !name.endsWith("/") && !LEFT_OUT.test(name) && !/^\/|(?:^|\/)\.\.\/|\\/.test(name);
                n_bytes += isWanted ? originalSize : 0;
                if (n_bytes > LARGEST_ZIP) {
                    throw tooLarge();
                }
                return isWanted;
            },
        });
        return Object.entries(entries).map(([name, content]) => ({ name, data: new Blob([content as BlobPart]) }));
    } catch (error) {
        throw error instanceof Refusal
            ? error
            : new Refusal("this zip file is broken: make it again, or open the folder");
    }
}

function tooLarge(): Refusal {
    return new Refusal("this zip file holds more than 200 MB: open the folder of your report alone");
}

/** Return the text of a report as an editor shows it, and what there is to be said of its encoding. */
export async function textOf({ data }: PageFile): Promise<{ readonly text: string; readonly note: string }> {
    if (data.size > LARGEST_TEXT) {
        throw new Refusal("this file has more than 4 MB: no report is that long");
    }
    const content = await data.arrayBuffer();
    if (new Uint8Array(content).includes(0)) {
        throw new Refusal("this file is no text: open your report, a file that ends in .md");
    }
    try {
        return { text: new TextDecoder("utf-8", { fatal: true }).decode(content), note: "" };
    } catch {
        const text = new TextDecoder("windows-1252").decode(content);
        return {
            text,
            note: "this file is not UTF-8, so the course may not be able to read it: what you save here is",
        };
    }
}
