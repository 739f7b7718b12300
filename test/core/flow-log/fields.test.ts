import { expect, it } from 'vitest';
import {
  columnName,
  DEFAULT_FORMAT,
  FIELD_NAMES,
  FIELDS,
  isField,
} from '../../../src/core/flow-log/fields.ts';

it('knows every field that AWS lists, and no version 6', () => {
  const versions = FIELD_NAMES.map((name) => FIELDS[name].version);
  const amounts = new Map(
    versions.map((version) => [version, versions.filter((each) => each === version).length]),
  );
  expect(Object.fromEntries(amounts)).toEqual({ 2: 14, 3: 7, 4: 4, 5: 4, 7: 10, 8: 1, 9: 1, 10: 1, 11: 12 });
  expect(FIELD_NAMES).toHaveLength(54);
});

it('takes the fourteen fields of version 2 for the default format, in order', () => {
  expect(DEFAULT_FORMAT.join(' ')).toBe(
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  );
});

it('gives numbers to what is counted or numbered, text to the rest', () => {
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

it('tells fields from other words, also from those of every object', () => {
  expect(isField('pkt-srcaddr')).toBe(true);
  for (const word of ['pkt_srcaddr', 'toString', '__proto__', '', 'SRCADDR'])
    expect(isField(word)).toBe(false);
});

it('names columns as AWS does in Parquet, each field its own', () => {
  expect(columnName('pkt-src-aws-service')).toBe('pkt_src_aws_service');
  expect(columnName('(Weird-Field)')).toBe('_weird_field_');
  expect(new Set(FIELD_NAMES.map(columnName)).size).toBe(54);
});
