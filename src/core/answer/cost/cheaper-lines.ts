import type { Scan } from '../../ports/scan.ts';
import type { FollowUp } from '../../query.ts';
import type { Question } from '../../question.ts';
import type { Estimate } from './estimate.ts';
import { MOST_WEIGHED, type NarrowerQuestion } from './narrower-questions.ts';

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

/** Lines that ask for less and cost less. */
export interface Cheaper {
  /** The cheapest first, each with its price. */
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
  return {
    lines: cheaper
      .filter(isFirst)
      .toSorted((one, other) => one.dollars - other.dollars)
      .slice(0, MOST)
      .map(({ part, line, dollars }) => ({ label: `Only ${shortened(part)}: ${inWords(dollars)}`, line })),
    sameForOneInterface: isSameForOneInterface(asked, weighed),
  };
}

function isCheaper(estimate: Estimate | undefined, than: Estimate): estimate is Estimate {
  return estimate !== undefined && estimate.bytes > 0 && estimate.dollars < than.dollars;
}

/** An interface within a flow log shares its files with the others: only those of another flow log can be left out. */
function isSameForOneInterface(
  { question: { query, args }, scan: { flowLogs = [] }, estimate: asked }: Priced,
  weighed: readonly Weighed[],
): boolean {
  const isAsked = args.eni !== undefined || (flowLogs.length === 1 && flowLogs[0]?.eni !== undefined);
  const isKnown = flowLogs.length > 0 && flowLogs.length <= MOST_WEIGHED;
  if (isAsked || !isKnown || !Object.hasOwn(query.args, 'eni')) return false;
  return weighed
    .filter(({ flowLog }) => flowLog !== undefined)
    .every(({ estimate }) => estimate !== undefined && estimate.dollars >= asked.dollars);
}

function shortened(part: string): string {
  return part.length <= LONGEST_PART ? part : `${part.slice(0, LONGEST_PART - 1)}…`;
}

function inWords(dollars: number): string {
  return dollars < CENT ? 'under $0.01' : `about $${dollars.toFixed(2)}`;
}
