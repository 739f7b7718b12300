import type { StoreEvents } from '../core/answer/lasting-writes.ts';
import { StoreError } from '../core/errors.ts';

/** Where it logs: the shape of pino. */
interface WatchLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Knows whether the store works, and logs it once when it fails and once when it works again. */
export interface StoreWatch extends StoreEvents {
  /** Why the store does not work; undefined while it does. */
  problem(): StoreError | undefined;
}

/** With these the store is still read, so that only something written shows that they are over. */
const ALLOWS_READING: ReadonlySet<string> = new Set(['full', 'read-only']);

/** Creates the watch; `log` is opened when there is something to say. */
export function createStoreWatch(log: () => WatchLog): StoreWatch {
  let problem: StoreError | undefined;
  return {
    problem: () => problem,
    failed(error) {
      if (!(error instanceof StoreError)) {
        log().error({ err: error }, 'the store failed unexpectedly');
        return;
      }
      if (problem?.code !== error.code)
        log().error(
          { store: error.code, problem: error.message, hint: error.hint },
          'the store does not work',
        );
      problem = error;
    },
    worked(proof) {
      if (problem === undefined) return;
      if (proof === 'reached' && ALLOWS_READING.has(problem.code)) return;
      log().info({ store: problem.code }, 'the store works again');
      problem = undefined;
    },
  };
}
