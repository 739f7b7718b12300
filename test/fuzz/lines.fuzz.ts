import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../src/app/reading.ts';
import { UserError } from '../../src/core/errors.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { fuzzed } from './fuzzed.ts';

const CONTEXT = {
  ...{ catalog: ENTRIES, now: new Date('2026-11-24T12:00:00Z'), longestWindowSeconds: 7 * 86_400 },
  command: '/flowlog',
};
const read = (line: string, zone: string) => {
  try {
    return readRequest(line, { ...CONTEXT, zone });
  } catch (error) {
    return error;
  }
};

const WORDS = [
  ...ENTRIES.map(({ name }) => name),
  ...ENTRIES.flatMap(({ args }) => Object.keys(args)).map((name) => `${name}=`),
  ...[
    '10.0.1.5',
    '10.0.0.0/8',
    '::1',
    'fe80::/10',
    '443',
    'ssh',
    'last',
    'since',
    'until',
    'around',
    'on',
    'today',
  ],
  ...['db-1', 'web', 'db-1:5432', '"web 1"', '"last"', 'src=db-1', 'i-0a1b2c3d', 'eni-0a1b', 'sg-0a1b2c3d'],
  ...[
    '1h',
    '30m',
    '14:05',
    '2026-11-22',
    '2026-11-22T10:00Z',
    'UTC',
    'CET',
    '--',
    '—',
    '"',
    "'",
    '\\',
    '`',
    '<@U1>',
  ],
  ...[
    '<http://a|10.0.1.5>',
    '&amp;',
    '\u202e',
    '\u200b',
    '\0',
    '\ud800',
    '🔥',
    '=',
    '?',
    "'; DROP TABLE x; --",
    '%',
    '..',
  ],
  ...[
    'eni-0a1b2c3d4e5f60718',
    'vpc-0a1b2c3d4e5f60718',
    'fl-0a1b2c3d4e5f60718',
    '99999999999999999999',
    '-1',
    '1e9',
  ],
];
const line = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(' ')),
  fc
    .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 8 })), { maxLength: 12 })
    .map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 1_200 }),
);
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns');

describe('any line', () => {
  it('is understood, or is refused with a line that is understood', async () => {
    await fuzzed(
      fc.property(line, zone, (typed, where) => {
        const found = read(typed, where);
        if (!(found instanceof Error)) return;
        expect(found).toBeInstanceOf(UserError);
        const { correctedLine, message } = found as UserError;
        expect(message).not.toMatch(/[\p{Cf}\p{Cs}\0]/u);
        expect(read(correctedLine ?? '', where)).not.toBeInstanceOf(Error);
      }),
    );
  });

  it('that is understood is written as one that is understood alike', async () => {
    await fuzzed(
      fc.property(line, zone, (typed, where) => {
        const found = read(typed, where);
        if (found instanceof Error || typeof found !== 'object' || found === null || !('line' in found))
          return;
        const again = read(String(found.line), where);
        expect(again).toMatchObject({ line: found.line });
        if ('args' in found) expect(again).toMatchObject({ args: found.args });
      }),
    );
  });
});
