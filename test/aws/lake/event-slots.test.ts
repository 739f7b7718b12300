import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventSlots } from '../../../src/aws/lake/event-slots.ts';
import type { Site } from '../../../src/core/lake/cloud.ts';
import type { FetchedEvents } from '../../../src/core/lake/fetches.ts';
import { markOf } from '../../../src/core/lake/lake.ts';
import { asFiles } from '../../../src/core/lake/log-group-files.ts';
import { createGroupSlots } from '../../../src/duckdb/kept/group-slots.ts';
import { fakeLogGroups } from '../../fakes/aws/fake-log-groups.ts';
import { groupSource } from '../../support/group-source.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

const { signal } = new AbortController();
const SOURCE = groupSource();
const GROUP = SOURCE.place.logGroup;
/** Long after the records. */
const NOW = Date.parse('2026-03-06T00:00:00Z');
const NOON = Date.parse('2026-03-05T12:00:00Z') / 1_000;
const HOUR = { fromSeconds: NOON, toSeconds: NOON + 3_600 };
const ALL = { mostBytes: Number.POSITIVE_INFINITY, isOfOrigins: false };

/** A record from `start` for `seconds`, told apart from others by its number. */
function event(start: number, seconds: number, number = 0) {
  return { timestampMs: start * 1_000, message: `10.0.0.1 10.0.0.2-${number} ${start} ${start + seconds}` };
}

async function givenGroup({ nowMs = NOW, index = true } = {}) {
  const groups = fakeLogGroups();
  groups.put(GROUP, []);
  const folder = await tempFolder('fetched');
  const keptFolder = await tempFolder('kept');
  const clock = { nowMs };
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  // No other part of a site is used.
  const site = { account: SOURCE.account, region: SOURCE.region, logGroups: groups } as unknown as Site;
  const open = () =>
    createEventSlots({
      cloud: { sites: async () => [site] },
      pathOf: (bucket, key) => join(folder, bucket, key),
      known: createGroupSlots(index ? keptFolder : undefined, newId),
      isHere: async ({ key, from }) =>
        stat(join(folder, from?.bucket ?? '', key)).then(
          () => true,
          () => false,
        ),
      now: () => new Date(clock.nowMs),
      newId,
    });
  const linesAt = async (key: string) => {
    const text = await readFile(join(folder, asFiles(SOURCE).place.bucket, key), 'utf8');
    const [header, ...lines] = text.trimEnd().split('\n');
    expect(header).toBe('srcaddr dstaddr start end');
    return lines;
  };
  const filesLeft = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile()).length;
  /** How often events of slots were asked for; the look for the newest one is none. */
  const fetches = () => groups.asked.filter(({ most }) => most === undefined).length;
  return { groups, folder, keptFolder, clock, open, linesAt, filesLeft, fetches, ...open() };
}

describe('the slots of a log group', () => {
  it('are counted while they come, call by call', async () => {
    const given = await givenGroup();
    given.groups.put(GROUP, [event(NOON, 60, 1), event(NOON + 600, 60, 2)]);
    const said: FetchedEvents[] = [];
    const { fetched } = await given.read(SOURCE, HOUR, { ...ALL, onEvents: (so) => said.push(so) }, signal);
    expect(said).toHaveLength(fetched.calls);
    expect(said.at(-1)).toEqual(fetched);
    expect(fetched.events).toBe(2);
  });

  it('hold each record once, in the slot in which it ended, whatever is asked in which order', async () => {
    const record = fc.tuple(fc.integer({ min: -1_500, max: 5_000 }), fc.integer({ min: 0, max: 600 }));
    const range = fc.tuple(fc.integer({ min: -2, max: 14 }), fc.integer({ min: 1, max: 8 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 40 }),
        fc.array(range, { minLength: 1, maxLength: 3 }),
        async (records, ranges) => {
          const given = await givenGroup();
          const events = records.map(([at, seconds], number) => event(NOON + at, seconds, number));
          given.groups.put(GROUP, events);
          for (const [first, amount] of ranges) {
            const asked = { fromSeconds: NOON + first * 300, toSeconds: NOON + (first + amount) * 300 };
            const { objects } = await given.read(SOURCE, asked, ALL, signal);
            const found = (await Promise.all(objects.map(({ key }) => given.linesAt(key)))).flat();
            const ended = events.filter(({ message }) => {
              const end = Number(message.split(' ')[3]);
              return end >= asked.fromSeconds && end < asked.toSeconds;
            });
            expect(found.toSorted()).toEqual(ended.map(({ message }) => message).toSorted());
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('say what is in their files: the size, the time of the slot as the mark, and no file where nothing ended', async () => {
    const given = await givenGroup();
    given.groups.put(GROUP, [event(NOON + 10, 60), event(NOON + 20, 60, 1), event(NOON + 950, 60, 2)]);
    const { objects, fetched, isWhole } = await given.read(SOURCE, HOUR, ALL, signal);
    expect(objects.map(({ slot }) => (slot?.fromSeconds ?? 0) - NOON)).toEqual([0, 900]);
    for (const { key, bytes, mark } of objects) {
      const found = await stat(join(given.folder, asFiles(SOURCE).place.bucket, key));
      expect([found.size, markOf(found.size, found.mtimeMs)]).toEqual([bytes, mark]);
      expect(found.mode & 0o077).toBe(0);
    }
    expect(fetched).toMatchObject({ calls: 2, events: 3 });
    expect(isWhole).toBe(true);
  });

  it('that ended an hour ago are fetched once, also by the next process', async () => {
    const given = await givenGroup();
    given.groups.put(GROUP, [event(NOON + 10, 60)]);
    const first = await given.read(SOURCE, HOUR, ALL, signal);
    const before = given.fetches();
    const again = await given.read(SOURCE, HOUR, ALL, signal);
    const restarted = await given.open().read(SOURCE, HOUR, ALL, signal);
    expect(given.fetches()).toBe(before);
    for (const { objects, fetched } of [again, restarted]) {
      expect(objects).toEqual(first.objects);
      expect(fetched).toEqual({ calls: 0, events: 0, bytes: 0 });
    }
  });

  it('whose files are not here any more are fetched again together, as they were the first time', async () => {
    const given = await givenGroup();
    const events = Array.from({ length: 12 }, (_, slot) => event(NOON + slot * 300, 60, slot));
    given.groups.put(GROUP, events);
    const first = await given.read(SOURCE, HOUR, ALL, signal);
    const fetches = given.fetches();
    await rm(given.folder, { recursive: true });
    const again = await given.read(SOURCE, HOUR, ALL, signal);
    expect(again).toEqual(first);
    expect(given.fetches()).toBe(2 * fetches);
    expect(await given.filesLeft()).toBe(12);
  });

  it('are said to be there since the oldest event, where the log group forgets and none of the window is left', async () => {
    const given = await givenGroup({ nowMs: NOW });
    const source = groupSource({ createdAt: '2024-03-05T12:00:00Z' });
    const [oldest, newest] = [NOON - 86_400, NOW / 1_000 - 600];
    given.groups.put(GROUP, [event(oldest, 60), event(newest, 60)]);
    const before = { fromSeconds: NOON - 10 * 86_400, toSeconds: NOON - 9 * 86_400 };
    const { objects, storedRange } = await given.read(source, before, ALL, signal);
    expect(objects).toEqual([]);
    expect(storedRange).toEqual({ fromSeconds: oldest, toSeconds: newest + 300 });
  });

  it('are fetched anew where nothing is remembered, as after `cache=off`, and the same is found', async () => {
    const given = await givenGroup();
    given.groups.put(GROUP, [event(NOON + 10, 60)]);
    const first = await given.read(SOURCE, HOUR, ALL, signal);
    const anew = await given.read(SOURCE, HOUR, { ...ALL, isOfOrigins: true }, signal);
    expect(anew.objects).toEqual(first.objects);
    expect(anew.fetched.events).toBe(1);
  });

  it('that are young are looked at again half a minute later: events come late', async () => {
    const given = await givenGroup({ nowMs: (NOON + 1_200) * 1_000 });
    given.groups.put(GROUP, [event(NOON + 10, 60)]);
    const amount = async () => (await given.read(SOURCE, HOUR, ALL, signal)).objects.length;
    expect(await amount()).toBe(1);
    given.groups.put(GROUP, [event(NOON + 310, 60)]);
    given.clock.nowMs += 20_000;
    expect(await amount()).toBe(1);
    given.clock.nowMs += 20_000;
    expect(await amount()).toBe(2);
  });

  it('before the flow log was created, and after now, are not asked for', async () => {
    const given = await givenGroup({ nowMs: (NOON + 700) * 1_000 });
    const source = groupSource({ createdAt: '2026-03-05T12:00:00Z' });
    await given.read(source, { fromSeconds: NOON - 864_000, toSeconds: NOON + 864_000 }, ALL, signal);
    const asked = given.groups.asked.filter(({ most }) => most === undefined);
    expect(Math.min(...asked.map(({ fromSeconds }) => fromSeconds))).toBeGreaterThanOrEqual(NOON - 1_260);
    expect(Math.max(...asked.map(({ toSeconds }) => toSeconds))).toBe(NOON + 900);
  });

  it('are left once more was fetched than may be, and the next question goes on from there', async () => {
    const given = await givenGroup();
    const day = { fromSeconds: NOON - 43_200, toSeconds: NOON };
    const events = Array.from({ length: 144 }, (_, slot) => event(day.fromSeconds + slot * 300, 60, slot));
    given.groups.put(GROUP, events);
    const few = { ...ALL, mostBytes: 2_500 };
    let reads = 1;
    for (;;) {
      const { isWhole, fetched, objects } = await given.read(SOURCE, day, few, signal);
      if (isWhole) {
        expect(objects).toHaveLength(144);
        break;
      }
      expect(fetched.bytes).toBeGreaterThan(2_500);
      reads += 1;
      expect(reads).toBeLessThan(20);
    }
    expect(reads).toBeGreaterThan(1);
  });

  it('leave nothing half written behind where the question is stopped, and are whole the next time', async () => {
    const given = await givenGroup();
    given.groups.put(
      GROUP,
      Array.from({ length: 9 }, (_, number) => event(NOON + 10, 60, number)),
    );
    const stopping = new AbortController();
    const pages = given.groups.pages;
    given.groups.pages = async function* (wanted, each) {
      let seen = 0;
      for await (const page of pages(wanted, each)) {
        seen += 1;
        if (seen === 4) stopping.abort(new Error('stopped'));
        yield page;
      }
    };
    await expect(given.read(SOURCE, HOUR, ALL, stopping.signal)).rejects.toThrow('stopped');
    await expect.poll(given.filesLeft).toBe(0);
    const { objects } = await given.read(SOURCE, HOUR, ALL, signal);
    expect(await given.linesAt(objects[0]?.key ?? '')).toHaveLength(9);
  });

  it('are fetched once for questions that come together', async () => {
    const given = await givenGroup();
    given.groups.put(GROUP, [event(NOON + 10, 60)]);
    const reads = await Promise.all([1, 2, 3].map(() => given.read(SOURCE, HOUR, ALL, signal)));
    expect(given.fetches()).toBe(1);
    expect(reads.map(({ objects }) => objects.length)).toEqual([1, 1, 1]);
  });

  it('that were fetched and are lost are fetched one by one', async () => {
    const given = await givenGroup();
    given.groups.put(GROUP, [event(NOON + 10, 60), event(NOON - 200, 260, 1), event(NOON + 290, 60, 2)]);
    const slot = { fromSeconds: NOON, toSeconds: NOON + 300 };
    const { objects } = await given.read(SOURCE, slot, ALL, signal);
    const other = await givenGroup();
    other.groups.put(GROUP, [event(NOON + 10, 60), event(NOON - 200, 260, 1), event(NOON + 290, 60, 2)]);
    const events = { logGroup: GROUP, fields: SOURCE.fields };
    const { account, region } = SOURCE;
    const from = { account, region, bucket: asFiles(SOURCE).place.bucket, events };
    for (const object of objects) await other.fetch(object, from, signal);
    const [key = ''] = objects.map((object) => object.key);
    expect(await other.linesAt(key)).toEqual(await given.linesAt(key));
    expect(await given.linesAt(key)).toHaveLength(2);
  });

  it('of a group that is gone are a fault, and no empty answer', async () => {
    const given = await givenGroup();
    const gone = groupSource({ logGroup: '/gone' });
    await expect(given.read(gone, HOUR, ALL, signal)).rejects.toMatchObject({ code: 'not-found' });
  });
});
