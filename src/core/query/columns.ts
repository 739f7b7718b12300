import { EngineError } from '../errors.ts';
import type { FieldName } from '../flow-log/fields.ts';
import { protocolName } from '../flow-log/protocols.ts';
import { serviceName } from '../flow-log/services.ts';
import type { Names } from '../lake/names.ts';
import { instantAt } from '../time/moments.ts';
import { showMomentInCell } from '../time/show-time.ts';
import type { Window } from '../time/window.ts';
import { type Integer, showBytes, showInteger } from '../wording.ts';
import { nameText } from './name-text.ts';

/** One value as an engine returns it, before decoding. */
export type Cell = string | number | bigint | boolean | null;

/** What a column holds, for machines that read `--json` and for renderers that align and sort. */
export type ColumnKind =
  | 'text'
  | 'address'
  | 'port'
  | 'protocol'
  | 'action'
  | 'interface'
  | 'count'
  | 'bytes'
  | 'moment';

/** A decoded value: moments are instants, absent numbers are null, absent text is `-` as in the logs. */
export type Value = string | Integer | Date | null;

/** One column of an answer: heading, decoding and showing. */
export interface Column<T extends Value = Value> {
  readonly title: string;
  readonly kind: ColumnKind;
  /** Whether it sorts and aligns as a number. */
  readonly numeric: boolean;
  /** The field that it shows as it is recorded: where no flow log records it, there is no such column. */
  readonly field?: FieldName;
  /** @throws EngineError `broken` when the engine returned something that the column cannot hold. */
  decode(cell: Cell): T;
  /** Writes a value for people. */
  show(value: T, shown: DisplayContext): string;
}

/** The columns of a query by SQL name, in the order in which they are returned and shown. */
export type ColumnSpec = Readonly<Record<string, Column>>;

/** One decoded row. */
export type RowOf<C extends ColumnSpec> = {
  readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never;
};

/** A row whose columns are not known to the compiler. */
export type Row = Readonly<Record<string, Value>>;

/** What AWS writes where a field does not apply; shown for absent values too. */
export const ABSENT = '-';

/** Words: interface names, states, roles. Absent text is `-`. */
export function textColumn(title: string, kind: ColumnKind = 'text'): Column<string> {
  return { title, kind, numeric: false, decode: textOf, show: (value) => value };
}

/** A field as it is recorded, of an answer over flow logs that record it. */
export function fieldColumn(title: string, field: FieldName): Column<string> {
  return { ...textColumn(title), field };
}

/** An IPv4 or IPv6 address. */
export function addressColumn(title: string): Column<string> {
  return namedColumn(title, 'address', (address, name) => `${address} ${name}`);
}

/** A network interface id, behind its name where it has one: `db-1 eni-0f10f10f10f10f005`. A narrow screen cuts the id. */
export function interfaceColumn(title = 'Interface'): Column<string> {
  return namedColumn(title, 'interface', (id, name) => `${name} ${id}`);
}

function namedColumn(
  title: string,
  kind: ColumnKind,
  together: (value: string, name: string) => string,
): Column<string> {
  const show: Column<string>['show'] = (value, { names, zone }) => {
    const known = names.get(value);
    return known === undefined ? value : together(value, nameText(known, zone));
  };
  return { ...textColumn(title, kind), show };
}

/** `ACCEPT` or `REJECT`, as in the log. */
export function actionColumn(title = 'Action'): Column<string> {
  return textColumn(title, 'action');
}

/** How many: records, packets, peers. */
export function countColumn(title: string): Column<Integer> {
  return { title, kind: 'count', numeric: true, decode: integerOf, show: showInteger };
}

/** How many, where some records do not say. */
export function optionalCountColumn(title: string): Column<Integer | null> {
  return {
    title,
    kind: 'count',
    numeric: true,
    decode: optionalIntegerOf,
    show: (value) => (value === null ? ABSENT : showInteger(value)),
  };
}

/** An amount of data; null where no record says one, as of what Block Public Access rejected. */
export function bytesColumn(title = 'Bytes'): Column<Integer | null> {
  return {
    title,
    kind: 'bytes',
    numeric: true,
    decode: optionalIntegerOf,
    show: (value) => (value === null ? ABSENT : showBytes(value)),
  };
}

/** A port; null where the protocol has none. Shown with the service that usually listens there. */
export function portColumn(title = 'Port'): Column<number | null> {
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
export function protocolColumn(title = 'Proto'): Column<number | null> {
  return {
    title,
    kind: 'protocol',
    numeric: false,
    decode: smallOf,
    show: (value) => (value === null ? ABSENT : (protocolName(value) ?? String(value))),
  };
}

/** An instant, from epoch seconds; null for a number that no calendar has. Shown in the asker's time zone, to the second. */
export function momentColumn(title: string): Column<Date | null> {
  return {
    title,
    kind: 'moment',
    numeric: false,
    decode: (cell) => (cell === null ? null : (instantAt(Number(integerOf(cell))) ?? null)),
    show: (value, { zone, window }) => (value === null ? ABSENT : showMomentInCell(value, zone, window)),
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

/**
 * Reads a whole number from any engine: DuckDB gives numbers and bigints, Athena gives digits as text.
 * It stays exact: beyond 2^53 it is a bigint.
 */
export function integerOf(cell: Cell): Integer {
  const whole = wholeOf(cell);
  if (whole === undefined)
    throw new EngineError('broken', `expected a whole number, got ${JSON.stringify(cell)}`);
  return whole >= Number.MIN_SAFE_INTEGER && whole <= Number.MAX_SAFE_INTEGER ? Number(whole) : whole;
}

function wholeOf(cell: Cell): bigint | undefined {
  if (typeof cell === 'bigint') return cell;
  if (typeof cell === 'number' && Number.isInteger(cell)) return BigInt(cell);
  if (typeof cell === 'string' && /^-?\d+$/.test(cell)) return BigInt(cell);
  return undefined;
}

/** How phrases and values are written: in whose time zone, and with which names. */
export interface DisplayContext {
  /** An IANA name. */
  readonly zone: string;
  readonly names: Names;
  /** The window that is shown with them: times whose day it makes clear are written without it. */
  readonly window?: Window | undefined;
}
