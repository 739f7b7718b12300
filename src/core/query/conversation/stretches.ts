import type { Conversation, RecordedEnd, Sighting } from './conversations.ts';
import { type Evidence, type Seen, type SeenAt, type Verdict, verdictOn } from './verdict.ts';

/** A time in which one thing became of a conversation. */
export interface Stretch {
  readonly verdict: Verdict;
  /** The first packet and the last that show it, in epoch seconds. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** The sightings that show it. */
  readonly sightings: readonly Sighting[];
}

/** Interfaces write the same packet down within a minute of each other, and packets of one exchange into two records. */
const SLACK_SECONDS = 60;

/** A connection that is still used has more of them than those that are left over. */
const MOST_LATE_PACKETS_PER_RECORD = 3;

/**
 * What became of a conversation over time: stretches in their order, with what changed from one to the next. Where two
 * outcomes alternate all the time, that is one stretch, which is `mixed`.
 */
export function stretchesOf(
  { client, sightings }: Conversation,
  recorded: readonly RecordedEnd[],
): readonly Stretch[] {
  const isClientRecorded =
    sightings.some(({ end }) => end === 'client') || recorded.some(({ end }) => end === client);
  const outcomeOf = outcomesWhere(isClientRecorded);
  const counted = withoutLate(withoutCut(sightings), outcomeOf).toSorted(
    (a, b) => a.firstSeconds - b.firstSeconds,
  );
  // What ends connections says nothing of what became of requests.
  if (counted.length === 0) return [joinedSightings(sightings, { state: 'unknown' })];
  const deciding = counted.filter((sighting) => decides(sighting, counted, outcomeOf));
  const stretches = deciding.map((sighting) => {
    const near = counted.filter(
      (other) =>
        isNear(sighting, other) && (other === sighting || agree(outcomeOf(sighting), outcomeOf(other))),
    );
    const verdict = verdictOn(evidenceOf(near, sighting, client, recorded));
    const { firstSeconds, lastSeconds } = sighting;
    return { verdict, firstSeconds, lastSeconds, sightings: near };
  });
  return smoothed(runsOf(stretches));
}

/**
 * What a sighting shows by itself. Undefined where it is a packet that was let through on its way: a request, and a reply
 * that left the server, where the client's interface shows whether it arrived.
 */
type Outcome = 'answered' | 'refused' | 'rejected';

type OutcomeOf = (sighting: Sighting) => Outcome | undefined;

function outcomesWhere(isClientRecorded: boolean): OutcomeOf {
  return ({ row, way, end }) => {
    if (row.action === 'REJECT') return 'rejected';
    if (way === 'request' || (isClientRecorded && end === 'server')) return undefined;
    return row.flags === 'resets' ? 'refused' : 'answered';
  };
}

function isNear(one: Sighting, other: Sighting): boolean {
  return overlap(one, other, SLACK_SECONDS);
}

function overlap(one: Sighting, other: Sighting, slackSeconds: number): boolean {
  return (
    other.firstSeconds <= one.lastSeconds + slackSeconds &&
    other.lastSeconds >= one.firstSeconds - slackSeconds
  );
}

/** Whether two sightings can be of the same outcome: a request fits to each. */
function agree(one: Outcome | undefined, other: Outcome | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** A sighting decides when it has an outcome, or is a request that no outcome explains. */
function decides(sighting: Sighting, all: readonly Sighting[], outcomeOf: OutcomeOf): boolean {
  if (outcomeOf(sighting) !== undefined) return true;
  return !all.some((other) => outcomeOf(other) !== undefined && isNear(sighting, other));
}

/** So long after a close its last packets may come, in seconds: TCP gives up repeating them after a quarter of an hour. */
const LATE_SECONDS = 900;

/**
 * Without the packets that came after their connection was closed: AWS rejects them, and they say nothing of new ones. They
 * are few, ask for no connection, and come behind answers. A reset alone is a refusal only of a request: it ends
 * connections too.
 */
function withoutLate(sightings: readonly Sighting[], outcomeOf: OutcomeOf): readonly Sighting[] {
  const answers = sightings.filter(({ row, way }) => {
    return way === 'reply' && row.action === 'ACCEPT' && row.flags !== 'resets';
  });
  const requests = sightings.filter(({ way, row: { flags } }) => way === 'request' && flags === 'opens');
  return sightings.filter((sighting) => {
    const { row, way } = sighting;
    if (outcomeOf(sighting) === 'rejected') return !isLate(sighting, answers);
    if (row.flags !== 'resets' || way === 'request') return true;
    const goesOn = answers.some(
      (answer) => isNear(sighting, answer) && answer.lastSeconds >= sighting.firstSeconds,
    );
    return !goesOn && requests.some((request) => overlap(sighting, request, SYN_SECONDS));
  });
}

/** A refusal follows its request within these seconds. */
const SYN_SECONDS = 5;

function isLate({ row, firstSeconds }: Sighting, answers: readonly Sighting[]): boolean {
  if (row.flags !== 'plain' && row.flags !== 'resets') return false;
  if (Number(row.packets ?? 0) > MOST_LATE_PACKETS_PER_RECORD * Number(row.records)) return false;
  return answers.some(
    (answer) => answer.firstSeconds <= firstSeconds && answer.lastSeconds >= firstSeconds - LATE_SECONDS,
  );
}

/** Without data that was sent on a connection that was no more, and was answered by a reset. */
function withoutCut(sightings: readonly Sighting[]): readonly Sighting[] {
  const opens = sightings.filter(({ way, row }) => way === 'request' && row.flags === 'opens');
  const resets = sightings.filter(
    (sighting) =>
      sighting.way === 'reply' &&
      sighting.row.flags === 'resets' &&
      !opens.some((request) => overlap(sighting, request, SYN_SECONDS)),
  );
  return sightings.filter((sighting) => {
    const isData = sighting.way === 'request' && sighting.row.flags === 'plain';
    return !isData || !resets.some((reset) => overlap(sighting, reset, SYN_SECONDS));
  });
}

/** What was seen at each place around a sighting. */
function evidenceOf(
  near: readonly Sighting[],
  { firstSeconds, lastSeconds }: Sighting,
  client: 'a' | 'b',
  recorded: readonly RecordedEnd[],
): Evidence {
  const isRecorded = (whose: 'client' | 'server') =>
    near.some(({ end }) => end === whose) ||
    recorded.some(
      (each) =>
        (each.end === client) === (whose === 'client') &&
        each.firstSeconds <= lastSeconds + SLACK_SECONDS &&
        each.lastSeconds >= firstSeconds - SLACK_SECONDS,
    )
      ? true
      : undefined;
  return {
    request: seenOf(near, 'request'),
    reply: seenOf(near, 'reply'),
    isClientRecorded: isRecorded('client'),
    isServerRecorded: isRecorded('server'),
  };
}

function seenOf(near: readonly Sighting[], way: Sighting['way']): SeenAt {
  const own = near.filter((sighting) => sighting.way === way);
  const at = (ends: readonly Sighting['end'][]) => strongest(own.filter(({ end }) => ends.includes(end)));
  return { client: at(['client']), server: at(['server']), elsewhere: at(['between', 'unknown']) };
}

function strongest(sightings: readonly Sighting[]): Seen {
  if (sightings.length === 0) return 'none';
  if (sightings.some(({ row }) => row.action === 'REJECT')) return 'rejected';
  return sightings.every(({ row }) => row.flags === 'resets') ? 'resets' : 'accepted';
}

/** Neighbours with the same verdict are one stretch. */
function runsOf(stretches: readonly Stretch[]): readonly Stretch[] {
  const runs: Stretch[] = [];
  for (const stretch of stretches) {
    const last = runs.at(-1);
    if (last === undefined || !isSame(last.verdict, stretch.verdict)) runs.push(stretch);
    else runs[runs.length - 1] = joined([last, stretch], last.verdict);
  }
  return runs;
}

function isSame(one: Verdict, other: Verdict): boolean {
  return one.state === other.state && one.at === other.at && one.side === other.side;
}

function joinedSightings(sightings: readonly Sighting[], verdict: Verdict): Stretch {
  return joined(
    sightings.map((sighting) => ({ ...sighting, verdict, sightings: [sighting] })),
    verdict,
  );
}

function joined(stretches: readonly Stretch[], verdict: Verdict): Stretch {
  return {
    verdict,
    firstSeconds: Math.min(...stretches.map(({ firstSeconds }) => firstSeconds)),
    lastSeconds: Math.max(...stretches.map(({ lastSeconds }) => lastSeconds)),
    sightings: [...new Set(stretches.flatMap(({ sightings }) => sightings))],
  };
}

/** More runs than these are no changes, but one outcome for some and another for others. */
const MOST_RUNS = 4;

/** So long must the last outcome have been the only one to be called a change, in seconds. */
const SETTLED_SECONDS = 120;

/** An outcome that comes and goes is one stretch; what came of it in the end is another. */
function smoothed(runs: readonly Stretch[]): readonly Stretch[] {
  const last = runs.at(-1);
  if (
    last === undefined ||
    (runs.length <= MOST_RUNS && !runs.some((run, index) => isBlurred(run, runs[index + 1])))
  )
    return runs;
  const before = runs.slice(0, -1);
  const settledSince = Math.max(...before.map(({ lastSeconds }) => lastSeconds));
  if (last.lastSeconds - Math.max(settledSince, last.firstSeconds) < SETTLED_SECONDS)
    return [joined(runs, { state: 'mixed' })];
  const [first] = before;
  const isOne = first !== undefined && before.every(({ verdict }) => isSame(verdict, first.verdict));
  return [joined(before, isOne ? first.verdict : { state: 'mixed' }), last];
}

/** Whether two neighbours went on at the same time, for longer than records blur. */
function isBlurred(run: Stretch, next: Stretch | undefined): boolean {
  return next !== undefined && run.lastSeconds - next.firstSeconds > 2 * SLACK_SECONDS;
}
