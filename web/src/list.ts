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
};

/** Draw the rows into a list. */
export function drawRows(list: HTMLElement, rows: readonly Row[], goTo: (place: Place) => void): void {
    list.replaceChildren(
        ...rows.map((row) => {
            const item = made("li", {}, button(row, goTo));
            if (row.children.length > 0) {
                item.append(made("ul", {}, ...row.children.map((child) => made("li", {}, button(child, goTo)))));
            }
            return item;
        }),
    );
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
