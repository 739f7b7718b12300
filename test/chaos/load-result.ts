import { groupBy } from '../../src/core/group-by.ts';
import { isWorkedOn, type LoadRun } from './load.ts';
import { LOUD_PERSON, SLOW_CHANNEL } from './load-lines.ts';
import type { Sent } from './signed-load.ts';

/** What a load came to. Times are in milliseconds. */
export interface LoadResult {
  readonly commands: number;
  readonly ackP50: number;
  readonly ackP99: number;
  readonly ackMax: number;
  /** Later than Slack waits. */
  readonly lateAcks: number;
  readonly questions: number;
  readonly answered: number;
  /** In a sentence, as the acknowledgement. */
  readonly refusedAtOnce: number;
  /** In a sentence, later: the time was over, or it failed. */
  readonly toldWhyNot: number;
  /** Without an answer and without a word. */
  readonly hanging: number;
  readonly longestBlock: number;
  readonly blocksOver50: number;
}

/** Who waited how long, and which share of the questions of a channel or a person was answered. */
export interface LoadShare {
  readonly who: string;
  readonly questions: number;
  readonly answered: number;
  readonly refusedAtOnce: number;
  readonly waitP50: number;
  readonly waitP99: number;
}

type Fate = 'answered' | 'refused' | 'told' | 'hanging';
interface Followed {
  readonly sent: Sent;
  readonly fate: Fate;
  readonly waitMs: number;
}

const SLACK_WAITS_MS = 3_000;
const [LONGEST_BLOCK_MS, HIGHEST_P99_MS] = [50, 100] as const;

/** Counts what became of all that was sent. */
export function resultOf(run: LoadRun): LoadResult {
  const acks = run.sent.map(({ ackMs }) => ackMs);
  const followed = follow(run);
  const count = (fate: Fate) => followed.filter((each) => each.fate === fate).length;
  return {
    commands: run.sent.length,
    ackP50: percentile(acks, 50),
    ackP99: percentile(acks, 99),
    ackMax: percentile(acks, 100),
    lateAcks: acks.filter((ms) => ms > SLACK_WAITS_MS).length,
    questions: followed.length,
    answered: count('answered'),
    refusedAtOnce: count('refused'),
    toldWhyNot: count('told'),
    hanging: count('hanging'),
    longestBlock: Math.round(run.blocksMs[0] ?? 0),
    blocksOver50: run.blocksMs.filter((ms) => ms > LONGEST_BLOCK_MS).length,
  };
}

/** The promises that were not kept, in words; those of times only where the machine does nothing else. */
export function brokenPromises(result: LoadResult, isTimed: boolean): readonly string[] {
  const { lateAcks, ackP99, hanging, longestBlock } = result;
  return [
    lateAcks > 0 && `${lateAcks} acknowledgements came after more than ${SLACK_WAITS_MS} ms`,
    isTimed && ackP99 > HIGHEST_P99_MS && `1 of 100 acknowledgements took more than ${ackP99} ms`,
    hanging > 0 && `${hanging} questions ended without a word`,
    isTimed && longestBlock > LONGEST_BLOCK_MS && `the event loop was blocked for ${longestBlock} ms`,
  ].filter((words) => words !== false);
}

/** The person who asks a hundred questions, those who ask a few in the same channel, in the slow one, and in the others. */
export function sharesOf(run: LoadRun): readonly LoadShare[] {
  const followed = follow(run);
  const loud = followed.find(({ sent }) => sent.person === LOUD_PERSON)?.sent.channel;
  const isLoud = ({ sent }: Followed) => sent.person === LOUD_PERSON;
  const groups: readonly (readonly [string, (each: Followed) => boolean])[] = [
    ['who asks a third of all', isLoud],
    ['others in that channel', (each) => !isLoud(each) && each.sent.channel === loud],
    ['in the slow channel', ({ sent }) => sent.channel === SLOW_CHANNEL],
    ['in other channels', ({ sent }) => sent.channel !== loud && sent.channel !== SLOW_CHANNEL],
  ];
  return groups.map(([who, isOf]) => shareOf(who, followed.filter(isOf)));
}

function shareOf(who: string, followed: readonly Followed[]): LoadShare {
  const answered = followed.filter(({ fate }) => fate === 'answered');
  const waits = answered.map(({ waitMs }) => waitMs);
  return {
    who,
    questions: followed.length,
    answered: answered.length,
    refusedAtOnce: followed.filter(({ fate }) => fate === 'refused').length,
    waitP50: percentile(waits, 50),
    waitP99: percentile(waits, 99),
  };
}

function follow({ sent, slack }: LoadRun): readonly Followed[] {
  const byRequest = groupBy(slack.messages, ({ request }) => request);
  return sent
    .filter(({ kind }) => kind === 'question')
    .map((each): Followed => {
      const messages = byRequest.get(each.id) ?? [];
      const answer = messages.find(({ part }) => part === 'answer');
      const status = messages.find(({ part }) => part === 'status');
      const waitMs = (answer ?? status)?.changedMs ?? Number.NaN;
      const fate = fateOf(each, status?.text, answer !== undefined);
      return { sent: each, fate, waitMs: waitMs - each.atMs };
    });
}

function fateOf({ reply }: Sent, status: string | undefined, isAnswered: boolean): Fate {
  if (reply !== '') return 'refused';
  if (status === undefined || isWorkedOn(status)) return 'hanging';
  return isAnswered ? 'answered' : 'told';
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1);
  return Math.round(sorted[Math.max(at, 0)] ?? 0);
}
