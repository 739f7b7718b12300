import { parseArgs } from 'node:util';
import { UserError } from '../core/errors.ts';
import { readStoreCommand, type StoreCommand } from './store-command.ts';

/** How the terminal shows an answer. */
export type OutputForm = 'text' | 'json' | 'csv';

/** The command line: the line to answer, and its options. */
export interface TerminalOptions {
  readonly line: string;
  readonly form: OutputForm;
  readonly rowLimit: number | undefined;
  /** Settings given as options, by the variable that each sets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether a text that is longer than the screen is shown in a pager. */
  readonly pages: boolean;
  readonly wanted: 'answer' | 'help' | 'version';
  /** What to do with the stores, in place of a line. */
  readonly storeCommand: StoreCommand | undefined;
}

const OPTIONS = {
  lake: { type: 'string' },
  tz: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  verbose: { type: 'boolean' },
  'no-pager': { type: 'boolean' },
  to: { type: 'string' },
  since: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Printed by `flowlog --help`; the questions themselves are listed by `flowlog help`. */
export const USAGE = `Usage: flowlog [options] "<line>"

Ask flow logs a question, for example: flowlog "to 10.0.1.5 last 1h"
Without a line it asks for lines; "help" lists what can be asked.

  --lake <folder>  folder with flow logs in an S3 layout of AWS; the sample network without it
  --tz <zone>      time zone of times without one, such as Europe/Berlin
  --json           the answer as one JSON object
  --csv            the rows as CSV; the headline and the rest go to standard error
  --limit <n>      rows to show at most, 1 to 1000000; a CSV has up to 100000 without it
  --no-pager       prints all at once; else $PAGER, or less, shows what is longer than the screen
  --verbose        what is read and run, and how long it takes, on standard error
  --help           this text
  --version        the version

What survives a restart, in place of a line (docs/stores.md):
  backup <file>    writes a copy of the state file, also while flowlog runs
  move --to postgres   copies everything from the state file into DATABASE_URL; flowlog is stopped before
  move --to file       and back
  audit verify     says whether the record of who did what is as it was written (docs/audit.md)
  audit export [--csv] [--since <instant>] [--to <file>]   writes that record, as lines of JSON without --csv
  cache clear      removes what is kept of the files of a lake; they are read where they are, and kept anew

Exit code: 0 answered, 1 failed, 2 mistake in the line or the options.`;

const HIGHEST_LIMIT = 1_000_000;

/**
 * Reads the command line. Several words are one line, so that quotes are only needed for what the shell would read.
 * @throws UserError for an unknown or contradictory option.
 */
export function readCommandLine(args: readonly string[]): TerminalOptions {
  const { values, positionals } = parse(args);
  if (values.json && values.csv)
    throw new UserError('`--json` and `--csv` exclude each other.', { hint: 'Give one of them.' });
  const settings = {
    ...(values.lake === undefined ? {} : { FLOWLOG_LAKE: values.lake }),
    ...(values.tz === undefined ? {} : { FLOWLOG_TZ: values.tz }),
    ...(values.verbose ? { FLOWLOG_DEBUG: '*' } : {}),
  };
  return {
    line: positionals.join(' '),
    form: values.json ? 'json' : values.csv ? 'csv' : 'text',
    rowLimit: values.limit === undefined ? undefined : readLimit(values.limit),
    settings,
    pages: values['no-pager'] !== true,
    wanted: values.help ? 'help' : values.version ? 'version' : 'answer',
    storeCommand: readStoreCommand(positionals, values),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [problem = 'An option cannot be read'] = error instanceof Error ? error.message.split('. ') : [];
    throw new UserError(`${problem.replaceAll("'", '`')}.`, { hint: 'See `flowlog --help`.' });
  }
}

function readLimit(word: string): number {
  const limit = Number(word);
  if (/^\d+$/.test(word) && limit >= 1 && limit <= HIGHEST_LIMIT) return limit;
  throw new UserError(`\`${word.slice(0, 60)}\` is not a number of rows from 1 to ${HIGHEST_LIMIT}.`, {
    hint: 'Write `--limit 500`.',
  });
}
