import type { CloudSource } from './log-source.ts';
import type { NetworkInterface, Resource } from './network.ts';
import type { ScanTarget } from './sources.ts';

/** The flow logs that a question reads. */
export interface Chosen {
  readonly sources: readonly CloudSource[];
  /** What may be missing because of the choice, a clause each: with one of them an empty answer proves nothing. */
  readonly doubts: readonly string[];
  /** Those that are not read, because another one that is records all that they do. */
  readonly copies: readonly Copy[];
  /** What else must be said of the choice, a clause each; it hides nothing. */
  readonly remarks: readonly string[];
}

/** A flow log, and another one that records all that it does. */
export interface Copy {
  readonly copy: CloudSource;
  readonly of: CloudSource;
}

/** The interfaces that a question is about: those that carry its addresses, or the one that it names. */
export interface Subject {
  /** Their words in the question: an address, an interface id. */
  readonly said: string;
  readonly interfaces: readonly NetworkInterface[];
  /** Whether an account or a region did not say which interfaces it has: there may be others. */
  readonly isPartial: boolean;
}

/**
 * Chooses the flow logs that can have recorded what is asked: in the scope that was said, on what the subjects are,
 * and of two that record the same interface one, because both would count every packet.
 */
export function chooseSources(
  all: readonly CloudSource[],
  { window, scope, fields }: ScanTarget,
  subjects: readonly Subject[],
): Chosen {
  const inScope = all.filter((source) => isInScope(source, scope));
  const { sources, doubts } = covering(inScope, subjects);
  const copies = copiesAmong(sources, window.from, fields);
  const chosen = sources.filter((source) => !copies.some(({ copy }) => copy === source));
  return {
    sources: chosen,
    copies,
    doubts: [...doubts, ...doubtsOf(chosen, window.from)],
    remarks: overlaps(chosen),
  };
}

function isInScope(source: CloudSource, { in: name, account, region, vpc }: ScanTarget['scope']): boolean {
  if (name !== undefined && name !== source.name.toLowerCase() && name !== source.flowLog?.id) return false;
  const said = [
    [account, source.account],
    [region, source.region],
    [vpc, source.resource?.vpcId],
  ] as const;
  return said.every(([wanted, is]) => wanted === undefined || wanted === is);
}

/** Where nothing covers a subject, what others saw of it is read, and the answer says that it may not be all. */
function covering(
  sources: readonly CloudSource[],
  subjects: readonly Subject[],
): Pick<Chosen, 'sources' | 'doubts'> {
  const known = subjects.filter(({ interfaces }) => interfaces.length > 0);
  if (known.length === 0) return { sources, doubts: [] };
  const covers = ({ resource }: CloudSource, { interfaces }: Subject) =>
    resource === undefined || interfaces.some((each) => coversInterface(resource, each));
  const uncovered = known.filter((subject) => !sources.some((source) => covers(source, subject)));
  if (uncovered.length > 0)
    return {
      sources,
      doubts: uncovered.map(
        ({ said, interfaces }) => `no flow log records ${namesOf(said, interfaces)} itself`,
      ),
    };
  return {
    sources: sources.filter((source) => known.some((subject) => covers(source, subject))),
    doubts: [],
  };
}

function namesOf(said: string, interfaces: readonly NetworkInterface[]): string {
  const [first] = interfaces;
  return first === undefined || first.id === said ? said : `${first.id} of ${said}`;
}

/** One that records all of another's traffic, in full and for all of the window, makes the other a copy. */
function copiesAmong(
  sources: readonly CloudSource[],
  from: Date,
  fields: ScanTarget['fields'],
): readonly Copy[] {
  const isCopyOf = (inner: CloudSource, outer: CloudSource) => recordsAllOf(outer, inner, from, fields);
  return sources.flatMap((copy, index) => {
    const of = sources.find(
      (other, otherIndex) =>
        index !== otherIndex && isCopyOf(copy, other) && (!isCopyOf(other, copy) || otherIndex < index),
    );
    return of === undefined ? [] : [{ copy, of }];
  });
}

function recordsAllOf(
  outer: CloudSource,
  inner: CloudSource,
  from: Date,
  fields: ScanTarget['fields'],
): boolean {
  const { resource, flowLog } = outer;
  if (resource === undefined || inner.resource === undefined || flowLog === undefined) return false;
  return (
    contains(resource, inner.resource) &&
    outer.trafficType === 'ALL' &&
    flowLog.delivery.status === 'succeeding' &&
    flowLog.createdAt <= from &&
    inner.fields.every((field) => fields?.includes(field) === false || outer.fields.includes(field))
  );
}

function doubtsOf(sources: readonly CloudSource[], from: Date): readonly string[] {
  return sources.flatMap(({ name, flowLog }) =>
    [
      flowLog !== undefined &&
        flowLog.createdAt > from &&
        `${name} did not record before ${flowLog.createdAt.toISOString().slice(0, 16)}Z`,
      flowLog?.delivery.status === 'failing' &&
        `AWS says that delivery of ${name} fails: ${flowLog.delivery.error}`,
    ].filter((doubt) => doubt !== false),
  );
}

/** Two that record the same for only a part of the window are both read: one of them alone would lack the other part. */
function overlaps(sources: readonly CloudSource[]): readonly string[] {
  return sources.flatMap((outer, index) =>
    sources
      .filter(
        (inner, other) =>
          other !== index && bothRecord(outer, inner) && !(other < index && bothRecord(inner, outer)),
      )
      .map(
        ({ name }) =>
          `${outer.name} and ${name} record the same traffic in part: what both saw is counted twice`,
      ),
  );
}

function bothRecord({ resource, trafficType }: CloudSource, inner: CloudSource): boolean {
  if (resource === undefined || inner.resource === undefined) return false;
  const apart = new Set([trafficType, inner.trafficType]);
  return contains(resource, inner.resource) && !(apart.has('ACCEPT') && apart.has('REJECT'));
}

/** Whether a flow log on a resource records the traffic of an interface: on it, on its subnet or on its VPC. */
export function coversInterface(resource: Resource, { id, subnetId, vpcId }: NetworkInterface): boolean {
  return [id, subnetId, vpcId].includes(resource.id);
}

/** Whether all traffic of one resource is also traffic of another: of an interface in a subnet in a VPC. */
export function contains(outer: Resource, inner: Resource): boolean {
  if (outer.id === inner.id) return true;
  if (outer.kind === 'vpc') return inner.vpcId === outer.id;
  return outer.kind === 'subnet' && inner.kind === 'interface' && inner.subnetId === outer.id;
}
