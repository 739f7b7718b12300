/** One figure of the bench, and what it is compared with in the same run. */
export interface Figure {
  readonly figure: string;
  /** With its unit. */
  readonly measured: string;
  /** What it is compared with, with its unit; empty where there is nothing. */
  readonly beside: string;
  /** Of the two; undefined where it is compared with nothing. */
  readonly ratio: number | undefined;
  /** What is to be reached, in words. */
  readonly toReach: string;
}

/** How long work took, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** The median of several runs of the same work, in milliseconds. */
export async function medianOf(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await timed(work));
  return median(times);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** `1.24 s`, `86 ms`. */
export function shownMs(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}

/** `1.2 MB`, `86 KB`, in thousands. */
export function shownBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
