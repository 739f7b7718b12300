import { expect, it } from 'vitest';
import { catalog } from '../../../../src/catalog/index.ts';
import { cover } from '../../../../src/core/answer/coverage/cover.ts';
import { verdictOf } from '../../../../src/core/answer/coverage/verdict.ts';
import type { SlotRange } from '../../../../src/core/flow-log/slots.ts';
import type { FlowLogRead, Scan } from '../../../../src/core/lake/scan.ts';
import { readRequest } from '../../../../src/core/operation/request.ts';
import { keyAt } from '../../../fixtures/write-records.ts';

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`) / 1000;
const slot = (time: string): SlotRange => ({ fromSeconds: at(time), toSeconds: at(time) + 300 });
const HOUR = ['10:00', '10:05', '10:10', '10:15', '10:20', '10:25', '10:30', '10:35'] as const;
const LOGS = ['fl-01', 'fl-02'].map((id) => `1_vpcflowlogs_eu-west-1_${id}`);
const objectOf = (key: string) => ({ key, bytes: 1_000, slot: slot('10:00') });
const fileOf = (flowLog: string) => `AWSLogs/${flowLog}_20261122T1000Z_a.log.gz`;

interface Situation extends Partial<Scan> {
  readonly line?: string;
  readonly newestEnd?: number;
  readonly counts?: Partial<Parameters<typeof cover>[0]['counts']>;
  readonly unreadableLines?: number | undefined;
}

/** What is covered when a line is asked of some files. */
function covered({ line = 'records', newestEnd, counts, unreadableLines = 0, ...changes }: Situation) {
  const question = readRequest(`${line} since 2026-11-22T10:00Z until 2026-11-22T10:25Z`, {
    catalog,
    now: new Date('2026-11-22T23:00:00Z'),
    zone: 'UTC',
    longestWindowSeconds: 86_400,
  });
  if (!('query' in question)) throw new RangeError(`${line} is no question`);
  const scan: Scan = {
    source: { name: 'lake', region: 'eu-central-1', fields: ['srcaddr', 'dstaddr', 'new-field'] },
    tables: [],
    objects: HOUR.map((time) => ({ key: keyAt(at(time)), bytes: 100, slot: slot(time) })),
    unread: [],
    notes: [],
    storedRange: slot('10:00'),
    ...changes,
  };
  return cover({
    question,
    scan,
    run: { filesRead: scan.objects.length, unread: [], unreadableLines },
    counts: { matched: 1, skipData: 0, skippedAt: [], noData: 0, otherStatus: 0, ...counts },
    newestEndSeconds: newestEnd,
    now: new Date('2026-11-22T23:00:00Z'),
  });
}

it('coverage is complete when every slot that can hold a record of the window was read', () => {
  expect(covered({})).toMatchObject({ complete: true, doubts: [], missingSlots: [] });
});

it('a table without a list of files is read, and nothing is proven by it', () => {
  const unlisted = { name: 'vpc_flow_2_0', fields: [], unlisted: { atMostBytes: 1 } };
  const doubt = 'no list of the files of lake shows that all records of the window are there';
  const coverage = covered({ objects: [], tables: [unlisted], notes: [doubt], storedRange: undefined });
  expect(coverage).toMatchObject({
    ...{ complete: false, filesRead: 0, tablesRead: ['vpc_flow_2_0'], doubts: [doubt] },
    ...{ flowLogs: [], completeUpTo: undefined, missingSlots: [] },
  });
  expect(verdictOf(coverage, 'UTC')).toBe(`Not complete: ${doubt}.`);
});

it('coverage is known up to the first gap of any of its flow logs', () => {
  const flowLogs: readonly FlowLogRead[] = LOGS.map((fileNames) => ({
    name: 'fl',
    eni: undefined,
    fileNames,
  }));
  const { completeUpTo, missingSlots, complete } = covered({
    flowLogs,
    objects: HOUR.map((time) => ({
      key: `${LOGS[0]}_20261122T${time.replace(':', '')}Z_a.log.gz`,
      bytes: 1,
      slot: slot(time),
    })),
  });
  expect(completeUpTo).toBeUndefined();
  expect(complete).toBe(false);
  expect(missingSlots).toEqual([{ flowLog: LOGS[1], fromSeconds: at('10:00'), toSeconds: at('10:35') }]);
});

it('coverage says which address fields are recorded, and names unknown fields', () => {
  const { addressFields, notes } = covered({});
  expect(addressFields).toEqual(['srcaddr', 'dstaddr']);
  expect(notes).toEqual(['fields that flowlog does not know are kept as text: new_field']);
});

it('coverage says when the newest record ended, unless that is no valid time', () => {
  expect(covered({ newestEnd: at('10:38') }).newestEnd).toEqual(new Date(at('10:38') * 1000));
  expect(covered({}).newestEnd).toBeUndefined();
  expect(covered({ newestEnd: 9e18 }).newestEnd).toBeUndefined();
});

it.each<readonly [string, Situation, string]>([
  [
    'flows were lost',
    { counts: { skipData: 2, skippedAt: ['eni-1'] } },
    'AWS lost flows there (2 records say so)',
  ],
  [
    'nothing counted lost flows',
    { counts: { skipData: undefined } },
    'whether AWS lost flows was not counted',
  ],
  [
    'a status is unknown',
    { counts: { otherStatus: 1 } },
    '1 record with a status that AWS does not document',
  ],
  ['lines could not be read', { unreadableLines: 3 }, '3 lines could not be read'],
  [
    'a field that is asked for is recorded in part',
    { line: 'records port=443', fieldsInPart: ['dstport', 'vpc-id'] },
    'not all of the files record dstport',
  ],
  [
    'a flow log leaves out what is asked',
    {
      line: 'records action=reject',
      flowLogs: [{ name: 'fl', eni: undefined, fileNames: LOGS[0] ?? '', traffic: 'accepted' }],
    },
    `${LOGS[0]} records accepted traffic only`,
  ],
])('doubts that there is no more where %s', (_, situation, doubt) => {
  const { doubts, complete } = covered(situation);
  expect(doubts).toContain(doubt);
  expect(complete).toBe(false);
});

it.each<readonly [string, Situation]>([
  [
    'flows were lost at another interface than the one that is asked for',
    { line: 'records eni=eni-0a1b2c3d4e5f60718', counts: { skipData: 2, skippedAt: ['eni-1'] } },
  ],
  [
    'flows were lost at an interface that does not carry the address',
    {
      line: 'records 10.0.1.5',
      counts: { skipData: 1, skippedAt: ['eni-1'] },
      subjects: [{ said: '10.0.1.5', interfaces: ['eni-2'], isPartial: false }],
    },
  ],
  [
    'a field that nothing asks for is recorded in part',
    { line: 'records port=443', fieldsInPart: ['vpc-id'] },
  ],
  ['the engine does not say whether lines are no records', { unreadableLines: undefined }],
])('does not doubt where %s', (_, situation) => {
  expect(covered(situation)).toMatchObject({ doubts: [], complete: true });
});

it('two flow logs on one resource, of accepted and of rejected traffic, cover all traffic', () => {
  const logs = (resources: readonly string[]) =>
    covered({
      line: 'records',
      flowLogs: (['accepted', 'rejected'] as const).map((traffic, index) => ({
        name: 'fl',
        eni: undefined,
        fileNames: LOGS[index] ?? '',
        resource: resources[index] ?? '',
        traffic,
      })),
      objects: LOGS.flatMap((name) =>
        HOUR.map((time) => ({
          key: `${name}_20261122T${time.replace(':', '')}Z_a.log.gz`,
          bytes: 1,
          slot: slot(time),
        })),
      ),
    }).doubts;
  expect(logs(['vpc-1', 'vpc-1'])).toEqual([]);
  expect(logs(['vpc-1', 'vpc-2'])).toHaveLength(2);
});

it('coverage counts the files whose records count, and says what the others may cost', () => {
  const [own = '', other = ''] = LOGS.map(fileOf);
  const coverage = covered({
    objects: [
      objectOf(own),
      ...['a', 'b'].map((end) => ({ ...objectOf(other + end), passedOver: true as const })),
    ],
  });
  expect(coverage.flowLogs.map(({ flowLog }) => flowLog)).toEqual([LOGS[0]]);
  expect(coverage.notes).toContain(
    'under the same prefix 2 files (2.0 KB) of other flow logs may be scanned and billed too: their records do not count',
  );
});

it('a file whose name has neither flow log nor time proves nothing', () => {
  const { filesWithoutTime, flowLogs, doubts } = covered({
    objects: [{ key: 'export.log.gz', bytes: 1, slot: undefined }],
  });
  expect(filesWithoutTime).toBe(1);
  expect(flowLogs).toEqual([]);
  expect(doubts).toEqual(['1 file has neither a flow log nor a time in the name']);
});

it('coverage takes more files than a function call takes arguments', () => {
  const objects = Array.from({ length: 200_000 }, (_, index) => ({
    ...objectOf(`AWSLogs/${LOGS[0]}_20261122T1000Z_${index}.log.gz`),
  }));
  expect(covered({ objects }).slotsRead).toEqual(slot('10:00'));
});
