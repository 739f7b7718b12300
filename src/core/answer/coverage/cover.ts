import { fromUnixTime } from 'date-fns';
import { columnName, type FieldName, isField } from '../../flow-log/fields.ts';
import { flowLogOf } from '../../flow-log/object-time.ts';
import { countedObjects } from '../../lake/counted-objects.ts';
import { stretchOfAll } from '../../lake/stretch-of-all.ts';
import type { Run } from '../../ports/engine.ts';
import type { Scan } from '../../ports/scan.ts';
import type { Question } from '../../question.ts';
import { instantAt } from '../../window/instant-at.ts';
import { passedOverNotes } from '../cost/passed-over-notes.ts';
import type { Coverage, LogCoverage, MissingSlot, RecordCounts } from './coverage.ts';
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
export interface Seen {
  readonly question: Question;
  readonly scan: Scan;
  readonly run: Pick<Run, 'filesRead' | 'unread' | 'unreadableLines'>;
  readonly counts: RecordCounts;
  readonly newestEndSeconds: number | undefined;
  readonly now: Date;
}

/** Says what an answer can be trusted for, from what was chosen, what was read and what was counted. */
export function cover({ question, scan, run, counts, newestEndSeconds, now }: Seen): Coverage {
  const { window } = question;
  const own = { ...scan, objects: countedObjects(scan.objects) };
  const filesFailed = [...scan.unread, ...run.unread];
  const flowLogs = logCoverages({ scan: own, window, failed: filesFailed, now });
  const facts = {
    ...counts,
    sourceName: scan.source.name,
    filesRead: run.filesRead,
    slotsRead: stretchOfAll(own.objects.flatMap(({ slot }) => slot ?? [])),
    filesFailed,
    unreadableLines: run.unreadableLines,
    flowLogs,
    filesWithoutTime: own.objects.filter(({ key, slot }) => slot === undefined || flowLogOf(key) === '')
      .length,
    completeUpTo: completeUpTo(flowLogs),
    newestEnd: newestEndSeconds === undefined ? undefined : instantAt(newestEndSeconds),
    missingSlots: flowLogs.flatMap(missingOf),
    extent: scan.extent,
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

/** What is known of the window is known up to where the first of its flow logs has a gap. */
function completeUpTo(flowLogs: readonly LogCoverage[]): Date | undefined {
  const upTo = flowLogs.map(({ completeUpToSeconds }) => completeUpToSeconds);
  const known = upTo.filter((seconds) => seconds !== undefined);
  if (known.length === 0 || known.length < upTo.length) return undefined;
  return fromUnixTime(known.reduce((a, b) => Math.min(a, b)));
}

function missingOf({ flowLog, slots }: LogCoverage): readonly MissingSlot[] {
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
