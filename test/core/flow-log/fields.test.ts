import { expect, it } from 'vitest';
import {
  columnName,
  DEFAULT_FORMAT,
  FIELD_NAMES,
  FIELDS,
  isField,
} from '../../../src/core/flow-log/fields.ts';

it('the fields are all that AWS lists, up to version 5', () => {
  const versions = FIELD_NAMES.map((name) => FIELDS[name].version);
  const amounts = new Map(
    versions.map((version) => [version, versions.filter((each) => each === version).length]),
  );
  expect(Object.fromEntries(amounts)).toEqual({ 2: 14, 3: 7, 4: 4, 5: 4, 7: 10, 8: 1, 9: 1, 10: 1, 11: 12 });
  expect(FIELD_NAMES).toHaveLength(54);
});

it('the default format is the fourteen fields of version 2, in order', () => {
  expect(DEFAULT_FORMAT.join(' ')).toBe(
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  );
});

it('fields that count or number something are numbers, the others text', () => {
  const numbers = FIELD_NAMES.filter((name) => FIELDS[name].type !== 'text');
  expect(numbers).toEqual([
    'version',
    'srcport',
    'dstport',
    'protocol',
    'packets',
    'bytes',
    'start',
    'end',
    'tcp-flags',
    'traffic-path',
  ]);
});

it('a field is distinguished from other words, also from property names of every object', () => {
  expect(isField('pkt-srcaddr')).toBe(true);
  for (const word of ['pkt_srcaddr', 'toString', '__proto__', '', 'SRCADDR'])
    expect(isField(word)).toBe(false);
});

it('columns are named as AWS does in Parquet, each field its own', () => {
  expect(columnName('pkt-src-aws-service')).toBe('pkt_src_aws_service');
  expect(columnName('(Weird-Field)')).toBe('_weird_field_');
  expect(new Set(FIELD_NAMES.map(columnName)).size).toBe(54);
});
