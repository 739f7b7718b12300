import type { AskedTraffic } from '../../query.ts';
import type { Coverage, LogCoverage } from './coverage.ts';
import { isRecorded, type KnownTraffic, trafficAt } from './doubts.ts';
import type { Recorded } from './evidence.ts';

/** What tells which traffic flow logs record: EC2, by the coverage, and what the files themselves show. */
interface Known {
  readonly coverage: Pick<Coverage, 'flowLogs'>;
  /** Undefined where the files were not looked at. */
  readonly evidence: readonly Recorded[] | undefined;
}

/** The kinds of traffic among the records of some flow logs. */
export function kindsOf(
  logs: readonly Pick<LogCoverage, 'flowLog'>[],
  evidence: readonly Recorded[],
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
export function trafficDoubt(log: LogCoverage, known: Known, asked: AskedTraffic): readonly string[] {
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
