import { expect, it } from 'vitest';
import { cover } from '../../../../src/core/answer/coverage/cover.ts';
import type { Scan, Slot } from '../../../../src/core/ports/scan.ts';
import { keyAt } from '../../../fixtures/write-records.ts';

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`) / 1000;
const slot = (time: string): Slot => ({ fromSeconds: at(time), toSeconds: at(time) + 300 });
const object = (time: string) => ({ key: keyAt(at(time)), bytes: 100, slot: slot(time) });

interface Situation {
  readonly slots: readonly string[];
  readonly extent?: readonly [string, string];
  readonly window: readonly [string, string];
  readonly newestEnd?: string;
  readonly untimed?: boolean;
}

/** What is covered when a window is asked of a lake with files for some slots. */
function covered({
  slots,
  extent = [slots[0] ?? '', slots.at(-1) ?? ''],
  window,
  newestEnd,
  untimed = false,
}: Situation) {
  const scan: Scan = {
    source: { name: 'lake', region: 'eu-central-1', fields: ['srcaddr', 'dstaddr', 'new-field'] },
    tables: [],
    objects: [
      ...slots.map(object),
      ...(untimed ? [{ key: 'export.log.gz', bytes: 1, slot: undefined }] : []),
    ],
    unread: [],
    notes: [],
    extent: { fromSeconds: at(extent[0]), toSeconds: at(extent[1]) + 300 },
  };
  const [from, to] = [new Date(at(window[0]) * 1000), new Date(at(window[1]) * 1000)];
  const run = { filesRead: slots.length, unread: [], unreadableLines: 0 };
  const counts = { matched: 1, skipData: 0, noData: 0 };
  return cover({
    scan,
    window: { from, to },
    run,
    counts,
    newestEndSeconds: newestEnd === undefined ? undefined : at(newestEnd),
  });
}

const HOUR = ['10:00', '10:05', '10:10', '10:15', '10:20', '10:25', '10:30', '10:35'] as const;

it.each<readonly [string, Situation, boolean, string | undefined]>([
  [
    'a file ten minutes after the window was delivered',
    { slots: HOUR, window: ['10:00', '10:25'] },
    true,
    '10:25',
  ],
  [
    'only files up to its end and a little more were',
    { slots: HOUR, window: ['10:00', '10:30'] },
    false,
    '10:30',
  ],
  [
    'the newest file is of before its end, whatever the newest record is',
    { slots: HOUR, window: ['10:00', '11:00'], newestEnd: '10:38' },
    false,
    '10:35',
  ],
  ['it ends in the slot of the newest file', { slots: HOUR, window: ['10:00', '10:36'] }, false, '10:35'],
  ['it begins in the slot of the newest file', { slots: HOUR, window: ['10:36', '11:00'] }, false, undefined],
])('knows how far a window is complete when %s', (_, situation, complete, upTo) => {
  const coverage = covered(situation);
  expect(coverage.complete).toBe(complete);
  expect(coverage.completeUpTo).toEqual(upTo === undefined ? undefined : new Date(at(upTo) * 1000));
});

it.each<readonly [string, Situation, readonly (readonly [string, string])[]]>([
  ['none', { slots: HOUR, window: ['10:00', '10:40'] }, []],
  ['one between files', { slots: ['10:00', '10:10'], window: ['10:00', '10:15'] }, [['10:05', '10:10']]],
  ['neighbours, joined', { slots: ['10:00', '10:20'], window: ['10:00', '10:25'] }, [['10:05', '10:20']]],
  ['those before the first file', { slots: ['10:10'], window: ['10:00', '10:15'] }, [['10:00', '10:10']]],
  [
    'none after the newest file, which are not missing but to come',
    { slots: ['10:00'], window: ['10:00', '10:40'] },
    [],
  ],
  [
    'all where files lie only after',
    { slots: [], extent: ['11:00', '11:30'], window: ['10:00', '10:10'] },
    [['10:00', '10:10']],
  ],
])('names missing slots: %s', (_, situation, expected) => {
  const stretches = covered(situation).missingSlots.map(({ fromSeconds, toSeconds }) => [
    fromSeconds,
    toSeconds,
  ]);
  expect(stretches).toEqual(expected.map(([from, to]) => [at(from), at(to)]));
});

it('says which address fields are recorded, and names the fields that it does not know', () => {
  const { addressFields, notes } = covered({ slots: HOUR, window: ['10:00', '10:40'] });
  expect(addressFields).toEqual(['srcaddr', 'dstaddr']);
  expect(notes).toEqual(['fields that flowlog does not know are kept as text: new_field']);
});

it('tells the newest end of the records that were counted', () => {
  const situation = { slots: HOUR, window: ['10:00', '11:00'] } as const;
  expect(covered({ ...situation, newestEnd: '10:38' }).newestEnd).toEqual(new Date(at('10:38') * 1000));
  expect(covered(situation).newestEnd).toBeUndefined();
});

it('tells the slots of the files that were read', () => {
  const { slotsRead } = covered({ slots: ['10:05', '10:00', '10:10'], window: ['10:00', '10:15'] });
  expect(slotsRead).toEqual({ fromSeconds: at('10:00'), toSeconds: at('10:15') });
});

const KEYS = ['fl-01', 'fl-02'].map(
  (flowLog) => `AWSLogs/1_vpcflowlogs_eu-west-1_${flowLog}_20261122T1000Z_a.log.gz`,
);
const objectOf = (key: string) => ({ key, bytes: 1_000, slot: slot('10:00') });

/** What is covered when some files are read. */
function coveredBy(scan: Pick<Scan, 'objects' | 'flowLogs'>) {
  return cover({
    scan: {
      source: { name: 'lake', region: 'eu-west-1', fields: ['srcaddr'] },
      tables: [],
      unread: [],
      notes: [],
      extent: slot('10:00'),
      ...scan,
    },
    window: { from: new Date(at('10:00') * 1000), to: new Date(at('10:05') * 1000) },
    run: { filesRead: 1, unread: [], unreadableLines: 0 },
    counts: { matched: 1, skipData: 0, noData: 0 },
    newestEndSeconds: at('10:04'),
  });
}

it('warns where two flow logs of one region may record the same interface', () => {
  const notes = (keys: readonly string[], flowLogs?: readonly string[]) =>
    coveredBy({
      objects: keys.map(objectOf),
      ...(flowLogs && { flowLogs: flowLogs.map((fileNames) => ({ name: 'fl', eni: undefined, fileNames })) }),
    }).notes;
  expect(notes(KEYS)).toEqual([
    '2 flow logs write here: what two of them record of one interface counts twice',
  ]);
  expect(notes([KEYS[0] ?? '', (KEYS[1] ?? '').replaceAll('eu-west-1', 'eu-west-2')])).toEqual([]);
  const chosen = ['1_vpcflowlogs_eu-west-1_fl-01', '1_vpcflowlogs_eu-west-1_fl-02'];
  expect(notes(KEYS, chosen)).toEqual([]);
  expect(notes(KEYS, chosen.slice(1))).toHaveLength(1);
});

it('is about the files whose records count, and tells what the others may cost', () => {
  const [own = '', other = ''] = KEYS;
  const coverage = coveredBy({
    objects: [
      { ...objectOf(own), slot: undefined },
      ...['10:00', '11:00'].map((time) => ({
        ...objectOf(other),
        slot: slot(time),
        passedOver: true as const,
      })),
    ],
  });
  expect(coverage).toMatchObject({ slotsRead: undefined, missingSlots: [] });
  expect(coverage.notes).toEqual([
    'under the same prefix 1 file (2.0 KB) of other flow logs may be scanned and billed too: their records do not count',
  ]);
});

it('misses the files of a flow log that was asked and has none here, whatever another one delivers', () => {
  const [delivering = '', silent = ''] = ['fl-01', 'fl-02'].map((id) => `1_vpcflowlogs_eu-west-1_${id}`);
  const flowLogs = [delivering, silent].map((fileNames) => ({ name: 'fl', eni: undefined, fileNames }));
  const { missingSlots } = coveredBy({ objects: [objectOf(KEYS[0] ?? '')], flowLogs });
  expect(missingSlots).toEqual([{ ...slot('10:00'), flowLog: silent }]);
});

it('covers more files than a call takes arguments', () => {
  const objects = Array.from({ length: 200_000 }, (_, index) => ({
    ...objectOf(`AWSLogs/1_vpcflowlogs_eu-west-1_fl-01_20261122T1000Z_${index}.log.gz`),
  }));
  expect(coveredBy({ objects })).toMatchObject({ slotsRead: slot('10:00'), missingSlots: [] });
});
