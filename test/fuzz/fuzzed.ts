import fc, { type IAsyncProperty, type IProperty } from 'fast-check';
import { expect } from 'vitest';

/**
 * How long each fuzz goes on, in seconds, and where its chance begins: `FUZZ_SECONDS=600 FUZZ_SEED=7 npm run fuzz`. The
 * short form, which CI runs, has the same seed each time, so that what it finds is found again.
 */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 3);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_129);

/** More than any fuzz comes to: the time ends it. */
const MOST_RUNS = 100_000_000;

/** Tries a property with one input after the other until its time is over; fails with the smallest input that breaks it. */
export async function fuzzed<T>(property: IAsyncProperty<T> | IProperty<T>): Promise<void> {
  const details = await fc.check(property, {
    seed: SEED,
    numRuns: MOST_RUNS,
    interruptAfterTimeLimit: SECONDS * 1_000,
    markInterruptAsFailure: false,
  });
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
  if (details.numRuns < LEAST_RUNS)
    throw new Error(`only ${details.numRuns} inputs were tried in ${SECONDS} s`);
  console.info(`${details.numRuns} inputs from the seed ${SEED}: ${expect.getState().currentTestName}`);
}

/** Fewer are no fuzz: something hangs. */
const LEAST_RUNS = 5;
