import { describe, expect, it } from 'vitest';
import type { AddressRange } from '../../../src/core/flow-log/addresses.ts';
import type { SlotRange } from '../../../src/core/flow-log/slots.ts';
import type { LogGroupSource } from '../../../src/core/lake/log-source.ts';
import type {
  FetchEvents,
  ReadAddresses,
  ReadEvents,
  WantedAddresses,
} from '../../../src/core/lake/read-events.ts';
import {
  filesOfGroups,
  type ReadGroupsParts,
  TooManyRecords,
} from '../../../src/core/lake/read-log-groups.ts';
import type { InsightsPlan, ScannedObject } from '../../../src/core/lake/scan.ts';
import type { ScanTarget } from '../../../src/core/lake/sources.ts';
import type { WantedEngine } from '../../../src/core/line/standard-arguments.ts';
import { groupSource } from '../../support/group-source.ts';

const { signal } = new AbortController();
const TO = new Date('2026-03-05T12:00:00Z');
const WINDOW = { from: new Date(TO.getTime() - 3_600_000), to: TO };
const SLOT = { fromSeconds: TO.getTime() / 1_000 - 600, toSeconds: TO.getTime() / 1_000 - 300 };

/** Reads groups of which each gives 100 bytes in one file, and up to the limit says that it is whole. */
async function reading(
  sources: readonly LogGroupSource[],
  wanted: Pick<ScanTarget, 'isOfOrigins' | 'onEvents'> & { readonly engine?: 'direct' } = {},
  mostBytes = 1_000,
) {
  const asked: (FetchEvents & { readonly name: string })[] = [];
  const readEvents: ReadEvents = async ({ name }, _, options) => {
    asked.push({ name, ...options });
    options.onEvents?.({ calls: 1, events: 3, bytes: 60 });
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
  it('are said to come while they do, those of all groups together', async () => {
    const said: number[] = [];
    await reading([ONE, OTHER], { onEvents: ({ events }) => said.push(events) });
    // All that the first has given, and what the second has given so far.
    expect(said).toEqual([3, 5 + 3]);
  });

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

/** One slot after the other, each of five minutes. */
function filesAt(
  name: string,
  minutes: readonly number[],
  addresses?: readonly string[],
): readonly ScannedObject[] {
  return minutes.map((minute) => {
    const fromSeconds = WINDOW.from.getTime() / 1_000 + minute * 60;
    const events = { logGroup: name, fields: [], ...(addresses && { addresses }) };
    const from = { account: '1', region: 'eu-central-1', bucket: `~${name}`, events };
    return {
      key: `${name} ${minute}`,
      bytes: 100,
      slot: { fromSeconds, toSeconds: fromSeconds + 300 },
      from,
    };
  });
}

const SINGLE: AddressRange = { family: 4, text: '10.0.1.5', single: true };
const BLOCK: AddressRange = { family: 4, text: '10.0.1.0/24', single: false };
const PLAN = { bytes: 4_000 } as InsightsPlan;

/** Reads a log group of which some slots of an address are known. */
async function readingOf(
  addresses: readonly AddressRange[],
  here: Partial<Awaited<ReturnType<ReadAddresses>>>,
  { engine, mostBytes = 1_000 }: { readonly engine?: WantedEngine; readonly mostBytes?: number } = {},
) {
  const fetched: SlotRange[] = [];
  const looked: WantedAddresses[] = [];
  const parts = {
    mostBytes,
    readAddresses: async (_source, _range, wanted) => {
      looked.push(wanted);
      return { files: [], missing: undefined, plan: undefined, storedRange: SLOT, ...here };
    },
    readEvents: async (_source, range, options) => {
      fetched.push(range);
      return {
        objects: [{ key: 'whole', bytes: 100, slot: range }],
        fetched: { calls: 1, events: 1, bytes: 100 },
        isWhole: options.mostBytes >= 100,
        storedRange: SLOT,
      };
    },
  } satisfies ReadGroupsParts;
  const wanted = { window: WINDOW, addresses, engine };
  const read = await filesOfGroups({ sources: [ONE], known: [ONE] }, wanted, parts, signal);
  return {
    ...read,
    fetched,
    looked,
    keys: read.ofGroups.flatMap(({ files }) => files.map(({ key }) => key)),
  };
}

describe('the events of single addresses', () => {
  const known = filesAt('g', [0, 5, 10], ['10.0.1.5']);

  it('are planned for Logs Insights where the line says so, and nothing is fetched', async () => {
    const read = await readingOf(
      [SINGLE],
      { files: known, missing: SLOT, plan: PLAN },
      { engine: 'insights' },
    );
    expect(read.looked).toEqual([{ addresses: ['10.0.1.5'], isOfOrigins: false, mayAsk: true }]);
    expect(read.fetched).toEqual([]);
    expect(read).toMatchObject({ insights: [PLAN], keys: ['g 0', 'g 5', 'g 10'], events: { calls: 0 } });
    expect(read.remarks).toEqual([
      'of /flowlog/vpc the records of 10.0.1.5 alone were read, by Logs Insights',
    ]);
  });

  it('are taken from what Logs Insights gave before where the line does not say anything', async () => {
    const read = await readingOf([SINGLE], { files: known });
    expect(read.looked[0]?.mayAsk).toBe(false);
    expect(read).toMatchObject({ keys: ['g 0', 'g 5', 'g 10'], fetched: [] });
    expect(read.insights).toBeUndefined();
  });

  it('are fetched with all others for the slots that are not known, and no slot is read twice', async () => {
    const missing = { fromSeconds: WINDOW.from.getTime() / 1_000 + 600, toSeconds: TO.getTime() / 1_000 };
    const read = await readingOf([SINGLE], { files: known, missing });
    expect(read).toMatchObject({ keys: ['g 0', 'g 5', 'whole'], fetched: [missing] });
  });

  it('are not looked for alone where all records are wanted, or a block is asked for', async () => {
    const all = await readingOf([SINGLE], {}, { engine: 'direct' });
    const ofBlock = await readingOf([SINGLE, BLOCK], {});
    expect([all.looked, ofBlock.looked]).toEqual([[], []]);
    expect([all.keys, ofBlock.keys]).toEqual([['whole'], ['whole']]);
  });

  it.each([[[]], [[BLOCK]], [[SINGLE, BLOCK]]])(
    'are what Logs Insights is asked for, and nothing else: %o',
    async (addresses) => {
      await expect(readingOf(addresses, {}, { engine: 'insights' })).rejects.toThrow(
        /^`engine=insights` asks CloudWatch Logs Insights for the records of single addresses/,
      );
    },
  );

  it('are refused where there are too many, so that Logs Insights can be offered', async () => {
    await expect(readingOf([SINGLE], { missing: SLOT }, { mostBytes: 50 })).rejects.toThrow(TooManyRecords);
  });
});
