import type { AddressRange } from '../flow-log/addresses.ts';
import { PROTOCOL_NAMES, protocolName, protocolNumber } from '../flow-log/protocols.ts';
import { SERVICE_NAMES, servicePort } from '../flow-log/services.ts';
import type { Reading } from '../reading.ts';
import type { Kind, Wording } from './argument.ts';
import { nearest } from './plain-arguments.ts';
import { parseAddress } from './read-address.ts';

/** An IPv4 or IPv6 address, or a block of them; a name is looked up. */
export function address(wording: Wording = {}): Kind<AddressRange> {
  const example = wording.example ?? '10.0.1.5';
  return {
    hint: 'address',
    about: 'an address, a CIDR or a name',
    ...wording,
    example,
    takesNames: true,
    read: parseAddress,
    write: ({ text }) => text,
  };
}

/** One address, or a name of one; a block is refused. */
export function singleAddress(wording: Wording = {}): Kind<AddressRange> {
  return {
    ...address({ about: 'one address or name', ...wording }),
    read: (word) => {
      const read = parseAddress(word);
      if ('problem' in read || read.value.single) return read;
      return { problem: 'is a block of addresses, and this is about one address' };
    },
  };
}

/** Ports from the first to the last, both included; one port when they are equal. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

const HIGHEST_PORT = 65_535;

/** A port, a range of ports (`8000-8100`) or the name of a service (`https`); written in numbers. */
export function port(wording: Wording = {}): Kind<PortRange> {
  const example = wording.example ?? '443';
  return {
    hint: 'port',
    about: 'a port, a range of ports or a service',
    ...wording,
    example,
    read: readPort,
    write: ({ from, to }) => (from === to ? String(from) : `${from}-${to}`),
  };
}

function readPort(word: string): Reading<PortRange> {
  const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(word);
  if (range) return readRange(Number(range[1]), Number(range[2] ?? range[1]));
  const known = servicePort(word);
  if (known !== undefined) return { value: { from: known, to: known } };
  if (/^:?\d{1,5}(?:[,/]|$)/.test(word)) {
    const alone = /^:(\d{1,5})$/.exec(word)?.[1];
    const instead = Number(alone) <= HIGHEST_PORT ? alone : undefined;
    return { problem: 'is not one port or one range of ports', instead };
  }
  return { problem: 'is neither a port nor a service', instead: nearest(word, SERVICE_NAMES) };
}

function readRange(from: number, to: number): Reading<PortRange> {
  if (Math.max(from, to) > HIGHEST_PORT) return { problem: `is above the highest port, ${HIGHEST_PORT}` };
  if (from > to) return { problem: 'ends before it begins', instead: `${to}-${from}` };
  return { value: { from, to } };
}

const HIGHEST_PROTOCOL = 255;

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
      if (value !== undefined && value <= HIGHEST_PROTOCOL) return { value };
      if (/^\d+$/.test(word)) return { problem: `is above the highest protocol, ${HIGHEST_PROTOCOL}` };
      return { problem: 'is not a protocol', instead: nearest(word, PROTOCOL_NAMES) };
    },
    write: (value) => protocolName(value) ?? String(value),
  };
}

/** What security groups and network ACLs did with a flow, as the log writes it. */
export type Action = 'ACCEPT' | 'REJECT';

const MEANT_ACTION: ReadonlyMap<string, Action> = new Map([
  ['accept', 'ACCEPT'],
  ['reject', 'REJECT'],
  ['accepted', 'ACCEPT'],
  ['accepts', 'ACCEPT'],
  ['allow', 'ACCEPT'],
  ['allowed', 'ACCEPT'],
  ['rejected', 'REJECT'],
  ['rejects', 'REJECT'],
  ['deny', 'REJECT'],
  ['denied', 'REJECT'],
  ['drop', 'REJECT'],
  ['dropped', 'REJECT'],
  ['block', 'REJECT'],
  ['blocked', 'REJECT'],
]);

/** Accepted or rejected, in the words people use for it. */
export function action(): Kind<Action> {
  return {
    hint: 'accept|reject',
    about: 'accept or reject',
    example: 'reject',
    choices: ['accept', 'reject'],
    read: (word) => {
      const value = MEANT_ACTION.get(word.toLowerCase());
      if (value !== undefined) return { value };
      const near = MEANT_ACTION.get(nearest(word, [...MEANT_ACTION.keys()]) ?? '');
      return { problem: 'is neither accept nor reject', instead: near?.toLowerCase() };
    },
    write: (value) => value.toLowerCase(),
  };
}

/** Which way a flow passed the interface that recorded it, as the log writes it. */
export type Direction = 'ingress' | 'egress';

const MEANT_DIRECTION: ReadonlyMap<string, Direction> = new Map([
  ['ingress', 'ingress'],
  ['egress', 'egress'],
  ['in', 'ingress'],
  ['inbound', 'ingress'],
  ['incoming', 'ingress'],
  ['out', 'egress'],
  ['outbound', 'egress'],
  ['outgoing', 'egress'],
]);

/** Ingress or egress, in the words people use for it. */
export function direction(): Kind<Direction> {
  return {
    hint: 'ingress|egress',
    about: 'ingress or egress',
    example: 'ingress',
    choices: ['ingress', 'egress'],
    needs: ['flow-direction'],
    read: (word) => {
      const value = MEANT_DIRECTION.get(word.toLowerCase());
      if (value !== undefined) return { value };
      const near = MEANT_DIRECTION.get(nearest(word, [...MEANT_DIRECTION.keys()]) ?? '');
      return { problem: 'is neither ingress nor egress', instead: near };
    },
    write: (value) => value,
  };
}

/** AWS's ids have 17 hexadecimal digits since 2018; interfaces that are older keep their 8. */
const INTERFACE_ID = /^eni-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** The id of a network interface. */
export function interfaceId(wording: Wording = {}): Kind<string> {
  const example = wording.example ?? 'eni-0a1b2c3d4e5f60718';
  return {
    hint: 'eni',
    about: 'the id of a network interface',
    ...wording,
    example,
    read: (word) => {
      const value = word.toLowerCase();
      if (INTERFACE_ID.test(value)) return { value };
      const problem = value.startsWith('eni-')
        ? 'is not an interface id, which has 8 or 17 hexadecimal digits after eni-'
        : 'is not an interface id';
      return { problem };
    },
    write: (value) => value,
  };
}
