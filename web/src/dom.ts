// Small helpers for what the page is made of.

/** Return the element of index.html with an id. */
export function byId<Kind extends HTMLElement>(id: string): Kind {
    const found = document.getElementById(id);
    if (found === null) {
        throw new Error(`there is no ${id}`);
    }
    return found as Kind;
}

/** Make an element with text or other elements in it. */
export function made<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Partial<HTMLElementTagNameMap[Name]> = {},
    ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
}

/** Hand a file to the user. */
export function download(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    made("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
