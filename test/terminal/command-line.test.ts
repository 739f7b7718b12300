import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { readCommandLine, USAGE } from '../../src/terminal/command-line.ts';

it('several words are read as one line, and options in any position', () => {
  expect(
    readCommandLine([
      'to',
      '10.0.1.5',
      '--json',
      'last',
      '1h',
      '--limit=500',
      '--lake',
      'logs',
      '--tz',
      'Asia/Tokyo',
    ]),
  ).toEqual({
    line: 'to 10.0.1.5 last 1h',
    form: 'json',
    rowLimit: 500,
    settings: { FLOWLOG_LAKE: 'logs', FLOWLOG_TZ: 'Asia/Tokyo' },
    pages: true,
    wanted: 'answer',
  });
  expect(readCommandLine([])).toEqual({
    line: '',
    form: 'text',
    rowLimit: undefined,
    settings: {},
    pages: true,
    wanted: 'answer',
  });
});

it.each([
  [['--help'], 'help'],
  [['-h', 'to'], 'help'],
  [['--version'], 'version'],
  [['-v'], 'version'],
])('hears %o', (args, wanted) => {
  expect(readCommandLine(args).wanted).toBe(wanted);
});

it('--verbose turns the debug lines of every area on', () => {
  expect(readCommandLine(['--verbose', 'to']).settings).toEqual({ FLOWLOG_DEBUG: '*' });
});

it('words after two dashes are passed on unchanged', () => {
  expect(readCommandLine(['--csv', '--', 'to', '--port', '443'])).toMatchObject({
    line: 'to --port 443',
    form: 'csv',
  });
});

describe('the command line refuses', () => {
  it.each([
    [['--colour', 'to'], 'Unknown option `--colour`.'],
    [['--json', '--csv', 'to'], '`--json` and `--csv` exclude each other.'],
    [['--limit', '0'], '`0` is not a number of rows from 1 to 1000000.'],
    [['--limit', '1000001'], '`1000001` is not a number of rows from 1 to 1000000.'],
    [['--limit', '1e3'], '`1e3` is not a number of rows from 1 to 1000000.'],
    [['--limit=-1'], '`-1` is not a number of rows from 1 to 1000000.'],
  ])('%o', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
  });

  it.each([[['--lake']], [['--limit']], [['--json=yes']]])(
    '%o, which lacks or has too much of a value',
    (args) => {
      expect(() => readCommandLine(args)).toThrow(UserError);
    },
  );
});

it('the usage lists every option', () => {
  for (const option of ['--lake', '--tz', '--json', '--csv', '--limit', '--help', '--version'])
    expect(USAGE).toContain(option);
});

it('a pager is not wanted with --no-pager', () => {
  expect(readCommandLine(['--no-pager', 'rejected']).pages).toBe(false);
});
