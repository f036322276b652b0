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

/** Draw the rows into a list. */
export function drawRows(list: HTMLElement, rows: readonly Row[], goTo: (place: Place) => void): void {
    list.replaceChildren(...rows.map((row) => item(row, goTo)));
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
