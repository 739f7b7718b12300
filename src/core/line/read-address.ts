import ipaddr from 'ipaddr.js';
import { type AddressRange, addressBytes } from '../flow-log/addresses.ts';
import { servicePort } from '../flow-log/services.ts';
import type { Reading, Unrecognised } from '../reading.ts';

/** Longer than any address with a prefix: `ffff:…` in eight groups and `/128`. */
const LONGEST_ADDRESS = 50;
const MAPPED_BITS = 96;
const MAPPED: readonly number[] = [...Array<number>(10).fill(0), 255, 255];

/**
 * Reads an address or a block of addresses into its canonical form. Host bits of a block are cleared with a note;
 * `/32` and `/128` become single addresses; an IPv4 address in IPv6 clothes (`::ffff:10.0.0.1`) becomes IPv4, as
 * flow logs write it. Octal, hexadecimal and short IPv4 forms are refused: different tools read them differently.
 */
export function parseAddress(word: string): Reading<AddressRange> {
  const typed = word.replace(/^\[([^\]]*)\](?=\/|$)/, '$1').toLowerCase();
  const [host = '', prefix, ...more] = typed.split('/');
  const bytes = typed.length > LONGEST_ADDRESS || more.length > 0 ? undefined : addressBytes(host);
  if (bytes === undefined) return refuseAddress(word);
  const width = bytes.length * 8;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return refuseAddress(word);
  const bits = prefix === undefined ? width : Number(prefix);
  if (bits > width) {
    return { problem: `has a prefix above ${width}` };
  }
  const value = canonical(bytes, bits);
  const same = value.text === write(bytes, bits);
  return same ? { value } : { value, note: `${word} was read as ${value.text}` };
}

function canonical(bytes: readonly number[], bits: number): AddressRange {
  const network = bytes.map((byte, index) => byte & (0xff00 >> Math.min(Math.max(bits - index * 8, 0), 8)));
  const mapped = bits >= MAPPED_BITS && MAPPED.every((byte, index) => bytes[index] === byte);
  if (mapped) return canonical(network.slice(12), bits - MAPPED_BITS);
  const family = bytes.length === 4 ? 4 : 6;
  return { family, text: write(network, bits), single: bits === bytes.length * 8 };
}

function write(bytes: readonly number[], bits: number): string {
  const address = bytes.length === 4 ? bytes.join('.') : new ipaddr.IPv6([...bytes]).toRFC5952String();
  return bits === bytes.length * 8 ? address : `${address}/${bits}`;
}

interface Refusal {
  readonly when: RegExp;
  readonly problem: string;
}

const REFUSALS: readonly Refusal[] = [
  { when: /^eni-/i, problem: 'is a network interface, not an address' },
  { when: /^i-/i, problem: 'is an instance, not an address' },
  { when: /^(?:vpc|subnet|sg|nat|tgw)-/i, problem: 'is the id of an AWS resource, not an address' },
  { when: /^[0-9a-f:.]*:[0-9a-f:.]*%/i, problem: 'has a zone id, which flow logs do not carry' },
  { when: /^(?:\d+\.){3}\d+\/(?:\d+\.){3}\d+$/, problem: 'has a mask where a prefix length is needed' },
  { when: /^(?:\d+\.){3}\d+[-–]/, problem: 'is a range, which must be given as a CIDR' },
  {
    when: /^(?:\d+\.){3}\d+:\d+$|^\[[0-9a-f:.]+\]:\d+$/i,
    problem: 'carries a port, which is given on its own',
  },
  { when: /^(?:\d+\.){3}\d+\/\S*$/, problem: 'has no prefix length from 0 to 32' },
  {
    when: /^(?:\d+\.){3}(?:\d+\.)?[*x]$|^(?:\d+\.){1,3}[*x](?:\.[*x])*$/i,
    problem: 'is a pattern, not a CIDR',
  },
  { when: /^(?:\d+\.){3}\d+[^\d./:]+$/, problem: 'has something behind the address' },
  { when: /^\d+(?:\.\d+){3}$/, problem: 'has a part that is not from 0 to 255' },
  { when: /^\d+(?:\.\d+){1,2}\.?$/, problem: 'has fewer than four parts' },
  { when: /^\d+(?:\.\d+){4,}$/, problem: 'has more than four parts' },
  { when: /^[0-9a-f.]*:[0-9a-f:./]*$/i, problem: 'is not an IPv6 address' },
  {
    when: /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+\.?$/i,
    problem: 'is a host name, and flow logs hold only addresses',
  },
];

/** The longest word that is looked at: longer ones are no address in any writing. */
const LONGEST_LOOKED_AT = 100;

/** Says what is wrong with a word that is no address, and the address or block that it means where it means one. */
function refuseAddress(word: string): Unrecognised {
  const looked = word.slice(0, LONGEST_LOOKED_AT);
  const problem = REFUSALS.find(({ when }) => when.test(looked))?.problem ?? 'is not an address';
  return { problem, instead: word.length > LONGEST_LOOKED_AT ? undefined : sameAddress(word) };
}

/**
 * The address or block that a word means in a writing that is not ours: a mask, a block by its first parts or with
 * stars, a range that is a block, zeros in front that no tool reads otherwise. Undefined where nothing means the same:
 * the nearest address is another address.
 */
function sameAddress(word: string): string | undefined {
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

/** An address as it is typed together with its port: `10.0.1.5:443`, `https://10.0.1.5`, `[2001:db8::1]:53/udp`. */
export interface Endpoint {
  /** As typed; it may be wrong. */
  readonly host: string;
  /** A number, a range or a service, as typed; it may be wrong. */
  readonly port: string;
  /** The protocol, where it was said. */
  readonly proto: string | undefined;
}

const SCHEME = '(?:(?<scheme>[a-z][a-z0-9+.-]{0,20})://)?';
const HOST = String.raw`(?<host>\d{1,4}(?:\.\d{1,4}){3}|\[[0-9a-f:.]{2,45}\])`;
const PORT = '(?::(?<port>[a-z0-9-]{1,30})(?:/(?<proto>tcp|udp|sctp))?)?';
const ENDPOINT = new RegExp(`^${SCHEME}${HOST}${PORT}/?$`, 'i');

/** Splits an address from its port; undefined for a word that is not both. */
export function splitEndpoint(word: string): Endpoint | undefined {
  const { scheme, host, port, proto } = ENDPOINT.exec(word)?.groups ?? {};
  const meant = port ?? (scheme === undefined ? undefined : servicePort(scheme)?.toString());
  if (host === undefined || meant === undefined) return undefined;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: meant, proto };
}
