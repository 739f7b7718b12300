import { addMilliseconds, fromUnixTime } from 'date-fns';
import type { Row } from '../columns/column.ts';
import { absoluteLine } from '../language/absolute-line.ts';
import { writeLine } from '../language/write-line.ts';
import type { FollowUp } from '../query.ts';
import type { Question } from '../question.ts';
import type { Coverage } from './coverage/coverage.ts';
import { withKeptFilters } from './kept-filters.ts';

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
  const own = coverage.filesRead === 0 ? [] : (question.query.followUps?.(rows, question.args) ?? []);
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
  const { top: _top, spend: _spend, ...args } = question.args;
  return [absoluteLine(question), absoluteLine({ ...question, args: withFallbacks(question, args) })];
}

function withFallbacks({ query }: Question, args: Question['args']): Question['args'] {
  const left = Object.entries(query.args).map(([name, { fallback }]) => [name, fallback] as const);
  return { ...Object.fromEntries(left), ...args };
}

function elsewhen(
  { query, args: { spend: _spent, ...args }, window }: Question,
  { filesRead, extent }: Coverage,
  longestMs: number,
): readonly FollowUp[] {
  const lengthMs = window.to.getTime() - window.from.getTime();
  if (filesRead === 0 && extent !== undefined) {
    const to = fromUnixTime(extent.toSeconds);
    const newest = { from: addMilliseconds(to, -lengthMs), to };
    return [{ label: 'Where the logs are', line: writeLine(query, args, { kind: 'between', ...newest }) }];
  }
  const widerMs = Math.min(lengthMs * WIDER, longestMs);
  if (widerMs <= lengthMs) return [];
  const wider = { from: addMilliseconds(window.to, -widerMs), to: window.to };
  return [{ label: 'Look further back', line: writeLine(query, args, { kind: 'between', ...wider }) }];
}
