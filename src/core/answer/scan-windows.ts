import { type AddressRange, isAddressRange } from '../flow-log/addresses.ts';
import { addedEvents, addedUp, type FetchedEvents } from '../lake/fetches.ts';
import { eachSlotOnce } from '../lake/log-group-files.ts';
import type { LogTable, NeededPartitions, Scan, ScannedObject } from '../lake/scan.ts';
import type { ScanTarget, Sources } from '../lake/sources.ts';
import { standardArguments } from '../line/standard-arguments.ts';
import { fieldsReadBy } from '../query/flows.ts';
import { type Question, windowsOf } from '../query/question.ts';
import { saidOfRecords } from '../query/selection.ts';

/**
 * Chooses what a question reads, for all of its windows at once. What is said of the lake is said of the window that
 * was asked for; files, tables and partitions are those of all.
 */
export async function scanWindows(
  question: Question,
  sources: Sources,
  { identity, onEvents }: Pick<ScanTarget, 'identity' | 'onEvents'>,
  signal: AbortSignal,
): Promise<Scan> {
  const wanted = wantedBy(question);
  const eventsOf = onEvents === undefined ? () => undefined : summedUp(onEvents);
  const choose = (engine: ScanTarget['engine'], attempt = '') =>
    Promise.all(
      windowsOf(question).map(([name, window], index) => {
        // Each window is chosen once for all attempts, so each is written down under a name of its own.
        const own = identity === undefined || index === 0 ? identity : `${identity} ${name}`;
        const target = { ...wanted, engine, window, onEvents: eventsOf(name) };
        return sources.scanFor({ ...target, identity: own && `${own}${attempt}` }, signal);
      }),
    );
  const chosen = await choose(wanted.engine);
  // One statement reads all windows: where the files of one are too many to be fetched, those of none are.
  const isMixed = new Set(chosen.map(({ direct }) => direct === undefined)).size > 1;
  const [asked, ...others] = isMixed ? await choose('athena', ' athena') : chosen;
  if (asked === undefined) throw new RangeError('a question has at least the window that was asked for');
  const scan = others.reduce(together, asked);
  return scan.direct === undefined ? { ...scan, ...fetchableOf(chosen) } : scan;
}

/** What came for each of some windows, as what came for all of them. */
function summedUp(onEvents: NonNullable<ScanTarget['onEvents']>) {
  const came = new Map<string, FetchedEvents>();
  return (window: string) => (fetched: FetchedEvents) => {
    came.set(window, fetched);
    onEvents([...came.values()].reduce(addedEvents));
  };
}

/** What all windows would fetch, of which some may have been few enough. */
function fetchableOf(chosen: readonly Scan[]): Pick<Scan, 'fetchable'> {
  const each = chosen.flatMap(({ direct, fetchable = direct }) => fetchable ?? []);
  return each.length < chosen.length ? {} : { fetchable: each.reduce(addedUp) };
}

/** The addresses and blocks that a question names. */
export function addressesOf({ args }: Pick<Question, 'args'>): readonly AddressRange[] {
  return Object.values(args).filter(isAddressRange);
}

/** Whose records a question is about, as far as its arguments say. */
function wantedBy({ query, window, args, zone }: Question): ScanTarget {
  const { scope, eni, engine, cache } = standardArguments(args);
  return {
    window,
    scope,
    addresses: addressesOf({ args }),
    eni,
    engine,
    isOfOrigins: cache === false,
    fields: fieldsReadBy(saidOfRecords(query.sql(args, { window, zone }))),
  };
}

/** What two windows read, as one scan. */
export function together(asked: Scan, other: Scan): Scan {
  return {
    ...asked,
    tables: joinedTables([...asked.tables, ...other.tables]),
    objects: eachSlotOnce(byKey([...asked.objects, ...other.objects])),
    unread: byKey([...asked.unread, ...other.unread]),
    notes: [...new Set([...asked.notes, ...other.notes])],
    ...(asked.direct && other.direct && { direct: addedUp(asked.direct, other.direct) }),
    ...joinedPlans(asked, other),
    ...((asked.parquetSamples ?? other.parquetSamples) && {
      parquetSamples: [...(asked.parquetSamples ?? []), ...(other.parquetSamples ?? [])],
    }),
    partitions: joinedPartitions([...(asked.partitions ?? []), ...(other.partitions ?? [])]),
  };
}

function joinedPlans(asked: Scan, other: Scan): Pick<Scan, 'insights'> {
  const plans = [...(asked.insights ?? []), ...(other.insights ?? [])];
  return plans.length === 0 ? {} : { insights: plans };
}

/** Buckets may hold files of the same key. */
function byKey<T extends Pick<ScannedObject, 'key' | 'from'>>(objects: readonly T[]): readonly T[] {
  const keyOf = ({ key, from }: T) => `${from?.bucket ?? ''} ${key}`;
  return [...new Map(objects.map((object) => [keyOf(object), object])).values()];
}

/** One table for all windows: it reads the files of each of them, or whole partitions where one of them cannot name its own. */
function joinedTables(tables: readonly LogTable[]): readonly LogTable[] {
  const joined = new Map<string, LogTable>();
  for (const table of tables) {
    const name = [table.catalog, table.database, table.name, JSON.stringify(table.partitioning)].join('.');
    const { paths, flowLogs = table.flowLogs, ...known } = joined.get(name) ?? table;
    joined.set(name, {
      ...known,
      ...(paths !== undefined && table.paths !== undefined && { paths: merged(paths, table.paths) }),
      // One window may name its files where another reads partitions that other flow logs deliver to as well.
      ...(flowLogs !== undefined && { flowLogs: merged(flowLogs, table.flowLogs ?? []) }),
    });
  }
  return [...joined.values()];
}

function joinedPartitions(needed: readonly NeededPartitions[]): readonly NeededPartitions[] {
  const joined = new Map<string, NeededPartitions>();
  for (const { table, partitions } of needed) {
    const name = `${table.database}.${table.name}`;
    const known = joined.get(name)?.partitions ?? [];
    const all = new Map([...known, ...partitions].map((each) => [each.location, each]));
    joined.set(name, { table, partitions: [...all.values()] });
  }
  return [...joined.values()];
}

function merged(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...some, ...others])].toSorted();
}
