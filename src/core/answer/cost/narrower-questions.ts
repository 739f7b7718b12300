import { writeLine } from '../../language/write-line.ts';
import type { FlowLogRead } from '../../ports/scan.ts';
import type { Question } from '../../question.ts';
import { speakDuration } from '../../window/duration/speak-duration.ts';
import { writeDuration } from '../../window/duration/write-duration.ts';

/** A question that asks for a part of what another one asks for. */
export interface NarrowerQuestion {
  /** Which part: `the last 10m`, `eni-…`. */
  readonly part: string;
  /** The flow log that it means to read alone; undefined for a part of the time. */
  readonly flowLog: string | undefined;
  readonly question: Question;
}

const SHORTER = 6;
const MINUTE_MS = 60_000;
/** Each is weighed by listing its files: of many flow logs the first ones do. */
export const MOST_WEIGHED = 6;

/**
 * What may cost less: the newest part of the window, and each alone of the flow logs that are read together. One that
 * records a single interface is asked by that, and by its name, because another one may record the interface too.
 */
export function narrowerQuestions(
  question: Question,
  flowLogs: readonly FlowLogRead[],
): readonly NarrowerQuestion[] {
  const alone =
    flowLogs.length < 2 ? [] : flowLogs.slice(0, MOST_WEIGHED).flatMap((each) => only(question, each));
  const lines = new Set<string>();
  return [...newest(question), ...alone].filter(({ question: { line } }) => {
    const isNew = !lines.has(line);
    lines.add(line);
    return isNew;
  });
}

/** The files of an hour or a day are what is paid for. */
function newest({ window: { from, to }, ...question }: Question): readonly NarrowerQuestion[] {
  const lengthMs = Math.ceil((to.getTime() - from.getTime()) / SHORTER / MINUTE_MS) * MINUTE_MS;
  const window = { from: new Date(to.getTime() - lengthMs), to };
  if (window.from <= from) return [];
  const part = `the last ${writeDuration(speakDuration(lengthMs / 1000))}`;
  return [{ part, flowLog: undefined, question: rewritten({ ...question, window }) }];
}

function only(question: Question, { name, eni }: FlowLogRead): readonly NarrowerQuestion[] {
  const { args, query } = question;
  const byInterface = eni !== undefined && args.eni === undefined && Object.hasOwn(query.args, 'eni');
  return [
    ...(byInterface ? [{ part: eni, narrowed: { eni } }] : []),
    { part: name, narrowed: { in: name.toLowerCase() } },
  ].map(({ part, narrowed }) => ({
    ...{ part, flowLog: name },
    question: rewritten({ ...question, args: { ...args, ...narrowed } }),
  }));
}

/** The words of the window become its instants, so that the line means the same when it is pressed. */
function rewritten({ query, args, window, ...question }: Omit<Question, 'words' | 'line'>): Question {
  const words = { kind: 'between', ...window } as const;
  return { ...question, query, args, window, words, line: writeLine(query, args, words) };
}
