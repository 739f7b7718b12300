const TRANSIT_GATEWAY_FIELD = 'tgw-id';

/** Without them a record has no time, and no window could tell whether it belongs to it. */
const TIMES = ['start', 'end'] as const;

/** Why a file with these fields is not read, in words for people; undefined when it is. */
export function refuseFields(fields: readonly string[]): string | undefined {
  if (fields.includes(TRANSIT_GATEWAY_FIELD)) {
    return 'is a transit gateway flow log, which flowlog does not read';
  }
  const missing = TIMES.filter((field) => !fields.includes(field));
  if (missing.length === 0) return undefined;
  return `does not record ${missing.join(' and ')}, so nothing tells when its records are from`;
}
