import { UserError } from '../core/errors.ts';
import { inCode } from '../core/wording.ts';

/** Where the stores are: the state file, or the database of `DATABASE_URL`. */
export type StoreSide = 'file' | 'postgres';

/** What is done with the stores as a whole. */
export type StoreCommand =
  | { readonly kind: 'backup'; readonly file: string }
  | { readonly kind: 'move'; readonly to: StoreSide };

/** Options that such commands have. */
interface StoreOptions {
  readonly to?: string | undefined;
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
    case 'move':
      return readMove(words, options);
    default:
      refuseOption('to', options.to, '`move`');
      return undefined;
  }
}

function readBackup([file, ...more]: readonly string[], { to }: StoreOptions): StoreCommand {
  refuseOption('to', to, '`move`');
  if (file === undefined || file === '')
    throw new UserError('`backup` needs the name of the file that it writes.', {
      hint: 'Type `flowlog backup flowlog-backup.db`.',
    });
  refuseMore('backup', more);
  return { kind: 'backup', file };
}

function readMove(words: readonly string[], { to }: StoreOptions): StoreCommand {
  refuseMore('move', words);
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

function refuseOption(name: string, value: string | undefined, of: string): void {
  if (value === undefined) return;
  throw new UserError(`\`--${name}\` is an option of ${of} alone, not of a line.`, {
    hint: 'See `flowlog --help`.',
  });
}
