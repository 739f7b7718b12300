import { showMoment } from '../window/show-moment.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { Proof } from './coverage/proof.ts';

/**
 * The headline of an answer without rows. It says "no traffic" only as far as that is proven. Otherwise it says what
 * is not known, with the weightiest reason; the coverage has the others.
 */
export function emptyHeadline(
  subject: string,
  { doubts, upTo, isLateAlone }: Proof,
  { filesRead }: Pick<Coverage, 'filesRead'>,
  zone: string,
): string {
  const [doubt] = doubts;
  if (doubt === undefined) return `No ${subject} seen; the logs of the window are complete.`;
  if (filesRead === 0) return `Cannot say whether there was ${subject}: ${doubt}.`;
  if (upTo !== undefined && isLateAlone)
    return `No ${subject} seen up to ${showMoment(upTo, zone)}; later minutes are not delivered yet.`;
  const proven = upTo === undefined ? '' : `; up to ${showMoment(upTo, zone)} there was none`;
  return `Cannot say whether there was ${subject}: none in the records that were read, but ${doubt}${proven}.`;
}
