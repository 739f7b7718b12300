import { addressBytes, prefixBits } from '../flow-log/addresses.ts';

/** A block of public addresses that AWS publishes, with the service and the region that use it. */
export interface AwsRange {
  /** `52.216.0.0/15`, `2600:1f00::/24`. */
  readonly block: string;
  /** As AWS writes it: `S3`, `EC2`; `AMAZON` for all that is AWS's. */
  readonly service: string;
  /** `us-east-1`, or `GLOBAL`. */
  readonly region: string;
}

/** All that is AWS's has this service; others of the same block say more. */
const ANY_SERVICE = 'AMAZON';
/** Instances of customers: a service whose addresses are a part of these says more. */
const INSTANCES = 'EC2';

/**
 * Knows whose a public address is by the narrowest block that holds it: `S3 us-east-1`, `CLOUDFRONT`, `AWS eu-west-1`.
 * Undefined for an address that AWS does not publish.
 */
export function rangeNames(ranges: readonly AwsRange[]): (address: string) => string | undefined {
  const byBits = new Map<string, Map<string, AwsRange>>();
  for (const range of ranges) {
    const [text = ''] = range.block.split('/');
    const bytes = addressBytes(text);
    if (bytes === undefined) continue;
    const bits = prefixBits(range.block);
    const level = `${bytes.length} ${bits}`;
    const known = byBits.get(level) ?? new Map<string, AwsRange>();
    byBits.set(level, known);
    const key = firstBits(bytes, bits);
    const other = known.get(key);
    if (other === undefined || saysMore(range, other)) known.set(key, range);
  }
  const levels = [...byBits]
    .map(([level, known]) => {
      const [length, bits] = level.split(' ').map(Number);
      return { length, bits: bits ?? 0, known };
    })
    .toSorted((a, b) => b.bits - a.bits);
  return (address) => {
    const bytes = addressBytes(address);
    if (bytes === undefined) return undefined;
    let found: AwsRange | undefined;
    for (const { length, bits, known } of levels) {
      const range = length === bytes.length ? known.get(firstBits(bytes, bits)) : undefined;
      if (range === undefined) continue;
      found ??= range;
      // A narrow block may be listed as AWS's alone, within a wider one of a service.
      if (range.service !== ANY_SERVICE) {
        found = range;
        break;
      }
    }
    return found && write(found);
  };
}

function firstBits(bytes: readonly number[], bits: number): string {
  return bytes
    .slice(0, Math.ceil(bits / 8))
    .map((byte, index) => byte & (0xff << Math.max(8 - (bits - index * 8), 0)) & 0xff)
    .join('.');
}

const rank = ({ service }: AwsRange) => [ANY_SERVICE, INSTANCES].indexOf(service);

/** Of two services with one block that which says more; of two that say as much always the same. */
function saysMore(range: AwsRange, other: AwsRange): boolean {
  const order = [rank(range), rank(other)].map((place) => (place === -1 ? 2 : place));
  const [own = 0, others = 0] = order;
  return own > others || (own === others && range.service < other.service);
}

function write({ service, region }: AwsRange): string {
  const name = service === ANY_SERVICE ? 'AWS' : service;
  return region === 'GLOBAL' ? name : `${name} ${region}`;
}
