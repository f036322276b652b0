// How long to wait before a server that crashed is started again. Knows nothing of VS Code.

const FORGOTTEN_AFTER_MS = 180_000;
const MOST_CRASHES = 5;

/** The crashes of the last minutes. */
export class Backoff {
    private crashes: readonly number[] = [];

    /** Note a crash and return for how many milliseconds to wait; undefined: it is of no use to try again. */
    next(now: number): number | undefined {
        this.crashes = [...this.crashes, now].filter((crash) => now - crash < FORGOTTEN_AFTER_MS);
        return this.crashes.length > MOST_CRASHES ? undefined : 500 * 2 ** (this.crashes.length - 1);
    }
}
