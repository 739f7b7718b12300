import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer/answer.ts';
import { createAsk } from '../../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import { FIELD_NAMES, FIELDS } from '../../../src/core/flow-log/fields.ts';
import { createNameBook } from '../../../src/core/lake/name-book.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { afterNoon, flow, NOON, type PlainRecord } from '../../support/flow.ts';
import { ENTRIES, givenSample } from '../../support/given-sample.ts';
import { openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { type LakeOptions, writeLake } from '../../support/write-lake.ts';

const APP = '10.0.1.5';
const DB = '10.0.2.9';
const NAT = '10.0.0.4';
const POD = '10.0.1.77';
const S3 = '52.216.1.1';

const between = (changes: PlainRecord) => flow(NOON + 60, { 'flow-direction': 'egress', ...changes });
const ofApp = { 'interface-id': 'eni-0a', 'instance-id': 'i-0a', 'ecs-service-name': 'checkout' };
const ofDb = { 'interface-id': 'eni-0d', 'instance-id': 'i-0d' };
const ofNat = { 'interface-id': 'eni-0e', 'interface-type': 'nat_gateway' };

/** app-1 asks the database and S3, the latter through a NAT gateway; a pod on the instance asks the database too. */
const RECORDS: readonly PlainRecord[] = [
  between({ ...ofApp, srcaddr: APP, dstaddr: DB, 'pkt-srcaddr': APP, 'pkt-dstaddr': DB }),
  between({ ...ofDb, srcaddr: APP, dstaddr: DB, 'flow-direction': 'ingress' }),
  between({ ...ofDb, srcaddr: DB, dstaddr: APP, srcport: 443, dstport: 50_001 }),
  between({ ...ofApp, srcaddr: APP, dstaddr: S3, 'pkt-dst-aws-service': 'S3' }),
  between({ ...ofNat, srcaddr: APP, dstaddr: NAT, 'flow-direction': 'ingress', 'pkt-dstaddr': S3 }),
  between({ ...ofNat, srcaddr: NAT, dstaddr: S3, 'pkt-srcaddr': APP, 'pkt-dst-aws-service': 'S3' }),
  between({ ...ofNat, srcaddr: NAT, dstaddr: S3, 'pkt-srcaddr': NAT }),
  between({ ...ofDb, srcaddr: APP, dstaddr: DB, 'pkt-srcaddr': POD, 'flow-direction': 'ingress' }),
  between({ ...ofApp, srcaddr: APP, dstaddr: DB, 'pkt-srcaddr': POD }),
];

/** Asks a folder of these records; there is no EC2 to ask. */
async function asking(records: readonly PlainRecord[], options: LakeOptions = {}) {
  const folder = await tempFolder();
  await writeLake(folder, records, { fields: FIELD_NAMES, ...options });
  const now = () => afterNoon(3_600);
  const { sources, engine } = await openLocalLake(folder, { now: now() });
  const { cloud } = await givenSample();
  const names = createNameBook({ cloud, now, pause: () => new Promise(() => {}) });
  const ask = createAsk({
    sources,
    engine,
    names,
    prices: DEFAULT_PRICES,
    longestWindowSeconds: 86_400,
    now,
  });
  return (line: string): Promise<Answer> => {
    const context = { catalog: ENTRIES, now: now(), zone: 'UTC', longestWindowSeconds: 86_400 };
    const understood = readRequest(`${line} last 2h`, context);
    if (!('query' in understood)) throw new RangeError(`${line} is no question`);
    return ask(understood, { signal: new AbortController().signal });
  };
}

const called = ({ names }: Answer) => Object.fromEntries([...names].map(([of, { name }]) => [of, name]));

describe.each(['gz', 'parquet'] as const)('an answer over a folder of %s files', (format) => {
  it('names addresses and interfaces by what the records say of them, and the service of AWS', async () => {
    const answer = await (await asking(RECORDS, { format }))('top-talkers');
    expect(called(answer)).toMatchObject({
      [APP]: 'ECS checkout',
      [DB]: 'i-0d',
      [NAT]: 'NAT gateway',
      [S3]: 'S3',
    });
    expect(answer.names.has(POD)).toBe(false);
  });

  it('names each record of a list', async () => {
    const answer = await (await asking(RECORDS, { format }))(`records ${DB}`);
    expect(called(answer)).toMatchObject({ [APP]: 'ECS checkout', [DB]: 'i-0d', 'eni-0d': 'i-0d' });
  });
});

it.each(['from', 'to', 'ports', 'traffic', 'who', 'changes'])(
  '`%s` has the names of its records',
  async (word) => {
    const answer = await (await asking(RECORDS))(`${word} ${DB}`);
    expect(called(answer)).toMatchObject({ [DB]: 'i-0d' });
    expect(answer.headline).toContain(`i-0d (${DB})`);
  },
);

it('`why` has the names of its records in its sentence', async () => {
  const { headline } = await (await asking(RECORDS))(`why ${APP} ${DB}:443`);
  expect(headline).toContain(`ECS checkout (${APP})`);
  expect(headline).toContain(`i-0d (${DB})`);
});

it('a tag that holds the signs between entries names its interface alone, and hides no other name', async () => {
  const tagged = RECORDS.map((record) =>
    record['interface-id'] === 'eni-0e' ? { ...record, 'interface-tag': 'a;b,c' } : record,
  );
  const answer = await (await asking(tagged))('top-talkers');
  expect(called(answer)).toMatchObject({ [APP]: 'ECS checkout', [NAT]: 'tag a;b,c', [S3]: 'S3' });
});

it('with `names=off` no name is read from the records, nor a field for it', async () => {
  const ask = await asking(RECORDS);
  const { names, statement } = await ask('top-talkers names=off');
  expect(names.size).toBe(0);
  expect(statement.text).not.toContain('instance_id');
  expect((await ask('top-talkers')).statement.text).toContain('instance_id');
});

it.each(['gaps', 'timeline'])(
  '`%s` shows nothing that has a name in records, and reads no field for it',
  async (line) => {
    expect((await (await asking(RECORDS))(line)).statement.text).not.toContain('instance_id');
  },
);

it('where no flow log records a field that names anything, none is read', async () => {
  const fields = FIELD_NAMES.filter((field) => FIELDS[field].version === 2);
  const { statement, names } = await (await asking(RECORDS, { fields }))('top-talkers');
  expect(statement.text).not.toMatch(/instance_id|histogram\("says/);
  expect(names.size).toBe(0);
});

it('without a direction an instance names its interface, and no address', async () => {
  const fields = FIELD_NAMES.filter((field) => FIELDS[field].version <= 4);
  const answer = await (await asking(RECORDS, { fields }))('records');
  expect(called(answer)).toEqual({ 'eni-0a': 'i-0a', 'eni-0d': 'i-0d' });
});
