import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import type { AdoptedTable } from '../../../src/core/lake/adopted-table.ts';
import { readColumns } from '../../../src/core/lake/table-columns.ts';
import type { TableSchema } from '../../../src/core/lake/tables.ts';
import { OCSF_SCHEMA } from '../../support/adopted-tables.ts';

function schemaOf(columns: Readonly<Record<string, string>>): TableSchema {
  return {
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    partitionKeys: [{ name: 'day', type: 'string' }],
  };
}

const PLAIN = schemaOf({
  srcaddr: 'string',
  'pkt-srcaddr': 'string',
  start: 'bigint',
  end: 'bigint',
  bytes: 'string',
  seen: 'timestamp',
  '@message': 'string',
});

function read(schema: TableSchema, table: Partial<AdoptedTable> = {}) {
  return readColumns({ name: 'lake', table: { database: 'logs', name: 'vpc', ...table }, schema });
}

function refusal(schema: TableSchema, table: Partial<AdoptedTable>): readonly (string | undefined)[] {
  try {
    read(schema, table);
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.hint];
    throw error;
  }
  return [];
}

describe('a table with the columns of flow logs', () => {
  it('has the fields that it has, by names with - or _', () => {
    expect(read(PLAIN)).toEqual({
      fields: ['srcaddr', 'bytes', 'start', 'end', 'pkt-srcaddr'],
      columns: {
        srcaddr: { values: [{ path: ['srcaddr'], type: 'text' }] },
        'pkt-srcaddr': { values: [{ path: ['pkt-srcaddr'], type: 'text' }] },
        start: { values: [{ path: ['start'], type: 'number' }] },
        end: { values: [{ path: ['end'], type: 'number' }] },
        bytes: { values: [{ path: ['bytes'], type: 'text' }] },
      },
    });
  });

  it('is read by a mapping, in milliseconds, and by a column of time', () => {
    const { columns, time } = read(PLAIN, {
      columns: { end: 'seen', dstaddr: 'day' },
      times: 'milliseconds',
      time: 'seen',
    });
    expect(columns).toMatchObject({
      start: { values: [{ type: 'number', unit: 'milliseconds' }] },
      end: { values: [{ path: ['seen'], type: 'timestamp' }] },
      dstaddr: { values: [{ path: ['day'], type: 'text' }] },
    });
    expect(time).toEqual({ path: ['seen'], type: 'timestamp' });
  });

  it('is read by the fields that are listed, where they are', () => {
    expect(read(PLAIN, { fields: ['end', 'start'] }).fields).toEqual(['start', 'end']);
  });
});

describe('a table of OCSF', () => {
  it('has its fields in structs, and those without a place under their own names', () => {
    const { fields, columns, time } = read(OCSF_SCHEMA, { columns: 'ocsf' });
    expect(fields).toEqual([
      ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
      ...['packets', 'bytes', 'start', 'end', 'action', 'log-status', 'vpc-id', 'subnet-id', 'instance-id'],
      ...['tcp-flags', 'type', 'pkt-srcaddr', 'pkt-dstaddr', 'region', 'az-id', 'sublocation-type'],
      ...['pkt-src-aws-service', 'pkt-dst-aws-service', 'flow-direction', 'traffic-path', 'reject-reason'],
    ]);
    expect(columns).toMatchObject({
      dstaddr: {
        values: [
          { path: ['dst_endpoint', 'intermediate_ips'], first: true, type: 'text' },
          { path: ['dst_endpoint', 'ip'], type: 'text' },
        ],
      },
      'interface-id': {
        values: [{ path: ['dst_endpoint', 'interface_uid'] }, { path: ['src_endpoint', 'interface_uid'] }],
      },
      start: { values: [{ path: ['start_time_dt'], type: 'timestamp' }] },
      'reject-reason': { values: [{ path: ['unmapped', 'reject_reason'] }] },
    });
    expect(time).toEqual({ path: ['time_dt'], type: 'timestamp' });
  });

  it('of an older version has other names and milliseconds', () => {
    const { columns, time } = read(
      schemaOf({
        src_endpoint: 'struct<ip:string>',
        cloud: 'struct<account_uid:string>',
        start_time: 'bigint',
        end_time: 'bigint',
        time: 'bigint',
        activity_id: 'int',
      }),
      { columns: 'ocsf' },
    );
    expect(columns).toMatchObject({
      'account-id': { values: [{ path: ['cloud', 'account_uid'] }] },
      start: { values: [{ path: ['start_time'], type: 'number', unit: 'milliseconds' }] },
      action: { words: { 5: 'REJECT', 6: 'ACCEPT' } },
      srcaddr: { values: [{ path: ['src_endpoint', 'ip'] }] },
    });
    expect(time).toEqual({ path: ['time'], type: 'number', unit: 'milliseconds' });
  });
});

describe('what is not in the table', () => {
  it.each([
    [
      'a column that is mapped',
      PLAIN,
      { columns: { dstaddr: 'srcadr' } },
      'flowlog.yml maps `dstaddr` of lake to `srcadr`, which is no value in logs.vpc.',
      'Type `srcaddr` there.',
    ],
    [
      'a whole struct',
      OCSF_SCHEMA,
      { columns: { srcaddr: 'src_endpoint' } },
      'flowlog.yml maps `srcaddr` of lake to `src_endpoint`, which is no value in logs.vpc.',
      'Type one of `src_endpoint.port`, `src_endpoint.svc_name`, `src_endpoint.ip`',
    ],
    [
      'a field that there is not',
      PLAIN,
      { columns: { srcadr: 'srcaddr' } },
      'flowlog.yml names `srcadr` for the table logs.vpc of lake, which is no field of flow logs.',
      'Type `srcaddr`.',
    ],
    [
      'a column of time',
      PLAIN,
      { time: 'seem' },
      'flowlog.yml gives as the `time` of lake `seem`, which is no value in logs.vpc.',
      'Type `seen` there.',
    ],
    [
      'a field that is listed',
      PLAIN,
      { fields: ['start', 'end', 'action'] },
      'flowlog.yml lists `action` under `fields` of lake, for which logs.vpc has no column.',
      'Take it out, or type `columns: { action: … }`',
    ],
    [
      'the end of records',
      schemaOf({ start: 'bigint', ended: 'bigint' }),
      {},
      'The table logs.vpc of lake has no column `end`.',
      'Type `columns: { end: … }` for lake in flowlog.yml, with one of `start`, `ended`, `day`.',
    ],
    [
      'the start of records that are those of OCSF',
      OCSF_SCHEMA,
      { catalog: 's3tablescatalog/b' },
      'The table s3tablescatalog/b.logs.vpc of lake has no column `start`.',
      'Its columns are those of OCSF: type `columns: ocsf` for lake in flowlog.yml.',
    ],
  ] as const)('is refused in one sentence: %s', (_, schema, table, message, hint) => {
    expect(refusal(schema, table)).toEqual([message, expect.stringContaining(hint)]);
  });
});
