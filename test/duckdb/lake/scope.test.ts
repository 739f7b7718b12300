import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { flow, NOON, type PlainRecord } from '../../support/flow.ts';
import { openLake } from '../../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../../support/open-local-lake.ts';
import { lineOf, writeLake, writeLog } from '../../support/write-lake.ts';

const OURS = '111111111111';
const THEIRS = '222222222222';
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';
const FULL = Array.from({ length: 16 }, (_, slot) => flow(NOON + slot * 300 + 30, { 'account-id': OURS }));

/** A record of an account by its port, which distinguishes it from others. */
function of(account: string, srcport: number, changes: PlainRecord = {}): PlainRecord {
  return flow(NOON + 40, { 'account-id': account, srcport, ...changes });
}

/** A whole lake of our account, and one file whose path names no account. */
async function withUnknownOwner(
  records: readonly PlainRecord[],
  fields: readonly string[],
  ending = 'log.gz',
) {
  const folder = await tempFolder();
  await writeLake(folder, FULL, { account: OURS });
  const lines = records.map((record) => lineOf(record, fields));
  await writeLog(join(folder, 'exported', `000000.${ending}`), fields, lines);
  const { ask, close } = await openLake(folder, LONG_AFTER);
  return async (line: string) => {
    const { rows, coverage, headline } = await ask(`${line} ${WINDOW}`);
    await close();
    const ports = rows.map(({ srcport }) => srcport).toSorted();
    return { ports, notes: coverage.notes, headline };
  };
}

describe('account= and a file whose path names no account', () => {
  const records = [of(OURS, 1), of(THEIRS, 2), of('unknown', 3)];

  it.each(['log.gz', 'log', 'parquet'])('finds its records by their own account (%s)', async (ending) => {
    const asked = await withUnknownOwner(records, DEFAULT_FORMAT, ending);
    expect((await asked(`records account=${OURS} port=443 dst=10.0.1.5 top=3`)).ports).toEqual(
      expect.not.arrayContaining([2]),
    );
  });

  it('finds those of another account, and those of which AWS did not know whose they are', async () => {
    const asked = await withUnknownOwner(records, DEFAULT_FORMAT);
    expect(await asked(`records account=${THEIRS}`)).toMatchObject({ ports: [2, 3], notes: [] });
  });

  it('says so where the records do not name it either, and proves nothing', async () => {
    const fields = DEFAULT_FORMAT.filter((field) => field !== 'account-id');
    const asked = await withUnknownOwner(records, fields);
    const { ports, notes, headline } = await asked(`records account=${OURS} port=9999`);
    expect(ports).toEqual([]);
    expect(notes).toContain('1 file was left out because neither path nor records name the account');
    expect(headline).toMatch(/^Cannot say/);
  });

  it('proves that there was nothing where the records of the account are all read', async () => {
    const asked = await withUnknownOwner(
      Array.from({ length: 30 }, (_, minute) => of(THEIRS, 2, { end: NOON + minute * 60 })),
      DEFAULT_FORMAT,
    );
    expect((await asked(`records account=${OURS} port=9999 action=accept`)).headline).toMatch(/are complete/);
  });
});

describe('region= and a file whose path names no region', () => {
  it('finds its records by their own region', async () => {
    const fields = [...DEFAULT_FORMAT, 'region'];
    const asked = await withUnknownOwner(
      [of(OURS, 1, { region: 'us-east-1' }), of(OURS, 2, { region: 'eu-west-3' })],
      fields,
    );
    expect(await asked(`records region=us-east-1 account=${OURS}`)).toMatchObject({ ports: [1] });
  });

  it('says so where the records do not name it', async () => {
    const asked = await withUnknownOwner([of(OURS, 1)], DEFAULT_FORMAT);
    const { notes } = await asked('records region=us-east-1');
    expect(notes).toContain('1 file was left out because neither path nor records name the region');
  });
});

it('account= and region= are read from the name of a file that lies anywhere', async () => {
  const folder = await tempFolder();
  const names = [
    `${OURS}_vpcflowlogs_eu-west-1_fl-0a_20260305T1200Z_0a.log.gz`,
    `${THEIRS}_vpcflowlogs_us-east-1_fl-0b_20260305T1200Z_0b.log.gz`,
  ];
  const fields = DEFAULT_FORMAT.filter((field) => field !== 'account-id');
  for (const [index, name] of names.entries()) {
    await writeLog(join(folder, 'kept', name), fields, [lineOf(of('x', index), fields)]);
  }
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const portsOf = async (line: string) =>
    (await ask(`records ${line} ${WINDOW}`)).rows.map((row) => row.srcport);
  expect(await portsOf(`account=${OURS}`)).toEqual([0]);
  expect(await portsOf('region=us-east-1')).toEqual([1]);
  expect(await portsOf(`account=${OURS} region=us-east-1`)).toEqual([]);
  await close();
});
