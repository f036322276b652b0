// What the server says of a report, and the rows of the list: the extension's own, which know nothing of VS Code.

export { type Problem, type Row, rowsOf } from "../../vscode-extension/src/rows";
export { details, edition, type Status } from "../../vscode-extension/src/status";
