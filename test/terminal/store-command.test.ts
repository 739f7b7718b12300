import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { readCommandLine } from '../../src/terminal/command-line.ts';
import { ENTRIES } from '../support/given-sample.ts';

const read = (line: string) => readCommandLine(line.split(' ')).storeCommand;

it.each([
  ['backup a.db', { kind: 'backup', file: 'a.db' }],
  ['cache clear', { kind: 'clear' }],
  ['move --to postgres', { kind: 'move', to: 'postgres' }],
  ['--to=file move', { kind: 'move', to: 'file' }],
  ['audit verify', { kind: 'verify' }],
  ['audit export', { kind: 'export', form: 'json', since: undefined, to: undefined }],
  [
    'audit export --csv --since 2026-11-01 --to a.csv',
    { kind: 'export', form: 'csv', since: new Date('2026-11-01T00:00:00Z'), to: 'a.csv' },
  ],
])('`%s` is a command for the stores', (line, command) => {
  expect(read(line)).toEqual(command);
});

it('a line is none', () => {
  expect(read('to 10.0.1.5 last 1h')).toBeUndefined();
  expect(ENTRIES.map(({ name }) => name)).not.toContain(expect.stringMatching(/^(?:backup|move|audit)$/));
});

describe('a command for the stores that is not whole is refused with the word that is wrong:', () => {
  it.each([
    ['backup', '`backup` needs the name of the file that it writes.'],
    ['cache', '`cache` needs the word `clear` behind it.'],
    ['cache fill', '`fill` is nothing that `cache` does.'],
    ['cache clear all', '`all` is one word too many after `cache clear`.'],
    ['backup a b', '`b` is one word too many after `backup`.'],
    ['backup a --to file', '`--to` is an option of `move` and `audit export` alone.'],
    ['audit', '`""` is nothing that `audit` does.'],
    ['audit delete', '`delete` is nothing that `audit` does.'],
    ['audit verify all', '`all` is one word too many after `audit verify`.'],
    ['audit verify --to a', '`--to` is an option of `move` and `audit export` alone.'],
    ['audit export --since yesterday', '`yesterday` is no instant for `--since`.'],
    ['audit export --since 2026-13-01', '`2026-13-01` is no instant for `--since`.'],
    ['move', '`move` needs the place to go to.'],
    ['move --to mysql', '`mysql` is no place that `move` knows.'],
    ['move there --to file', '`there` is one word too many after `move`.'],
    ['rejected --to file', '`--to` is an option of `move` and `audit export` alone.'],
  ])('%s', (line, message) => {
    expect(() => read(line)).toThrow(UserError);
    expect(() => read(line)).toThrow(message);
  });
});
