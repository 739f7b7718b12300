import { DEFAULT_FORMAT, FIELD_NAMES, FIELDS, type FieldName } from './fields.ts';

const FIELD = /\$\{([^}]*)\}/g;

/**
 * Field names out of a flow log's `LogFormat`, `${version} ${account-id} …`, in the order in which they are written;
 * names that we do not know stay. Without a format it is the default one.
 */
export function fieldsOfFormat(format: string | undefined): readonly string[] {
  const fields = [...(format ?? '').matchAll(FIELD)].map(([, name = '']) => name.trim());
  return fields.length > 0 ? fields : DEFAULT_FORMAT;
}

/** The `LogFormat` under which fields are written in this order. */
export function formatOfFields(fields: readonly string[]): string {
  return fields.map((field) => `\${${field}}`).join(' ');
}

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
const FULL_FORMAT: readonly FieldName[] = FIELD_NAMES.filter(
  (name) => FIELDS[name].version !== 7 && FIELDS[name].version !== 11,
);

/** The formats that have a name. */
export const NAMED_FORMATS = {
  useful: INVESTIGATION_FORMAT,
  default: DEFAULT_FORMAT,
  full: FULL_FORMAT,
} as const;
