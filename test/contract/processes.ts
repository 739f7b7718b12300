import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Stores } from '../../src/core/operation/stores.ts';
import { asked, at } from './store-samples.ts';

type Child = ChildProcessByStdio<null, Readable, null>;

const SCRIPT = resolve('test/store/other-process.ts');

function start(place: string, ids: readonly string[]): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, place, ...ids], {
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

/** What every store promises to several processes; `place` is a file or the address of a database. */
export function describeProcesses(
  name: string,
  {
    newPlace,
    open,
  }: { newPlace: () => Promise<string>; open: (place: string, owner?: string) => Promise<Stores> },
): void {
  describe(`the store of several processes ${name}`, () => {
    it('keeps a question whose process is killed the moment it was taken', async () => {
      const place = await newPlace();
      const ids = Array.from({ length: 200 }, (_, index) => `q-${String(index).padStart(3, '0')}`);
      // A process may have taken more than these before it is killed: the next one is left them.
      for (const last of ['q-000', 'q-007', 'q-150']) await heardUntil(start(place, ids), last);
      const kept = (await (await open(place)).store.inFlight()).map(({ id }) => id);
      expect(kept.slice(0, 151)).toEqual(ids.slice(0, 151));
      expect(kept).toEqual(ids.slice(0, kept.length));
    });

    it('gives each question to one of two that start and take at once', async () => {
      const place = await newPlace();
      const ids = Array.from({ length: 300 }, (_, index) => `q-${index}`);
      const children = [start(place, ids), start(place, ids.toReversed())];
      const heard = await Promise.all(children.map((child) => heardUntil(child, 'done')));
      const taken = heard.flat().filter((line) => line.startsWith('took '));
      expect(taken.map((line) => line.slice('took '.length)).toSorted()).toEqual(ids.toSorted());
      expect(await (await open(place)).store.inFlight()).toHaveLength(300);
    });

    it('knows how many processes work on it: those that said so within the time of a lease, until they stop', async () => {
      const place = await newPlace();
      const [one, other, third] = [
        await open(place, 'one'),
        await open(place, 'other'),
        await open(place, 'third'),
      ];
      expect(await one.beat(at(0))).toBe(1);
      expect(await other.beat(at(0))).toBe(2);
      expect(await third.beat(at(0))).toBe(3);
      expect(await one.beat(at(0))).toBe(3);
      await other.close();
      expect(await one.beat(at(0))).toBe(2);
      expect(await one.beat(at(1))).toBe(1);
    });

    it('shows one process what another has written', async () => {
      const place = await newPlace();
      const [one, other] = [(await open(place)).store, (await open(place)).store];
      await one.begin(asked('a'));
      expect(await other.begin(asked('a'))).toBe('known');
      await other.moveTo('a', 'elsewhere', '');
      expect(await one.inFlight()).toMatchObject([{ id: 'a', place: 'elsewhere' }]);
    });
  });
}
