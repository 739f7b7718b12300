import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { openUntilEnd, storePath } from '../store/temp-store.ts';

/** Starts a process that asks many questions at once; how many ran and how many were refused, before it is killed. */
async function asksAtOnce(path: string, name: string, count: number) {
  const script = new URL('./asks-at-once.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script, path, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const heard: Record<string, number> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', amount = ''] = line.split(' ');
    heard[what] = Number(amount);
    if (what === 'refused') break;
  }
  const kill = async () => {
    if (child.exitCode !== null) throw new Error(`the process ended by itself, with ${child.exitCode}`);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { running: heard.running ?? 0, refused: heard.refused ?? 0, kill };
}

/** As many as twenty dollars pay for. */
const MOST = Math.floor(20 / 0.49);
const NOON = new Date('2026-11-24T12:00:00Z');

it('sixty questions of $0.49, from two processes at once, do not exceed a daily budget of $20', async () => {
  const path = await storePath();
  const both = await Promise.all([asksAtOnce(path, 'one', 30), asksAtOnce(path, 'other', 30)]);
  expect(both.reduce((sum, { running }) => sum + running, 0)).toBe(MOST);
  expect(both.reduce((sum, { refused }) => sum + refused, 0)).toBe(60 - MOST);

  await Promise.all(both.map(({ kill }) => kill()));
  const { store } = await openUntilEnd(path);
  expect(await store.underWay({}, NOON)).toBeCloseTo(MOST * 0.49);
  const after = await asksAtOnce(path, 'after', 5);
  expect([after.running, after.refused]).toEqual([0, 5]);
  await after.kill();
}, 120_000);
