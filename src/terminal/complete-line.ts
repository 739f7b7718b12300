import { type Entry, queryNamed } from '../core/line/entry.ts';

/** What may end a line that is being typed, and how much of that is typed already. */
export type Completion = readonly [candidates: readonly string[], typed: string];

const WINDOWS = ['last 1h', 'last 15m', 'last 24h', 'since ', 'around ', 'today', 'yesterday'];
const UNTIL = 'until ';
const LENGTHS = ['15m', '1h', '6h', '24h', '7d'];
const COMMANDS = ['help', 'exit'];

/** What the end of a line depends on. */
export interface CompletionParts {
  readonly catalog: readonly Entry[];
  /** What things are called here. */
  readonly names: ReadonlySet<string>;
}

/**
 * Completes the last word of a line: an entry, an argument of it, one of the few values that an argument has, a name where an
 * address is expected, and the words of a window.
 */
export function completeLine(line: string, { catalog, names }: CompletionParts): Completion {
  const words = line.trimStart().split(/\s+/);
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  return [begunBy(typed, candidatesBehind(before, typed, { catalog, names })), typed];
}

function candidatesBehind(
  before: readonly string[],
  typed: string,
  { catalog, names }: CompletionParts,
): readonly string[] {
  const [first] = before;
  const entryNames = catalog.map(({ name }) => name);
  if (first === undefined) return [...entryNames, ...COMMANDS].map((name) => `${name} `);
  if (first === 'help') return entryNames;
  const last = before.at(-1);
  if (last === 'last') return LENGTHS;
  const entry = queryNamed(first, catalog);
  if (entry === undefined) return [];
  const [, option] = /^([a-z]+)=/.exec(typed) ?? [];
  if (option !== undefined) return valuesOf(entry, option, names).map((value) => `${option}=${value}`);
  const given = new Set(before.map((word) => word.split('=')[0]));
  const options = Object.entries(entry.args)
    .filter(([name, { place }]) => place === 'option' && !given.has(name))
    .map(([name]) => `${name}=`);
  const takesName = Object.values(entry.args).some(({ place, takesNames }) => place === 'bare' && takesNames);
  const windows = entry.windowed === 'never' ? [] : given.has('since') ? [UNTIL] : WINDOWS;
  return [...(takesName ? names : []), ...options, ...windows];
}

function valuesOf({ args }: Entry, option: string, names: ReadonlySet<string>): readonly string[] {
  const arg = args[option];
  if (arg === undefined) return [];
  if (arg.choices !== undefined) return arg.choices;
  return arg.takesNames ? [...names] : [arg.example];
}

function begunBy(typed: string, candidates: readonly string[]): readonly string[] {
  const begun = typed.toLowerCase();
  return candidates.filter((each) => each.toLowerCase().startsWith(begun)).toSorted();
}
