import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';
import { callsOn, type SqliteAnswer, type SqliteCall, type SqliteCalls } from './sqlite-calls.ts';

/** The thread that has a file of SQLite open: what waits for the disk here keeps nothing else waiting. */

/** A call, by a number that its answer has too. */
export interface NumberedCall {
  readonly number: number;
  readonly call: SqliteCall;
}

/** What a call came to: its answer, or what SQLite says. Errors lose their `code` on the way between threads. */
export type NumberedAnswer = { readonly number: number } & (
  | { readonly answer: SqliteAnswer }
  | { readonly message: string; readonly code: string }
);

if (parentPort !== null && typeof workerData === 'string') serve(parentPort, workerData);

function serve(port: MessagePort, path: string): void {
  let calls: SqliteCalls | undefined;
  port.on('message', async ({ number, call }: NumberedCall) => {
    try {
      // Opened by the first call, so that what is wrong with the file is the answer to a call.
      calls ??= callsOn(new Database(path, { timeout: 0 }));
      port.postMessage({ number, answer: await calls(call) } satisfies NumberedAnswer);
    } catch (error) {
      port.postMessage({ number, ...wordsOf(error) } satisfies NumberedAnswer);
    }
  });
}

function wordsOf(error: unknown): { readonly message: string; readonly code: string } {
  if (!(error instanceof Error)) return { message: String(error), code: '' };
  return { message: error.message, code: 'code' in error ? String(error.code) : '' };
}
