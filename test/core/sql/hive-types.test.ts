import { expect, it } from 'vitest';
import { readHiveType, typeAt } from '../../../src/core/sql/hive-types.ts';

const PLAIN = (name: string) => ({ kind: 'plain', name });

it.each([
  ['bigint', PLAIN('bigint')],
  ['VARCHAR(64)', PLAIN('varchar')],
  ['timestamp(6) with time zone', PLAIN('timestamp')],
  ['decimal(10,2)', PLAIN('decimal')],
  ['array<string>', { kind: 'array', of: PLAIN('string') }],
  ['map<string,array<int>>', { kind: 'map', of: { kind: 'array', of: PLAIN('int') } }],
  [
    'struct<ip:string, ips:array<string>,at:struct<uid:string>,price:decimal(10,2)>',
    {
      kind: 'struct',
      members: [
        ['ip', PLAIN('string')],
        ['ips', { kind: 'array', of: PLAIN('string') }],
        ['at', { kind: 'struct', members: [['uid', PLAIN('string')]] }],
        ['price', PLAIN('decimal')],
      ],
    },
  ],
  ['', PLAIN('')],
  ['struct<', PLAIN('struct<')],
])('%s is read as what it is', (written, type) => {
  expect(readHiveType(written)).toEqual(type);
});

it('a path leads into structs and nowhere else', () => {
  const columns = [
    { name: 'Src', type: 'struct<ip:string,at:struct<uid:string>>' },
    { name: 'tags', type: 'map<string,string>' },
  ];
  expect(typeAt(columns, ['src', 'at', 'uid'])).toEqual(PLAIN('string'));
  for (const path of [['src', 'no'], ['tags', 'a'], ['dst'], [], ['src', 'ip', 'x']])
    expect(typeAt(columns, path)).toBeUndefined();
});
