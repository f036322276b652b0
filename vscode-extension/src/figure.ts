// The names of figures: which are free, and how they are written in a report. Knows nothing of VS Code.

/** The endings of files that are pictures, as the server knows them. */
export const PICTURES = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "tif", "tiff"];

/** Say whether a file is a picture of one of some types, by its name. */
export function isPicture(name: string, types: readonly string[]): boolean {
    const dot = name.lastIndexOf(".");
    return dot >= 0 && types.includes(name.slice(dot + 1).toLowerCase());
}

/** Return a name that no file has yet: `plot.png`, else `plot-2.png`, and so on. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
    const dot = name.lastIndexOf(".");
    const [stem, ending] = [name.slice(0, dot), name.slice(dot)];
    let free = name;
    for (let number = 2; taken.has(free); number += 1) {
        free = `${stem}-${number}${ending}`;
    }
    return free;
}

/** Return how a file is written between the brackets of an image; its path counts from the report. */
export function target(path: string): string {
    return encodeURIComponent(path)
        .replace(/%2F/g, "/")
        .replace(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** Return words to begin a description with. */
export function description(name: string): string {
    return name.slice(0, name.lastIndexOf(".")).replace(/[-_]+/g, " ");
}
