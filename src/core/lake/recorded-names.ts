import { inOneLine } from '../wording.ts';
import { interfaceName } from './interface-name.ts';
import type { Name, Names } from './names.ts';

/** What a record says of the interface that made it, as it is written there; what it does not say is left out. */
export interface RecordedInterface {
  /** The interface's own address; undefined where the record does not show which one that is. */
  readonly address: string | undefined;
  readonly interfaceId?: string;
  readonly instanceId?: string;
  /** `nat_gateway`, `transit_gateway`: only for interfaces of AWS's own. */
  readonly type?: string;
  readonly ecsService?: string;
  /** An ARN: `…:task-definition/checkout:7`. */
  readonly ecsTaskDefinition?: string;
  readonly ecsTask?: string;
  /** Values of tags. Records do not say of which keys. */
  readonly interfaceTag?: string;
  readonly instanceTag?: string;
  readonly groupTag?: string;
}

/** What the records of an answer say of who made them, and of public addresses. */
export interface RecordedNames {
  readonly interfaces: readonly RecordedInterface[];
  /** Services of AWS by their public addresses, as AWS writes them: `S3`. */
  readonly services: ReadonlyMap<string, string>;
}

/** Where no record says a name. */
export const NO_RECORDED_NAMES: RecordedNames = { interfaces: [], services: new Map() };

/** The ids of the interfaces that had some addresses by the records, each once. */
export function interfacesBehind(
  { interfaces }: RecordedNames,
  addresses: ReadonlySet<string>,
): readonly string[] {
  const behind = interfaces.flatMap(({ address, interfaceId }) =>
    address !== undefined && addresses.has(address) ? (interfaceId ?? []) : [],
  );
  return [...new Set(behind)];
}

/**
 * Names by what the records say, which was so then, in the place of what EC2 says of an address now. EC2's name of the
 * interface that a record names is kept: it says more than an id, and it is the same interface.
 * @param names what EC2 calls the wanted addresses, and the interfaces behind them.
 * @param instanceNames the `Name` tags of instances by id.
 */
export function namesByRecords(
  names: Names,
  { interfaces }: RecordedNames,
  instanceNames: ReadonlyMap<string, string>,
): Names {
  const owners = new Map<string, RecordedInterface[]>();
  for (const owner of interfaces)
    for (const of of [owner.address, owner.interfaceId])
      if (of !== undefined) owners.set(of, [...(owners.get(of) ?? []), owner]);
  const found = new Map(names);
  for (const [of, known] of owners) {
    const name = nameOfOwner(agreed(known), names, instanceNames);
    if (name !== undefined) found.set(of, name);
    else if (isOfAnother(of, known, names)) found.delete(of);
  }
  return found;
}

/** What all of them say alike: tasks may share an interface, and an address may have moved to another one. */
function agreed([first, ...others]: readonly RecordedInterface[]): RecordedInterface {
  const said = Object.entries(first ?? {}) as readonly (readonly [
    keyof RecordedInterface,
    string | undefined,
  ])[];
  const common = said.filter(([member, value]) => others.every((other) => other[member] === value));
  return { address: undefined, ...Object.fromEntries(common) };
}

const INSTANCE_ID = /^i-[0-9a-f]+$/;

function nameOfOwner(
  owner: RecordedInterface,
  names: Names,
  instanceNames: ReadonlyMap<string, string>,
): Name | undefined {
  const { interfaceId = '', instanceId = '', type = '' } = owner;
  const task = taskName(owner);
  if (task !== undefined) return recorded(task);
  const ofInterface = names.get(interfaceId);
  const isOfThen = ofInterface?.since === undefined;
  if (ofInterface !== undefined && isOfThen && !INSTANCE_ID.test(ofInterface.name)) return ofInterface;
  const instance = instanceNames.get(instanceId) ?? tagName(owner) ?? owner.instanceId;
  if (instance !== undefined) return recorded(instance);
  if (ofInterface !== undefined) return ofInterface;
  const kind = interfaceName({ ...UNDESCRIBED, interfaceType: type.replace(/^regional_/, '') });
  return kind === undefined ? undefined : recorded(kind);
}

const UNDESCRIBED = { name: '', description: '', instanceId: undefined, requesterId: undefined };

function recorded(name: string): Name {
  return { name: inOneLine(name), from: 'records', since: undefined };
}

const SHOWN_OF_TASK = 8;

function taskName({ ecsService, ecsTaskDefinition, ecsTask }: RecordedInterface): string | undefined {
  const family = ecsTaskDefinition?.split('/').at(-1)?.split(':')[0];
  const name = ecsService ?? family;
  if (name !== undefined && name !== '') return `ECS ${name}`;
  return ecsTask === undefined ? undefined : `ECS task ${ecsTask.slice(0, SHOWN_OF_TASK)}`;
}

/** The key may be that of a team as well as of a name: it is said that it is a tag. */
function tagName({ interfaceTag, instanceTag, groupTag }: RecordedInterface): string | undefined {
  const value = interfaceTag ?? instanceTag ?? groupTag;
  return value === undefined ? undefined : `tag ${value}`;
}

/**
 * Whether EC2 gives an address to another interface than the one that recorded it, and not as of now alone: EC2 gives an
 * interface and its addresses one name, so that then the recorded one has none.
 */
function isOfAnother(of: string, owners: readonly RecordedInterface[], names: Names): boolean {
  const name = names.get(of);
  if (name === undefined || name.since !== undefined) return false;
  return owners.every(
    ({ address, interfaceId }) => address === of && interfaceId !== undefined && !names.has(interfaceId),
  );
}

/** What a service is called: as the records say, with the region where AWS publishes the same service for the address. */
export function awsServiceName(service: string, range: string | undefined): string {
  const name = service === 'AMAZON' ? 'AWS' : inOneLine(service);
  return range !== undefined && `${range} `.startsWith(`${name} `) ? range : name;
}
