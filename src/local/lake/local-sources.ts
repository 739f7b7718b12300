import type { Scope } from '../../core/args/scope-args.ts';
import { UserError } from '../../core/errors.ts';
import { objectPlace } from '../../core/flow-log/object-place.ts';
import type { Lake } from '../../core/ports/lake.ts';
import type { FlowLogRead, LakeObject, Scan, Slot, Source, UnreadObject } from '../../core/ports/scan.ts';
import type { Sources } from '../../core/ports/sources.ts';
import { stretchOf } from '../../core/window/stretch-of.ts';
import type { FindFlowLogs, FoundFlowLogs } from './find-flow-logs.ts';
import type { Inspect } from './inspector.ts';
import { fieldsInPart, fieldsOf, notesOn } from './lake-fields.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import type { Shape } from './shape.ts';
import { surelyReaching } from './surely-reaching.ts';

/** What finding files in a folder needs. */
export interface LocalSourcesParts {
  readonly root: string;
  /** How the lake is called in answers. */
  readonly name: string;
  readonly lake: Lake;
  readonly inspect: Inspect;
  readonly findFlowLogs: FindFlowLogs;
}

/** The relation under which the DuckDB engine presents the files of a scan. */
export const LAKE_TABLE = 'flow_records';

/** The price shown for a lake whose paths name no region is that of us-east-1. */
const UNKNOWN_REGION = 'us-east-1';
/** Inflating uses zlib's own threads: more at once than cores only costs memory. */
const AT_ONCE = 2;

/** Finds flow logs in one folder: everything under it is one source, cut down by account and region where they are said. */
export function createLocalSources({ root, name, lake, inspect, findFlowLogs }: LocalSourcesParts): Sources {
  return {
    async scanFor({ window, scope }, signal) {
      await refuseUnreadable(root);
      refuseScope(scope, name);
      const [objects, extent, found] = await Promise.all([
        lake.during(stretchOf(window), signal),
        lake.extent(signal),
        findFlowLogs(signal),
      ]);
      const inScope = objects.filter(({ key }) => isInScope(key, scope));
      const scan = await scanOf({ name, objects: inScope, extent }, inspect, signal);
      return { ...scan, flowLogs: flowLogsOf(found, stretchOf(window), scope) };
    },
    prepare: async () => {},
  };
}

/** Files that were listed for a scan. */
export interface ListedFiles {
  readonly name: string;
  readonly objects: readonly LakeObject[];
  readonly extent: Slot | undefined;
}

/** Looks into the files that a scan needs: those that cannot be read are named, with the reason. */
export async function scanOf(
  { name, objects, extent }: ListedFiles,
  inspect: Inspect,
  signal: AbortSignal,
): Promise<Scan> {
  const inspected = await inspectAll(objects, inspect, signal);
  const readable = inspected.flatMap(({ object, shape }) => (shape === undefined ? [] : [{ object, shape }]));
  const source = sourceOf(name, readable);
  return {
    source,
    tables: [{ name: LAKE_TABLE, fields: source.fields }],
    objects: readable.map(({ object }) => object),
    unread: inspected.flatMap(({ unread }) => unread ?? []),
    notes: notesOn(readable.map(({ shape }) => shape)),
    fieldsInPart: fieldsInPart(readable.map(({ shape }) => shape)),
    extent,
  };
}

/**
 * The flow logs of a folder that could have recorded something of a stretch: all but those that began after it, also
 * those that had stopped before.
 */
function flowLogsOf(
  found: FoundFlowLogs,
  { toSeconds }: Slot,
  { account, region }: Scope,
): readonly FlowLogRead[] {
  return [...found]
    .filter(([fileNames, extent]) => {
      const [ofAccount, ofRegion] = fileNames.split('_vpcflowlogs_');
      const isOf = (wanted: string | undefined, is: string | undefined) =>
        wanted === undefined || is === undefined || is.startsWith(wanted);
      return extent.fromSeconds < toSeconds && isOf(account, ofAccount) && isOf(region, ofRegion);
    })
    .map(([fileNames, extent]) => ({ name: fileNames, eni: undefined, fileNames, extent }));
}

function isInScope(key: string, { account, region }: Scope): boolean {
  const place = objectPlace(key);
  const fits = (wanted: string | undefined, is: string | undefined) => wanted === undefined || wanted === is;
  return fits(account, place.account) && fits(region, place.region);
}

/** A folder knows neither VPCs nor names of sources. */
function refuseScope({ in: source, vpc }: Scope, name: string): void {
  const said = source === undefined ? vpc && `vpc=${vpc}` : `in=${source}`;
  if (said === undefined) return;
  throw new UserError(`\`${said}\` means nothing for ${name}: a folder tells accounts and regions alone.`, {
    hint: 'Leave it out, or say `account=` or `region=`.',
  });
}

interface Inspected {
  readonly object: LakeObject;
  readonly shape?: Shape;
  readonly unread?: UnreadObject;
}

async function inspectAll(
  objects: readonly LakeObject[],
  inspect: Inspect,
  signal: AbortSignal,
): Promise<readonly Inspected[]> {
  const inspected: Inspected[] = [];
  for (let first = 0; first < objects.length; first += AT_ONCE) {
    const batch = objects.slice(first, first + AT_ONCE).map(async (object): Promise<Inspected> => {
      const inspection = await inspect(object, signal);
      if ('shape' in inspection)
        return { object: surelyReaching(object, inspection.shape), shape: inspection.shape };
      return { object, unread: { key: object.key, slot: object.slot, reason: inspection.reason } };
    });
    inspected.push(...(await Promise.all(batch)));
  }
  return inspected;
}

function sourceOf(name: string, readable: readonly { object: LakeObject; shape: Shape }[]): Source {
  const regions = new Set(readable.flatMap(({ object }) => objectPlace(object.key).region ?? []));
  const [region = UNKNOWN_REGION] = regions;
  return { name, region, fields: fieldsOf(readable.map(({ shape }) => shape)) };
}
