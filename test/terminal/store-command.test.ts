import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { readCommandLine } from '../../src/terminal/command-line.ts';
import { ENTRIES } from '../support/given-sample.ts';

const read = (line: string) => readCommandLine(line.split(' ')).storeCommand;

it.each([
  ['backup a.db', { kind: 'backup', file: 'a.db' }],
  ['move --to postgres', { kind: 'move', to: 'postgres' }],
  ['--to=file move', { kind: 'move', to: 'file' }],
])('`%s` is a command for the stores', (line, command) => {
  expect(read(line)).toEqual(command);
});

it('a line is none', () => {
  expect(read('to 10.0.1.5 last 1h')).toBeUndefined();
  expect(ENTRIES.map(({ name }) => name)).not.toContain(expect.stringMatching(/^(?:backup|move)$/));
});

describe('a command for the stores that is not whole is refused with the word that is wrong:', () => {
  it.each([
    ['backup', '`backup` needs the name of the file that it writes.'],
    ['backup a b', '`b` is one word too many after `backup`.'],
    ['backup a --to file', '`--to` is an option of `move` alone, not of a line.'],
    ['move', '`move` needs the place to go to.'],
    ['move --to mysql', '`mysql` is no place that `move` knows.'],
    ['move there --to file', '`there` is one word too many after `move`.'],
    ['rejected --to file', '`--to` is an option of `move` alone, not of a line.'],
  ])('%s', (line, message) => {
    expect(() => read(line)).toThrow(UserError);
    expect(() => read(line)).toThrow(message);
  });
});
