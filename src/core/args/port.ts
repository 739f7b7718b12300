import { SERVICE_NAMES, servicePort } from '../flow-log/services.ts';
import type { Reading } from './arg.ts';
import type { Kind, Wording } from './kind.ts';
import { nearest } from './nearest.ts';

/** Ports from the first to the last, both included; one port when they are equal. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

const HIGHEST = 65_535;

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
    const instead = Number(alone) <= HIGHEST ? alone : undefined;
    return { problem: 'is not one port or one range of ports', instead };
  }
  return { problem: 'is neither a port nor a service', instead: nearest(word, SERVICE_NAMES) };
}

function readRange(from: number, to: number): Reading<PortRange> {
  if (Math.max(from, to) > HIGHEST) return { problem: `is above the highest port, ${HIGHEST}` };
  if (from > to) return { problem: 'ends before it begins', instead: `${to}-${from}` };
  return { value: { from, to } };
}
