import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownOf, logCoverages } from '../../../../src/core/answer/coverage/log-coverage.ts';
import type { SlotRange } from '../../../../src/core/flow-log/slots.ts';
import type { FlowLogRead, Scan } from '../../../../src/core/lake/scan.ts';
import type { LogCoverage, SlotState } from '../../../../src/core/query/coverage.ts';
import { keyAt } from '../../../fixtures/write-records.ts';

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`) / 1000;
const slot = (time: string): SlotRange => ({ fromSeconds: at(time), toSeconds: at(time) + 300 });
const FLOW_LOG = '123456789012_vpcflowlogs_eu-central-1_fl-0123456789abcdef0';
const LONG_AFTER = '23:00';

interface Situation {
  readonly slots: readonly string[];
  readonly window: readonly [string, string];
  readonly unreadable?: readonly string[];
  readonly now?: string;
  readonly flowLog?: Partial<FlowLogRead>;
}

/** What is known of a flow log with files for some slots. */
function covered({ slots, window: [from, to], unreadable = [], now = LONG_AFTER, flowLog }: Situation) {
  const scan: Scan = {
    source: { name: 'lake', region: 'eu-central-1', fields: [] },
    tables: [],
    objects: slots.map((time) => ({ key: keyAt(at(time)), bytes: 100, slot: slot(time) })),
    unread: [],
    notes: [],
    storedRange: undefined,
    flowLogs: [{ name: 'fl', eni: undefined, fileNames: FLOW_LOG, ...flowLog }],
  };
  const failed = unreadable.map((time) => ({
    key: `${keyAt(at(time))}2`,
    slot: slot(time),
    reason: 'is empty',
  }));
  const window = { from: new Date(at(from) * 1000), to: new Date(at(to) * 1000) };
  const [log] = logCoverages({ scan, window, failed, now: new Date(at(now) * 1000) });
  if (log === undefined) throw new RangeError('the flow log is not covered');
  const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 16);
  return {
    ...log,
    upTo: log.completeUpToSeconds === undefined ? undefined : clock(log.completeUpToSeconds),
    states: log.slots.map(
      ({ fromSeconds, toSeconds, state }) => `${clock(fromSeconds)}-${clock(toSeconds)} ${state}`,
    ),
  };
}

const HOUR = ['10:00', '10:05', '10:10', '10:15', '10:20', '10:25', '10:30', '10:35'] as const;

describe('the slots of a flow log', () => {
  it.each<readonly [string, Situation, readonly string[]]>([
    [
      'reach ten minutes behind the window, where its longest records end',
      { slots: HOUR, window: ['10:00', '10:30'] },
      ['10:00-10:40 read'],
    ],
    [
      'begin with the one in which the window begins',
      { slots: HOUR, window: ['10:04', '10:06'] },
      ['10:00-10:20 read'],
    ],
    [
      'are missing right behind the window too',
      { slots: HOUR.slice(0, 3), window: ['10:00', '10:10'] },
      ['10:00-10:15 read', '10:15-10:20 missing'],
    ],
    [
      'are missing between files',
      { slots: ['10:00', '10:15', '10:20', '10:25'], window: ['10:00', '10:20'] },
      ['10:00-10:05 read', '10:05-10:15 missing', '10:15-10:30 read'],
    ],
    [
      'are unreadable where one of two files is',
      { slots: HOUR, unreadable: ['10:10'], window: ['10:00', '10:10'] },
      ['10:00-10:10 read', '10:10-10:15 unreadable', '10:15-10:20 read'],
    ],
    [
      'are not delivered yet within half an hour, as is the newest that has a file',
      { slots: HOUR, window: ['10:20', '10:40'], now: '10:55' },
      ['10:20-10:35 read', '10:35-10:50 late'],
    ],
    [
      'are missing when they are older than half an hour',
      { slots: HOUR, window: ['10:20', '10:40'], now: '11:16' },
      ['10:20-10:40 read', '10:40-10:45 missing', '10:45-10:50 late'],
    ],
    [
      'are fewer where the flow log is known to write each minute',
      { slots: HOUR, window: ['10:00', '10:33'], flowLog: { longestIntervalSeconds: 120 } },
      ['10:00-10:35 read'],
    ],
  ])('%s', (_, situation, states) => {
    expect(covered(situation).states).toEqual(states);
  });
});

describe('a flow log is complete', () => {
  it.each<readonly [string, Situation, string | undefined]>([
    ['up to the end where every slot was read', { slots: HOUR, window: ['10:00', '10:30'] }, '10:30'],
    [
      'up to ten minutes before a gap, since a record that ends in it may have begun then',
      { slots: HOUR, window: ['10:00', '10:50'] },
      '10:30',
    ],
    ['for no part where the gap is that near', { slots: HOUR, window: ['10:33', '10:50'] }, undefined],
    [
      'for no part where its first slot is missing',
      { slots: HOUR.slice(1), window: ['10:00', '10:30'] },
      undefined,
    ],
  ])('%s', (_, situation, upTo) => {
    const { upTo: known, whole, slots } = covered(situation);
    expect(known).toBe(upTo);
    expect(whole).toBe(slots.every(({ state }) => state === 'read'));
  });
});

describe('a flow log has stopped', () => {
  it.each<readonly [string, Situation, boolean]>([
    ['not when it is not known whether it goes on', { slots: ['10:00'], window: ['10:00', '10:30'] }, false],
    [
      'when its newest file is the last one here',
      { slots: ['10:00'], window: ['10:00', '10:30'], flowLog: { storedRange: slot('10:00') } },
      true,
    ],
    [
      'not when it goes on later',
      { slots: ['10:00'], window: ['10:00', '10:30'], flowLog: { storedRange: slot('18:00') } },
      false,
    ],
    ['not when the last slots were read', { slots: ['10:35'], window: ['10:00', '10:30'] }, false],
    ['not when they may still come', { slots: ['10:00'], window: ['10:05', '10:10'], now: '10:20' }, false],
  ])('%s', (_, situation, stopped) => {
    expect(covered(situation).stopped).toBe(stopped);
  });
});

it('each flow log that was asked is covered, also one without any file here', () => {
  expect(covered({ slots: [], window: ['10:00', '10:05'] }).states).toEqual(['10:00-10:15 missing']);
});

it('a flow log is read up to a moment only where each record from before is in a slot that was read', () => {
  const situations = fc.record({
    has: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    from: fc.integer({ min: 0, max: 60 }),
    minutes: fc.integer({ min: 1, max: 40 }),
    start: fc.nat(100),
    length: fc.nat(600),
  });
  const clock = (minute: number) => `10:${String(minute).padStart(2, '0')}`;
  fc.assert(
    fc.property(situations, ({ has, from, minutes, start, length }) => {
      const begin = at('10:00');
      const scan: Scan = {
        source: { name: 'lake', region: 'eu-central-1', fields: [] },
        tables: [],
        objects: has.flatMap((there, index) =>
          there
            ? [
                {
                  key: keyAt(begin + index * 300),
                  bytes: 1,
                  slot: { fromSeconds: begin + index * 300, toSeconds: begin + (index + 1) * 300 },
                },
              ]
            : [],
        ),
        unread: [],
        notes: [],
        storedRange: undefined,
        flowLogs: [{ name: 'fl', eni: undefined, fileNames: FLOW_LOG }],
      };
      const window = {
        from: new Date((begin + from * 60) * 1000),
        to: new Date((begin + (from + minutes) * 60) * 1000),
      };
      const [log] = logCoverages({ scan, window, failed: [], now: new Date(`2026-11-22T23:00:00Z`) });
      const upTo = log?.completeUpToSeconds;
      // A record that touches the window before that moment must end in a slot with a file.
      const record = { start: begin + start * 60, end: begin + start * 60 + length };
      const touches = record.end >= begin + from * 60 && upTo !== undefined && record.start < upTo;
      const inSlot = has[Math.floor((record.end - begin) / 300)];
      expect(!touches || inSlot === true, clock(from)).toBe(true);
    }),
    { seed: 5, numRuns: 500 },
  );
});

it('a file named on the hour proves five minutes only, where it was not inspected', () => {
  const hour = { fromSeconds: at('10:00'), toSeconds: at('11:00') };
  const states = (ends: SlotRange | undefined) =>
    logCoverages({
      scan: {
        source: { name: 'lake', region: 'eu-central-1', fields: [] },
        tables: [],
        objects: [{ key: keyAt(at('10:00')), bytes: 1, slot: hour, ...(ends && { ends }) }],
        unread: [],
        notes: [],
        storedRange: undefined,
      },
      window: { from: new Date(at('10:00') * 1000), to: new Date(at('10:10') * 1000) },
      failed: [],
      now: new Date(at(LONG_AFTER) * 1000),
    }).flatMap(({ slots }) => slots.map(({ state }) => state));
  expect(states(undefined)).toEqual(['read', 'missing']);
  expect(states(hour)).toEqual(['read']);
});

const BUCKET = { fromSeconds: 1_200, toSeconds: 1_500 };

/** A flow log of which everything was read but one slot range. */
function logWithout(fromSeconds: number, toSeconds: number, state: SlotState): LogCoverage {
  return {
    flowLog: 'fl-1',
    slots: [
      { fromSeconds: 0, toSeconds: fromSeconds, state: 'read' },
      { fromSeconds, toSeconds, state },
      { fromSeconds: toSeconds, toSeconds: 9_000, state: 'read' },
    ],
    stopped: false,
    completeUpToSeconds: undefined,
    whole: false,
    resource: undefined,
    traffic: undefined,
  };
}

it.each<readonly [string, number, number, SlotState, 'whole' | 'part' | 'none']>([
  ['its own slot has no file', 1_200, 1_500, 'missing', 'none'],
  ['a part of it could not be read', 1_400, 1_800, 'unreadable', 'none'],
  ['it is not delivered yet', 900, 3_000, 'late', 'none'],
  ['a slot has no file in which its last records would be', 1_800, 2_100, 'missing', 'part'],
  ['such a slot is not delivered yet', 1_500, 3_000, 'late', 'part'],
  ['a slot is missing that ended before it', 900, 1_200, 'missing', 'whole'],
  ['a slot is missing that its longest record cannot reach', 2_100, 2_400, 'missing', 'whole'],
])('how much is known of a bucket where %s', (_, fromSeconds, toSeconds, state, known) => {
  expect(knownOf(BUCKET, { flowLogs: [logWithout(fromSeconds, toSeconds, state)] })).toBe(known);
});

it('a bucket of the timeline is known when every flow log is complete for it, not when one is', () => {
  const flowLogs = [logWithout(5_000, 5_300, 'missing'), logWithout(1_200, 1_500, 'missing')];
  expect(knownOf(BUCKET, { flowLogs })).toBe('none');
  expect(knownOf(BUCKET, { flowLogs: [] })).toBe('none');
});
