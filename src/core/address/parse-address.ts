import ipaddr from 'ipaddr.js';
import type { Reading } from '../args/arg.ts';
import { addressBytes } from './address-bytes.ts';
import type { AddressRange } from './address-range.ts';
import { refuseAddress } from './refuse-address.ts';

/** Longer than any address with a prefix: `ffff:…` in eight groups and `/128`. */
const LONGEST = 50;
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
  const bytes = typed.length > LONGEST || more.length > 0 ? undefined : addressBytes(host);
  if (!bytes) return refuseAddress(word);
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
