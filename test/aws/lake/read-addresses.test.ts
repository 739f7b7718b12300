import { describe, expect, it } from 'vitest';
import { givenInsights, minutesOf, NOON, record, SOURCE } from './given-insights.ts';

const { signal } = new AbortController();
const HOUR = { fromSeconds: NOON, toSeconds: NOON + 3_600 };
const MAY_ASK = { addresses: ['10.0.1.5'], isOfOrigins: false, mayAsk: true };
const ALL = { mostBytes: Number.POSITIVE_INFINITY, isOfOrigins: false };
/** A record of as many bytes in each minute. */
const EVENTS = Array.from({ length: 60 }, (_, minute) =>
  record(NOON + minute * 60, '10.0.1.5', '10.0.2.7', 50),
);
const BYTES = EVENTS.reduce((sum, { message }) => sum + message.length, 0);

describe('the records of an address in a log group', () => {
  it('are planned for all slots where none is known, with files that no whole slot has', async () => {
    const given = await givenInsights(EVENTS);
    const { files, plan, missing, storedRange } = await given.read(SOURCE, HOUR, MAY_ASK, signal);
    expect([files, missing, storedRange]).toEqual([[], HOUR, undefined]);
    expect(minutesOf(plan?.slots ?? [])).toHaveLength(12);
    expect(plan?.slots[0]?.key).toMatch(/_fl-0123456789abcdef0_20260305T1200Z_only-[0-9a-f]{16}\.log$/);
    expect(plan?.from).toMatchObject({ bucket: '~%2Fflowlog%2Fvpc', events: { addresses: ['10.0.1.5'] } });
    expect(given.insights.queries.size).toBe(0);
  });

  it('are the same in whatever order the addresses come, and others have other files', async () => {
    const given = await givenInsights(EVENTS);
    const keyOf = async (addresses: string[]) => (await given.plan(addresses)).slots[0].key;
    expect(await keyOf(['10.0.1.5', '10.0.2.7'])).toBe(await keyOf(['10.0.2.7', '10.0.1.5', '10.0.1.5']));
    expect(await keyOf(['10.0.1.5'])).not.toBe(await keyOf(['10.0.2.7']));
  });

  it('are in whole slots where those are known, and the rest alone is planned', async () => {
    const given = await givenInsights(EVENTS);
    await given.slots.read(SOURCE, { fromSeconds: NOON + 1_800, toSeconds: NOON + 3_600 }, ALL, signal);
    const { files, plan, missing } = await given.read(SOURCE, HOUR, MAY_ASK, signal);
    expect(minutesOf(files)).toEqual([30, 35, 40, 45, 50, 55]);
    expect(files.every(({ from }) => from?.events?.addresses === undefined)).toBe(true);
    expect(missing).toEqual({ fromSeconds: NOON, toSeconds: NOON + 1_800 });
    expect(minutesOf(plan?.slots ?? [])).toEqual([0, 5, 10, 15, 20, 25]);
  });

  it('are planned anew where the files themselves are wanted', async () => {
    const given = await givenInsights(EVENTS);
    await given.slots.read(SOURCE, HOUR, ALL, signal);
    const { files, plan } = await given.read(SOURCE, HOUR, { ...MAY_ASK, isOfOrigins: true }, signal);
    expect([files.length, plan?.slots.length]).toEqual([0, 12]);
  });

  it('are not planned, and nothing is called, where Logs Insights may not be asked', async () => {
    const given = await givenInsights(EVENTS);
    const { plan, missing } = await given.read(SOURCE, HOUR, { ...MAY_ASK, mayAsk: false }, signal);
    expect([plan, missing, given.groups.asked]).toEqual([undefined, HOUR, []]);
  });

  it('are priced by the slots that are known, and else by a sample', async () => {
    const given = await givenInsights(EVENTS);
    const expected = (BYTES / 3_600) * 4_200;
    const sampled = (await given.plan()).bytes;
    expect(sampled).toBeGreaterThan(expected * 0.8);
    expect(sampled).toBeLessThan(expected * 1.2);
    await given.slots.read(SOURCE, { fromSeconds: NOON + 3_300, toSeconds: NOON + 3_600 }, ALL, signal);
    const asked = given.groups.asked.length;
    const known = (await given.plan()).bytes;
    expect(known).toBeGreaterThan(expected * 0.8);
    // The header of a file counts as well.
    expect(known).toBeLessThan(expected * 1.3);
    // No more than the look for the newest record.
    expect(given.groups.asked.length - asked).toBe(1);
  });

  it('are priced by more than a minute where there are few of them', async () => {
    const given = await givenInsights([record(NOON + 10, '10.0.1.5', '10.0.2.7')]);
    expect((await given.plan()).bytes).toBeGreaterThan(0);
  });

  it('say up to when there are records', async () => {
    const given = await givenInsights([...EVENTS, record(NOON + 7_200, '10.0.9.1', '10.0.9.2')]);
    given.clock.nowMs = (NOON + 8_000) * 1_000;
    const { storedRange } = await given.read(SOURCE, HOUR, MAY_ASK, signal);
    expect(storedRange?.toSeconds).toBe(NOON + 7_500);
  });
});
