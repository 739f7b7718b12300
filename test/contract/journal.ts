import { describe, expect, it } from 'vitest';
import type { Journal, JournalEntry } from '../../src/core/operation/journal.ts';
import type { Plan } from '../../src/core/operation/plan.ts';
import { at } from './store-samples.ts';

/** A journal that the test may close and open again. */
export interface OpenJournal {
  readonly journal: Journal;
  /** Another start of the program on the same journal; undefined where nothing is kept. */
  readonly reopen: (() => Promise<Journal>) | undefined;
}

const PLAN: Plan = {
  headline: 'It’s a plan — "quoted" ✓',
  sections: [
    { title: 'Found', lines: ['a', 'b'] },
    { table: { columns: ['A'], rows: [['1'], ['']] } },
    { code: 'CREATE …\n' },
    {},
  ],
  steps: [
    {
      kind: 'create-bucket',
      input: { bucket: 'b', deep: { list: [1, null, true, ['x']] } },
      words: 'Create the bucket b',
      calls: ['s3:CreateBucket b'],
      cost: 'free',
      undo: 'cannot be undone',
    },
  ],
  typed: 'fl-1',
  instead: [{ label: 'Status', line: 'status' }],
};

/** A plan as it is written down. */
function planned(id: string, plan: Plan = PLAN): Parameters<Journal['plan']>[0] {
  const asked = { line: 'setup vpc-1 tags="a b"=c', person: 'U1', channel: 'C1', request: 'r0' };
  return { id, ...asked, plan, plannedAt: at(0) };
}

/** What every journal promises. */
export function describeJournal(name: string, open: () => Promise<OpenJournal>): void {
  describe(`the journal ${name}`, () => {
    describeEntries(open);
    describeClaims(open);
    describeUnfinished(open);
    describeSteps(open);
  });
}

function describeEntries(open: () => Promise<OpenJournal>): void {
  it('gives a plan back as it was written down, waiting to be claimed', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    const { typed: _typed, ...untyped } = PLAN;
    await journal.plan(planned('op-2', untyped));
    const waiting = { state: 'planned', claim: undefined, steps: [] } as const;
    expect(await journal.find('op-1')).toEqual({ ...planned('op-1'), ...waiting } satisfies JournalEntry);
    expect((await journal.find('op-2'))?.plan).toEqual(untyped);
    expect(await journal.find('op-3')).toBeUndefined();
  });

  it('finds the operation that found something out, the latest of several', async () => {
    const { journal } = await open();
    const found = { index: 0, state: 'done', words: '' } as const;
    for (const [id, flowLogId] of Object.entries({ 'op-1': 'fl-1', 'op-2': 'fl-2', 'op-3': 'fl-2' })) {
      await journal.plan(planned(id));
      await journal.step(id, { ...found, facts: { flowLogId } });
    }
    expect((await journal.foundOut('flowLogId', 'fl-1'))?.id).toBe('op-1');
    expect((await journal.foundOut('flowLogId', 'fl-2'))?.id).toBe('op-3');
    expect(await journal.foundOut('flowLogId', 'fl-3')).toBeUndefined();
    expect(await journal.foundOut('table', 'fl-1')).toBeUndefined();
  });

  it('finds what a step found out last, and not what it found out before', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    const found = { index: 0, state: 'done', words: '' } as const;
    await journal.step('op-1', { ...found, facts: { flowLogId: 'fl-1', bucket: 'b' } });
    await journal.step('op-1', { ...found, facts: { flowLogId: 'fl-2' } });
    await journal.step('op-1', { ...found, index: 1, facts: { flowLogId: 'fl-3' } });
    expect(await journal.foundOut('flowLogId', 'fl-1')).toBeUndefined();
    expect((await journal.find('op-1'))?.steps.map(({ facts }) => facts)).toEqual([
      { flowLogId: 'fl-2' },
      { flowLogId: 'fl-3' },
    ]);
  });

  it('forgets plans that were not confirmed for long, and keeps all that was begun', async () => {
    const { journal } = await open();
    const plans = { waits: 0, cancelled: 0, done: 0, failed: 0, running: 0, young: 5 };
    for (const [id, minute] of Object.entries(plans))
      await journal.plan({ ...planned(id), plannedAt: at(minute) });
    for (const id of ['done', 'failed', 'running']) await journal.claim(id, 'r1', 'U1', at(1));
    for (const id of ['done', 'failed', 'cancelled'] as const) await journal.end(id, id);
    expect(await journal.sweep(at(0))).toBe(0);
    expect(await journal.sweep(at(5))).toBe(2);
    const left = await Promise.all(Object.keys(plans).map((id) => journal.find(id)));
    expect(left.flatMap((entry) => entry?.id ?? [])).toEqual(['done', 'failed', 'running', 'young']);
  });

  it('refuses a second plan of the same id', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    await expect(journal.plan({ ...planned('op-1'), line: 'another' })).rejects.toThrow();
    expect((await journal.find('op-1'))?.line).toBe(planned('op-1').line);
  });
}

function describeUnfinished(open: () => Promise<OpenJournal>): void {
  it('lists what was confirmed since an instant and has not come to its end, with its steps, oldest first', async () => {
    const { journal } = await open();
    for (const [index, id] of ['running', 'failed', 'done', 'early', 'planned', 'cancelled'].entries()) {
      await journal.plan(planned(id));
      if (index < 4) await journal.claim(id, `r-${id}`, 'U2', at(id === 'early' ? 1 : 9 - index));
    }
    const record = { index: 0, state: 'failed', words: 'no', facts: {} } as const;
    await journal.step('failed', record);
    await journal.end('failed', 'failed');
    await journal.end('done', 'done');
    await journal.end('cancelled', 'cancelled');
    const found = await journal.unfinished(at(2));
    expect(found.map(({ id, state, steps }) => [id, state, steps])).toEqual([
      ['failed', 'failed', [record]],
      ['running', 'running', []],
    ]);
  });
}

function describeClaims(open: () => Promise<OpenJournal>): void {
  it('gives an operation to one of many requests that come in one moment', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    const requests = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const taken = await Promise.all(
      requests.map((request) => journal.claim('op-1', request, request, at(1))),
    );
    expect(taken.filter((first) => first)).toHaveLength(1);
    const winner = requests[taken.indexOf(true)] ?? '';
    expect(await journal.find('op-1')).toMatchObject({
      state: 'running',
      claim: { request: winner, person: winner, at: at(1) },
    });
  });

  it('gives it to the same request again, and to no other while it runs', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    expect(await journal.claim('op-1', 'r1', 'U1', at(1))).toBe(true);
    expect(await journal.claim('op-1', 'r2', 'U2', at(2))).toBe(false);
    expect(await journal.claim('op-1', 'r1', 'U1', at(3))).toBe(true);
    expect(await journal.claim('op-9', 'r1', 'U1', at(3))).toBe(false);
  });

  it('gives it to another two hours after it was claimed, if it has not ended: the process that had it is gone', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    await journal.claim('op-1', 'r1', 'U1', at(0));
    expect(await journal.claim('op-1', 'r2', 'U2', at(119))).toBe(false);
    expect(await journal.claim('op-1', 'r2', 'U2', at(120))).toBe(true);
    expect(await journal.claim('op-1', 'r3', 'U3', at(121))).toBe(false);
    expect(await journal.claim('op-1', 'r1', 'U1', at(121))).toBe(false);
    await journal.end('op-1', 'done');
    expect(await journal.claim('op-1', 'r3', 'U3', at(999))).toBe(false);
  });

  it.each([
    ['done', false],
    ['failed', true],
  ] as const)('that is %s can be claimed again: %s', async (state, again) => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    expect(await journal.end('op-1', state)).toBe(false);
    await journal.claim('op-1', 'r1', 'U1', at(1));
    expect(await journal.end('op-1', 'cancelled')).toBe(false);
    expect(await journal.end('op-1', state)).toBe(true);
    expect(await journal.end('op-1', state)).toBe(false);
    expect((await journal.find('op-1'))?.state).toBe(state);
    expect(await journal.claim('op-1', 'r2', 'U2', at(2))).toBe(again);
  });

  it('cancels only what is not claimed, for good', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    expect(await journal.end('op-1', 'cancelled')).toBe(true);
    expect(await journal.end('op-1', 'cancelled')).toBe(false);
    expect(await journal.claim('op-1', 'r1', 'U1', at(1))).toBe(false);
    expect(await journal.end('op-9', 'cancelled')).toBe(false);
    expect((await journal.find('op-1'))?.state).toBe('cancelled');
  });
}

function describeSteps(open: () => Promise<OpenJournal>): void {
  it('keeps the latest of each step, in their order', async () => {
    const { journal } = await open();
    await journal.plan(planned('op-1'));
    const done = { index: 0, state: 'done', words: 'Bucket b is there', facts: { bucket: 'b' } } as const;
    await journal.step('op-1', { index: 1, state: 'running', words: '', facts: {} });
    await journal.step('op-1', { index: 0, state: 'running', words: '', facts: {} });
    await journal.step('op-1', { index: 1, state: 'failed', words: 'it’s "broken"', facts: {} });
    await journal.step('op-1', done);
    expect((await journal.find('op-1'))?.steps).toEqual([
      done,
      { index: 1, state: 'failed', words: 'it’s "broken"', facts: {} },
    ]);
  });

  it('keeps everything when it is closed and opened again, where it keeps anything', async () => {
    const { journal, reopen } = await open();
    await journal.plan(planned('op-1'));
    await journal.claim('op-1', 'r1', 'U1', at(1));
    await journal.step('op-1', { index: 0, state: 'running', words: '', facts: {} });
    const before = await journal.find('op-1');
    if (reopen === undefined) return;
    const again = await reopen();
    expect(await again.find('op-1')).toEqual(before);
    expect(await again.claim('op-1', 'r2', 'U2', at(2))).toBe(false);
    expect(await again.claim('op-1', 'r1', 'U1', at(2))).toBe(true);
  });
}
