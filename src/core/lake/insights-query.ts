import { addressBytes } from '../flow-log/addresses.ts';
import { AWS_LIMITS } from '../flow-log/aws-limits.ts';

/** What the records of lost flows say, which have no address: without them nothing would show that flows were lost. */
const LOST = 'SKIPDATA';

/**
 * The text of a query for the records of some addresses, the newest first, and for those that say that flows were lost. It is
 * made of the addresses' bytes, never of what people typed; `mark` is in a comment, by which the query is found again.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function insightsText(addresses: readonly string[], mark: string): string {
  const words = [...addresses.flatMap(spellings), LOST].join('|');
  return `# ${mark}
fields @timestamp, @message
| filter @message like /(?:^| )(?:${words})(?: |$)/
| sort @timestamp desc
| limit ${AWS_LIMITS.insightsRows}`;
}

/** How an address may be written in a record, as regular expressions: IPv4 in one way, IPv6 with groups and zeros left out. */
function spellings(address: string): readonly string[] {
  const bytes = bytesOf(address);
  if (bytes.length === 4) return [bytes.join('\\.')];
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0));
  const written = groups.map((group) => (group === 0 ? '0{1,4}' : `0{0,3}${anyCase(group.toString(16))}`));
  const shortened = groups.flatMap((_, first) =>
    zeroRuns(groups, first).map(
      (after) => `${written.slice(0, first).join(':')}::${written.slice(after).join(':')}`,
    ),
  );
  return [written.join(':'), ...shortened];
}

/** The ends of all runs of zeros that begin with a group. */
function zeroRuns(groups: readonly number[], first: number): readonly number[] {
  const length = groups.slice(first).findIndex((group) => group !== 0);
  const zeros = length === -1 ? groups.length - first : length;
  return Array.from({ length: zeros }, (_, index) => first + index + 1);
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** Whether a record is one that the query for some addresses asks for, by the values of its fields. */
export function isAskedFor(message: string, addresses: readonly string[]): boolean {
  const wanted = new Set(addresses.map((address) => bytesOf(address).join('.')));
  return message.split(' ').some((word) => {
    if (word === LOST) return true;
    const bytes = addressBytes(word);
    return bytes !== undefined && wanted.has(bytes.join('.'));
  });
}

function bytesOf(address: string): readonly number[] {
  const bytes = addressBytes(address);
  if (bytes === undefined) throw new RangeError(`${address} is no address`);
  return bytes;
}
