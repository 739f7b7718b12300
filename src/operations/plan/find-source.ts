import { type Remedy, UserError } from '../../core/errors.ts';
import { contains, coversInterface } from '../../core/lake/choose-sources.ts';
import type { Site } from '../../core/lake/cloud.ts';
import { type CloudSource, isOnS3, type S3Source } from '../../core/lake/log-source.ts';
import type { NetworkInterface, Resource } from '../../core/lake/network.ts';
import type { FoundSources } from '../../core/lake/source-book.ts';
import { nearest } from '../../core/line/plain-arguments.ts';
import type { OperationContext } from '../../core/operation/operation.ts';

/** How a line names a source, and whether a configured source is accepted. */
export interface AskedBy {
  readonly line: string;
  readonly takesNames?: true;
}

type Looking = Pick<OperationContext, 'book' | 'signal'>;

/** The source in S3 of a name, or the only one there is when none is said. @throws UserError as `findAnySource`, and for one that is not there. */
export async function findSource(
  name: string | undefined,
  asked: AskedBy,
  context: Looking,
): Promise<S3Source> {
  const source = await findAnySource(name, asked, context);
  if (isOnS3(source)) return source;
  throw new UserError(
    `${source.name} delivers to CloudWatch Logs (\`${source.place.logGroup}\`): it has neither files nor a table.`,
    { hint: `It can be asked as it is, free: \`rejected last 1h in=${source.name}\`.` },
  );
}

/**
 * The source of a name, or the only one there is when none is said. It is looked for anew, because it may have been
 * created a moment ago. @throws UserError when it is not there, or which one is not clear.
 */
async function findAnySource(
  name: string | undefined,
  asked: AskedBy,
  { book, signal }: Looking,
): Promise<CloudSource> {
  const found = await book.found(signal, { fresh: true });
  const { others, problems } = found;
  const sources = [...found.sources, ...found.logGroups];
  if (name === undefined) {
    const [only] = sources;
    if (only !== undefined && sources.length === 1) return only;
    if (only === undefined) throw none(others, problems);
    throw new UserError(`There are ${sources.length} flow logs: say which.`, lineWith(asked, only.name));
  }
  const source = sources.find((each) => each.name === name || each.flowLog?.id === name);
  if (source !== undefined) return source;
  const other = others.find((words) => words.startsWith(name));
  if (other !== undefined)
    throw new UserError(`\`${name}\` cannot be asked: ${other}.`, { hint: 'See `sources`.' });
  const meant = nearest(
    name,
    sources.map((each) => each.name),
  );
  if (problems.length > 0) throw unknown(`The flow log \`${name}\` was not found`, problems);
  throw new UserError(`There is no flow log \`${name}\` here.`, lineWith(asked, meant));
}

/** Where only the id of a flow log is accepted, the name of a configured source is not offered. */
function lineWith({ line, takesNames }: AskedBy, name: string | undefined): Remedy {
  const fits = name !== undefined && (takesNames === true || name.startsWith('fl-'));
  return fits ? { correctedLine: `${line} ${name}` } : { hint: 'See `sources`.' };
}

/** Where a region did not answer, it is unknown what is there. */
function unknown(what: string, problems: readonly string[]): UserError {
  return new UserError(`${what}, but ${problems.join('; ')}.`, {
    hint: 'See to that first: `sources` shows who answers.',
  });
}

function none(others: readonly string[], problems: readonly string[]): UserError {
  if (problems.length > 0) return unknown('No flow log was found', problems);
  const [first] = others;
  return new UserError(
    first === undefined
      ? 'There is no flow log here.'
      : `There is no flow log here that can be asked: ${first}.`,
    { hint: 'Type `setup vpc-…` with the id of a VPC, a subnet or a network interface to create one.' },
  );
}

/** A resource and where it is. */
export interface LocatedResource {
  readonly site: Site;
  readonly resource: Resource;
}

/** Finds a VPC, subnet or interface in any region of any account. @throws UserError when there is none. */
export async function locateResource(
  id: string,
  { cloud, signal }: Pick<OperationContext, 'cloud' | 'signal'>,
): Promise<LocatedResource> {
  const sites = await cloud.sites(signal);
  const found = await Promise.all(
    sites.map(async (site) => ({ site, resource: await site.network.resource(id, signal) })),
  );
  for (const { site, resource } of found) if (resource !== undefined) return { site, resource };
  const places = sites.slice(0, MOST_NAMED).map(({ account, region }) => `${region} of ${account}`);
  const others = sites.length > MOST_NAMED ? ` and ${sites.length - MOST_NAMED} others` : '';
  throw new UserError(`There is no \`${id}\` in ${places.join(', ')}${others}.`, {
    hint: 'Check the id; if it is in another region or account, add that to `aws-regions` or `accounts` in flowlog.yml.',
  });
}

const MOST_NAMED = 4;

/** Whether a word is the id of what is recorded, not of a source. */
export function namesResource(of: string): boolean {
  return /^(?:vpc|subnet|eni|i)-[0-9a-f]+$/.test(of);
}

/** The flow logs that record something. */
interface CoveringSources extends Pick<FoundSources, 'others' | 'problems'> {
  readonly sources: readonly CloudSource[];
}

/**
 * The flow logs that record something: of an interface those on it, on its subnet and on its VPC; of a VPC also those
 * on what is in it. All, when nothing is named. @throws UserError when what is named is not there.
 */
export async function coveringSources(
  of: string | undefined,
  context: OperationContext,
): Promise<CoveringSources> {
  if (of !== undefined && !namesResource(of))
    return {
      sources: [await findAnySource(of, { line: 'status', takesNames: true }, context)],
      others: [],
      problems: [],
    };
  const found = await context.book.found(context.signal, { fresh: true });
  const sources = [...found.sources, ...found.logGroups];
  if (of === undefined) return { ...found, sources };
  const covers = await coveringOf(of, context);
  return {
    sources: sources.filter(({ resource }) => resource !== undefined && covers(resource)),
    others: [],
    problems: found.problems,
  };
}

/** Whether a flow log on a resource records what is named. @throws UserError when that is not there. */
async function coveringOf(of: string, context: OperationContext): Promise<(recorded: Resource) => boolean> {
  if (of.startsWith('i-')) {
    const interfaces = await interfacesOf(of, context);
    return (recorded) => interfaces.some((each) => coversInterface(recorded, each));
  }
  const { resource } = await locateResource(of, context);
  return (recorded) => contains(recorded, resource) || contains(resource, recorded);
}

async function interfacesOf(
  instanceId: string,
  { cloud, signal }: OperationContext,
): Promise<readonly NetworkInterface[]> {
  const sites = await cloud.sites(signal);
  const found = await Promise.all(
    sites.map(({ network }) => network.interfaces({ instanceIds: [instanceId] }, signal)),
  );
  if (found.flat().length > 0) return found.flat();
  throw new UserError(`There is no instance \`${instanceId}\` with a network interface here.`, {
    hint: 'Check the id; if it is in another region or account, add that to `aws-regions` or `accounts` in flowlog.yml.',
  });
}
