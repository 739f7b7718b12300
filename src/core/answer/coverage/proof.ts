import { fromUnixTime } from 'date-fns';
import { isAddressRange } from '../../flow-log/addresses.ts';
import type { Scan } from '../../lake/scan.ts';
import { standardArguments } from '../../line/standard-arguments.ts';
import { type Coverage, isNothingRead, type LogCoverage } from '../../query/coverage.ts';
import type { AskedTraffic } from '../../query/query.ts';
import type { Question } from '../../query/question.ts';
import { ADDRESS_FIELDS } from './cover.ts';
import {
  fieldDoubts,
  isAmong,
  isRecorded,
  type KnownTraffic,
  lossDoubts,
  readingDoubts,
  slotDoubts,
  trafficAt,
} from './doubts.ts';
import type { InterfaceEvidence } from './evidence.ts';

/** How far it is proven that there was nothing of what was asked. */
export interface Proof {
  /** Why it is not proven for all of the window, a clause each, the weightiest first; none where it is. */
  readonly doubts: readonly string[];
  /** Up to when it is proven; undefined where it is for no part of the window. */
  readonly upTo: Date | undefined;
  /** Whether the only doubt is that later files are not delivered yet. */
  readonly isLateAlone: boolean;
}

/** What an empty answer is judged by. */
export interface EmptyAnswer {
  readonly question: Question;
  readonly scan: Scan;
  readonly coverage: Coverage;
  /** What the files themselves show; undefined where they were not looked at again. */
  readonly evidence: readonly InterfaceEvidence[] | undefined;
}

/**
 * Judges whether an answer without rows proves that there was nothing: every slot that can hold such a record was read
 * in whole, the flow logs record such traffic, the interface is known, and nothing was lost where it would have been
 * seen. What the logs do not show is unknown, never assumed.
 */
export function proofOf(empty: EmptyAnswer): Proof {
  const { question, scan, coverage } = empty;
  if (isNothingRead(coverage)) return { doubts: coverage.doubts, upTo: undefined, isLateAlone: false };
  const asked = question.query.asksFor(question.args);
  if (asked === 'none') {
    const ofSlots = slotDoubts(coverage);
    const others = [
      ...coverage.doubts.filter((doubt) => !ofSlots.includes(doubt)),
      ...unknownInterface(empty),
    ];
    return proofFrom([...ofSlots, ...others], coverage.flowLogs, others);
  }
  const interfaces = interfacesAsked(empty);
  const flowLogs = decisive(empty, interfaces);
  const skipMatters = interfaces === undefined || isAmong(coverage.skippedAt, interfaces);
  const others = [
    ...readingDoubts({
      ...coverage,
      filesWithoutTime: flowLogs === coverage.flowLogs ? unexplainedFiles(empty) : 0,
    }),
    ...lossDoubts(coverage, skipMatters),
    ...fieldDoubts(empty),
    ...scan.notes,
    ...flowLogs.flatMap((log) => trafficDoubt(log, empty, asked)),
    ...unknownInterface(empty),
    ...hiddenAddress(question, coverage),
  ];
  return proofFrom([...slotDoubts({ flowLogs }), ...others], flowLogs, others);
}

function proofFrom(
  doubts: readonly string[],
  flowLogs: readonly LogCoverage[],
  others: readonly string[],
): Proof {
  const states = new Set(flowLogs.flatMap(({ slots }) => slots.map(({ state }) => state)));
  states.delete('read');
  const upTo = flowLogs.map(({ completeUpToSeconds }) => completeUpToSeconds);
  const known = upTo.filter((seconds) => seconds !== undefined);
  const isKnown = others.length === 0 && known.length === upTo.length && known.length > 0;
  return {
    doubts: [...new Set(doubts)],
    upTo: isKnown ? fromUnixTime(known.reduce((a, b) => Math.min(a, b))) : undefined,
    isLateAlone: isKnown && states.size === 1 && states.has('late'),
  };
}

/**
 * The files without a flow log in their names, unless their records are all of interfaces that a flow log records
 * whose files do: then they can only add to what that shows.
 */
function unexplainedFiles({ coverage, evidence }: EmptyAnswer): number {
  // Without any flow log there is nothing that they could be part of.
  if (evidence === undefined || coverage.flowLogs.length === 0) return coverage.filesWithoutTime;
  const named = new Set(
    evidence.filter(({ flowLog }) => flowLog !== '').map(({ interfaceId }) => interfaceId),
  );
  const nameless = evidence.filter(({ flowLog }) => flowLog === '');
  const isExplained = nameless.every(({ interfaceId }) => named.has(interfaceId));
  return isExplained ? 0 : coverage.filesWithoutTime;
}

/** The interfaces that would have seen what was asked, of one of its addresses; undefined where none is known. */
function interfacesAsked({
  question,
  scan,
  coverage,
  evidence = [],
}: EmptyAnswer): readonly string[] | undefined {
  const { args } = question;
  const { eni } = standardArguments(args);
  if (eni !== undefined) return [eni];
  const carriers = (scan.subjects ?? [])
    .filter(({ isPartial }) => !isPartial)
    .map(({ interfaces }) => interfaces);
  const shown = Object.values(args)
    .filter(isAddressRange)
    .filter(({ single }) => single)
    .map(({ text }) =>
      evidence.filter(({ carries }) => carries.includes(text)).map(({ interfaceId }) => interfaceId),
    );
  const known = [...carriers, ...shown].filter((interfaces) => interfaces.length > 0);
  // What two addresses said to each other is seen at either.
  return known.find((interfaces) => !isAmong(coverage.skippedAt, interfaces)) ?? known[0];
}

/**
 * The flow logs by which it is decided. Where it is known which interfaces carry what was asked, for each of them one
 * that saw all of its traffic is enough; where none alone did, all that record the interface must be whole. Else all.
 */
function decisive(empty: EmptyAnswer, interfaces: readonly string[] | undefined): readonly LogCoverage[] {
  const { coverage, evidence = [], scan, question } = empty;
  if (interfaces === undefined || scan.subjects !== undefined) return coverage.flowLogs;
  const asked = question.query.asksFor(question.args);
  const chosen = interfaces.map((id) => {
    const recording = evidence.filter(({ interfaceId }) => interfaceId === id).map(({ flowLog }) => flowLog);
    const logs = coverage.flowLogs.filter(({ flowLog }) => recording.includes(flowLog));
    const alone = logs.find((log) => log.whole && isRecorded(kindsOf([log], evidence), asked));
    return alone === undefined ? logs : [alone];
  });
  return chosen.some((logs) => logs.length === 0) ? coverage.flowLogs : [...new Set(chosen.flat())];
}

/** An interface that nothing names may not exist, or not be recorded. */
function unknownInterface({ question, scan, evidence }: EmptyAnswer): readonly string[] {
  const { eni } = standardArguments(question.args);
  if (typeof eni !== 'string') return [];
  const subject = scan.subjects?.find(({ said }) => said === eni);
  const isKnown =
    subject === undefined
      ? (evidence ?? []).some(({ interfaceId }) => interfaceId === eni)
      : subject.interfaces.length > 0;
  if (isKnown) return [];
  if (subject === undefined) return [`no record here is of ${eni}`];
  return [
    subject.isPartial ? `it is not known which interface ${eni} is` : `EC2 knows no interface ${eni} here`,
  ];
}

/** A pod, a secondary address or a host behind NAT is only in the packet fields. */
function hiddenAddress({ args }: Question, { addressFields }: Coverage): readonly string[] {
  const absent = ADDRESS_FIELDS.filter((field) => !addressFields.includes(field));
  if (absent.length === 0 || !Object.values(args).some(isAddressRange)) return [];
  return [
    `${absent.join(', ')} not recorded, so that a pod, a secondary address or a host behind NAT is not seen`,
  ];
}

/** From what it is known which traffic flow logs record: EC2, by the coverage, and what the files themselves show. */
interface Known {
  readonly coverage: Pick<Coverage, 'flowLogs'>;
  /** Undefined where the files were not looked at. */
  readonly evidence: readonly InterfaceEvidence[] | undefined;
}

/** The kinds of traffic among the records of some flow logs. */
function kindsOf(
  logs: readonly Pick<LogCoverage, 'flowLog'>[],
  evidence: readonly InterfaceEvidence[],
): KnownTraffic {
  const names = logs.map(({ flowLog }) => flowLog);
  const own = evidence.filter(({ flowLog }) => names.includes(flowLog));
  return { accepted: own.some(({ accepted }) => accepted), rejected: own.some(({ rejected }) => rejected) };
}

/**
 * What is known to be recorded where a flow log records: by EC2, or by records of both kinds among those that it wrote,
 * or that another wrote of all its interfaces.
 */
function trafficOf(log: LogCoverage, { coverage, evidence = [] }: Known): KnownTraffic {
  if (log.traffic !== undefined) return trafficAt(log, coverage.flowLogs);
  const ofLog = (name: string) => evidence.filter(({ flowLog }) => flowLog === name);
  const interfaces = new Set(ofLog(log.flowLog).map(({ interfaceId }) => interfaceId));
  const there = coverage.flowLogs.filter(({ flowLog }) => {
    const recorded = new Set(ofLog(flowLog).map(({ interfaceId }) => interfaceId));
    return interfaces.size > 0 && [...interfaces].every((id) => recorded.has(id));
  });
  return kindsOf(there, evidence);
}

/** Why a flow log may leave out traffic that is asked about, a clause; none where it is known to record it. */
function trafficDoubt(log: LogCoverage, known: Known, asked: AskedTraffic): readonly string[] {
  const traffic = trafficOf(log, known);
  if (isRecorded(traffic, asked)) return [];
  if (log.traffic !== undefined) return [`${log.flowLog} records ${log.traffic} traffic only`];
  if (known.evidence === undefined) return [`it is not known which traffic ${log.flowLog} records`];
  const absent = [
    !traffic.accepted && asked !== 'rejected' && 'accepted',
    !traffic.rejected && asked !== 'accepted' && 'rejected',
  ].filter((word) => word !== false);
  return [`no ${absent.join(' and no ')} record is in these logs, so that they may not record such traffic`];
}
