import ipaddr from 'ipaddr.js';
import { addressBytes } from './address-bytes.ts';

/**
 * The address or block that a word means in a writing that is not ours: a mask, a block by its first parts or with
 * stars, a range that is a block, zeros in front that no tool reads otherwise. Undefined where nothing means the same:
 * the nearest address is another address.
 */
export function sameAddress(word: string): string | undefined {
  const plain = word.replace(/^[([{<"']+(?=[\d:a-f])/i, '').replace(/[\])}>"'.,;!]+$/, '');
  const meant = WRITINGS.reduce<string | undefined>((found, writing) => found ?? writing(plain), undefined);
  return meant !== undefined && isAddress(meant) ? meant : undefined;
}

const WRITINGS: readonly ((word: string) => string | undefined)[] = [
  unwrapped,
  byFirstParts,
  byMask,
  byRange,
  withoutZeros,
  withoutZone,
];

function isAddress(word: string): boolean {
  const [host = '', bits, ...more] = word.split('/');
  const bytes = addressBytes(host);
  if (bytes === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bytes.length * 8);
}

/** `(10.0.1.5)`, `10.0.1.5,` and `10.0.1.5/`: signs around an address say nothing of it. */
function unwrapped(word: string): string | undefined {
  const host = word.replace(/\/$/, '');
  return isAddress(host) ? host : undefined;
}

/** `10.0.1`, `10.0.1.*` and `10.0.x.x`: the block of all addresses that begin so. */
function byFirstParts(word: string): string | undefined {
  const parts = word.toLowerCase().split('.');
  const known = parts.findIndex((part) => !/^(?:0|[1-9]\d{0,2})$/.test(part));
  const first = known < 0 ? parts : parts.slice(0, known);
  const rest = parts.slice(first.length);
  const isOpen = rest.length === 0 ? parts.length < 4 : rest.every((part) => part === '*' || part === 'x');
  if (!isOpen || first.length === 0 || (rest.length === 0 && first.length < 2) || parts.length > 4)
    return undefined;
  const zeros = Array<string>(4 - first.length).fill('0');
  return `${[...first, ...zeros].join('.')}/${first.length * 8}`;
}

/** `10.0.0.0/255.255.0.0`. */
function byMask(word: string): string | undefined {
  const [host = '', mask = ''] = word.split('/');
  if (!ipaddr.IPv4.isValidFourPartDecimal(mask)) return undefined;
  const bits = ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask();
  return bits === null ? undefined : `${host}/${bits}`;
}

/** `10.0.1.0-10.0.1.255` and `10.0.1.0-255`, where those are exactly one block. */
function byRange(word: string): string | undefined {
  const [first = '', end = '', ...more] = word.split(/[-–]/);
  const last = /^\d{1,3}$/.test(end) ? first.replace(/\d+$/, end) : end;
  if (more.length > 0 || !isAddress(first) || !isAddress(last) || `${first}${last}`.includes(':'))
    return undefined;
  const [from, to] = [numberOf(first), numberOf(last)];
  const bits = 32 - Math.log2(to - from + 1);
  return Number.isInteger(bits) && bits >= 0 && from % (to - from + 1) === 0 ? `${first}/${bits}` : undefined;
}

function numberOf(address: string): number {
  return ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0);
}

/** `10.01.2.3`: some tools read a zero in front as octal, so only where that comes to the same or cannot be. */
function withoutZeros(word: string): string | undefined {
  const [host = '', ...prefix] = word.split('/');
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const isSame = (part: string) =>
    !/^0\d/.test(part) || /[89]/.test(part) || Number.parseInt(part, 8) === Number(part);
  return parts.every(isSame) ? [parts.map(Number).join('.'), ...prefix].join('/') : undefined;
}

/** `fe80::1%eth0`: flow logs do not say on which link. */
function withoutZone(word: string): string | undefined {
  const [, host] = /^([0-9a-f:.]*:[0-9a-f:.]*)%[^/]*$/i.exec(word) ?? [];
  return host;
}
