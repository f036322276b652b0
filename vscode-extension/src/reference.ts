// The pages of the checks, out of the reference that comes with the server. Knows nothing of VS Code.

/** Return the page of one check, without the packs of its examples; undefined for a code that there is not. */
export function pageOf(code: string, reference: string): string | undefined {
    const pages = reference.split(/^(?=## [a-z0-9-]+$)/m);
    const page = pages.find((one) => one.startsWith(`## ${code}\n`));
    return page?.slice(1).replace(/^(`{3,})yaml\n[^]*?\n\1\n+/gm, "");
}
