import { describe, expect, it } from 'vitest';
import type { LogGroupSource } from '../../../src/core/lake/log-source.ts';
import type { FetchEvents, ReadAddresses, ReadEvents } from '../../../src/core/lake/read-events.ts';
import { filesOfGroups } from '../../../src/core/lake/read-log-groups.ts';
import { groupSource } from '../../support/group-source.ts';

const { signal } = new AbortController();
const TO = new Date('2026-03-05T12:00:00Z');
const WINDOW = { from: new Date(TO.getTime() - 3_600_000), to: TO };
const SLOT = { fromSeconds: TO.getTime() / 1_000 - 600, toSeconds: TO.getTime() / 1_000 - 300 };

/** Reads groups of which each gives 100 bytes in one file, and up to the limit says that it is whole. */
async function reading(
  sources: readonly LogGroupSource[],
  wanted: { readonly engine?: 'direct'; readonly isOfOrigins?: boolean } = {},
  mostBytes = 1_000,
) {
  const asked: (FetchEvents & { readonly name: string })[] = [];
  const readEvents: ReadEvents = async ({ name }, _, options) => {
    asked.push({ name, ...options });
    return {
      objects: [{ key: `AWSLogs/${name}`, bytes: 100, slot: SLOT }],
      fetched: { calls: 2, events: 5, bytes: 100 },
      isWhole: options.mostBytes >= 100,
      storedRange: SLOT,
    };
  };
  const readAddresses: ReadAddresses = async () => {
    throw new RangeError('no address is asked for');
  };
  const chosen = { sources, known: sources };
  const parts = { readEvents, readAddresses, mostBytes };
  const read = await filesOfGroups(chosen, { window: WINDOW, addresses: [], ...wanted }, parts, signal);
  return { ...read, asked };
}

const ONE = groupSource({ id: 'fl-00000000000000001' });
const SAME = groupSource({ id: 'fl-00000000000000002', createdAt: '2026-02-01T00:00:00Z' });
const OTHER = groupSource({ id: 'fl-00000000000000003', logGroup: '/other' });

describe('the events of a question', () => {
  it('are fetched once for each log group, and counted together', async () => {
    const { asked, events, ofGroups } = await reading([ONE, SAME, OTHER]);
    expect(asked.map(({ name }) => name)).toEqual([ONE.name, OTHER.name]);
    expect(events).toEqual({ calls: 4, events: 10, bytes: 200 });
    expect(ofGroups.flatMap(({ files }) => files.map(({ from }) => from?.events?.logGroup))).toEqual([
      '/flowlog/vpc',
      '/other',
    ]);
  });

  it('share what may be fetched for it, and nothing limits a question that wants all', async () => {
    const { asked } = await reading([ONE, OTHER]);
    expect(asked.map(({ mostBytes }) => mostBytes)).toEqual([1_000, 900]);
    const all = await reading([ONE, OTHER], { engine: 'direct', isOfOrigins: true }, 1);
    expect(all.asked.map(({ mostBytes, isOfOrigins }) => [mostBytes, isOfOrigins])).toEqual([
      [Number.POSITIVE_INFINITY, true],
      [Number.POSITIVE_INFINITY, true],
    ]);
  });

  it('of which there are more end it with what to ask instead', async () => {
    await expect(reading([ONE, OTHER], {}, 150)).rejects.toMatchObject({
      message: expect.stringMatching(/^`\/other` has more than 150 B of records of this window/),
      hint: expect.stringContaining('`last 15m`'),
    });
  });

  it('are none where no flow log delivers to CloudWatch Logs', async () => {
    expect(await reading([])).toEqual({ asked: [], events: undefined, ofGroups: [], remarks: [] });
  });
});
