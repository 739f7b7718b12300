import { ADDRESS_FIELDS } from './coverage/cover.ts';
import type { Coverage } from './coverage/coverage.ts';

/** What may hide records beside what coverage tells. */
export interface Doubtful {
  /** Whether an address was asked for, which may stand in a field that is not recorded. */
  readonly ofAddress: boolean;
  /** The notes of the scan. */
  readonly warnings: readonly string[];
}

/**
 * The headline of an answer without rows. It says "no traffic" only where the coverage proves it: every file of
 * the window was delivered and read, no interface skipped records, and an address that was asked for could be
 * seen. Otherwise it says what is not known.
 */
export function emptyHeadline(
  subject: string,
  coverage: Coverage,
  { ofAddress, warnings }: Doubtful,
): string {
  const doubts = [
    ...doubtsOf(coverage),
    ...warnings,
    ...(ofAddress && coverage.filesRead > 0 ? hidden(coverage) : []),
  ];
  if (doubts.length === 0) return `No ${subject} seen; the logs of the window are complete.`;
  if (coverage.filesRead === 0) return `Cannot say whether there was ${subject}: ${doubts.join('; ')}.`;
  return `Cannot say whether there was ${subject}: none in the records that were read, but ${doubts.join('; ')}.`;
}

/** Why the records of a window may not be all there is, a clause each; none when nothing speaks against them. */
export function doubtsOf(coverage: Coverage): readonly string[] {
  if (coverage.filesRead === 0 && coverage.filesFailed.length === 0) {
    return ['there are no flow log files for this window'];
  }
  const { unreadableLines: unreadable = 0 } = coverage;
  return [
    coverage.filesFailed.length > 0 && `${plural(coverage.filesFailed.length, 'file')} could not be read`,
    unreadable > 0 && `${plural(unreadable, 'line')} could not be read`,
    lost(coverage),
    coverage.missingSlots.length > 0 && 'some five-minute slots have no file',
    !coverage.complete && 'the newest records have not been delivered yet',
  ].filter((doubt) => doubt !== false);
}

function lost({ skipData }: Coverage): string | false {
  if (skipData === undefined) return 'whether AWS lost flows was not counted';
  return skipData > 0 && `${plural(skipData, 'SKIPDATA record')}: AWS lost flows there`;
}

/** A pod, a secondary address or a host behind NAT is only in the packet fields. */
function hidden({ addressFields }: Coverage): readonly string[] {
  const absent = ADDRESS_FIELDS.filter((field) => !addressFields.includes(field));
  if (absent.length === 0) return [];
  return [
    `${absent.join(', ')} not recorded, so that a pod, a secondary address or a host behind NAT is not seen`,
  ];
}

function plural(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
