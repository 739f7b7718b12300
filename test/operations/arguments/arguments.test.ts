import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/core/line/argument.ts';
import { dollars, namedBy, oneOf } from '../../../src/core/line/plain-arguments.ts';
import { resourceId } from '../../../src/core/line/resource-id.ts';
import { SCOPE_ARGS } from '../../../src/core/line/standard-arguments.ts';
import { fieldsOfLogFormat, logFormat } from '../../../src/operations/arguments/log-format.ts';
import { dateRange, planId, sourceName } from '../../../src/operations/arguments/names.ts';
import { SETUP_ARGS } from '../../../src/operations/arguments/setup-arguments.ts';
import { lasting, tagList } from '../../../src/operations/arguments/tags.ts';

const KINDS: Readonly<Record<string, Pick<Kind<unknown>, 'read' | 'example'>>> = {
  'one of': oneOf('all', 'accept', 'reject'),
  'named by': namedBy(/^a+$/, { hint: 'a', about: 'some a', example: 'aa' }),
  dollars: dollars(),
  'resource id': resourceId('vpc', 'subnet'),
  'date range': dateRange(),
  lasting: lasting(),
  'log format': logFormat(),
  'plan id': planId(),
  'tag list': tagList(),
  source: sourceName(),
  'source or resource': sourceName('vpc', 'i'),
  ...SCOPE_ARGS,
  ...SETUP_ARGS,
};

const odd = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '..',
    '2026-11-20..',
    '..2026-11-20',
    '2026-02-30',
    '=',
    ',',
    'a=b,,',
    'vpc-',
    '$',
    '-1',
    '1e9',
    '__proto__',
  ),
);

describe.each(Object.entries(KINDS))('%s', (_, kind) => {
  it('understands its own example, and what it offers instead of anything else', () => {
    expect(kind.read(kind.example)).toHaveProperty('value');
    fc.assert(
      fc.property(odd, (word) => {
        const reading = kind.read(word);
        if ('problem' in reading && reading.instead !== undefined)
          expect(kind.read(reading.instead)).toHaveProperty('value');
      }),
    );
  });
});

it('arguments are written in their canonical form', () => {
  expect(rewritten(dollars(), '$2')).toBe('2.00');
  expect(rewritten(dollars(), '9999999.99')).toBe('9999999.99');
  expect(rewritten(resourceId('fl'), 'FL-0A1B2C3D')).toBe('fl-0a1b2c3d');
  expect(rewritten(dateRange(), '2026-11-20..2026-11-20')).toBe('2026-11-20');
  expect(rewritten(dateRange(), '2026-11-20..2026-11-23')).toBe('2026-11-20..2026-11-23');
  expect(rewritten(lasting(), '90m')).toBe('90m');
  expect(rewritten(tagList(), 'a=b,c=')).toBe('a=b,c=');
  expect(rewritten(logFormat(), 'FULL')).toBe('full');
});

function rewritten<T>({ read, write }: Kind<T>, word: string): string | undefined {
  const reading = read(word);
  return 'value' in reading ? write(reading.value) : undefined;
}

it.each([
  [dollars(), '0', 'is nothing to spend', undefined],
  [dateRange(), '2026-11-24..2026-11-20', 'ends before it begins', '2026-11-20..2026-11-24'],
  [
    dateRange(),
    '2026-11-20..2026-11-21..2026-11-22',
    'is not a day, nor two with .. between them',
    undefined,
  ],
  [lasting(), '10m', 'is too short: first files take ten minutes or more', '30m'],
  [
    logFormat(),
    'version,start,end',
    'lacks log-status, without which no question can be answered',
    'version,start,end,log-status',
  ],
  [
    logFormat(),
    'start,end,log-status,srcadr',
    'holds a field that flow logs do not have',
    'start,end,log-status,srcaddr',
  ],
  [logFormat(), 'start,end,log-status,start', 'names a field twice', 'start,end,log-status'],
  [logFormat(), 'usefull', 'holds a field that flow logs do not have', 'useful'],
  [tagList(), 'aws:x=1', 'begins with aws:, which AWS keeps for itself', undefined],
  [oneOf('accept', 'reject'), 'rejct', 'is not accept or reject', 'reject'],
] as const)('%# says what is wrong with %s', (kind, word, problem, instead) => {
  const reading = kind.read(word);
  expect(reading).toMatchObject({ problem, ...(instead === undefined ? {} : { instead }) });
});

it('buckets and prefixes that AWS takes are taken', () => {
  const reads = (arg: { read(word: string): object }, word: string) => 'value' in arg.read(word);
  expect(['my-logs', 'a.b.c', '123'].map((word) => reads(SETUP_ARGS.bucket, word))).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    ['ab', 'my_logs', '-a-b', 'xn--logs', 'logs-s3alias'].map((word) => reads(SETUP_ARGS.bucket, word)),
  ).toEqual(Array.from({ length: 5 }, () => false));
  expect(['a/b', 'network'].map((word) => reads(SETUP_ARGS.prefix, word))).toEqual([true, true]);
  expect(['AWSLogs', 'a/awslogs/b', 'a/', '/a'].map((word) => reads(SETUP_ARGS.prefix, word))).toEqual(
    Array.from({ length: 4 }, () => false),
  );
});

it('the default format is requested without fields, since AWS accepts no list for it', () => {
  expect(fieldsOfLogFormat('default')).toBeUndefined();
  expect(fieldsOfLogFormat('full')).toContain('encryption-status');
  expect(fieldsOfLogFormat(['start'])).toEqual(['start']);
});
