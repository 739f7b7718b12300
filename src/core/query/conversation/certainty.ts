import type { RecordedTraffic } from '../../lake/scan.ts';
import type { Coverage } from '../coverage.ts';
import { type Judgement, type Phrase, phrase } from '../finding.ts';
import type { JudgeContext } from '../query.ts';
import { type Conversation, mayBeDeleted } from './conversations.ts';
import type { SIGHTING_COLUMNS } from './sightings.ts';
import type { Stretch } from './stretches.ts';
import type { Parties } from './words.ts';

/** A conversation with what becomes of it now. */
interface Judged {
  readonly conversation: Conversation;
  readonly now: Stretch;
}

/** How sure a verdict is, in words that end its sentence, and what would show more. */
export type Limits = Required<
  Pick<Judgement<typeof SIGHTING_COLUMNS>['finding'], 'certainty' | 'wouldTell'>
> & {
  readonly words: Phrase;
};

/** What a flow log would have to record for a verdict to be sure. */
export const WOULD_TELL = {
  allTraffic: ['A flow log that records all traffic would show whether it was rejected.'],
  knownTraffic: ['A flow log that is known to record rejected traffic too would rule a rejection out.'],
  flags: [
    'The field tcp-flags in the format of the flow log would tell answers from refusals and late packets.',
  ],
} as const satisfies Readonly<Record<string, Phrase>>;

/** What keeps the verdict on a conversation from being certain, and what would show more. */
export function limitsOn(
  { now, conversation }: Judged,
  parties: Parties,
  { coverage, more, subjects }: Pick<JudgeContext, 'coverage' | 'more' | 'subjects'>,
  seesRejections: boolean,
): Limits {
  const { state, at: place } = now.verdict;
  const traffic = recordedTraffic(coverage);
  const silent = state === 'unanswered' || state === 'not seen' || state === 'not recorded';
  if (silent && traffic === 'accepted')
    return {
      words: [' Rejected packets are not recorded here, so that it may have been rejected.'],
      certainty: 'unknown',
      wouldTell: [WOULD_TELL.allTraffic],
    };
  if (traffic === 'rejected')
    return {
      words: [' Accepted packets are not recorded here.'],
      certainty: 'likely',
      wouldTell: [['A flow log that records all traffic would show what was accepted and answered.']],
    };
  if (state === 'not recorded' || state === 'unknown')
    return {
      words: [],
      certainty: 'unknown',
      wouldTell: [
        phrase`A flow log on the interface or the subnet of ${parties.server} would show whether they arrive.`,
      ],
    };
  const isUnanswered = state === 'unanswered';
  const doubtful = { conversation, place, silent, isUnanswered, seesRejections, traffic };
  const unsure = doubtsOn(doubtful, parties, subjects);
  return {
    words: more ? [' There are more records than could be judged: ask a shorter window.'] : [],
    certainty:
      more || unsure.length > 0 || state === 'mixed' || (silent && !isAbsenceRead(coverage, now.firstSeconds))
        ? 'likely'
        : 'proven',
    wouldTell: unsure,
  };
}

/** What a verdict depends on that the records do not show, as what would show it. */
function doubtsOn(
  { conversation, place, silent, isUnanswered, seesRejections, traffic }: Doubtful,
  { client, server }: Parties,
  subjects: JudgeContext['subjects'],
): readonly Phrase[] {
  const rejecting = place === 'client' ? client : place === 'server' ? server : undefined;
  const subject = subjects.find(({ said }) => said === rejecting?.address);
  return [
    ...(rejecting !== undefined && subject !== undefined && mayBeDeleted(subject)
      ? [
          phrase`EC2 lists no interface of ${rejecting} now: AWS Config's history of the one in the records would show whether it was its own or a gateway's.`,
        ]
      : []),
    // A host with two interfaces may answer through the other one.
    ...(isUnanswered && !isRecordedAtClient(conversation)
      ? [
          phrase`A flow log on the interface of ${client} would show whether a reply came by another way than through the interface of ${server} that was asked.`,
        ]
      : []),
    // A folder does not say what its flow logs record.
    ...(silent && traffic === undefined && !seesRejections ? [WOULD_TELL.knownTraffic] : []),
    ...(place === 'unknown' || hasNoDirections(conversation)
      ? [
          [
            'The field flow-direction in the format of the flow log would show at which interface, and which way.',
          ],
        ]
      : []),
    ...(hasNoFlags(conversation) ? [WOULD_TELL.flags] : []),
  ];
}

interface Doubtful {
  readonly conversation: Conversation;
  readonly place: Stretch['verdict']['at'];
  readonly silent: boolean;
  readonly isUnanswered: boolean;
  readonly seesRejections: boolean;
  readonly traffic: RecordedTraffic | undefined;
}

/** What arrives within a minute of another packet may be in a record of the next one, in seconds. */
const AFTER_SECONDS = 60;

/**
 * Whether an absence from an instant on is one of packets and not of records: all was read, or all but what is not
 * delivered yet, which the answer says anyway.
 */
export function isAbsenceRead(coverage: Coverage, fromSeconds: number): boolean {
  const { complete, completeUpTo, doubts, flowLogs } = coverage;
  if (complete) return true;
  const states = new Set(flowLogs.flatMap(({ slots }) => slots.map(({ state }) => state)));
  const isLateAlone = doubts.length === 1 && states.has('late') && !states.has('missing');
  if (!isLateAlone || completeUpTo === undefined) return false;
  return completeUpTo.getTime() / 1000 > fromSeconds + AFTER_SECONDS;
}

/** Which traffic the flow logs that were read record together; undefined where that is not known. */
export function recordedTraffic({ flowLogs }: Coverage): RecordedTraffic | undefined {
  const kinds = new Set(flowLogs.map(({ traffic }) => traffic));
  const [only] = kinds;
  if (kinds.size === 1) return only;
  return kinds.has('all') || (kinds.has('accepted') && kinds.has('rejected')) ? 'all' : undefined;
}

const TCP = 6;

function isRecordedAtClient({ sightings }: Conversation): boolean {
  return sightings.some(({ end }) => end === 'client');
}

function hasNoFlags({ protocol, sightings }: Conversation): boolean {
  return protocol === TCP && sightings.every(({ row }) => row.flags === 'unrecorded');
}

function hasNoDirections({ sightings }: Conversation): boolean {
  return sightings.every(({ row }) => row.direction === 'unknown');
}
