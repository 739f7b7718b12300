import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asked } from '../contract/store-samples.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

type Child = ChildProcessByStdio<null, Readable, null>;

const SCRIPT = join(import.meta.dirname, 'other-process.ts');

function start(path: string, ids: readonly string[]): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, path, ...ids], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Collects what a process says until a line ends in the word, and then kills it without a warning. */
async function heardUntil(child: Child, word: string): Promise<readonly string[]> {
  const heard: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    heard.push(line);
    if (line.endsWith(word)) break;
  }
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  return heard;
}

describe('a store of several processes', () => {
  it('keeps a question whose process is killed the moment it was taken', async () => {
    const path = await storePath();
    const ids = Array.from({ length: 200 }, (_, index) => `q-${String(index).padStart(3, '0')}`);
    // A process may have taken more than these before it is killed: the next one is left them.
    for (const last of ['q-000', 'q-007', 'q-150']) await heardUntil(start(path, ids), last);
    const kept = (await openUntilEnd(path).store.inFlight()).map(({ id }) => id);
    expect(kept.slice(0, 151)).toEqual(ids.slice(0, 151));
    expect(kept).toEqual(ids.slice(0, kept.length));
  });

  it('gives each question to one of two that start and take at once', async () => {
    const path = await storePath();
    const ids = Array.from({ length: 300 }, (_, index) => `q-${index}`);
    const children = [start(path, ids), start(path, ids.toReversed())];
    const heard = await Promise.all(children.map((child) => heardUntil(child, 'done')));
    const taken = heard.flat().filter((line) => line.startsWith('took '));
    expect(taken.map((line) => line.slice('took '.length)).toSorted()).toEqual(ids.toSorted());
    expect(await openUntilEnd(path).store.inFlight()).toHaveLength(300);
  });

  it('shows one process what another has written', async () => {
    const path = await storePath();
    const [one, other] = [openUntilEnd(path).store, openUntilEnd(path).store];
    await one.begin(asked('a'));
    expect(await other.begin(asked('a'))).toBe('known');
    await other.moveTo('a', 'elsewhere', '');
    expect(await one.inFlight()).toMatchObject([{ id: 'a', place: 'elsewhere' }]);
  });
});
