// The task that checks the report of a folder as the command line does, for the Problems panel.

import * as vscode from "vscode";

import type { Server } from "./server";

const TYPE = "report-ls";

/** Offer the task for each folder of the workspace. */
export function offerTask(server: Server): vscode.Disposable {
    const make = async (
        definition: vscode.TaskDefinition,
        scope: vscode.WorkspaceFolder | vscode.TaskScope,
    ): Promise<vscode.Task> => {
        const given = (definition["arguments"] as string[] | undefined) ?? [];
        const [program, args] = await server.commandLine(["--check", ...given]);
        const execution = new vscode.ProcessExecution(program, args);
        const task = new vscode.Task(definition, scope, "check", TYPE, execution, "$report-ls");
        task.detail = "Check the report as the course will see it";
        return task;
    };
    return vscode.tasks.registerTaskProvider(TYPE, {
        provideTasks: () =>
            Promise.all(
                (vscode.workspace.workspaceFolders ?? []).map((folder) => make({ type: TYPE, task: "check" }, folder)),
            ).catch(() => []), // Without Python there is none; the others' tasks are listed all the same.
        resolveTask: (task) => make(task.definition, task.scope ?? vscode.TaskScope.Workspace),
    });
}
