import type { FlowLogRead, Scan } from '../lake/scan.ts';
import { standardArguments } from '../line/standard-arguments.ts';
import { writeLine } from '../line/write-line.ts';
import type { FollowUp } from '../query/query.ts';
import type { Question } from '../query/question.ts';
import { speakDuration, writeDuration } from '../time/durations.ts';
import { showBytes, showCents } from '../wording.ts';
import type { Estimate } from './cost.ts';

/** A question with what it reads and what that would cost. */
export interface Priced {
  readonly question: Question;
  readonly scan: Scan;
  readonly estimate: Estimate;
}

/** A narrower question with what it would cost; undefined where that could not be found out. */
export interface Weighed extends NarrowerQuestion {
  readonly estimate: Estimate | undefined;
}

/** Lines that cost less: most of them ask for less. */
export interface Cheaper {
  /** The cheapest first, each with its price: the first may be the same question, with its files fetched. */
  readonly lines: readonly FollowUp[];
  /** Whether it is known that asking for one interface alone would not cost less. */
  readonly sameForOneInterface: boolean;
}

const MOST = 3;
const CENT = 0.01;
/** As long as the id of an interface: a button shows some forty characters, and the price is the last of them. */
const LONGEST_PART = 21;

/**
 * Of narrower questions those that cost less than what was asked, of each flow log the first; one that reads nothing
 * answers nothing.
 */
export function cheaperLines(asked: Priced, weighed: readonly Weighed[]): Cheaper {
  const cheaper = weighed.flatMap(({ part, flowLog, question: { line }, estimate }) =>
    isCheaper(estimate, asked.estimate) ? [{ part, flowLog, line, dollars: estimate.dollars }] : [],
  );
  const isFirst = ({ flowLog }: (typeof cheaper)[number], index: number) =>
    cheaper.findIndex((each) => each.flowLog === flowLog) === index;
  const narrower = cheaper
    .filter(isFirst)
    .toSorted((one, other) => one.dollars - other.dollars)
    .map(({ part, line, dollars }) => ({ label: `Only ${shortened(part)}: ${inWords(dollars)}`, line }));
  return {
    lines: [...fetched(asked), ...narrower].slice(0, MOST),
    sameForOneInterface: isSameForOneInterface(asked, weighed),
  };
}

/** The whole question, with its files fetched. */
function fetched({ question, estimate: { fetchable } }: Priced): readonly FollowUp[] {
  if (fetchable === undefined) return [];
  const { line } = rewritten({ ...question, args: { ...question.args, engine: 'direct' } });
  return [{ label: `Fetch ${showBytes(fetchable.bytes)}: free`, line }];
}

function isCheaper(estimate: Estimate | undefined, than: Estimate): estimate is Estimate {
  return estimate !== undefined && estimate.bytes > 0 && estimate.dollars < than.dollars;
}

/** An interface within a flow log shares its files with the others: only those of another flow log can be left out. */
function isSameForOneInterface(
  { question: { query, args }, scan: { flowLogs = [], tables, insights }, estimate: asked }: Priced,
  weighed: readonly Weighed[],
): boolean {
  const isAsked =
    standardArguments(args).eni !== undefined || (flowLogs.length === 1 && flowLogs[0]?.eni !== undefined);
  const isKnown = flowLogs.length > 0 && flowLogs.length <= MOST_WEIGHED;
  // Of Logs Insights nothing is known but what it reads of the whole log group.
  if (insights !== undefined) return false;
  // What a table without a list of files leaves out is not known.
  if (tables.some(({ unlisted }) => unlisted !== undefined)) return false;
  if (isAsked || !isKnown || !Object.hasOwn(query.args, 'eni')) return false;
  return weighed
    .filter(({ flowLog }) => flowLog !== undefined)
    .every(({ estimate }) => estimate !== undefined && estimate.dollars >= asked.dollars);
}

function shortened(part: string): string {
  return part.length <= LONGEST_PART ? part : `${part.slice(0, LONGEST_PART - 1)}…`;
}

function inWords(dollars: number): string {
  if (dollars === 0) return 'free';
  return dollars < CENT ? 'under $0.01' : `about ${showCents(dollars)}`;
}

/** Looks for lines that cost less than what was asked. A line of unknown cost is not offered: never throws. */
export async function findCheaper(
  asked: Priced,
  weigh: (narrower: Question) => Promise<Estimate>,
): Promise<Cheaper> {
  const weighed = narrowerQuestions(asked.question, asked.scan.flowLogs ?? []).map(async (narrower) => ({
    ...narrower,
    estimate: await weigh(narrower.question).catch(() => undefined),
  }));
  return cheaperLines(asked, await Promise.all(weighed));
}

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
/** Each is estimated by listing its files: with many flow logs only the first ones are. */
const MOST_WEIGHED = 6;

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
  const byInterface =
    eni !== undefined && standardArguments(args).eni === undefined && Object.hasOwn(query.args, 'eni');
  return [
    ...(byInterface ? [{ part: eni, narrowed: { eni } }] : []),
    { part: name, narrowed: { in: name.toLowerCase() } },
  ].map(({ part, narrowed }) => ({
    part,
    flowLog: name,
    question: rewritten({ ...question, args: { ...args, ...narrowed } }),
  }));
}

/** The words of the window become its instants, so that the line means the same when it is pressed. */
function rewritten({ query, args, window, ...question }: Omit<Question, 'words' | 'line'>): Question {
  const words = { kind: 'between', ...window } as const;
  return { ...question, query, args, window, words, line: writeLine(query, args, words) };
}
