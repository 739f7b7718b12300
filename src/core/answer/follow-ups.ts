import { addMilliseconds, fromUnixTime } from 'date-fns';
import type { Entry } from '../line/entry.ts';
import { readLine } from '../line/read-line.ts';
import { argumentsOfQuestion, NOT_OF_THE_QUESTION } from '../line/standard-arguments.ts';
import { writeLine } from '../line/write-line.ts';
import type { Row } from '../query/columns.ts';
import { type Coverage, isNothingRead } from '../query/coverage.ts';
import type { FollowUp } from '../query/query.ts';
import { absoluteLine, type Question } from '../query/question.ts';
import { writeWindow } from '../time/resolve-window.ts';

/** A message shows a handful of buttons; more are noise. */
const MOST = 5;
const WIDER = 6;

/**
 * The next steps of an answer: the query's own over the same window, with the filters of the question; then the same
 * question over a wider window, or over what the lake holds when it holds nothing for this one. No step asks the same as
 * the question, or as another step.
 */
export function followUpsOf(
  question: Question,
  rows: readonly Row[],
  coverage: Coverage,
  longestWindowSeconds: number,
): readonly FollowUp[] {
  // Where there is no file every other question finds none either.
  const own = isNothingRead(coverage) ? [] : (question.query.followUps?.(rows, question.args) ?? []);
  const kept = own.flatMap((step) => withKeptFilters(step, question, longestWindowSeconds) ?? []);
  const when = elsewhen(question, coverage, longestWindowSeconds * 1000);
  const lines = new Set(sameLines(question));
  const isNew = ({ line }: FollowUp) => {
    const known = lines.has(line);
    lines.add(line);
    return !known;
  };
  return [...kept.filter(isNew).slice(0, MOST - 1), ...when.filter(isNew)];
}

/** The lines that ask what was asked: how many rows are shown and what it may cost does not make another question. */
function sameLines(question: Question): readonly string[] {
  const args = argumentsOfQuestion(question.args);
  return [absoluteLine(question), absoluteLine({ ...question, args: withFallbacks(question, args) })];
}

function withFallbacks({ query }: Question, args: Question['args']): Question['args'] {
  const left = Object.entries(query.args).map(([name, { fallback }]) => [name, fallback] as const);
  return { ...Object.fromEntries(left), ...args };
}

function elsewhen(
  { query, args: { spend: _spent, ...args }, window }: Question,
  { filesRead, storedRange }: Coverage,
  longestMs: number,
): readonly FollowUp[] {
  const lengthMs = window.to.getTime() - window.from.getTime();
  if (filesRead === 0 && storedRange !== undefined) {
    const to = fromUnixTime(storedRange.toSeconds);
    const newest = { from: addMilliseconds(to, -lengthMs), to };
    return [{ label: 'Where the logs are', line: writeLine(query, args, { kind: 'between', ...newest }) }];
  }
  const widerMs = Math.min(lengthMs * WIDER, longestMs);
  if (widerMs <= lengthMs) return [];
  const wider = { from: addMilliseconds(window.to, -widerMs), to: window.to };
  return [{ label: 'Look further back', line: writeLine(query, args, { kind: 'between', ...wider }) }];
}

/**
 * A next step of a question with every filter of that question which the step's entry takes too and which the step does
 * not set itself, over the same window; undefined when its line does not parse.
 */
function withKeptFilters(
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

interface NextStep {
  readonly entry: Entry;
  readonly args: Readonly<Record<string, unknown>>;
  readonly windowed: boolean;
}

/** Steps are made of what rows hold: a line that does not parse is no step. */
function readStep(line: string, question: Question, longestWindowSeconds: number): NextStep | undefined {
  const { catalog, zone, window } = question;
  const now = window.to;
  const [name] = line.split(' ');
  const windowed = catalog.find((entry) => entry.name === name)?.windowed !== 'never';
  const whole = windowed ? `${line} ${writeWindow({ kind: 'between', ...window })}` : line;
  const read = readOrNothing(whole, { catalog, now, zone, longestWindowSeconds });
  if (read === undefined || 'help' in read) return undefined;
  return { entry: read.entry, args: read.args, windowed };
}

function readOrNothing(...[line, context]: Parameters<typeof readLine>) {
  try {
    return readLine(line, context);
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

function keptFilters({ entry, args }: NextStep, question: Question): readonly KeptFilter[] {
  return Object.entries(question.query.args).flatMap(([name, arg]) => {
    const target = Object.hasOwn(entry.args, name) ? entry.args[name] : undefined;
    if (target === undefined || arg.required || target.required || NOT_OF_THE_QUESTION.has(name)) return [];
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
