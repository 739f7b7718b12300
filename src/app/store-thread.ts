import { parentPort, workerData } from 'node:worker_threads';
import { StoreError, UserError } from '../core/errors.ts';
import type { Stores } from '../core/operation/stores.ts';
import type { Config } from './config.ts';
import { goFirst } from './event-loop-first.ts';
import { openState } from './open-store.ts';
import { THIS_WORLD } from './this-process.ts';

/** The thread in which the stores are open: what waits for a disk here keeps nothing else waiting. */

/** Which stores are opened, and the id of who opens them. */
export interface ThreadStart extends Pick<Config, 'databaseUrl' | 'stateFolder'> {
  readonly id: string;
}

/** The part of the stores that is called; `all` for what they do as a whole. */
export type StorePart = 'store' | 'journal' | 'endings' | 'names' | 'scans' | 'audit' | 'all';

/** A call, by a number that its answer has too. */
export interface NumberedCall {
  readonly number: number;
  readonly part: StorePart;
  readonly method: string;
  readonly values: readonly unknown[];
}

/** What went wrong. Errors lose their class and their code on the way between threads. */
export type ThrownWords =
  | { readonly kind: 'store'; readonly error: Pick<StoreError, 'code' | 'message' | 'hint'> }
  | { readonly kind: 'user'; readonly error: Pick<UserError, 'message' | 'hint'> }
  | { readonly kind: 'other'; readonly error: unknown };

/** What a call came to. */
export type NumberedAnswer = { readonly number: number } & (
  | { readonly value: unknown }
  | { readonly thrown: ThrownWords }
);

/** The methods of each part, which is what the thread says first, or why the stores cannot be opened. */
export type Opened =
  | { readonly methods: Readonly<Record<StorePart, readonly string[]>> }
  | { readonly thrown: ThrownWords };

const port = parentPort;
if (port !== null) {
  goFirst();
  const { id, ...place }: ThreadStart = workerData;
  try {
    const stores = await openState(place, id, THIS_WORLD.now);
    port.on('message', async (call: NumberedCall) => port.postMessage(await answerTo(stores, call)));
    port.postMessage({ methods: methodsOf(stores) } satisfies Opened);
  } catch (error) {
    port.postMessage({ thrown: wordsOf(error) } satisfies Opened);
  }
}

function partsOf(stores: Stores): Readonly<Record<StorePart, object>> {
  const { backup, beat, close, ...parts } = stores;
  return { ...parts, all: { backup, beat, close } };
}

function methodsOf(stores: Stores): Readonly<Record<StorePart, readonly string[]>> {
  const { store, journal, endings, names, scans, audit, all } = partsOf(stores);
  return {
    store: Object.keys(store),
    journal: Object.keys(journal),
    endings: Object.keys(endings),
    names: Object.keys(names),
    scans: Object.keys(scans),
    audit: Object.keys(audit),
    all: Object.keys(all),
  };
}

async function answerTo(
  stores: Stores,
  { number, part, method, values }: NumberedCall,
): Promise<NumberedAnswer> {
  try {
    const target = partsOf(stores)[part];
    return { number, value: await whole(Reflect.apply(Reflect.get(target, method), target, values)) };
  } catch (error) {
    return { number, thrown: wordsOf(error) };
  }
}

/** What comes one after another goes to the other thread at once. */
async function whole(result: unknown): Promise<unknown> {
  if (!isIterable(result)) return result;
  const all: unknown[] = [];
  for await (const each of result) all.push(each);
  return all;
}

function isIterable(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

function wordsOf(error: unknown): ThrownWords {
  if (error instanceof StoreError) {
    const { code, message, hint } = error;
    return { kind: 'store', error: { code, message, hint } };
  }
  if (error instanceof UserError)
    return { kind: 'user', error: { message: error.message, hint: error.hint } };
  return { kind: 'other', error };
}
