import { describe, expect, it } from 'vitest';
import { StoreError, type StoreErrorCode } from '../../../src/core/errors.ts';
import type { Journal, StepRecord } from '../../../src/core/operation/journal.ts';
import { createLastingJournal } from '../../../src/core/operation/lasting-journal.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { describeJournal } from '../../contract/journal.ts';
import { at } from '../../contract/store-samples.ts';

const PLAN = { headline: 'Set up', sections: [], steps: [], instead: [] };

/** A real journal that is away when the test says so: nothing is written then, or its answer is lost. */
async function given() {
  const { journal: inner } = await openStores({ path: ':memory:' });
  let [code, isCarriedOut]: [StoreErrorCode | undefined, boolean] = [undefined, false];
  const notes: string[] = [];
  const refuses = <A extends unknown[], R>(name: string, write: (...all: A) => Promise<R>) => {
    return async (...all: A) => {
      if (code !== undefined) {
        if (isCarriedOut) await write(...all);
        throw new StoreError(code, 'The store is away.', 'Bring it back.');
      }
      notes.push(name);
      return write(...all);
    };
  };
  const refusing: Journal = {
    ...inner,
    claim: refuses('claim', inner.claim),
    step: refuses('step', inner.step),
    end: refuses('end', inner.end),
  };
  const parts = {
    events: { failed: () => {}, worked: () => {} },
    pause: () => new Promise<void>((resolve) => setTimeout(resolve, 10)),
  };
  const journal = createLastingJournal(refusing, parts, { beginMs: 100, reportMs: 50 });
  await journal.plan({
    id: 'op-1',
    line: 'setup vpc-1',
    person: 'U1',
    channel: 'C1',
    request: 'r0',
    plan: PLAN,
    plannedAt: at(0),
  });
  return {
    inner,
    journal,
    notes,
    goAway(why: StoreErrorCode, carriesOut = false) {
      [code, isCarriedOut] = [why, carriesOut];
    },
    comeBack() {
      code = undefined;
    },
  };
}

const record = (index: number, state: StepRecord['state'], words = ''): StepRecord => ({
  index,
  state,
  words,
  facts: {},
});

describeJournal('that goes on while the store is away', async () => {
  const { journal } = await openStores({ path: ':memory:' });
  const parts = { events: { failed: () => {}, worked: () => {} }, pause: async () => {} };
  return { journal: createLastingJournal(journal, parts), reopen: undefined };
});

describe('an operation whose store goes away', () => {
  it('says why something is not written down yet, and writes all of it in order once the store is back', async () => {
    const { journal, inner, notes, goAway, comeBack } = await given();
    await journal.claim('op-1', 'r1', 'U1', at(1));
    await journal.step('op-1', record(0, 'running'));
    goAway('locked');
    await journal.step('op-1', record(0, 'done', 'made'));
    expect(await journal.end('op-1', 'done')).toBe(true);
    expect(await journal.unwritten('op-1')).toMatchObject({ code: 'locked', message: 'The store is away.' });
    expect((await inner.find('op-1'))?.state).toBe('running');
    comeBack();
    await expect.poll(() => journal.unwritten('op-1')).toBeUndefined();
    expect(await inner.find('op-1')).toMatchObject({ state: 'done', steps: [record(0, 'done', 'made')] });
    expect(notes.slice(2)).toEqual(['step', 'end']);
  });

  it('does not begin a step that could not be written down in time, after what was done before it', async () => {
    const { journal, inner, goAway, comeBack } = await given();
    await journal.claim('op-1', 'r1', 'U1', at(1));
    await journal.step('op-1', record(0, 'running'));
    goAway('full');
    await journal.step('op-1', record(0, 'done'));
    await expect(journal.step('op-1', record(1, 'running'))).rejects.toMatchObject({ code: 'full' });
    await journal.step('op-1', record(1, 'failed', 'it was not begun'));
    await journal.end('op-1', 'failed');
    comeBack();
    await expect.poll(() => journal.unwritten('op-1')).toBeUndefined();
    expect(await inner.find('op-1')).toMatchObject({
      state: 'failed',
      steps: [record(0, 'done'), record(1, 'failed', 'it was not begun')],
    });
  });

  it('begins a step as soon as the store is back in time', async () => {
    const { journal, inner, goAway, comeBack } = await given();
    await journal.claim('op-1', 'r1', 'U1', at(1));
    goAway('unreachable');
    const begun = journal.step('op-1', record(0, 'running'));
    setTimeout(comeBack, 30);
    await begun;
    expect((await inner.find('op-1'))?.steps).toEqual([record(0, 'running')]);
  });

  it('is given back where it was claimed and the answer of the store was lost', async () => {
    const { journal, inner, goAway, comeBack } = await given();
    goAway('unreachable', true);
    await expect(journal.claim('op-1', 'r1', 'U1', at(1))).rejects.toMatchObject({ code: 'unreachable' });
    comeBack();
    await expect.poll(async () => (await inner.find('op-1'))?.state).toBe('failed');
    expect(await journal.claim('op-1', 'r2', 'U2', at(2))).toBe(true);
  });

  it('is not called off, which can be said again', async () => {
    const { journal, goAway } = await given();
    goAway('locked');
    await expect(journal.end('op-1', 'cancelled')).rejects.toMatchObject({ code: 'locked' });
  });

  it('is written down once more when the app stops', async () => {
    const { journal, inner, goAway, comeBack } = await given();
    await journal.claim('op-1', 'r1', 'U1', at(1));
    goAway('locked');
    await journal.end('op-1', 'done');
    comeBack();
    await journal.settle();
    expect((await inner.find('op-1'))?.state).toBe('done');
  });
});
