import type { Entry } from '../core/line/entry.ts';
import { exampleLine } from '../core/line/write-line.ts';
import { isQuery } from '../core/query/query.ts';

/** A wish that people come with, and the entries that serve it. */
export interface Task {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** In the order in which they come up at night; an entry is under the first that fits. */
const TASKS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['Is it reachable?', ['why', 'between']],
  ['Who is hitting us?', ['to', 'top-talkers', 'ports']],
  ['What was rejected?', ['rejected']],
  ['What changed?', ['changes', 'timeline']],
  ['What does it talk to?', ['who', 'from', 'traffic', 'records']],
  ['Can the logs be trusted?', ['gaps']],
];

/** All entries by task; queries of no task come under `Also`, operations under `Set up and look after`. */
export function tasksOf(catalog: readonly Entry[]): readonly Task[] {
  const named = new Set(TASKS.flatMap(([, names]) => names));
  const tasks = TASKS.map(([title, names]) => ({
    title,
    entries: names.flatMap((name) => catalog.filter((entry) => entry.name === name)),
  }));
  return [
    ...tasks,
    { title: 'Also', entries: catalog.filter((entry) => isQuery(entry) && !named.has(entry.name)) },
    { title: 'Set up and look after', entries: catalog.filter((entry) => !isQuery(entry)) },
  ].filter(({ entries }) => entries.length > 0);
}

/** A line to begin with. */
export interface HelpExample {
  readonly label: string;
  readonly line: string;
  /** Whether it must be filled in first: its addresses are examples. */
  readonly isForm: boolean;
}

const MOST_EXAMPLES = 5;

/** The first line of each task, as buttons offer them: the last is that of the operations, where there are some. */
export function helpExamples(catalog: readonly Entry[]): readonly HelpExample[] {
  const examples = tasksOf(catalog).flatMap(({ title, entries: [first] }): readonly HelpExample[] => {
    if (first === undefined) return [];
    const isForm = Object.values(first.args).some(({ required }) => required);
    return [{ label: title, line: exampleLine(first), isForm }];
  });
  return examples.length <= MOST_EXAMPLES
    ? examples
    : [...examples.slice(0, MOST_EXAMPLES - 1), ...examples.slice(-1)];
}
