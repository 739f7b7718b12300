import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { writeLine } from '../../../src/core/line/write-line.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { CannedQuery } from '../../../src/core/query/query.ts';
import type { WindowWords } from '../../../src/core/time/window.ts';
import { A_CONTEXT, CATALOG } from './a-catalog.ts';
import { asked, outcome } from './asked.ts';

const NOW_SECONDS = A_CONTEXT.now.getTime() / 1000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo'];

const past = fc.integer({ min: 60, max: 500_000 }).map((seconds) => new Date((NOW_SECONDS - seconds) * 1000));
const duration = fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constantFrom('s', 'm', 'h') });
const words: fc.Arbitrary<WindowWords> = fc.oneof(
  fc.record({ kind: fc.constant('last'), duration }),
  fc.record({ kind: fc.constant('since'), from: past }),
  fc.tuple(past, fc.integer({ min: 1, max: 90_000 })).map(([from, seconds]) => {
    return { kind: 'between' as const, from, to: new Date(from.getTime() + seconds * 1000) };
  }),
  fc.record({
    kind: fc.constant('around'),
    at: past,
    duration: fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constant('m') }),
  }),
  fc.constantFrom({ kind: 'today' } as const, { kind: 'yesterday' } as const),
  fc.constantFrom('2026-11-18', '2026-11-21', '2026-11-23').map((date) => ({ kind: 'on' as const, date })),
);

/** Text without what `clean` undoes: a curly quote is never meant. */
const typable = fc.stringMatching(/^[a-zA-Z0-9 "'\\=?.:/_-]{0,12}$/);
const word: Readonly<Record<string, fc.Arbitrary<string>>> = {
  address: fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map((parts) => parts.join('/')),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map((parts) => parts.join('/')),
  ),
  port: fc.constantFrom('443', 'ssh', '0', '8000-8100', 'postgres'),
  protocol: fc.integer({ min: 0, max: 255 }).map(String),
  'accept|reject': fc.constantFrom('accept', 'deny'),
  eni: fc.stringMatching(/^eni-[0-9a-f]{17}$/),
  'ingress|egress': fc.constantFrom('in', 'out'),
  source: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
  account: fc.stringMatching(/^[0-9]{12}$/),
  region: fc.constantFrom('eu-central-1', 'us-gov-west-1', 'cn-north-1'),
  vpc: fc.stringMatching(/^vpc-[0-9a-f]{17}$/),
  dollars: fc.constantFrom('$1', '0.5', '12.25'),
  'off|on': fc.constantFrom('off', 'on'),
  'athena|direct|insights': fc.constantFrom('athena', 'direct', 'insights'),
  n: fc.integer({ min: 1, max: 100 }).map(String),
  text: typable,
};

/** Argument values as reading random words gives them, some of them left out. */
function argsOf(query: CannedQuery): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(query.args).map(([name, arg]) => {
    const value = (word[arg.hint] ?? typable).map((typed) => {
      const reading = arg.read(typed);
      if (!('value' in reading)) throw new Error(`${typed} ${reading.problem}`);
      return reading.value;
    });
    return [name, arg.required ? value : fc.option(value, { nil: arg.fallback })] as const;
  });
  return fc.record(Object.fromEntries(entries));
}

const question = fc
  .constantFrom(...CATALOG)
  .chain((query) => fc.tuple(fc.constant(query), argsOf(query), words));

describe('a canonical line', () => {
  it('parses back to the question that it was written for, in every zone', () => {
    fc.assert(
      fc.property(question, fc.constantFrom(...ZONES), ([query, args, said], zone) => {
        const line = writeLine(query, args, said);
        const read = asked(line, { ...A_CONTEXT, zone });
        expect(read).toMatchObject({ query, words: said, line, zone });
        expect(read.args).toEqual(args);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any line at all', () => {
  const piece = fc.constantFrom(
    ...CATALOG.map(({ name }) => name),
    ...[
      'last',
      'since',
      'until',
      'around',
      'on',
      'today',
      'help',
      '?',
      'and',
      'who',
      'talked',
      'traffic',
      'the',
      'past',
    ],
    ...[
      '10.0.1.5',
      '10.1.2.3/8',
      '10.1.2.3/33',
      '2001:db8::1',
      '443',
      'tcp',
      '1h',
      '99999d',
      '14:05',
      '25:00',
      '2026-11-22',
    ],
    ...['db-1', 'web', 'db-1:5432', '"web 1"', '"last"', 'addr=db-1', 'i-0a1b2c3d', 'eni-0a1b', 'lats'],
    ...[
      'port=',
      'port=443',
      'port=x',
      '--port',
      'foo=bar',
      '—last',
      '“',
      '"',
      "'",
      '\\',
      '=',
      '-',
      '<!channel>',
      '🔥',
      '`',
      '\u202e',
      '\u0000',
    ],
  );
  const likely = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' '));
  const glued = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
  const unicode = fc.string({ unit: 'binary', maxLength: 5000, size: 'max' });
  const utf16 = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((codes) => String.fromCharCode(...codes));

  it('is understood or refused in words that are safe, with a corrected line that parses', () => {
    fc.assert(
      fc.property(fc.oneof(likely, likely, glued, fc.string(), unicode, utf16), (line) => {
        const result = outcome(line);
        if (!(result instanceof UserError)) {
          if ('line' in result) expect(asked(result.line).line).toBe(result.line);
          return;
        }
        expect(result.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(result.message.length).toBeLessThan(400);
        expect(() => readRequest(result.correctedLine ?? '-', A_CONTEXT)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['quotes', '"'],
    ['open quotes', ' "a'],
    ['escapes', ' "\\"'],
    ['links', '<http://'],
    ['ampersands', '&amp;'],
    ['question marks', '?'],
    ['equals signs', ' a='],
    ['windows', ' last'],
    ['dashes', '—'],
    ['wide ligatures', '\ufdfa'],
    ['times', ' since 1'],
    ['spaces', ' '],
  ])(
    'is read without going back and forth over it, when it is full of %s',
    (_, piece) => {
      // Reading that took the square of the length would take minutes here; nothing finer is asserted.
      for (const length of [1000, 100_000])
        expect(() => outcome(`to 10.0.1.5 ${piece.repeat(length)}`.slice(0, length))).not.toThrow();
    },
    5_000,
  );
});
