import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Evidence,
  type Seen,
  type SeenAt,
  type Verdict,
  verdictOn,
} from '../../../../src/core/query/conversation/verdict.ts';

const NONE: SeenAt = { client: 'none', server: 'none', elsewhere: 'none' };

interface Shown {
  readonly request?: Partial<SeenAt>;
  readonly reply?: Partial<SeenAt>;
  readonly isClientRecorded?: boolean;
  readonly isServerRecorded?: boolean;
}

function evidence({ request, reply, isClientRecorded, isServerRecorded }: Shown): Evidence {
  return {
    request: { ...NONE, ...request },
    reply: { ...NONE, ...reply },
    isClientRecorded,
    isServerRecorded,
  };
}

const LET_THROUGH = { client: 'accepted', server: 'accepted' } as const;

it.each<readonly [title: string, shown: Shown, verdict: Verdict]>([
  [
    'a request that the client does not let out',
    { request: { client: 'rejected' } },
    { state: 'rejected', at: 'client', side: 'leaving' },
  ],
  [
    'a request that the server does not let in',
    { request: { client: 'accepted', server: 'rejected' } },
    { state: 'rejected', at: 'server', side: 'arriving' },
  ],
  [
    'a request that some other interface rejects',
    { request: { client: 'accepted', elsewhere: 'rejected' } },
    { state: 'rejected', at: 'unknown' },
  ],
  [
    'a reply that the server does not let out',
    { request: LET_THROUGH, reply: { server: 'rejected' } },
    { state: 'reply rejected', at: 'server', side: 'leaving' },
  ],
  [
    'a reply that the client does not let in',
    { request: LET_THROUGH, reply: { server: 'accepted', client: 'rejected' } },
    { state: 'reply rejected', at: 'client', side: 'arriving' },
  ],
  [
    'a reply that some other interface rejects',
    { request: LET_THROUGH, reply: { server: 'accepted', elsewhere: 'rejected' } },
    { state: 'reply rejected', at: 'unknown' },
  ],
  ['a reply that arrives', { request: LET_THROUGH, reply: LET_THROUGH }, { state: 'answered' }],
  [
    'resets that arrive',
    { request: LET_THROUGH, reply: { server: 'resets', client: 'resets' } },
    { state: 'refused' },
  ],
  [
    'a reply that leaves and does not arrive where others do',
    { request: LET_THROUGH, reply: { server: 'accepted' }, isClientRecorded: true },
    { state: 'not seen', at: 'client' },
  ],
  [
    'a reply that leaves for a client that is not recorded',
    { request: { server: 'accepted' }, reply: { server: 'accepted' } },
    { state: 'answered' },
  ],
  [
    'resets that leave for a client that is not recorded',
    { request: { server: 'accepted' }, reply: { server: 'resets' } },
    { state: 'refused' },
  ],
  [
    'a request that arrives, and nothing that leaves',
    { request: LET_THROUGH, isServerRecorded: true },
    { state: 'unanswered' },
  ],
  [
    'a request that leaves and does not arrive where others do',
    { request: { client: 'accepted' }, isServerRecorded: true },
    { state: 'not seen', at: 'server' },
  ],
  [
    'a request that leaves for a server that is not recorded',
    { request: { client: 'accepted' } },
    { state: 'not recorded', at: 'server' },
  ],
  [
    'a request that is only seen on its way',
    { request: { elsewhere: 'accepted' } },
    { state: 'not recorded', at: 'unknown' },
  ],
  ['nothing', {}, { state: 'unknown' }],
])('the verdict on %s is found', (_, shown, verdict) => {
  expect(verdictOn(evidence(shown))).toEqual(verdict);
});

const seen = fc.constantFrom<Seen>('none', 'accepted', 'resets', 'rejected');
const seenAt = fc.record({ client: seen, server: seen, elsewhere: seen });
const known = fc.constantFrom(true, false, undefined);

it('a verdict claims a rejection exactly where one was recorded', () => {
  fc.assert(
    fc.property(
      fc.record({ request: seenAt, reply: seenAt, isClientRecorded: known, isServerRecorded: known }),
      (all) => {
        const isRejected = [...Object.values(all.request), ...Object.values(all.reply)].includes('rejected');
        expect(/rejected/.test(verdictOn(all).state)).toBe(isRejected);
      },
    ),
  );
});

it('a verdict says that a server is silent only where its interface is known to record', () => {
  fc.assert(
    fc.property(
      fc.record({ request: seenAt, reply: seenAt, isClientRecorded: known, isServerRecorded: known }),
      (all) => {
        const { state, at } = verdictOn(all);
        if (state === 'not seen' && at === 'server') expect(all.isServerRecorded).toBe(true);
        if (state === 'not seen' && at === 'client') expect(all.isClientRecorded).toBe(true);
      },
    ),
  );
});
