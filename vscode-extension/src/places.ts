// A problem that has several places is one row of the Problems panel; each of its places is marked all the same, and says
// what is wrong when it is pointed at. A hint does both and is in no list.

import * as vscode from "vscode";
import { type Middleware, vsdiag } from "vscode-languageclient/node";

/** Mark the places of what the server finds, in open documents and in others. */
export function markPlaces(): Pick<Middleware, "provideDiagnostics" | "provideWorkspaceDiagnostics"> {
    return {
        provideDiagnostics: async (document, previousResultId, token, next) => {
            const report = await next(document, previousResultId, token);
            if (report?.kind === vsdiag.DocumentDiagnosticReportKind.full) {
                const uri = document instanceof vscode.Uri ? document : document.uri;
                report.items = report.items.flatMap((found) => [found, ...placesOf(found, uri)]);
            }
            return report;
        },
        provideWorkspaceDiagnostics: (resultIds, token, take, next) =>
            next(resultIds, token, (chunk) => {
                for (const report of chunk?.items ?? []) {
                    if (report.kind === vsdiag.DocumentDiagnosticReportKind.full) {
                        report.items = report.items.flatMap((found) => [found, ...placesOf(found, report.uri)]);
                    }
                }
                take(chunk);
            }),
    };
}

function placesOf(found: vscode.Diagnostic, uri: vscode.Uri): vscode.Diagnostic[] {
    const here = (found.relatedInformation ?? []).filter(({ location }) => `${location.uri}` === `${uri}`);
    return here.map(({ location, message }) => {
        const place = new vscode.Diagnostic(location.range, message, vscode.DiagnosticSeverity.Hint);
        return Object.assign(place, { source: found.source, code: found.code });
    });
}
