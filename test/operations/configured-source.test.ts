import { describe, expect, it } from 'vitest';
import { type S3Source, UNLISTED_PLACE } from '../../src/core/lake/log-source.ts';
import { SAMPLE_FORMAT } from '../../src/playground/aws/traffic/flow-record.ts';
import { BUILT_IN, givenSample, VPC } from '../support/given-sample.ts';

const LEGACY: S3Source = {
  name: 'legacy',
  account: '123456789012',
  region: 'us-east-1',
  fields: SAMPLE_FORMAT,
  place: {
    kind: 's3',
    bucket: 'sample-flow-logs',
    prefix: '',
    files: { format: 'text', hive: false, hourly: false },
  },
  trafficType: undefined,
  resource: undefined,
  flowLog: undefined,
  adopted: undefined,
};
const TABLE = { database: 'logs', name: 'vpc' };
const BY_HAND = { ...LEGACY, adopted: TABLE };

it('`status` of a source whose name begins like a sentence calls it by its name', async () => {
  const given = await givenSample({ configured: [{ ...LEGACY, name: 'that-log' }] });
  expect((await given.say('status that-log')).headline).toMatch(
    /^Flow log that-log (is delivering|needs a look)$/,
  );
});

describe('a source that is only configured', () => {
  it('is named where the id of a flow log is', async () => {
    const given = await givenSample({ configured: [LEGACY] });
    expect((await given.say('files LEGACY last 10m')).headline).toMatch(/^legacy has \d+ files /);
    expect((await given.say('status legacy')).headline).toMatch(/^Flow log legacy is delivering/);
    await given.done('table legacy mode=partitions');
    expect((await given.done('partitions legacy 2026-11-24')).headline).toBe(
      'Done: Add 1 partition to flowlog.legacy',
    );
  });

  it.each(['files legacy', 'status legacy'])('leads from %s to lines that can be said', async (line) => {
    const given = await givenSample({ configured: [LEGACY] });
    const { next } = await given.say(line);
    expect(next.length).toBeGreaterThan(0);
    for (const each of next) await given.say(each.line);
  });

  it('that has a table of another owner keeps it unchanged', async () => {
    const given = await givenSample({ configured: [BY_HAND] });
    expect((await given.say('table legacy')).headline).toBe(
      'legacy is asked by the table logs.vpc, as flowlog.yml says: a table that flowlog did not make is neither changed nor replaced',
    );
    expect((await given.say('partitions legacy 2026-11-24')).headline).toBe(
      'legacy is asked by the table logs.vpc, which flowlog did not make: its owner adds its partitions',
    );
  });
});

describe('a source of which only the table is known', () => {
  const LAKE = { ...BY_HAND, name: 'lake', place: UNLISTED_PLACE, fields: [], adopted: TABLE };

  it('is listed by its table, and its files are not', async () => {
    const given = await givenSample({ configured: [LAKE] });
    const text = JSON.stringify(await given.say('sources'));
    expect(text).toContain(
      '["lake","123456789012","us-east-1","not known","ALL","a table","its own","logs.vpc"]',
    );
    await expect(given.say('files lake')).rejects.toMatchObject({
      message: 'The files of `lake` cannot be listed: it is asked by a table alone.',
      correctedLine: 'records in=lake last 5m',
    });
  });

  it('has a status that says what keeps it from being asked', async () => {
    const given = await givenSample({ configured: [LAKE] });
    const { headline, sections } = await given.say('status lake');
    expect(headline).toBe('Flow log lake needs a look');
    expect(JSON.stringify(sections)).toContain('which is not there or not to be seen');
  });
});

describe('a word that names no source', () => {
  it.each([
    ['files legcy', 'There is no flow log `legcy` here.', 'files legacy'],
    ['files 1h', '`1h` is not the id of a flow log.', 'files last 1h'],
    [`files ${VPC}`, `\`${VPC}\` is not the id of a flow log: type \`files <source>\`.`, 'help files'],
    [
      'table fl-12',
      '`fl-12` is not the id of a flow log, which has 8 or 17 hexadecimal digits after fl-: type `table <source>`.',
      'help table',
    ],
    ['partitions 443', '`443` is not the id of a flow log: type `partitions <source>`.', 'help partitions'],
  ])('%s', async (line, problem, next) => {
    const given = await givenSample({ configured: [LEGACY] });
    expect(await given.refused(line)).toMatchObject({ problem, next });
  });

  it('is offered only where it is accepted', async () => {
    const given = await givenSample({ configured: [LEGACY] });
    expect(await given.refused(`replace ${BUILT_IN}`)).toMatchObject({ next: 'See `sources`.' });
  });
});
