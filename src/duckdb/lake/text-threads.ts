import { Worker } from 'node:worker_threads';
import { untilAborted } from '../../core/until-aborted.ts';
import { type LookIntoText, lookIntoText } from './glance-text.ts';
import type { Inspection } from './shape.ts';
import type { TextFound, TextTask } from './text-thread.ts';

/** The code of a thread in the build; what runs from source has none, and inspects files itself. */
const THREAD = import.meta.url.endsWith('.ts') ? undefined : new URL('./text-thread.js', import.meta.url);

/** To start a thread takes longer than to inspect a file of so few bytes. */
const SMALL_BYTES = 65_536;

/** Threads end when there was nothing to inspect for so long: each holds some ten megabytes. */
const IDLE_MS = 10_000;

/**
 * Looks into text files in so many threads of their own, which are started when there is something to look into. A thread that
 * ends by a fault of its own takes the files with it that it was at: those are looked into here.
 */
export function createTextThreads(threads: number, thread: URL | undefined = THREAD): LookIntoText {
  if (thread === undefined) return lookIntoText;
  const running = Array.from({ length: threads }, () => createTextThread(thread));
  return async (path, bytes, signal, inflateTo) => {
    const [least, ...others] = running;
    if (least === undefined || bytes < SMALL_BYTES) return lookIntoText(path, bytes, signal, inflateTo);
    const chosen = others.reduce((a, b) => (b.waiting() < a.waiting() ? b : a), least);
    const found = await untilAborted(signal, chosen.lookInto(path, bytes, signal, inflateTo));
    return found ?? lookIntoText(path, bytes, signal, inflateTo);
  };
}

interface TextThread {
  /** Undefined where the thread ended. */
  lookInto(...asked: Parameters<LookIntoText>): Promise<Inspection | undefined>;
  /** How many files it has not inspected yet. */
  waiting(): number;
}

function createTextThread(code: URL): TextThread {
  const callers = new Map<number, (inspection: Inspection | undefined) => void>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let number = 0;

  function settle({ number: of, inspection }: TextFound): void {
    callers.get(of)?.(inspection);
    callers.delete(of);
    if (callers.size > 0) return;
    // A process that has nothing else to do ends.
    worker?.unref();
    idle = setTimeout(end, IDLE_MS).unref();
  }

  function end(): void {
    const ended = worker;
    worker = undefined;
    for (const found of callers.values()) found(undefined);
    callers.clear();
    void ended?.terminate();
  }

  function begin(): Worker {
    const begun = new Worker(code, { name: 'text files', execArgv: [] });
    begun.on('message', settle);
    begun.on('error', end);
    worker = begun;
    return begun;
  }

  return {
    waiting: () => callers.size,
    async lookInto(path, bytes, signal, inflateTo) {
      clearTimeout(idle);
      const at = worker ?? begin();
      at.ref();
      number += 1;
      const own = number;
      const stop = () => at.postMessage({ number: own, isStopped: true } satisfies TextTask);
      signal.addEventListener('abort', stop);
      try {
        return await new Promise((resolve) => {
          callers.set(own, resolve);
          const task = { number: own, path, bytes, ...(inflateTo !== undefined && { inflateTo }) };
          at.postMessage(task satisfies TextTask);
        });
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}
