import { addMilliseconds, fromUnixTime } from 'date-fns';
import { WHERE_ARGS } from '../args/scope-args.ts';
import type { Row } from '../columns/column.ts';
import { writeLine } from '../language/write-line.ts';
import type { FollowUp } from '../query.ts';
import type { Question } from '../question.ts';
import type { Window } from '../window/window.ts';
import { writeWindow } from '../window/write-window.ts';
import type { Coverage } from './coverage/coverage.ts';

/** A message shows a handful of buttons; more are noise. */
const MOST = 5;
const WIDER = 6;

/**
 * The next steps of an answer: the query's own over the same window, then the same question over a wider one, or
 * over what the lake holds when it holds nothing for this one.
 */
export function followUpsOf(
  question: Question,
  rows: readonly Row[],
  coverage: Coverage,
  longestWindowSeconds: number,
): readonly FollowUp[] {
  // Where there is no file every other question finds none either.
  const own = coverage.filesRead === 0 ? [] : (question.query.followUps?.(rows, question.args) ?? []);
  const window = writeBetween(question.window);
  const scope = writeScope(question);
  const here = own.map(({ label, line }) => ({ label, line: [line, ...scope, window].join(' ') }));
  return [...here.slice(0, MOST - 1), ...elsewhen(question, coverage, longestWindowSeconds * 1000)];
}

/** A next step stays where the question was asked; what that one was allowed to cost is not allowed again. */
function writeScope({ args }: Question): readonly string[] {
  return WHERE_ARGS.flatMap((name) => (typeof args[name] === 'string' ? [`${name}=${args[name]}`] : []));
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

function writeBetween({ from, to }: Window): string {
  return writeWindow({ kind: 'between', from, to });
}
