import { columnName, FIELD_NAMES } from '../../core/flow-log/fields.ts';

const BY_COLUMN: ReadonlyMap<string, string> = new Map(
  FIELD_NAMES.map((field) => [columnName(field), field]),
);

/**
 * The field that a header's word or a column names, in whatever case it is written, with hyphens or underscores: the
 * same name from text and from Parquet, also of a field that flowlog does not know.
 */
export function fieldName(word: string): string {
  const column = columnName(word);
  return BY_COLUMN.get(column) ?? column.replaceAll('_', '-');
}

/** The first of these names that means the same field as an earlier one, so that one column would have to hold both. */
export function namedTwice(names: readonly string[]): string | undefined {
  const fields = names.map(fieldName);
  return names.find((_, index) => fields.indexOf(fields[index] ?? '') !== index);
}

const TRANSIT_GATEWAY = 'is a transit gateway flow log, which flowlog does not read';

/** The fields that only a transit gateway's flow log has; any of them may be left out of a custom format. */
const TRANSIT_GATEWAY_FIELD = /^(?:tgw-|packets-lost-)/;

/** Flow logs of a VPC have no version 6: it is that of a transit gateway's. */
const TRANSIT_GATEWAY_VERSION = '6';
const TRANSIT_GATEWAY_RESOURCE = /^TransitGateway/;

/** Without them a record has no time, and belongs to no window. */
const TIMES = ['start', 'end'] as const;

/** Why a file with these fields is not read, in words for people; undefined when it is. */
export function refuseFields(fields: readonly string[]): string | undefined {
  if (fields.some((field) => TRANSIT_GATEWAY_FIELD.test(field))) return TRANSIT_GATEWAY;
  const missing = TIMES.filter((field) => !fields.includes(field));
  if (missing.length === 0) return undefined;
  return `does not record ${missing.join(' and ')}, so the time of its records is not known`;
}

/** Why a file with such a record is not read: what its fields do not show, their values may. */
export function refuseRecord(fields: readonly string[], values: readonly string[]): string | undefined {
  const value = (field: string) => values[fields.indexOf(field)] ?? '';
  const isTransitGateway =
    value('version') === TRANSIT_GATEWAY_VERSION || TRANSIT_GATEWAY_RESOURCE.test(value('resource-type'));
  return isTransitGateway ? TRANSIT_GATEWAY : undefined;
}
