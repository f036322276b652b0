// What the page and its worker say to each other.

/** A file that was opened, by its path below what was opened. */
export interface PageFile {
    readonly name: string;
    readonly data: Blob;
}

export type ToWorker =
    /** A message of the language server protocol. */
    | { readonly kind: "say"; readonly text: string }
    /** What lies in the folder `/project` from now on. */
    | { readonly kind: "mount"; readonly files: readonly PageFile[] }
    /** Write a text into a file of Python's. */
    | { readonly kind: "write"; readonly path: string; readonly text: string }
    /** Call a function of start.py. */
    | {
          readonly kind: "call";
          readonly id: number;
          readonly name: "reports" | "command";
          readonly args: readonly string[];
      };

export type FromWorker =
    /** How many bytes have come. */
    | { readonly kind: "loaded"; readonly n_bytes: number }
    | { readonly kind: "ready" }
    | { readonly kind: "said"; readonly text: string }
    | { readonly kind: "answer"; readonly id: number; readonly value: readonly string[] }
    /** A call, or with no id the whole of Python, has failed. */
    | { readonly kind: "failed"; readonly id?: number; readonly reason: string };
