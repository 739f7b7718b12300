import { fromUnixTime } from 'date-fns';
import { columnName, type FieldName, isField } from '../../flow-log/fields.ts';
import { flowLogOf, slotRangeOver } from '../../flow-log/slots.ts';
import { countedObjects, type Scan, type ScannedObject } from '../../lake/scan.ts';
import type { Coverage, LogCoverage, MissingSlotRange, RecordCounts } from '../../query/coverage.ts';
import type { Question } from '../../query/question.ts';
import { instantAt } from '../../time/moments.ts';
import { plural, showBytes } from '../../wording.ts';
import type { Run } from '../engine.ts';
import { doubtsOf } from './doubts.ts';
import { logCoverages } from './log-coverage.ts';

/** The fields that carry addresses: "traffic of an address" tests each that is recorded. */
export const ADDRESS_FIELDS = [
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
] as const satisfies FieldName[];

/** What an answer was made of. */
export interface AnswerMaterial {
  readonly question: Question;
  readonly scan: Scan;
  readonly run: Pick<Run, 'filesRead' | 'unread' | 'unreadableLines'>;
  readonly counts: RecordCounts;
  readonly newestEndSeconds: number | undefined;
  readonly now: Date;
}

/** Says what an answer can be trusted for, from what was chosen, what was read and what was counted. */
export function cover({ question, scan, run, counts, newestEndSeconds, now }: AnswerMaterial): Coverage {
  const { window } = question;
  const own = { ...scan, objects: countedObjects(scan.objects) };
  const filesFailed = [...scan.unread, ...run.unread];
  const flowLogs = logCoverages({ scan: own, window, failed: filesFailed, now });
  const facts = {
    ...counts,
    sourceName: scan.source.name,
    filesRead: run.filesRead,
    ...tablesRead(scan),
    slotsRead: slotRangeOver(own.objects.flatMap(({ slot }) => slot ?? [])),
    filesFailed,
    unreadableLines: run.unreadableLines,
    flowLogs,
    filesWithoutTime: own.objects.filter(({ key, slot }) => slot === undefined || flowLogOf(key) === '')
      .length,
    completeUpTo: completeUpTo(flowLogs),
    newestEnd: newestEndSeconds === undefined ? undefined : instantAt(newestEndSeconds),
    missingSlots: flowLogs.flatMap(missingOf),
    storedRange: scan.storedRange,
    addressFields: ADDRESS_FIELDS.filter((field) => scan.source.fields.includes(field)),
    notes: [
      ...scan.notes,
      ...(scan.remarks ?? []),
      ...partialFields(scan),
      ...unknownFields(scan),
      ...recordedInPart(flowLogs),
      ...passedOverNotes(scan),
    ],
  };
  const doubts = doubtsOf(facts, { question, scan });
  return { ...facts, doubts, complete: doubts.length === 0 };
}

function tablesRead({ tables }: Scan): Pick<Coverage, 'tablesRead'> {
  const unlisted = tables.filter((table) => table.unlisted !== undefined).map(({ name }) => name);
  return unlisted.length === 0 ? {} : { tablesRead: unlisted };
}

/** What is known of the window is known up to where the first of its flow logs has a gap. */
function completeUpTo(flowLogs: readonly LogCoverage[]): Date | undefined {
  const upTo = flowLogs.map(({ completeUpToSeconds }) => completeUpToSeconds);
  const known = upTo.filter((seconds) => seconds !== undefined);
  if (known.length === 0 || known.length < upTo.length) return undefined;
  return fromUnixTime(known.reduce((a, b) => Math.min(a, b)));
}

function missingOf({ flowLog, slots }: LogCoverage): readonly MissingSlotRange[] {
  return slots
    .filter(({ state }) => state === 'missing')
    .map(({ fromSeconds, toSeconds }) => ({ flowLog, fromSeconds, toSeconds }));
}

function partialFields({ fieldsInPart = [] }: Scan): readonly string[] {
  return fieldsInPart.length === 0 ? [] : [`not all of the files record ${fieldsInPart.join(', ')}`];
}

function unknownFields({ source }: Scan): readonly string[] {
  const unknown = source.fields.filter((field) => !isField(field));
  if (unknown.length === 0) return [];
  return [`fields that flowlog does not know are kept as text: ${unknown.map(columnName).join(', ')}`];
}

function recordedInPart(flowLogs: readonly LogCoverage[]): readonly string[] {
  return flowLogs.flatMap(({ flowLog, traffic }) =>
    traffic === 'accepted' || traffic === 'rejected' ? [`${flowLog} records ${traffic} traffic only`] : [],
  );
}

/**
 * What a scan costs in addition to the files whose records count, a sentence each. AWS says that Athena reads all files
 * in a folder, and promises nothing of what a condition on `$path` spares.
 * @see https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html
 */
function passedOverNotes({ objects }: Pick<Scan, 'objects'>): readonly string[] {
  const counted = new Set(countedObjects(objects).map(({ key }) => key));
  const passedOver = objects.filter((object) => object.passedOver === true);
  const again = passedOver.filter(({ key }) => counted.has(key));
  const others = passedOver.filter(({ key }) => !counted.has(key));
  return [
    ...(others.length === 0
      ? []
      : [
          `under the same prefix ${filesAndBytes(others)} of other flow logs may be scanned and billed too: their records do not count`,
        ]),
    ...(again.length === 0
      ? []
      : [
          `flow logs of different formats share a prefix: ${filesAndBytes(again)} may be scanned and billed again for the other format`,
        ]),
  ];
}

function filesAndBytes(objects: readonly ScannedObject[]): string {
  const files = new Set(objects.map(({ key }) => key)).size;
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  return `${plural(files, 'file')} (${showBytes(bytes)})`;
}
