import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { lookIntoText } from './glance-text.ts';
import type { Inspection } from './shape.ts';

/** A thread that reads text files to their end: what is inflated and counted here keeps nothing else waiting. */

/** A file to inspect, by a number that its answer has too; or the number of one that is not wanted any more. */
export type TextTask =
  | { readonly number: number; readonly path: string; readonly bytes: number; readonly inflateTo?: string }
  | { readonly number: number; readonly isStopped: true };

/** What was found; undefined where that was stopped. */
export interface TextFound {
  readonly number: number;
  readonly inspection: Inspection | undefined;
}

const port = parentPort;
if (port !== null) {
  // Linux knows a priority of each thread: the event loop goes first. Elsewhere it would be that of the process.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const running = new Map<number, AbortController>();
  port.on('message', async (task: TextTask) => {
    const { number } = task;
    if ('isStopped' in task) {
      running.get(number)?.abort();
      return;
    }
    const stop = new AbortController();
    running.set(number, stop);
    const inspection = await lookIntoText(task.path, task.bytes, stop.signal, task.inflateTo).catch(
      () => undefined,
    );
    running.delete(number);
    port.postMessage({ number, inspection } satisfies TextFound);
  });
}
