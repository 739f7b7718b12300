import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { createLastingJournal } from '../../src/core/operation/lasting-journal.ts';
import type { Report } from '../../src/core/operation/report.ts';
import { openUntilEnd, storePath } from '../store/temp-store.ts';
import { givenSample, linesOf, SUBNET } from '../support/given-sample.ts';

/** The sample network over a real file, which another connection can hold. */
async function given() {
  const path = await storePath();
  const { store, ...others } = await openUntilEnd(path);
  const journal = createLastingJournal(
    others.journal,
    { events: { failed: () => {}, worked: () => {} }, pause: () => pause(50) },
    { beginMs: 3_000, reportMs: 100 },
  );
  const sample = await givenSample({ store: { ...store, ...others, journal } });
  const other = new Database(path);
  onTestFinished(() => void other.close());
  return {
    sample,
    plain: others.journal,
    hold: () => void other.exec('BEGIN EXCLUSIVE'),
    release: () => void other.exec('ROLLBACK'),
  };
}

/** Does something once, when a step has a mark. */
function onMark(step: number, mark: string, work: () => void) {
  let isDone = false;
  return (report: Report) => {
    if (isDone || !linesOf(report)[step]?.startsWith(mark)) return;
    isDone = true;
    work();
  };
}

it('an operation whose last steps end while the store is held does not wait for it, says so, and is done once it is free', async () => {
  const { sample, plain, hold, release } = await given();
  const { id, plan } = await sample.planned(`setup ${SUBNET} files=text`);
  const last = plan.steps.length - 1;
  const report = await sample.say(`confirm ${id}`, { onProgress: onMark(last, '…', hold) });
  expect(report.headline).toMatch(/^Done/);
  expect(linesOf(report).at(-1)).toMatch(
    new RegExp(
      `^This could not be written down yet, and is tried again until it is: until then \`status\` says that \`${id}\` goes on\\. Another process holds`,
    ),
  );
  release();
  await expect.poll(async () => (await plain.find(id))?.state, { timeout: 5_000 }).toBe('done');
  expect((await plain.find(id))?.steps.map(({ state }) => state)).toEqual(plan.steps.map(() => 'done'));
  expect(linesOf(await sample.say('status')).join('\n')).not.toContain(id);
});

it('an operation whose store is held before a step changes nothing more, says what was done, and goes on by the same line', async () => {
  const { sample, plain, hold, release } = await given();
  const { id, plan } = await sample.planned(`setup ${SUBNET} files=text`);
  expect(plan.steps.length).toBeGreaterThan(2);
  const report = await sample.say(`confirm ${id}`, { onProgress: onMark(0, '✓', hold) });
  expect(report.headline).toMatch(
    /^Stopped at step 2 of \d+: it was not begun, and changed nothing, because that could not be written down before\. Another process holds/,
  );
  expect(linesOf(report).map((line) => line[0])).toEqual([
    '✓',
    '✗',
    ...plan.steps.slice(2).map(() => '○'),
    'T',
  ]);
  expect(linesOf(report).at(-1)).toContain(`and \`confirm ${id}\` is refused`);
  expect(report.next[0]).toMatchObject({ label: 'Go on', line: `confirm ${id}` });
  expect((await sample.state()).flowLogs).toEqual([]);
  release();
  await expect.poll(async () => (await plain.find(id))?.state, { timeout: 5_000 }).toBe('failed');
  expect((await sample.say(`confirm ${id}`)).headline).toMatch(/^Done/);
  expect((await sample.state()).flowLogs).toHaveLength(1);
});
