import { withDeadline } from '../deadline.ts';
import type { NameBook } from '../lake/name-book.ts';
import type { Names } from '../lake/names.ts';
import type { RecordedNames } from '../lake/recorded-names.ts';
import type { Window } from '../time/window.ts';
import { untilAborted } from '../until-aborted.ts';

/** What names are looked up for. */
export interface NamesWanted {
  readonly lookup: ReturnType<NameBook['lookUp']>;
  /** Addresses and interfaces. */
  readonly wanted: readonly string[];
  readonly window: Window;
  /** What the records of the answer say themselves. */
  readonly recorded: RecordedNames;
}

/** A book that waits for nothing any more answers at once. */
const AT_ONCE_MS = 50;
/** Each try waits as long as the book is patient, a second: longer than a minute no one reads an answer again. */
const MOST_TRIES = 60;

/**
 * The names that were not there when an answer could wait no longer, once all are there; undefined where they say nothing
 * that `known` does not, or where the signal is aborted first. Nothing is asked again: the lookup is under way.
 */
export async function lateNames(
  { lookup, wanted, window, recorded }: NamesWanted,
  known: Names,
  signal: AbortSignal,
): Promise<Names | undefined> {
  let names = known;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const asked = lookup.namesOf(wanted, window, recorded);
    const atOnce = await withDeadline(AT_ONCE_MS, (late) => untilAborted(late, asked)).catch(() => undefined);
    names = atOnce ?? (await asked);
    if (signal.aborted) return undefined;
    if (atOnce !== undefined) break;
  }
  return saysMore(names, known) ? names : undefined;
}

function saysMore(names: Names, known: Names): boolean {
  return [...names].some(([of, { name }]) => known.get(of)?.name !== name);
}
