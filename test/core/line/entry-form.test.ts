import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { queryNamed } from '../../../src/core/line/entry.ts';
import { faultIn, formArguments, lineOfForm, withEntry } from '../../../src/core/line/entry-form.ts';
import { formOfLine } from '../../../src/core/line/fill-form.ts';
import { readLine } from '../../../src/core/line/read-line.ts';
import { writeLine } from '../../../src/core/line/write-line.ts';
import { ENTRIES } from '../../support/given-sample.ts';

const NOW = new Date('2026-11-22T14:05:00Z');
const CLOCK = { now: NOW, zone: 'Europe/Berlin' };
const CONTEXT = { catalog: ENTRIES, ...CLOCK, longestWindowSeconds: 7 * 86_400 };

function problemOf(line: string): string | undefined {
  try {
    readLine(line, CONTEXT);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function entry(name: string) {
  const found = queryNamed(name, ENTRIES);
  if (found === undefined) throw new Error(`no entry ${name}`);
  return found;
}

function canonical(line: string): string {
  const read = readLine(line, CONTEXT);
  return 'help' in read ? 'help' : writeLine(read.entry, read.args, read.words);
}

function filled(name: string, values: Readonly<Record<string, string>>, window = '', more = '') {
  return { entry: entry(name), values, window, more };
}

describe('a form', () => {
  it.each(ENTRIES.map((each) => [each.name, each] as const))(
    'of %s with its examples is a line that reads',
    (_, each) => {
      const values = Object.fromEntries(
        formArguments(each).flatMap(([name, arg]) => (arg.required ? [[name, arg.example]] : [])),
      );
      const form = { entry: each, values, more: '', window: each.windowed === 'always' ? 'last 1h' : '' };
      expect(problemOf(lineOfForm(form))).toBeUndefined();
    },
  );

  it.each([
    'to 10.0.1.5 port=443 action=reject last 2h',
    'why app-1 db-1 port=5432 since 2026-11-22T13:50Z',
    'between "db 1" 10.0.0.0/8 since 2026-11-21T22:00Z until 2026-11-22T01:00:30Z',
    'changes since 2026-11-22T13:58Z',
    'records src=10.0.1.5 top=50 names=off region=eu-central-1 last 1d',
    'rejected around 2026-11-22T13:58Z 30m',
    'top-talkers last 1h',
    'setup vpc-0a1b2c3d4e5f60718',
  ])('of a line is that line: %s', (line) => {
    const read = readLine(line, CONTEXT);
    if ('help' in read) throw new Error('help');
    expect(canonical(lineOfForm(formOfLine(read, CLOCK)))).toBe(canonical(line));
  });

  it('has the times of a line on the clock of the person', () => {
    const window = (line: string) => {
      const read = readLine(line, CONTEXT);
      return 'help' in read ? '' : formOfLine(read, CLOCK).window;
    };
    expect(window('rejected since 2026-11-22T13:50Z')).toBe('since 14:50');
    expect(window('rejected since 2026-11-20T13:50:30Z until 2026-11-20T14:00Z')).toBe(
      'since 2026-11-20 14:50:30 until 2026-11-20 15:00',
    );
  });

  it('keeps what has the same name in another entry, and puts addresses into its places', () => {
    const form = filled('to', { addr: '10.0.1.5', port: '443' });
    expect(withEntry(form, entry('why')).values).toEqual({ a: '10.0.1.5', port: '443' });
    const back = withEntry(filled('why', { a: '10.0.1.5', b: '10.0.2.7' }), entry('records'));
    expect(back.values).toEqual({ addr: '10.0.1.5' });
  });
});

describe('the field at fault', () => {
  it.each([
    [filled('to', { addr: '' }), { arg: 'addr' }, 'Give an address, a CIDR or a name, for example 10.0.1.5.'],
    [
      filled('to', { addr: '10.0.1.5', port: 'htps' }),
      { arg: 'port' },
      '`htps` is neither a port nor a service: type https.',
    ],
    [
      filled('why', { a: '10.0.1.5', b: '10.0.0.0/8' }),
      { arg: 'b' },
      /^`10\.0\.0\.0\/8` is a block of addresses/,
    ],
    [filled('to', { addr: '10.0.1.5' }, 'lst 1h'), 'window', /lst/],
    [filled('to', { addr: '10.0.1.5' }, '', 'regoin=eu-central-1'), 'more', /regoin/],
    [filled('to', { addr: '10.0.1.5:443', port: '80' }), 'entry', /does not go together/],
  ] as const)('has one sentence: %#', (form, field, sentence) => {
    const fault = faultIn(form, problemOf);
    expect(fault?.field).toEqual(field);
    expect(fault?.sentence).toMatch(sentence);
  });

  it.each(['10.0.1.5:443', 'db-1', 'db-1:5432', 'db 1', 'i-0a1b2c3d4e5f60718', ' 10.0.1.5 '])(
    'is not that of an address that is typed as %s',
    (addr) => {
      expect(faultIn(filled('to', { addr }), problemOf)).toBeUndefined();
    },
  );

  it('is found whatever is filled in', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('10.0.1.5', 'last', 'port=', '"', 'help', '443', 'db-1', '-'),
    );
    const form = fc.record({
      entry: fc.constantFrom(...ENTRIES),
      values: fc.dictionary(fc.constantFrom('addr', 'a', 'b', 'port', 'action', 'src', 'top'), text),
      more: fc.constantFrom('', 'names=off', 'x'),
      window: fc.oneof(fc.constant('last 1h'), text),
    });
    fc.assert(
      fc.property(form, (each) => {
        const fault = faultIn(each, problemOf);
        if (fault !== undefined) expect(fault.sentence).not.toBe('');
        else expect(problemOf(lineOfForm(each))).toBeUndefined();
      }),
    );
  });
});
