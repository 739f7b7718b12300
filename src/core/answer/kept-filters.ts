import type { Entry } from '../entry.ts';
import { parseLine } from '../language/parse-line.ts';
import { writeLine } from '../language/write-line.ts';
import type { FollowUp } from '../query.ts';
import { isCommand, type Question } from '../question.ts';
import { writeWindow } from '../window/write-window.ts';

/** What a next step does not take over: what the question was allowed to cost, and how many rows it showed. */
const NOT_KEPT: ReadonlySet<string> = new Set(['spend', 'top']);

/**
 * A next step of a question with every filter of that question which the step's entry takes too and which the step does
 * not set itself, over the same window; undefined when its line does not parse.
 */
export function withKeptFilters(
  { label, line }: FollowUp,
  question: Question,
  longestWindowSeconds: number,
): FollowUp | undefined {
  const step = readStep(line, question, longestWindowSeconds);
  if (step === undefined) return undefined;
  const kept = keptFilters(step, question);
  const values = Object.fromEntries(kept.map(({ name, value }) => [name, value]));
  const words = step.windowed ? ({ kind: 'between', ...question.window } as const) : undefined;
  return {
    label: trueLabel(label, kept),
    line: writeLine(step.entry, { ...step.args, ...values }, words),
  };
}

interface Step {
  readonly entry: Entry;
  readonly args: Readonly<Record<string, unknown>>;
  readonly windowed: boolean;
}

/** Steps are made of what rows hold: a line that does not parse is no step. */
function readStep(line: string, question: Question, longestWindowSeconds: number): Step | undefined {
  const { catalog, zone, window } = question;
  const now = window.to;
  const [name] = line.split(' ');
  const windowed = catalog.find((entry) => entry.name === name)?.windowed !== 'never';
  const whole = windowed ? `${line} ${writeWindow({ kind: 'between', ...window })}` : line;
  const understanding = parseOrNothing(whole, { catalog, now, zone, longestWindowSeconds });
  if (understanding === undefined || 'help' in understanding) return undefined;
  const entry = isCommand(understanding) ? understanding.operation : understanding.query;
  return { entry, args: understanding.args, windowed };
}

function parseOrNothing(...[line, context]: Parameters<typeof parseLine>) {
  try {
    return parseLine(line, context);
  } catch {
    return undefined;
  }
}

interface KeptFilter {
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
  /** Where to look, rather than for what. */
  readonly isScope: boolean;
}

function keptFilters({ entry, args }: Step, question: Question): readonly KeptFilter[] {
  return Object.entries(question.query.args).flatMap(([name, arg]) => {
    const target = Object.hasOwn(entry.args, name) ? entry.args[name] : undefined;
    if (target === undefined || arg.required || target.required || NOT_KEPT.has(name)) return [];
    const text = arg.write(question.args[name]);
    if (text === undefined || target.write(args[name]) !== undefined) return [];
    const reading = target.read(text);
    const isScope = arg.everywhere === true;
    return 'value' in reading ? [{ name, text, value: reading.value, isScope }] : [];
  });
}

/** A label that promises all of something says what it is all of. */
function trueLabel(label: string, kept: readonly KeptFilter[]): string {
  const filters = kept.filter(({ isScope }) => !isScope).map(({ name, text }) => `${name}=${text}`);
  return /^all\b/i.test(label) && filters.length > 0 ? `${label}, ${filters.join(' ')}` : label;
}
