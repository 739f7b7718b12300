import type { State } from '../finding.ts';

/** Which side of a conversation an interface is at; `between` for one that passes it on, `unknown` where nothing shows it. */
export type End = 'client' | 'server' | 'between' | 'unknown';

/** What was recorded of one direction at one place: nothing, only accepted packets, or rejected ones. */
export type Seen = 'none' | 'accepted' | 'resets' | 'rejected';

/** What was recorded of one direction at the client's interface, at the server's, and at any other. */
export interface SeenAt {
  readonly client: Seen;
  readonly server: Seen;
  readonly elsewhere: Seen;
}

/** What the interfaces recorded of a conversation in a short time. */
export interface Evidence {
  readonly request: SeenAt;
  readonly reply: SeenAt;
  /** Whether the client's interface recorded anything then; undefined where that is not known. */
  readonly isClientRecorded: boolean | undefined;
  readonly isServerRecorded: boolean | undefined;
}

/** What became of a conversation, and at whose interface. */
export interface Verdict {
  readonly state: State;
  /** Where it was rejected, or did not arrive; left out where the state has no place. */
  readonly at?: End;
  readonly side?: 'arriving' | 'leaving';
}

interface Row extends Verdict {
  readonly when: (evidence: Evidence) => boolean;
}

/**
 * What the records of both directions mean: the first row that holds. A rejection is what stops a conversation, so that it
 * comes before an acceptance elsewhere; a reply that arrives comes before the absence of a record.
 */
const DECISIONS: readonly Row[] = [
  { state: 'rejected', at: 'client', side: 'leaving', when: ({ request }) => request.client === 'rejected' },
  { state: 'rejected', at: 'server', side: 'arriving', when: ({ request }) => request.server === 'rejected' },
  { state: 'rejected', at: 'unknown', when: ({ request }) => request.elsewhere === 'rejected' },
  {
    state: 'reply rejected',
    at: 'server',
    side: 'leaving',
    when: ({ reply }) => reply.server === 'rejected',
  },
  {
    state: 'reply rejected',
    at: 'client',
    side: 'arriving',
    when: ({ reply }) => reply.client === 'rejected',
  },
  { state: 'reply rejected', at: 'unknown', when: ({ reply }) => reply.elsewhere === 'rejected' },
  { state: 'answered', when: ({ reply }) => reply.client === 'accepted' },
  { state: 'refused', when: ({ reply }) => reply.client === 'resets' },
  { state: 'not seen', at: 'client', when: (it) => isOnlySentBack(it) && it.isClientRecorded === true },
  { state: 'answered', when: ({ reply }) => reply.server === 'accepted' || reply.elsewhere === 'accepted' },
  { state: 'refused', when: ({ reply }) => reply.server === 'resets' || reply.elsewhere === 'resets' },
  {
    state: 'unanswered',
    when: ({ request, isServerRecorded }) => request.server === 'accepted' && isServerRecorded === true,
  },
  {
    state: 'not seen',
    at: 'server',
    when: ({ request, isServerRecorded }) => request.client === 'accepted' && isServerRecorded === true,
  },
  { state: 'not recorded', at: 'server', when: ({ request }) => request.client === 'accepted' },
  { state: 'not recorded', at: 'unknown', when: ({ request }) => request.elsewhere === 'accepted' },
];

/** What the records of a conversation mean; `unknown` where none of its packets was recorded. */
export function verdictOn(evidence: Evidence): Verdict {
  const decided = DECISIONS.find(({ when }) => when(evidence));
  if (decided === undefined) return { state: 'unknown' };
  const { when: _when, ...verdict } = decided;
  return verdict;
}

/** A reply that left the server's interface, and that no interface nearer to the client recorded. */
function isOnlySentBack({ reply }: Evidence): boolean {
  const left = reply.server === 'accepted' || reply.server === 'resets';
  return left && reply.client === 'none' && reply.elsewhere === 'none';
}
