import { tzOffset } from '@date-fns/tz';

const EPOCH = new Date(0);
const UTC = 'UTC';

/** The zone itself, or UTC for a name that this runtime does not know: profiles may be newer than our zone tables. */
export function knownZone(zone: string): string {
  return zone !== '' && Number.isFinite(tzOffset(zone, EPOCH)) ? zone : UTC;
}
