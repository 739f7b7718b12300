import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddressName, isBareName, readAddressName } from '../../../src/core/line/address-name.ts';
import { SCOPE_ARGS } from '../../../src/core/line/standard-arguments.ts';
import { word } from '../../../src/core/line/tokens.ts';
import { writeLine } from '../../../src/core/line/write-line.ts';
import { ENTRIES } from '../../support/given-sample.ts';
import { A_CONTEXT } from './a-catalog.ts';
import { asked, mistaken } from './asked.ts';

const CONTEXT = { ...A_CONTEXT, catalog: ENTRIES };
const quoted = (text: string) => ({ ...word(text), quoted: true });

const typed = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9._/-]{1,20}$/);
const inQuotes = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9 +=._/@-]{0,20}$/);
const ofTheGrammar = fc.constantFrom(
  'last',
  'rejected',
  'to',
  'port',
  'help',
  'top',
  'tcp',
  'not',
  'vpc',
  'in',
);
const name = fc
  .oneof(typed, inQuotes, ofTheGrammar)
  .map((text) => readAddressName(quoted(text)))
  .filter((read) => read !== undefined);

describe('a name in the place of an address', () => {
  it('is written so that it is read as the same name', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('to', 'between', 'records', 'rejected', 'why'),
        name,
        name,
        (query, one, other) => {
          const entry = ENTRIES.find((each) => each.name === query);
          if (entry === undefined) throw new RangeError(query);
          const places = Object.keys(entry.args).filter((arg) => entry.args[arg]?.takesNames);
          const values = Object.fromEntries(places.map((place, index) => [place, index === 0 ? one : other]));
          const given = Object.fromEntries(
            Object.entries(entry.args).map(([arg, { fallback }]) => [arg, values[arg] ?? fallback]),
          );
          const line = writeLine(entry, given, { kind: 'last', duration: { amount: 1, unit: 'h' } });
          const read = asked(line, CONTEXT);
          expect(read.line).toBe(line);
          for (const place of places) expect(read.args[place]).toEqual(values[place]);
        },
      ),
    );
  });

  it('is never an address, nor what is nearly one', () => {
    const nearly = fc
      .tuple(
        fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6()),
        fc.constantFrom('', '/24', '/300', ':443', '.', '9', 'x'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nearly, fc.boolean(), (text, isQuoted) => {
        expect(readAddressName({ ...word(text), quoted: isQuoted })).toBeUndefined();
      }),
    );
  });

  it('is no word of the grammar without quotes, and no argument of a query', () => {
    fc.assert(
      fc.property(ofTheGrammar, (text) => {
        if (!['vpc', 'in'].includes(text)) expect(isBareName(text)).toBe(false);
      }),
    );
    for (const query of ['to', 'records', 'rejected'])
      for (const arg of Object.keys(SCOPE_ARGS)) expect(() => asked(`${query} ${arg}`, CONTEXT)).toThrow();
  });

  it('is read without a failure, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), typed, inQuotes),
        fc.boolean(),
        (text, isQuoted) => {
          const read = readAddressName({ ...word(text), quoted: isQuoted });
          if (read !== undefined) expect(isAddressName(read)).toBe(true);
          expect(read?.text.length ?? 0).toBeLessThanOrEqual(255);
        },
      ),
    );
  });

  it.each([
    ['web server', false],
    ['*', false],
    ['db?', false],
    ['a', false],
    ['-db', false],
    ['db-', false],
    ['db.', false],
    ['lsat', false],
    ['frmo', false],
    ['sg-0a1b2c3d', false],
    ['eni-0a1b', false],
    ['without', false],
    ['db', true],
    ['portal', true],
    ['vpc-router', true],
    ['i-dont-know', true],
    ['Redis_1.eu/blue', true],
  ])('%s is a name without quotes: %s', (text, expected) => {
    expect(isBareName(text)).toBe(expected);
  });
});

it('of an operation it stays a mistake', () => {
  expect(mistaken('setup web-1', CONTEXT).correctedLine).toBe('help setup');
});
