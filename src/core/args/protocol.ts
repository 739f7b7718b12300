import { PROTOCOL_NAMES, protocolName, protocolNumber } from '../flow-log/protocols.ts';
import type { Kind, Wording } from './kind.ts';
import { nearest } from './nearest.ts';

const HIGHEST = 255;

/** An IP protocol by name or by IANA's number, 0 to 255; written by name when it has a known one. */
export function protocol(wording: Wording = {}): Kind<number> {
  const example = wording.example ?? 'tcp';
  return {
    hint: 'protocol',
    about: 'a protocol: tcp, udp, icmp, … or its number',
    ...wording,
    example,
    read: (word) => {
      const value = /^\d{1,3}$/.test(word) ? Number(word) : protocolNumber(word);
      if (value !== undefined && value <= HIGHEST) return { value };
      if (/^\d+$/.test(word)) return { problem: `is above the highest protocol, ${HIGHEST}` };
      return { problem: 'is not a protocol', instead: nearest(word, PROTOCOL_NAMES) };
    },
    write: (value) => protocolName(value) ?? String(value),
  };
}
