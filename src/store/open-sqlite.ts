import { Worker } from 'node:worker_threads';
import Database from 'libsql';
import { StoreError } from '../core/errors.ts';
import { callsOn, type SqliteAnswer, type SqliteCalls } from './sqlite-calls.ts';
import type { NumberedAnswer } from './sqlite-thread.ts';

/** The thread of the build; what runs from source has none, and waits for the disk itself. */
const THREAD = import.meta.url.endsWith('.ts') ? undefined : new URL('./sqlite-thread.js', import.meta.url);

/**
 * Opens a file of SQLite, in a thread of its own where `thread` names the code of one: libsql's calls are synchronous, and
 * each write waits for the disk. A file that another process holds is an error at once, for which it would block everything.
 */
export function openSqlite(path: string, thread: URL | undefined = THREAD): SqliteCalls {
  return thread === undefined ? openSqliteHere(path) : openInThread(path, thread);
}

/** Opens a file that is used for a moment, or the memory. */
export function openSqliteHere(path: string): SqliteCalls {
  return callsOn(new Database(path, { timeout: 0 }));
}

/** What SQLite said in the thread. */
class SqliteThreadError extends Error {
  override readonly name = 'SqliteThreadError';

  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  resolve(answer: SqliteAnswer): void;
  reject(error: Error): void;
}

function openInThread(path: string, thread: URL): SqliteCalls {
  const worker = new Worker(thread, { workerData: path, name: 'store', execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let [number, ended] = [0, undefined as StoreError | undefined];

  function end(cause: unknown): void {
    ended ??= new StoreError(
      'unreachable',
      `The thread that has \`${path}\` open ended, so that nothing can be written down.`,
      'Start flowlog again.',
      { cause },
    );
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }

  worker.on('message', (answer: NumberedAnswer) => {
    const caller = waiting.get(answer.number);
    waiting.delete(answer.number);
    // A process that has nothing else to do ends, unless it waits for the file.
    if (waiting.size === 0) worker.unref();
    if ('code' in answer) caller?.reject(new SqliteThreadError(answer.message, answer.code));
    else caller?.resolve(answer.answer);
  });
  worker.on('error', end);
  worker.on('exit', end);
  worker.unref();

  return async (call) => {
    if (ended !== undefined) throw ended;
    worker.ref();
    number += 1;
    const answer = await new Promise<SqliteAnswer>((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, call });
    });
    if (call.kind === 'close') await worker.terminate();
    return answer;
  };
}
