import type { FieldName } from '../../flow-log/fields.ts';
import type { RecordedTraffic, Scan } from '../../lake/scan.ts';
import { standardArguments } from '../../line/standard-arguments.ts';
import { type Coverage, isNothingRead, type LogCoverage } from '../../query/coverage.ts';
import { fieldsAskedBy } from '../../query/flows.ts';
import type { AskedTraffic } from '../../query/query.ts';
import type { Question } from '../../query/question.ts';
import { innermost } from '../../query/selection.ts';
import { plural } from '../../wording.ts';

/** What coverage knows before its doubts are named. */
export type CoverageFacts = Omit<Coverage, 'doubts' | 'complete'>;

/** What is asked, and of what. */
export interface AskedOf {
  readonly question: Question;
  readonly scan: Scan;
}

/**
 * Why the records may not be all there are, a clause each, the weightiest first; none where every slot of every flow
 * log was read in whole and nothing was lost.
 */
export function doubtsOf(facts: CoverageFacts, asked: AskedOf): readonly string[] {
  if (isNothingRead(facts) && facts.filesFailed.length === 0)
    return ['there are no flow log files for this window'];
  return [
    ...readingDoubts(facts),
    ...slotDoubts(facts),
    ...trafficDoubts(facts.flowLogs, asked.question),
    ...lossDoubts(facts, skippedWhereItMatters(facts, asked)),
    ...fieldDoubts(asked),
    ...asked.scan.notes,
  ];
}

/** Doubts about files and lines that could not be read. */
export function readingDoubts({
  filesFailed,
  unreadableLines = 0,
  filesWithoutTime,
}: Pick<CoverageFacts, 'filesFailed' | 'unreadableLines' | 'filesWithoutTime'>): readonly string[] {
  return [
    filesFailed.length > 0 && `${plural(filesFailed.length, 'file')} could not be read`,
    unreadableLines > 0 && `${plural(unreadableLines, 'line')} could not be read`,
    filesWithoutTime > 0 &&
      `${plural(filesWithoutTime, 'file has', 'files have')} neither a flow log nor a time in the name`,
  ].filter((doubt) => doubt !== false);
}

/** Doubts about slots without a file that was read. */
export function slotDoubts({ flowLogs }: Pick<CoverageFacts, 'flowLogs'>): readonly string[] {
  const has = (state: string) => flowLogs.some(({ slots }) => slots.some((slot) => slot.state === state));
  return [
    has('missing') && 'some five-minute slots have no file',
    has('late') && 'the newest records have not been delivered yet',
  ].filter((doubt) => doubt !== false);
}

/** Doubts about records of lost flows, and about records of an unknown status. */
export function lossDoubts(
  { skipData, otherStatus }: Pick<CoverageFacts, 'skipData' | 'otherStatus'>,
  skipMatters: boolean,
): readonly string[] {
  return [
    skipData === undefined && 'whether AWS lost flows was not counted',
    skipData !== undefined &&
      skipData > 0 &&
      skipMatters &&
      `AWS lost flows there (${plural(skipData, 'record says', 'records say')} so)`,
    otherStatus !== undefined &&
      otherStatus > 0 &&
      `${plural(otherStatus, 'record')} with a status that AWS does not document`,
  ].filter((doubt) => doubt !== false);
}

/** Flow logs that leave out what was asked; where it is unknown what one records, `proofOf` decides. */
function trafficDoubts(flowLogs: readonly LogCoverage[], question: Question): readonly string[] {
  const asked = question.query.asksFor(question.args);
  return flowLogs.flatMap((log) =>
    log.traffic === undefined || isRecorded(trafficAt(log, flowLogs), asked)
      ? []
      : [`${log.flowLog} records ${log.traffic} traffic only`],
  );
}

/** Which kinds of traffic are recorded. */
export interface KnownTraffic {
  readonly accepted: boolean;
  readonly rejected: boolean;
}

/** What is recorded where a flow log records: two on one resource may share its traffic. */
export function trafficAt(
  { traffic, resource }: LogCoverage,
  flowLogs: readonly LogCoverage[],
): KnownTraffic {
  const there = flowLogs.filter((other) => resource !== undefined && other.resource === resource);
  const kinds = [traffic, ...there.map((other) => other.traffic)];
  const has = (kind: RecordedTraffic) => kinds.includes(kind) || kinds.includes('all');
  return { accepted: has('accepted'), rejected: has('rejected') };
}

/** Whether what is recorded is all that is asked about. */
export function isRecorded({ accepted, rejected }: KnownTraffic, asked: AskedTraffic): boolean {
  return asked === 'none' || ((accepted || asked === 'rejected') && (rejected || asked === 'accepted'));
}

/**
 * Lost flows matter at the interfaces that would have seen what was asked: at the one that the question names, or at
 * those that carry an address of it. Where neither is known they matter everywhere.
 */
function skippedWhereItMatters({ skippedAt }: CoverageFacts, { question, scan }: AskedOf): boolean {
  const { eni } = standardArguments(question.args);
  const named = typeof eni === 'string' ? [[eni]] : [];
  const carrying = (scan.subjects ?? [])
    .filter(({ isPartial }) => !isPartial)
    .map(({ interfaces }) => interfaces);
  const known = [...named, ...carrying].filter((interfaces) => interfaces.length > 0);
  return known.length === 0 || known.every((interfaces) => isAmong(skippedAt, interfaces));
}

/** Whether flows were lost at one of some interfaces, or at one that its record does not name. */
export function isAmong(skippedAt: readonly string[], interfaces: readonly string[]): boolean {
  return skippedAt.some((at) => at === '-' || interfaces.includes(at));
}

/** A condition on a field that some files do not record finds nothing in those. */
export function fieldDoubts({ question: { query, args, ...context }, scan }: AskedOf): readonly string[] {
  const needed: readonly string[] = fieldsAskedBy(innermost(query.sql(args, context)).where).filter(
    (field) => !SHOWS_ROLES.has(field),
  );
  const missing = (scan.fieldsInPart ?? []).filter((field) => needed.includes(field));
  return missing.length === 0 ? [] : [`not all of the files record ${missing.join(', ')}`];
}

/** Where it is not recorded who asked whom is unknown, and nothing is left out because of that. */
const SHOWS_ROLES: ReadonlySet<FieldName> = new Set<FieldName>(['tcp-flags']);
