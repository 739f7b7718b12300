import { ADDRESS_FIELDS } from '../../core/answer/coverage/cover.ts';
import { EngineError, UserError } from '../../core/errors.ts';
import { SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';
import { tableWords } from '../../core/lake/adopted-table.ts';
import { CloudError } from '../../core/lake/cloud.ts';
import { findAdopted } from '../../core/lake/find-adopted.ts';
import { compareTables } from '../../core/lake/find-table.ts';
import {
  type CloudSource,
  isListed,
  isOnS3,
  type LogGroupSource,
  type S3Source,
} from '../../core/lake/log-source.ts';
import { modeOf, tableFor } from '../../core/lake/table-for.ts';
import type { StoredTable } from '../../core/lake/tables.ts';
import { errorWords } from '../../core/operation/error-words.ts';
import type { OperationContext } from '../../core/operation/operation.ts';
import type { CannedQuery } from '../../core/query/query.ts';
import { isYoungerThan } from '../../core/time/age.ts';
import { showMoment } from '../../core/time/show-time.ts';
import { isOurFlowLog, TAGS, writtenDown } from '../steps/ownership.ts';

/** How one flow log is, in words. */
export interface SourceStatus {
  readonly source: CloudSource;
  readonly delivery: string;
  readonly newest: string;
  readonly table: string;
  readonly partitions: string;
  /** What is wrong or may be, a sentence each. */
  readonly doubts: readonly string[];
  readonly healthy: boolean;
  readonly hasTable: boolean;
  readonly ours: boolean;
}

/** Delivery takes up to about ten minutes behind a slot of five. */
const USUAL_LAG_MINUTES = 20;

/** The state of a flow log: the delivery status of AWS, its newest file, and its table and partitions. */
export async function statusOf(source: CloudSource, context: OperationContext): Promise<SourceStatus> {
  const [arrived, { table, partitions, doubts: tableDoubts, hasTable }, ends] = await Promise.all([
    arrivedStatus(source, context),
    isOnS3(source) ? tableStatus(source, context) : NO_TABLE,
    endsWords(source, context),
  ]);
  const { flowLog } = source;
  const doubts = [...deliveryDoubts(source), ...arrived.doubts];
  return {
    source,
    delivery: flowLog === undefined ? 'not known: configured' : flowLog.delivery.status,
    newest: arrived.newest,
    table,
    partitions,
    doubts: [...doubts, ...ends, ...tableDoubts],
    healthy: doubts.length === 0,
    hasTable,
    ours: flowLog !== undefined && isOurFlowLog(flowLog),
  };
}

function deliveryDoubts(source: CloudSource): readonly string[] {
  const { name, flowLog, trafficType } = source;
  const look = isOnS3(source)
    ? `the policy and the encryption of ${source.place.bucket}`
    : `the role that writes to ${source.place.logGroup}`;
  return [
    flowLog?.delivery.status === 'failing' &&
      `AWS cannot deliver ${name}: ${flowLog.delivery.error || 'it gives no reason'}. Look at ${look}.`,
    trafficType !== 'ALL' &&
      trafficType !== undefined &&
      `${name} records ${trafficType.toLowerCase()}ed traffic only.`,
  ].filter((doubt) => doubt !== false);
}

async function arrivedStatus(
  source: CloudSource,
  context: OperationContext,
): Promise<Pick<SourceStatus, 'newest' | 'doubts'>> {
  const { now, zone } = context;
  const { name } = source;
  if (!isListed(source))
    return {
      newest: 'not known: a table',
      doubts: [
        `Whether records still come into the table of ${name} is not known here: \`records in=${name} last 30m\` shows it.`,
      ],
    };
  const storedRange = await storedRangeOf(source, context);
  if (!isOnS3(source)) return eventsStatus(source, storedRange, now());
  if (typeof storedRange === 'string')
    return { newest: 'not known', doubts: [`The files of ${name} cannot be listed: ${storedRange}`] };
  if (storedRange === undefined)
    return { newest: 'none', doubts: [`${name} has no files yet: first ones take ten minutes or more.`] };
  const newestAt = new Date((storedRange.toSeconds - SLOT_SECONDS) * 1000);
  const lagMinutes = Math.floor((now().getTime() - newestAt.getTime()) / 60_000);
  const late = `The newest file of ${name} is ${lagMinutes} minutes old: nothing flows, or delivery has stopped.`;
  return {
    newest: `${showMoment(newestAt, zone)}, ${lagMinutes} min ago`,
    doubts: lagMinutes > USUAL_LAG_MINUTES ? [late] : [],
  };
}

const HOUR_MS = 3_600_000;

/** Which event is the newest no call says: whether there is one of the last hour one says. */
function eventsStatus(
  { name, place, flowLog }: LogGroupSource,
  storedRange: SlotRange | string | undefined,
  now: Date,
): Pick<SourceStatus, 'newest' | 'doubts'> {
  if (typeof storedRange === 'string')
    return { newest: 'not known', doubts: [`The events of ${name} cannot be read: ${storedRange}`] };
  if (storedRange !== undefined) return { newest: 'in the last hour', doubts: [] };
  const isNew = flowLog !== undefined && isYoungerThan(HOUR_MS, flowLog.createdAt.getTime(), now.getTime());
  const none = isNew
    ? `${name} has no events yet: first ones take five minutes or more.`
    : `${place.logGroup} has no event of the last hour: nothing flows, or delivery of ${name} has stopped.`;
  return { newest: 'none in the last hour', doubts: [none] };
}

/** One bucket that may not be listed must not hide how all other flow logs are. */
async function storedRangeOf(
  source: CloudSource,
  context: OperationContext,
): Promise<SlotRange | string | undefined> {
  try {
    return await context.storedRangeOf(source, context.signal);
  } catch (error) {
    if (error instanceof CloudError) return errorWords(error);
    throw error;
  }
}

/** A tag that is no time ends nothing, and one that is not written down here deletes nothing. */
async function endsWords(
  { name, flowLog }: CloudSource,
  { journal }: OperationContext,
): Promise<readonly string[]> {
  const taggedMs = Date.parse(flowLog?.tags[TAGS.deleteAfter] ?? '');
  if (flowLog === undefined || Number.isNaN(taggedMs)) return [];
  const written = await writtenDown(flowLog.id, journal);
  if (written?.until !== undefined)
    return [`${name} deletes itself after ${inWords(Math.max(written.until.getTime(), taggedMs))}.`];
  return [
    `A tag of ${name} says that its time ends ${inWords(taggedMs)}, which is not written down here: it is deleted only by \`teardown ${name}\`.`,
  ];
}

function inWords(ms: number): string {
  return showMoment(new Date(Math.floor(ms / 60_000) * 60_000), 'UTC');
}

type TableStatus = Pick<SourceStatus, 'table' | 'partitions' | 'doubts' | 'hasTable'>;

/** Events are fetched: no table is needed. */
const NO_TABLE: TableStatus = { table: 'not needed', partitions: '-', doubts: [], hasTable: false };

async function tableStatus(source: S3Source, context: OperationContext): Promise<TableStatus> {
  const { cloud, settings, signal, now } = context;
  if (source.adopted !== undefined)
    return {
      table: `${tableWords(source.adopted)}, not made by flowlog`,
      partitions: 'added by its owner',
      doubts: await adoptedDoubts(source, context),
      hasTable: true,
    };
  const { database } = settings;
  const { name } = tableFor(source, { database, mode: 'projected', since: now() });
  const stored = await cloud.tables.table(database, name, signal);
  if (stored === undefined) return { table: 'none', partitions: '-', doubts: [], hasTable: false };
  const mode = modeOf(stored);
  const differences = compareTables(tableFor(source, { database, mode, since: now() }), stored);
  return {
    table: `${database}.${name}${differences.length === 0 ? '' : ', does not fit'}`,
    partitions: await partitionWords(stored, context),
    doubts: differences.map((difference) => `The table of ${source.name} does not fit: ${difference}.`),
    hasTable: true,
  };
}

/** What keeps a table that flowlog did not make from being asked. */
async function adoptedDoubts(
  source: S3Source,
  { cloud: { tables }, settings: { workgroup }, signal }: OperationContext,
): Promise<readonly string[]> {
  try {
    await findAdopted(source, { tables, workgroup }, signal);
    return [];
  } catch (error) {
    if (error instanceof EngineError) return [`${error.message}.`];
    if (error instanceof UserError) return [[error.message, error.hint ?? ''].join(' ').trim()];
    if (error instanceof CloudError)
      return [`The table of ${source.name} was not found: ${errorWords(error)}`];
    throw error;
  }
}

async function partitionWords(stored: StoredTable, { cloud, signal }: OperationContext): Promise<string> {
  if (modeOf(stored) === 'projected') return 'worked out by Athena';
  const added = await cloud.tables.partitions(stored.database, stored.name, signal);
  const values = added.map(({ values }) => values.at(-1) ?? '').toSorted();
  return values.length === 0 ? 'none' : `${values.length}, ${values[0]} to ${values.at(-1)}`;
}

/** What cannot be asked of a flow log because of the fields that it lacks, a sentence each. */
export function missingWords(
  { name, fields }: CloudSource,
  catalog: readonly CannedQuery[],
): readonly string[] {
  if (fields.length === 0) return [];
  const lacks = (field: string) => !fields.includes(field);
  const queries = catalog.filter(({ needs }) => needs.some(lacks)).map((query) => `\`${query.name}\``);
  const options = new Map(
    catalog.flatMap(({ args }) =>
      Object.entries(args).flatMap(([option, { needs = [] }]) => {
        const missing = needs.filter(lacks);
        return missing.length === 0 ? [] : [[`\`${option}=\``, missing.join(', ')] as const];
      }),
    ),
  );
  const addresses = ADDRESS_FIELDS.filter(lacks);
  return [
    ...(queries.length === 0 ? [] : [`${name} lacks fields for ${queries.join(', ')}.`]),
    ...[...options].map(
      ([option, missing]) => `${name} does not record ${missing}: ${option} cannot be asked.`,
    ),
    ...(addresses.length === 0
      ? []
      : [
          `${name} does not record ${addresses.join(', ')}: pods, secondary addresses and hosts behind NAT are not seen.`,
        ]),
    ...(lacks('tcp-flags')
      ? [`${name} does not record tcp-flags: who opened a connection is derived from ports.`]
      : []),
  ];
}
