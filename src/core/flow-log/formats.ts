import { DEFAULT_FORMAT, FIELD_NAMES, FIELDS, type FieldName } from './fields.ts';

/** Only on Outposts, in Wavelength and Local Zones; `-` everywhere else. */
const SUBLOCATION = new Set<FieldName>(['sublocation-type', 'sublocation-id']);

/**
 * Every field that helps an investigation: the real addresses behind NAT, who opened a connection, which way and by
 * which path it went, whose it is, and why it was refused.
 */
export const INVESTIGATION_FORMAT: readonly FieldName[] = [
  ...FIELD_NAMES.filter((name) => FIELDS[name].version <= 5 && !SUBLOCATION.has(name)),
  'reject-reason',
];

/**
 * All that AWS records of every VPC. ECS fields (version 7) are refused where there is no cluster, and tags (version
 * 11) must be named one by one: both can be listed by name.
 */
export const FULL_FORMAT: readonly FieldName[] = FIELD_NAMES.filter(
  (name) => FIELDS[name].version !== 7 && FIELDS[name].version !== 11,
);

/** The formats that have a name. */
export const NAMED_FORMATS = {
  useful: INVESTIGATION_FORMAT,
  default: DEFAULT_FORMAT,
  full: FULL_FORMAT,
} as const;
