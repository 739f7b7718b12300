import { Worker } from 'node:worker_threads';
import { StoreError, UserError } from '../core/errors.ts';
import type { AuditEntry } from '../core/operation/audit.ts';
import type { Stores } from '../core/operation/stores.ts';
import { admitInTurns } from '../core/turn-of-loop.ts';
import type { NumberedAnswer, Opened, StorePart, ThreadStart, ThrownWords } from './store-thread.ts';

/** Calls a method of a part of the stores in their thread. */
type CallPart = (part: StorePart, method: string, values: readonly unknown[]) => Promise<unknown>;

/**
 * Opens the stores in a thread of their own, whose code `npm run build` makes: a write that waits for the disk blocks
 * nothing else. What is passed to them is copied between the threads, and so must be data.
 * @throws StoreError when they cannot be used, with what to do.
 */
export async function openStoresInThread(thread: URL, start: ThreadStart): Promise<Stores> {
  const worker = new Worker(thread, { workerData: start, name: 'stores', execArgv: [] });
  const opened = await firstMessage(worker);
  if ('thrown' in opened) {
    await worker.terminate();
    throw thrownError(opened.thrown);
  }
  const call = callsTo(worker, start);
  // The thread names the methods of its own stores, which have the types that are declared here.
  const part = (name: StorePart) => remote(name, opened.methods[name], call) as never;
  const { backup, beat, close } = part('all') as Pick<Stores, 'backup' | 'beat' | 'close'>;
  const audit: Stores['audit'] = part('audit');
  return {
    store: part('store'),
    journal: part('journal'),
    endings: part('endings'),
    names: part('names'),
    scans: part('scans'),
    audit: {
      ...audit,
      async *entries(since) {
        yield* (await call('audit', 'entries', [since])) as readonly AuditEntry[];
      },
    },
    backup,
    beat,
    async close() {
      try {
        await close();
      } finally {
        await worker.terminate();
      }
    },
  };
}

async function firstMessage(worker: Worker): Promise<Opened> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function remote(part: StorePart, methods: readonly string[], call: CallPart): object {
  return Object.fromEntries(
    methods.map((method) => [method, (...values: readonly unknown[]) => call(part, method, values)]),
  );
}

/** Answers that are passed on before timers and sockets have their turn: each goes on with what waited for it. */
const ANSWERS_A_TURN = 8;

interface Caller {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

function callsTo(worker: Worker, { databaseUrl, stateFolder }: ThreadStart): CallPart {
  const callers = new Map<number, Caller>();
  const admitted = admitInTurns(ANSWERS_A_TURN);
  let number = 0;
  let ended: StoreError | undefined;

  function end(cause: unknown): void {
    const what = databaseUrl === undefined ? `the state in \`${stateFolder}\`` : 'the database';
    ended ??= new StoreError(
      'unreachable',
      `The thread that keeps ${what} has ended, so that nothing can be written down.`,
      'Start flowlog again.',
      { cause },
    );
    for (const { reject } of callers.values()) reject(ended);
    callers.clear();
  }

  worker.on('message', async (answer: NumberedAnswer) => {
    await admitted();
    const caller = callers.get(answer.number);
    callers.delete(answer.number);
    // A process that has nothing else to do ends, unless it waits for the stores.
    if (callers.size === 0) worker.unref();
    if ('thrown' in answer) caller?.reject(thrownError(answer.thrown));
    else caller?.resolve(answer.value);
  });
  worker.on('error', end);
  worker.on('exit', end);
  worker.unref();

  return async (part, method, values) => {
    if (ended !== undefined) throw ended;
    number += 1;
    worker.ref();
    return new Promise((resolve, reject) => {
      callers.set(number, { resolve, reject });
      worker.postMessage({ number, part, method, values });
    });
  };
}

function thrownError(thrown: ThrownWords): unknown {
  switch (thrown.kind) {
    case 'store':
      return new StoreError(thrown.error.code, thrown.error.message, thrown.error.hint);
    case 'user':
      return userError(thrown.error);
    case 'other':
      return thrown.error;
  }
}

function userError({ message, hint }: Pick<UserError, 'message' | 'hint'>): UserError {
  return new UserError(message, hint === undefined ? {} : { hint });
}
