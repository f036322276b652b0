// The editor: CodeMirror, which tells the server each change and shows what it says.

import { closeBrackets } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic as Mark, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Text } from "@codemirror/state";
import { drawSelection, EditorView, hoverTooltip, keymap, lineNumbers, type ViewUpdate } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Diagnostic, Edit, Place, Range, Server } from "./server";

const SEVERITIES = { 1: "error", 2: "warning", 3: "info", 4: "hint" } as const;

/** What the page is told. */
export interface Listener {
    /** The text or the caret is another one. */
    moved(isEdit: boolean): void;
    /** Somebody wants to choose among the repairs where the caret is. */
    wantsFix(): void;
}

/** The one editor, on one document at a time. */
export class Editor {
    readonly view: EditorView;
    private uri = "";
    private version = 0;
    diagnostics: readonly Diagnostic[] = [];
    /** The text has changes that nobody has kept. */
    isEdited = false;

    constructor(
        parent: HTMLElement,
        private readonly server: Server,
        private readonly listener: Listener,
    ) {
        this.view = new EditorView({ parent, state: this.state("") });
    }

    get text(): string {
        return this.view.state.doc.toString();
    }

    get caret(): Place {
        return placeOf(this.view.state.doc, this.view.state.selection.main.head);
    }

    /** Show another document. */
    open(uri: string, text: string): void {
        if (this.uri !== "") {
            this.server.notify("textDocument/didClose", { textDocument: { uri: this.uri } });
        }
        this.uri = uri;
        this.diagnostics = [];
        this.isEdited = false;
        this.view.setState(this.state(text));
        // CodeMirror has one kind of line end, and so has what the server sees.
        const document = { uri, languageId: "markdown", version: this.version, text: this.text };
        this.server.notify("textDocument/didOpen", { textDocument: document });
    }

    /** Show what is said of the text; what was said of an older one is not. */
    show(diagnostics: readonly Diagnostic[], version: number): void {
        if (version !== this.version) {
            return;
        }
        this.diagnostics = diagnostics;
        const { doc } = this.view.state;
        const marks = diagnostics.map(({ range, severity, message, code }): Mark => {
            const [from, to] = spanOf(doc, range);
            return { from, to, severity: SEVERITIES[severity], message, source: code, markClass: `mark-${severity}` };
        });
        this.view.dispatch(setDiagnostics(this.view.state, marks));
    }

    /** Put the caret somewhere, in sight. */
    goTo(place: Place): void {
        const at = offsetOf(this.view.state.doc, place);
        this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
        this.view.focus();
    }

    /** Make edits, as one step that can be undone. */
    apply(edits: readonly Edit[]): void {
        const { doc } = this.view.state;
        const changes = edits.map(({ range, newText }) => {
            const [from, to] = spanOf(doc, range);
            return { from, to, insert: newText };
        });
        this.view.dispatch({ changes, userEvent: "input.fix" });
    }

    private state(doc: string): EditorState {
        return EditorState.create({
            doc,
            extensions: [
                lineNumbers(),
                lintGutter(),
                history(),
                drawSelection(),
                closeBrackets(),
                highlightSelectionMatches(),
                markdown(),
                syntaxHighlighting(classHighlighter),
                EditorView.lineWrapping,
                EditorView.contentAttributes.of({ "aria-label": "Your report", spellcheck: "true" }),
                hoverTooltip((_view, at) => this.hover(at)),
                keymap.of([
                    { key: "Mod-.", run: () => (this.listener.wantsFix(), true) },
                    ...searchKeymap,
                    ...lintKeymap,
                    ...historyKeymap,
                    ...defaultKeymap,
                ]),
                EditorView.updateListener.of((update) => this.updated(update)),
            ],
        });
    }

    private updated(update: ViewUpdate): void {
        if (update.docChanged) {
            const { doc } = update.startState;
            const contentChanges: object[] = [];
            // Each range is one of the text before, so the last change goes first.
            update.changes.iterChanges((from, to, _from, _to, inserted) => {
                const range = { start: placeOf(doc, from), end: placeOf(doc, to) };
                contentChanges.unshift({ range, text: inserted.toString() });
            });
            this.version += 1;
            this.isEdited = true;
            const textDocument = { uri: this.uri, version: this.version };
            this.server.notify("textDocument/didChange", { textDocument, contentChanges });
        }
        if (update.docChanged || update.selectionSet) {
            this.listener.moved(update.docChanged);
        }
    }

    private async hover(at: number): Promise<{ pos: number; create: () => { dom: HTMLElement } } | null> {
        const { doc } = this.view.state;
        const params = { textDocument: { uri: this.uri }, position: placeOf(doc, at) };
        const found = await this.server.request<{ contents: { value: string } } | null>("textDocument/hover", params);
        if (found === null) {
            return null;
        }
        const dom = document.createElement("div");
        dom.className = "hover";
        dom.textContent = found.contents.value;
        return { pos: at, create: () => ({ dom }) };
    }
}

export function placeOf(doc: Text, offset: number): Place {
    const line = doc.lineAt(offset);
    return { line: line.number - 1, character: offset - line.from };
}

function offsetOf(doc: Text, { line, character }: Place): number {
    if (line >= doc.lines) {
        return doc.length;
    }
    const found = doc.line(line + 1);
    return Math.min(found.from + character, found.to);
}

function spanOf(doc: Text, { start, end }: Range): [from: number, to: number] {
    return [offsetOf(doc, start), offsetOf(doc, end)];
}
