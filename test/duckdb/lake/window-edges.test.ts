import { describe, expect, it } from 'vitest';
import { flow, NOON, type PlainRecord } from '../../support/flow.ts';
import { openLake } from '../../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';

const HOUR = 3600;
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T13:00Z';

/** The source ports of the records that a question about the hour after noon finds. */
async function portsIn(records: readonly PlainRecord[]): Promise<readonly unknown[]> {
  const folder = await tempFolder();
  await writeLake(folder, records, { format: 'plain' });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { rows } = await ask(`records ${WINDOW}`);
  await close();
  return rows.map(({ srcport }) => srcport).toSorted();
}

describe('a record belongs to a window that its own interval touches', () => {
  it('by its last second, and not when it ended the second before', async () => {
    const touching = flow(NOON, { start: NOON - 60, srcport: 1 });
    const before = flow(NOON - 1, { start: NOON - 60, srcport: 2 });
    expect(await portsIn([touching, before])).toEqual([1]);
  });

  it('by its first second, and not when it began at the end of the window', async () => {
    const touching = flow(NOON + HOUR + 59, { start: NOON + HOUR - 1, srcport: 1 });
    const after = flow(NOON + HOUR + 60, { start: NOON + HOUR, srcport: 2 });
    expect(await portsIn([touching, after])).toEqual([1]);
  });

  it('when it holds the whole window', async () => {
    expect(await portsIn([flow(NOON + HOUR + 1, { start: NOON - 1, srcport: 1 })])).toEqual([1]);
  });

  it('when it ended as late as the longest interval allows, in a file of a later slot', async () => {
    const longest = flow(NOON + HOUR + 599, { start: NOON + HOUR - 1, srcport: 1 });
    const late = flow(NOON + HOUR + 899, { start: NOON + HOUR - 1, srcport: 2 });
    expect(await portsIn([longest, late])).toEqual([1, 2]);
  });

  it('across midnight, where the file lies in the folder of the next day', async () => {
    const folder = await tempFolder();
    const midnight = NOON + 12 * HOUR;
    await writeLake(folder, [flow(midnight + 100, { start: midnight - 1 })]);
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { rows } = await ask('records since 2026-03-05T23:00Z until 2026-03-06T00:00Z');
    await close();
    expect(rows).toHaveLength(1);
  });
});
