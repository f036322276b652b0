// The course's page of a report, made harmless: its pictures are blobs, and nothing in it leads anywhere.

const POLICY = "default-src 'none'; img-src blob:; style-src 'unsafe-inline'";
const ADDRESSES = ["src", "srcset", "href", "poster", "background", "action", "formaction", "data", "ping"];

/** Return a page with its pictures from `picture`, which returns a blob's address; any other picture keeps its words. */
export function harmless(html: string, picture: (path: string) => string | undefined): string {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const meta of page.querySelectorAll("meta[http-equiv], base, link, script, iframe, object, embed")) {
        meta.remove();
    }
    for (const element of page.querySelectorAll("*")) {
        const source = element instanceof HTMLImageElement ? element.getAttribute("src") : null;
        const target = element.getAttribute("href");
        for (const name of ADDRESSES) {
            element.removeAttribute(name);
        }
        const blob = source === null ? undefined : picture(decoded(source));
        if (blob !== undefined) {
            element.setAttribute("src", blob);
        }
        if (target?.startsWith("#") === true) {
            element.setAttribute("href", target);
        } else if (target !== null) {
            element.setAttribute("title", target);
        }
    }
    page.head.insertAdjacentHTML("afterbegin", `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
    page.head.insertAdjacentHTML("beforeend", "<style>html { background: white; color: black; }</style>");
    return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}

function decoded(source: string): string {
    try {
        return decodeURIComponent(source.replace(/[?#].*$/, ""));
    } catch {
        return source;
    }
}
