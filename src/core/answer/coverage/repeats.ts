import { flowLogOf, type SlotRange } from '../../flow-log/slots.ts';
import type { RepeatedRecords, Scan } from '../../lake/scan.ts';
import type { InterfaceEvidence } from './evidence.ts';

/** Whether two flow logs of one account and region have files among those of a scan. */
export function mayRepeat({ objects }: Pick<Scan, 'objects'>): boolean {
  const names = new Set(objects.map(({ key }) => flowLogOf(key)).filter((name) => name !== ''));
  return names.size > new Set([...names].map(accountAndRegion)).size;
}

/** The account and the region in what the names of a flow log's files begin with. */
function accountAndRegion(name: string): string {
  return name.slice(0, name.lastIndexOf('_'));
}

/** A flow log as its files and records show it. */
interface RecordedFlowLog {
  readonly name: string;
  readonly interfaces: ReadonlySet<string>;
  readonly accepted: boolean;
  readonly rejected: boolean;
  readonly packetFields: boolean;
  readonly slots: ReadonlySet<number>;
}

/**
 * Of flow logs that record the same interface each would count every packet again. One whose interfaces another one
 * records too, as long and as much of it, is not read; where two share some interfaces, the records of these count in
 * one of them. Where neither shows all that the other does both count, and the answer says so.
 */
export function withoutRepeats(scan: Scan, evidence: readonly InterfaceEvidence[]): Scan {
  const shown = shownBy(scan, evidence);
  const gone = new Set<string>();
  const repeats: RepeatedRecords[] = [];
  const remarks: string[] = [];
  for (const [one, other] of pairsOf(shown)) {
    if (gone.has(one.name) || gone.has(other.name)) continue;
    const shared = [...one.interfaces].filter((id) => other.interfaces.has(id));
    if (shared.length === 0 || areApart(one, other)) continue;
    const [more, less] = showsAllOf(one, other) ? [one, other] : [other, one];
    if (!showsAllOf(more, less)) {
      remarks.push(`${one.name} and ${other.name} record the same in part: what both saw is counted twice`);
    } else if (shared.length === less.interfaces.size) {
      gone.add(less.name);
      remarks.push(`${less.name} records nothing that ${more.name} does not, and was not read`);
    } else repeats.push({ flowLog: less.name, interfaces: shared });
  }
  return {
    ...scan,
    objects: scan.objects.filter(({ key }) => !gone.has(flowLogOf(key))),
    tables: scan.tables.map((table) => (repeats.length === 0 ? table : { ...table, repeats })),
    flowLogs: (scan.flowLogs ?? []).filter(({ fileNames = '' }) => !gone.has(fileNames)),
    remarks: [...(scan.remarks ?? []), ...remarks],
  };
}

function shownBy({ objects }: Scan, evidence: readonly InterfaceEvidence[]): readonly RecordedFlowLog[] {
  const names = [...new Set(evidence.map(({ flowLog }) => flowLog))].filter((name) => name !== '');
  return names.map((name) => {
    const own = evidence.filter(({ flowLog }) => flowLog === name);
    const slots = objects.flatMap(({ key, slot }) =>
      flowLogOf(key) === name && slot !== undefined ? [slot] : [],
    );
    return {
      name,
      interfaces: new Set(own.map(({ interfaceId }) => interfaceId)),
      accepted: own.some(({ accepted }) => accepted),
      rejected: own.some(({ rejected }) => rejected),
      packetFields: own.some(({ packetFields }) => packetFields),
      slots: new Set(slots.flatMap(startsIn)),
    };
  });
}

const STEP_SECONDS = 300;

function startsIn({ fromSeconds, toSeconds }: SlotRange): readonly number[] {
  return Array.from(
    { length: Math.ceil((toSeconds - fromSeconds) / STEP_SECONDS) },
    (_, index) => fromSeconds + index * STEP_SECONDS,
  );
}

function pairsOf(
  shown: readonly RecordedFlowLog[],
): readonly (readonly [RecordedFlowLog, RecordedFlowLog])[] {
  return shown.flatMap((one, index) =>
    shown
      .slice(index + 1)
      .filter((other) => accountAndRegion(one.name) === accountAndRegion(other.name))
      .map((other) => [one, other] as const),
  );
}

/** Whether one records what was accepted and the other what was rejected: no packet is both. */
function areApart(one: RecordedFlowLog, other: RecordedFlowLog): boolean {
  return !(one.accepted && other.accepted) && !(one.rejected && other.rejected);
}

/** Whether one shows of the interfaces that both record all that the other shows of them. */
function showsAllOf(more: RecordedFlowLog, less: RecordedFlowLog): boolean {
  return (
    (more.accepted || !less.accepted) &&
    (more.rejected || !less.rejected) &&
    (more.packetFields || !less.packetFields) &&
    [...less.slots].every((start) => more.slots.has(start))
  );
}
