import type { FieldName } from './fields.ts';

/** What only a record of traffic has: the others have `-` there. */
export const TRAFFIC_FIELDS = [
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'action',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
] as const satisfies readonly FieldName[];
