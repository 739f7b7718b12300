import { flow, NOON, type PlainRecord, silence } from '../support/flow.ts';
import { lineOf } from '../support/write-lake.ts';

/** The fields of a planted lake: nothing that an answer needs is missing, unless a case takes it away. */
export const FIELDS: readonly string[] =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags pkt-srcaddr pkt-dstaddr flow-direction vpc-id'.split(
    ' ',
  );

/** The half hour that is asked about, and what its files reach to: ten minutes more. */
export const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';
export const WINDOW_SECONDS = 1_800;

export const OURS = '10.0.1.5';
export const OUR_ENI = 'eni-0a0a0a0a0a0a0a0a0';
export const THEIRS = '10.0.2.7';
export const THEIR_ENI = 'eni-0b0b0b0b0b0b0b0b0';

/** A record of our interface, as it is written with all fields. */
export function seen(second: number, changes: PlainRecord = {}): PlainRecord {
  const { srcaddr = '203.0.113.9', dstaddr = OURS } = changes;
  return flow(NOON + second, {
    'tcp-flags': 3,
    srcaddr,
    dstaddr,
    'pkt-srcaddr': srcaddr,
    'pkt-dstaddr': dstaddr,
    'flow-direction': dstaddr === OURS ? 'ingress' : 'egress',
    'vpc-id': 'vpc-1',
    ...changes,
  });
}

/** What AWS recorded of the traffic that a question is about: where it is in the lake, it is found. */
export function wanted(second: number, changes: PlainRecord = {}): PlainRecord {
  return seen(second, { dstport: 9_999, srcport: 51_000, ...changes });
}

/** The usual traffic of two interfaces, accepted and rejected, in every slot from before the window to after it. */
export function usual(from = -600, to = 3_000): readonly PlainRecord[] {
  const slots = Array.from({ length: (to - from) / 300 }, (_, index) => from + index * 300 + 100);
  return slots.flatMap((second) => [
    seen(second),
    seen(second, { action: 'REJECT', dstport: 23, srcaddr: '198.51.100.66', 'pkt-srcaddr': '198.51.100.66' }),
    seen(second, {
      srcaddr: OURS,
      'pkt-srcaddr': OURS,
      dstaddr: '203.0.113.9',
      'pkt-dstaddr': '203.0.113.9',
    }),
    ...[THEIRS].flatMap((address) => [
      seen(second, {
        dstaddr: address,
        'pkt-dstaddr': address,
        'interface-id': THEIR_ENI,
        'flow-direction': 'ingress',
      }),
      seen(second, {
        srcaddr: address,
        'pkt-srcaddr': address,
        dstaddr: '198.51.100.20',
        'pkt-dstaddr': '198.51.100.20',
        'interface-id': THEIR_ENI,
      }),
    ]),
  ]);
}

/** AWS's record that it lost flows of an interface. */
export function lost(second: number, interfaceId: string): PlainRecord {
  return { ...silence(NOON + second, 'SKIPDATA'), 'interface-id': interfaceId };
}

/** Records outside of some slots, by the second in which those began. */
export function without(
  records: readonly PlainRecord[],
  ...slots: readonly number[]
): readonly PlainRecord[] {
  const gone = new Set(slots.map((second) => NOON + second));
  return records.filter(({ end }) => !gone.has(Math.floor(Number(end) / 300) * 300));
}

/** Lines of a log, well formed or not. */
export function lines(records: readonly PlainRecord[]): readonly string[] {
  return records.map((record) => lineOf(record, FIELDS));
}
