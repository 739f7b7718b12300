import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { EngineError } from '../errors.ts';
import { protocolName } from '../flow-log/protocols.ts';
import { serviceName } from '../flow-log/services.ts';
import { instantAt } from '../window/instant-at.ts';
import type { Cell, Column, ColumnKind, Integer } from './column.ts';
import { integerOf } from './integer.ts';
import { showBytes } from './show-bytes.ts';
import { showInteger } from './show-integer.ts';

/** What AWS writes where a field does not apply; shown for absent values too. */
export const ABSENT = '-';

/** Words: interface names, states, roles. Absent text is `-`. */
export function text(title: string, kind: ColumnKind = 'text'): Column<string> {
  return { title, kind, numeric: false, decode: textOf, show: (value) => value };
}

/** An IPv4 or IPv6 address. */
export function address(title: string): Column<string> {
  return text(title, 'address');
}

/** A network interface id. */
export function networkInterface(title = 'Interface'): Column<string> {
  return text(title, 'interface');
}

/** `ACCEPT` or `REJECT`, as in the log. */
export function action(title = 'Action'): Column<string> {
  return text(title, 'action');
}

/** How many: records, packets, peers. */
export function count(title: string): Column<Integer> {
  return { title, kind: 'count', numeric: true, decode: integerOf, show: showInteger };
}

/** How many, where some records do not say. */
export function optionalCount(title: string): Column<Integer | null> {
  return {
    title,
    kind: 'count',
    numeric: true,
    decode: optionalIntegerOf,
    show: (value) => (value === null ? ABSENT : showInteger(value)),
  };
}

/** An amount of data; null where no record says one, as of what Block Public Access rejected. */
export function bytes(title = 'Bytes'): Column<Integer | null> {
  return {
    title,
    kind: 'bytes',
    numeric: true,
    decode: optionalIntegerOf,
    show: (value) => (value === null ? ABSENT : showBytes(value)),
  };
}

/** A port; null where the protocol has none. Shown with the service that usually listens there. */
export function port(title = 'Port'): Column<number | null> {
  return {
    title,
    kind: 'port',
    numeric: true,
    decode: smallOf,
    show: (value) => {
      const service = value === null ? undefined : serviceName(value);
      return service === undefined ? String(value ?? ABSENT) : `${value} ${service}`;
    },
  };
}

/** An IP protocol by its IANA number. */
export function protocol(title = 'Proto'): Column<number | null> {
  return {
    title,
    kind: 'protocol',
    numeric: false,
    decode: smallOf,
    show: (value) => (value === null ? ABSENT : (protocolName(value) ?? String(value))),
  };
}

/** An instant, from epoch seconds; null for a number that no calendar has. Shown in the asker's time zone, to the second. */
export function moment(title: string): Column<Date | null> {
  return {
    title,
    kind: 'moment',
    numeric: false,
    decode: (cell) => (cell === null ? null : (instantAt(Number(integerOf(cell))) ?? null)),
    show: (value, zone) => (value === null ? ABSENT : format(new TZDate(value, zone), 'yyyy-MM-dd HH:mm:ss')),
  };
}

function textOf(cell: Cell): string {
  if (cell === null) return ABSENT;
  if (typeof cell === 'string') return cell;
  throw new EngineError('broken', `expected text, got ${typeof cell}`);
}

function optionalIntegerOf(cell: Cell): Integer | null {
  return cell === null ? null : integerOf(cell);
}

function smallOf(cell: Cell): number | null {
  return cell === null ? null : Number(integerOf(cell));
}
