// The list of questions, each with its counts and problems; a click puts the caret there.

import { made } from "./dom";
import type { Place } from "./server";
import type { Row } from "./status";

const SIGNS: Readonly<Record<Row["kind"], string>> = {
    ok: "✓",
    unanswered: "○",
    wrong: "!",
    missing: "✗",
    error: "✗",
    warning: "!",
    information: "i",
    place: "·",
    kinds: "",
};

/** Draw the rows into a list; what has the focus, or is open, stays so. */
export function drawRows(list: HTMLElement, rows: readonly Row[], goTo: (place: Place) => void): void {
    const isOpen = list.querySelector("details")?.open === true;
    const focused = list.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
    list.replaceChildren(...rows.map((row) => item(row, goTo)));
    const details = list.querySelector("details");
    if (details !== null) {
        details.open = isOpen;
    }
    const all = [...list.querySelectorAll<HTMLElement>("button, summary")];
    all.find((one) => focused !== undefined && nameOf(one) === focused)?.focus();
}

function nameOf(element: Element | null): string | null | undefined {
    return element?.ariaLabel ?? element?.textContent;
}

function item(row: Row, goTo: (place: Place) => void): HTMLLIElement {
    const children = made("ul", {}, ...row.children.map((child) => item(child, goTo)));
    if (row.kind === "kinds") {
        return made("li", {}, made("details", {}, made("summary", {}, `${row.label}: ${row.detail}`), children));
    }
    return made("li", {}, button(row, goTo), ...(row.children.length > 0 ? [children] : []));
}

function button({ kind, label, detail, name, place }: Row, goTo: (place: Place) => void): HTMLButtonElement {
    const sign = made("span", { className: "sign", ariaHidden: "true" }, SIGNS[kind]);
    const parts = [
        sign,
        made("span", {}, label),
        ...(detail === "" ? [] : [made("span", { className: "detail" }, detail)]),
    ];
    return made("button", { className: kind, ariaLabel: name, onclick: () => goTo(place) }, ...parts);
}
