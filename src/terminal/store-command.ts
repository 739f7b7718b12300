import { UserError } from '../core/errors.ts';
import { inCode } from '../core/wording.ts';

/** Where the stores are: the state file, or the database of `DATABASE_URL`. */
export type StoreSide = 'file' | 'postgres';

/** What is done with the stores as a whole. */
export type StoreCommand =
  | { readonly kind: 'backup'; readonly file: string }
  | { readonly kind: 'move'; readonly to: StoreSide }
  | { readonly kind: 'verify' }
  /** Removes what is kept of the files of lakes. */
  | { readonly kind: 'clear' }
  | {
      readonly kind: 'export';
      readonly form: 'json' | 'csv';
      readonly since: Date | undefined;
      /** The file to write; standard output without it. */
      readonly to: string | undefined;
    };

/** Options that such commands have. */
interface StoreOptions {
  readonly to?: string | undefined;
  readonly since?: string | undefined;
  readonly csv?: boolean | undefined;
}

/**
 * Reads the words of a command line as a command for the stores; undefined where they are a line.
 * @throws UserError for one that is not whole, with the word that is wrong.
 */
export function readStoreCommand(
  [name = '', ...words]: readonly string[],
  options: StoreOptions,
): StoreCommand | undefined {
  switch (name) {
    case 'backup':
      return readBackup(words, options);
    case 'audit':
      return readAudit(words, options);
    case 'move':
      return readMove(words, options);
    case 'cache':
      return readCache(words, options);
    default:
      refuseOption('to', options.to);
      refuseOption('since', options.since);
      return undefined;
  }
}

function readBackup([file, ...more]: readonly string[], { to, since }: StoreOptions): StoreCommand {
  refuseOption('to', to);
  refuseOption('since', since);
  if (file === undefined || file === '')
    throw new UserError('`backup` needs the name of the file that it writes.', {
      hint: 'Type `flowlog backup flowlog-backup.db`.',
    });
  refuseMore('backup', more);
  return { kind: 'backup', file };
}

function readCache([what = '', ...more]: readonly string[], { to, since }: StoreOptions): StoreCommand {
  refuseOption('to', to);
  refuseOption('since', since);
  if (what !== 'clear')
    throw new UserError(
      what === ''
        ? '`cache` needs the word `clear` behind it.'
        : `${inCode(what)} is nothing that \`cache\` does.`,
      { hint: 'Type `flowlog cache clear`.' },
    );
  refuseMore('cache clear', more);
  return { kind: 'clear' };
}

function readMove(words: readonly string[], { to, since }: StoreOptions): StoreCommand {
  refuseMore('move', words);
  refuseOption('since', since);
  if (to === 'file' || to === 'postgres') return { kind: 'move', to };
  const problem =
    to === undefined ? '`move` needs the place to go to.' : `${inCode(to)} is no place that \`move\` knows.`;
  throw new UserError(problem, {
    hint: 'Type `flowlog move --to postgres`, which is the database of `DATABASE_URL`, or `flowlog move --to file`.',
  });
}

function refuseMore(name: string, [word]: readonly string[]): void {
  if (word === undefined) return;
  throw new UserError(`${inCode(word)} is one word too many after \`${name}\`.`, {
    hint: 'A name with spaces needs quotes. See `flowlog --help`.',
  });
}

function readAudit([what = '', ...more]: readonly string[], options: StoreOptions): StoreCommand {
  const { to, since, csv } = options;
  if (what === 'verify') {
    refuseMore('audit verify', more);
    refuseOption('to', to);
    refuseOption('since', since);
    return { kind: 'verify' };
  }
  if (what === 'export') {
    refuseMore('audit export', more);
    return { kind: 'export', form: csv === true ? 'csv' : 'json', since: readSince(since), to };
  }
  throw new UserError(`${inCode(what)} is nothing that \`audit\` does.`, {
    hint: 'Type `flowlog audit verify` or `flowlog audit export`.',
  });
}

/** A day, or an instant with its zone: an export means the same wherever it is made. */
const SINCE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function readSince(word: string | undefined): Date | undefined {
  if (word === undefined) return undefined;
  const ms = SINCE.test(word) ? Date.parse(word) : Number.NaN;
  if (!Number.isNaN(ms)) return new Date(ms);
  throw new UserError(`${inCode(word)} is no instant for \`--since\`.`, {
    hint: 'Write a day in UTC, `--since 2026-11-01`, or an instant with its zone, `--since 2026-11-01T09:00Z`.',
  });
}

const OPTION_OF = { to: '`move` and `audit export`', since: '`audit export`' } as const;

function refuseOption(name: keyof typeof OPTION_OF, value: string | undefined): void {
  if (value === undefined) return;
  throw new UserError(`\`--${name}\` is an option of ${OPTION_OF[name]} alone.`, {
    hint: 'See `flowlog --help`.',
  });
}
