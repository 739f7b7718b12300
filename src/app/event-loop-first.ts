import { readdir } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

/**
 * Lets the event loop go before all threads that this process has by now: where a scan takes every core, an acknowledgement
 * would wait behind it. A thread that has a core to itself loses nothing, and threads that are started by others have their
 * priority; those that the event loop starts later have its own. Linux knows a priority of each thread; elsewhere nothing is changed.
 */
export async function eventLoopFirst(): Promise<void> {
  if (process.platform !== 'linux') return;
  const threads = await readdir('/proc/self/task').catch(() => []);
  // The thread of the event loop has the number of the process.
  for (const thread of threads.map(Number)) if (thread !== process.pid) giveWay(thread);
}

function giveWay(thread: number): void {
  try {
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended, or the system does not let us: it works as before.
  }
}
