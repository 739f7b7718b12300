import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NOON, type PlainRecord, silence } from '../support/flow.ts';
import type { Layout } from '../support/lake-key.ts';
import { type LakeOptions, logText, writeBytes, writeLake, writeLog } from '../support/write-lake.ts';
import {
  FIELDS,
  lines,
  lost,
  OUR_ENI,
  OURS,
  seen,
  THEIR_ENI,
  THEIRS,
  usual,
  WINDOW_SECONDS,
  wanted,
  without,
} from './whole-lake.ts';

/** How a lake is written; each case is planted in several. */
export interface Shape {
  readonly layout: Layout;
  readonly format: 'gz' | 'plain' | 'parquet';
}

/** A lake with something wrong, or right, in it, and what is true of the traffic that is asked about. */
export interface Planted {
  /** The rule that it is a case of. */
  readonly class: string;
  readonly name: string;
  readonly plant: (folder: string, shape: Shape) => Promise<unknown>;
  /** A question whose answer is empty. */
  readonly line: string;
  /**
   * What AWS recorded of that traffic and the lake does not show: seconds after noon at which it began; none where the
   * lake shows that there was none. With it "no traffic" would be false.
   */
  readonly hidden: number | undefined;
  /** When the question is asked; long after, when left out. */
  readonly nowSeconds?: number;
}

const QUESTION = `to ${OURS} port=9999`;
const OTHER = { flowLog: 'fl-0fedcba9876543210' } as const;

/** Writes the lake of a case: the usual one, unless records are given. */
function lake(records: readonly PlainRecord[] = usual(), options: LakeOptions = {}) {
  return (folder: string, shape: Shape) =>
    writeLake(folder, records, { fields: FIELDS, ...shape, ...options });
}

/** Plants one thing after another in the same folder. */
function all(...plants: readonly Planted['plant'][]): Planted['plant'] {
  return async (folder, shape) => {
    for (const plant of plants) await plant(folder, shape);
  };
}

/** Adds a file of any content to the usual lake. */
function withFile(path: string, content: string | Uint8Array): Planted['plant'] {
  return all(lake(), (folder) => writeBytes(join(folder, path), content));
}

/** Does something to the file of the slot that began so many seconds after noon. */
function spoiled(second: number, spoil: (path: string) => Promise<unknown>): Planted['plant'] {
  return async (folder, shape) => {
    const keys = await lake()(folder, shape);
    const stamp = new Date((NOON + second) * 1000).toISOString().slice(0, 16).replace(/[-:]/g, '');
    const key = keys.find((each) => each.includes(`${stamp}Z`));
    if (key === undefined) throw new RangeError(`no file of ${stamp}`);
    await spoil(join(folder, key));
  };
}

const only = (action: string, records = usual()) => records.filter((record) => record.action === action);

const SLOTS: readonly Planted[] = [
  { name: 'every slot is there', plant: lake(), hidden: undefined },
  {
    name: 'the lake goes on for a day',
    plant: lake([...usual(), ...usual(86_400, 87_000)]),
    hidden: undefined,
  },
  ...[0, 300, 600, 1_500].map((slot) => ({
    name: `a slot of the window is missing: ${slot} s`,
    plant: lake(without(usual(), slot)),
    hidden: Math.max(slot - 400, 0),
  })),
  { name: 'several slots in a row are missing', plant: lake(without(usual(), 600, 900, 1_200)), hidden: 300 },
  ...[1_800, 2_100].map((slot) => ({
    name: `a slot right after the window is missing, with its long records: ${slot} s`,
    plant: lake(without(usual(), slot)),
    hidden: slot - 560,
  })),
  { name: 'the lake ends with the window', plant: lake(usual(-600, 1_800)), hidden: 1_700 },
  { name: 'the lake ends within the window', plant: lake(usual(-600, 900)), hidden: 950 },
  { name: 'the lake begins within the window', plant: lake(usual(600, 3_000)), hidden: 10 },
  {
    name: 'a slot before the window is missing, which no record of it needs',
    plant: lake(without(usual(), -300)),
    hidden: undefined,
  },
  {
    name: 'a slot that no record of the window can reach is missing',
    plant: lake(without(usual(), 2_700)),
    hidden: undefined,
  },
].map((each) => ({ ...each, class: 'slots', line: QUESTION }));

const LATE: readonly Planted[] = [
  {
    name: 'the newest files are on their way',
    plant: lake(usual(-600, 1_500)),
    nowSeconds: 1_900,
    hidden: 1_450,
  },
  {
    name: 'the newest slot may get another file',
    plant: lake(usual(-600, 2_400)),
    nowSeconds: 2_500,
    hidden: 1_700,
  },
  {
    name: 'a slot between others is half an hour late',
    plant: lake(without(usual(-600, 2_400), 1_200)),
    nowSeconds: 2_700,
    hidden: 900,
  },
].map((each) => ({ ...each, class: 'not delivered yet', line: QUESTION }));

const TRAFFIC: readonly Planted[] = [
  {
    name: 'only accepted traffic is recorded, and rejected is asked for',
    plant: lake(only('ACCEPT')),
    line: `rejected ${OURS} port=9999`,
  },
  {
    name: 'only accepted traffic is recorded, and any is asked for',
    plant: lake(only('ACCEPT')),
    line: QUESTION,
  },
  {
    name: 'only rejected traffic is recorded, and accepted is asked for',
    plant: lake(only('REJECT')),
    line: `${QUESTION} action=accept`,
  },
  {
    name: 'only rejected traffic is recorded, and any is asked for',
    plant: lake(only('REJECT')),
    line: `traffic ${OURS} port=9999`,
  },
  {
    name: 'only rejected traffic is recorded, and talkers are asked for',
    plant: lake(only('REJECT')),
    line: `top-talkers ${OURS} port=9999`,
  },
].map((each) => ({ ...each, class: 'recorded traffic', hidden: 600 }));

const TRAFFIC_PROVEN: readonly Planted[] = [
  {
    name: 'only accepted traffic is recorded, and that is asked for',
    plant: lake(only('ACCEPT')),
    line: `${QUESTION} action=accept`,
  },
  {
    name: 'only rejected traffic is recorded, and that is asked for',
    plant: lake(only('REJECT')),
    line: `rejected ${OURS} port=9999`,
  },
  {
    name: 'accepted and rejected traffic are recorded, and rejected is asked for',
    plant: lake(),
    line: `rejected ${OURS} port=9999`,
  },
  {
    name: 'accepted traffic is asked for where both are recorded',
    plant: lake(),
    line: `top-talkers ${OURS} port=9999`,
  },
].map((each) => ({ ...each, class: 'recorded traffic', hidden: undefined }));

/** The second flow log records an interface that the first does not. */
const theirs = usual().filter((record) => record['interface-id'] === THEIR_ENI);
const ours = usual().filter((record) => record['interface-id'] === OUR_ENI);
const SCANNER = 'to 198.51.100.77 port=9999';

const SEVERAL: readonly Planted[] = [
  {
    name: 'another flow log stopped before the window',
    plant: all(lake(ours), lake(usual(-900, -600), OTHER)),
    line: SCANNER,
    hidden: 600,
  },
  {
    name: 'another flow log stopped within the window',
    plant: all(lake(ours), lake(usual(-600, 900), OTHER)),
    line: SCANNER,
    hidden: 1_000,
  },
  {
    name: 'the last file of another flow log ends exactly with the window',
    plant: all(lake(ours), lake(usual(-600, WINDOW_SECONDS), OTHER)),
    line: SCANNER,
    hidden: 1_700,
  },
  {
    name: 'the flow log of another region stopped',
    plant: all(lake(ours), lake(usual(-900, -600), { ...OTHER, region: 'eu-west-1' })),
    line: SCANNER,
    hidden: 600,
  },
  {
    name: 'the flow log of another account stopped',
    plant: all(lake(ours), lake(usual(-900, -600), { ...OTHER, account: '999999999999' })),
    line: SCANNER,
    hidden: 600,
  },
  {
    name: 'another flow log lacks a slot',
    plant: all(lake(ours), lake(without(theirs, 900), OTHER)),
    line: SCANNER,
    hidden: 600,
  },
  {
    name: 'both flow logs are whole',
    plant: all(lake(usual()), lake(usual(), OTHER)),
    line: SCANNER,
    hidden: undefined,
  },
  {
    name: 'another flow log stopped that never recorded the interface that is asked for',
    plant: all(
      lake(usual()),
      lake(
        usual(-900, -600).filter((record) => record['interface-id'] === THEIR_ENI),
        OTHER,
      ),
    ),
    line: QUESTION,
    hidden: undefined,
  },
  {
    name: 'another account is asked for alone, and its flow log is whole',
    plant: all(lake(usual(-900, -600)), lake(usual(), { ...OTHER, account: '999999999999' })),
    line: `${QUESTION} account=999999999999`,
    hidden: undefined,
  },
].map((each) => ({ ...each, class: 'several flow logs' }));

/** Rejected traffic of the same interfaces. */
const rejectedOf = (records: readonly PlainRecord[]) =>
  records.map((record) => ({ ...record, action: 'REJECT' }));

const SHARED: readonly Planted[] = [
  {
    name: 'the flow log of rejected traffic of an interface stopped, that of accepted traffic goes on',
    plant: all(lake(only('ACCEPT')), lake(rejectedOf(usual(-600, 900)), OTHER)),
    line: QUESTION,
    hidden: 1_000,
  },
  {
    name: 'one flow log has the accepted and one the rejected traffic of the same interfaces',
    plant: all(lake(only('ACCEPT')), lake(rejectedOf(usual()), OTHER)),
    line: QUESTION,
    hidden: undefined,
  },
].map((each) => ({ ...each, class: 'several flow logs' }));

const READING: readonly Planted[] = [
  { name: 'a file is empty', plant: spoiled(600, (path) => writeFile(path, '')), hidden: 300 },
  {
    name: 'a file is cut off',
    plant: spoiled(600, (path) => writeFile(path, gzipSync(logText(lines(usual()), FIELDS)).subarray(0, 90))),
    hidden: 300,
  },
  {
    name: 'a file is of something else',
    plant: spoiled(600, (path) => writeFile(path, 'not a flow log\n')),
    hidden: 300,
  },
  { name: 'a file is gone', plant: spoiled(600, (path) => rm(path)), hidden: 300 },
  {
    name: 'a file right after the window is cut off',
    plant: spoiled(2_100, (path) => writeFile(path, '')),
    hidden: 1_600,
  },
].map((each) => ({ ...each, class: 'files that cannot be read', line: QUESTION }));

const half = (records: readonly PlainRecord[]) => [...lines(records), '2 012345678901 eni-0a'];

const LINES: readonly Planted[] = [
  {
    name: 'a line is no record',
    plant: all(lake(without(usual(), 600)), (folder) =>
      writeLog(
        join(
          folder,
          'AWSLogs/012345678901/vpcflowlogs/eu-central-1/2026/03/05',
          `012345678901_vpcflowlogs_eu-central-1_fl-0123456789abcdef0_20260305T1210Z_0a0a.log.gz`,
        ),
        FIELDS,
        half([seen(700)]),
      ),
    ),
    hidden: 610,
  },
  {
    name: 'a status is none that AWS documents',
    plant: lake([...usual(), wanted(700, { 'log-status': 'PARTIAL' })]),
    hidden: 641,
  },
  {
    name: 'a status is absent',
    plant: lake([...usual(), wanted(700, { 'log-status': '-' })]),
    hidden: 641,
  },
].map((each) => ({ ...each, class: 'lines and statuses', line: QUESTION }));

const NAMELESS = logText(lines([seen(700)]), FIELDS);

const NAMES: readonly Planted[] = [
  {
    name: 'a readable file without a time in its name does not hide a missing slot',
    plant: all(lake(without(usual(), 900)), (folder) => writeBytes(join(folder, 'export.log'), NAMELESS)),
    hidden: 600,
  },
  {
    name: 'all files are without a time in their names, and hold records of before and after alone',
    plant: (folder: string) =>
      writeBytes(join(folder, 'export.log'), logText(lines([seen(-18_000), seen(18_000)]), FIELDS)),
    hidden: 600,
  },
  {
    name: 'all files are without a time in their names',
    plant: (folder: string) => writeBytes(join(folder, 'export.log'), logText(lines(usual()), FIELDS)),
    hidden: 600,
  },
  {
    name: 'a file without a time in its name has records of a known interface',
    plant: withFile('export.log', NAMELESS),
    hidden: undefined,
  },
  {
    name: 'a file without a time in its name has records of another interface',
    plant: withFile(
      'export.log',
      logText(lines([seen(700, { 'interface-id': 'eni-0c0c0c0c0c0c0c0c0', dstaddr: '10.0.9.9' })]), FIELDS),
    ),
    hidden: undefined,
    line: QUESTION,
  },
  {
    name: 'a folder above the flow logs looks like a date',
    plant: lake(usual(), { prefix: '2024/01/05' }),
    hidden: undefined,
  },
  {
    name: 'a folder above the flow logs looks like a date, and a slot is missing',
    plant: lake(without(usual(), 900), { prefix: '2023/12' }),
    hidden: 600,
  },
  {
    name: 'CloudTrail delivers into the same tree',
    plant: withFile(
      'AWSLogs/012345678901/CloudTrail/eu-central-1/2026/03/05/012345678901_CloudTrail_eu-central-1_20260305T1205Z_0a0a.json.gz',
      gzipSync('{"Records":[]}'),
    ),
    hidden: undefined,
  },
  {
    name: 'AWS Config delivers into the same tree',
    plant: withFile(
      'AWSLogs/012345678901/Config/eu-central-1/2026/3/5/ConfigHistory/012345678901_Config_eu-central-1_ConfigHistory_AWS__EC2__VPC_20260305T1205Z_1.json.gz',
      gzipSync('{"configurationItems":[]}'),
    ),
    hidden: undefined,
  },
].map((each) => ({ ...each, class: 'names of files and folders', line: QUESTION }));

const HOURS: readonly Planted[] = [
  {
    name: 'hourly files follow each other',
    plant: lake(usual(-3_600, 7_200), { slotSeconds: 3600 }),
    line: QUESTION,
    hidden: undefined,
  },
  {
    name: 'an hour is missing between hourly files',
    plant: lake(
      usual(-10_800, 10_800).filter(({ end }) => Number(end) < NOON || Number(end) >= NOON + 3_600),
      { slotSeconds: 3600 },
    ),
    line: QUESTION,
    hidden: 600,
  },
].map((each) => ({ ...each, class: 'hourly files' }));

const INTERFACES: readonly Planted[] = [
  {
    name: 'no record names the interface whose gaps are asked for',
    plant: lake(),
    line: 'gaps eni=eni-0123456789abcdef0',
    hidden: 600,
  },
  {
    name: 'no record names the interface that is asked for',
    plant: lake(),
    line: 'rejected eni=eni-0123456789abcdef0',
    hidden: 600,
  },
  {
    name: 'the interface is known by its records alone',
    plant: lake(),
    line: `rejected eni=${THEIR_ENI} action=accept`.replace(' action=accept', ' port=9999'),
    hidden: undefined,
  },
  {
    name: 'the interface is known by its silence',
    plant: lake([
      ...usual(),
      ...[50, 350, 650].map((second) => ({
        ...silence(NOON + second, 'NODATA'),
        'interface-id': 'eni-0d0d0d0d0d0d0d0d0',
      })),
    ]),
    line: 'rejected eni=eni-0d0d0d0d0d0d0d0d0',
    hidden: undefined,
  },
  {
    name: 'flows were lost at the interface of the address',
    plant: lake([...usual(), lost(700, OUR_ENI)]),
    line: QUESTION,
    hidden: 650,
  },
  {
    name: 'flows were lost at the interface that is asked for',
    plant: lake([...usual(), lost(700, THEIR_ENI)]),
    line: `rejected eni=${THEIR_ENI} port=9999`,
    hidden: 650,
  },
  {
    name: 'flows were lost where an unknown address would be seen',
    plant: lake([...usual(), lost(700, THEIR_ENI)]),
    line: SCANNER,
    hidden: 650,
  },
  {
    name: 'flows were lost at an interface that carries another address',
    plant: lake([...usual(), lost(700, THEIR_ENI)]),
    line: QUESTION,
    hidden: undefined,
  },
  {
    name: 'flows were lost at another interface than the one that is asked for',
    plant: lake([...usual(), lost(700, OUR_ENI)]),
    line: `rejected eni=${THEIR_ENI} port=9999`,
    hidden: undefined,
  },
  {
    name: 'flows were lost at one of two addresses, and the other saw all',
    plant: lake([...usual(), lost(700, OUR_ENI)]),
    line: `between ${OURS} ${THEIRS}`,
    hidden: undefined,
  },
].map((each) => ({ ...each, class: 'interfaces and lost flows' }));

const withoutFields = (...gone: readonly string[]) => FIELDS.filter((field) => !gone.includes(field));

const FIELD_CASES: readonly Planted[] = [
  {
    name: 'packet addresses are not recorded',
    plant: lake(usual(), { fields: withoutFields('pkt-srcaddr', 'pkt-dstaddr') }),
    line: QUESTION,
    hidden: 600,
  },
  {
    name: 'packet addresses are recorded by some files only',
    plant: all(
      lake(usual().filter(({ end }) => Number(end) < NOON + 900)),
      lake(
        usual().filter(({ end }) => Number(end) >= NOON + 900),
        { fields: withoutFields('pkt-srcaddr', 'pkt-dstaddr') },
      ),
    ),
    line: QUESTION,
    hidden: 1_000,
  },
  {
    name: 'a field that nothing asks for is recorded by some files only',
    plant: all(
      lake(usual().filter(({ end }) => Number(end) < NOON + 900)),
      lake(
        usual().filter(({ end }) => Number(end) >= NOON + 900),
        { fields: withoutFields('vpc-id') },
      ),
    ),
    line: QUESTION,
    hidden: undefined,
  },
  {
    name: 'the status is not recorded',
    plant: lake(usual(), { fields: withoutFields('log-status') }),
    line: QUESTION,
    hidden: 600,
  },
].map((each) => ({ ...each, class: 'fields' }));

/** What the lake does show is found: an answer that is not empty where the truth is planted. */
export const PLANTED: readonly Planted[] = [
  ...SLOTS,
  ...LATE,
  ...TRAFFIC,
  ...TRAFFIC_PROVEN,
  ...SEVERAL,
  ...SHARED,
  ...READING,
  ...LINES,
  ...NAMES,
  ...HOURS,
  ...INTERFACES,
  ...FIELD_CASES,
];
