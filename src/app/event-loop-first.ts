import { writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

const THREADS = '/proc/self/task';
/** What Linux calls a thread that gives way to none: at most 15 characters. */
const FIRST = 'flowlog first';

/**
 * Lets the event loop go before all threads that this process has by now: where a scan takes every core, an acknowledgement
 * would wait behind it. A thread that has a core to itself loses nothing, and threads that are started by others have their
 * priority; those that the event loop starts later have its own. Linux knows a priority of each thread; elsewhere nothing is
 * changed.
 */
export async function eventLoopFirst(): Promise<void> {
  if (process.platform !== 'linux') return;
  const threads = await readdir(THREADS).catch(() => []);
  // The thread of the event loop has the number of the process.
  const others = threads.filter((thread) => Number(thread) !== process.pid);
  await Promise.all(
    others.map(async (thread) => {
      const name = await readFile(`${THREADS}/${thread}/comm`, 'utf8').catch(() => '');
      if (name.trimEnd() !== FIRST) giveWay(Number(thread));
    }),
  );
}

/** Has the thread that calls this give way to none: an acknowledgement waits for what it does. */
export function goFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/thread-self/comm', FIRST);
  } catch {
    // The system does not let us: it gives way with the others.
  }
}

function giveWay(thread: number): void {
  try {
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended, or the system does not let us: it works as before.
  }
}
