import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { UserError } from '../../core/errors.ts';
import type { SlotRange } from '../../core/flow-log/slots.ts';
import type { Lake } from '../../core/lake/lake.ts';
import type { FolderPlace } from '../../core/lake/log-source.ts';
import type { FlowLogRead } from '../../core/lake/scan.ts';
import type { Sources } from '../../core/lake/sources.ts';
import type { Scope, WantedEngine } from '../../core/line/standard-arguments.ts';
import { slotRangeOf } from '../../core/time/window.ts';
import type { FindFlowLogs, FoundFlowLogs } from './find-flow-logs.ts';
import type { Inspect } from './inspector.ts';
import { mayBeInScope } from './owned-records.ts';
import { codeOf } from './read-text.ts';
import { scanOf } from './scan-of.ts';

export interface LocalSourcesParts {
  readonly place: FolderPlace;
  /** How the lake is called in answers. */
  readonly name: string;
  readonly lake: Lake;
  readonly inspect: Inspect;
  readonly findFlowLogs: FindFlowLogs;
}

/** Finds flow logs in one folder: everything under it is one source, limited to an account and a region where they are given. */
export function createLocalSources({ place, name, lake, inspect, findFlowLogs }: LocalSourcesParts): Sources {
  return {
    async scanFor({ window, scope, engine }, signal) {
      await refuseUnreadable(place.path);
      refuseEngine(engine, name);
      refuseScope(scope, name);
      const slotRange = slotRangeOf(window);
      const [listed, storedRange, found] = await Promise.all([
        lake.during(slotRange, signal),
        lake.storedRange(signal),
        findFlowLogs(signal),
      ]);
      const objects = listed.filter(({ key }) => mayBeInScope(key, scope));
      const scan = await scanOf({ name, objects, storedRange, slotRange, scope }, inspect, signal);
      return { ...scan, flowLogs: flowLogsOf(found, slotRange, scope) };
    },
    prepare: async () => {},
  };
}

/**
 * The flow logs of a folder that could have recorded something of a slot range: all but those that began after it, also
 * those that had stopped before.
 */
function flowLogsOf(found: FoundFlowLogs, { toSeconds }: SlotRange, scope: Scope): readonly FlowLogRead[] {
  return [...found]
    .filter(([fileNames, storedRange]) => {
      return storedRange.fromSeconds < toSeconds && mayBeInScope(fileNames, scope);
    })
    .map(([fileNames, storedRange]) => ({ name: fileNames, eni: undefined, fileNames, storedRange }));
}

/** Files on this machine are read where they are. @throws UserError for a question that says what is to read them. */
export function refuseEngine(engine: WantedEngine | undefined, name: string): void {
  if (engine === undefined) return;
  throw new UserError(
    `\`engine=${engine}\` means nothing for ${name}: its files are on this machine, and are read for nothing.`,
    { hint: 'Leave it out.' },
  );
}

/** A folder knows neither VPCs nor names of sources. */
function refuseScope({ in: source, vpc }: Scope, name: string): void {
  const given = source === undefined ? vpc && `vpc=${vpc}` : `in=${source}`;
  if (given === undefined) return;
  throw new UserError(`\`${given}\` means nothing for ${name}: a folder knows accounts and regions only.`, {
    hint: 'Leave it out, or say `account=` or `region=`.',
  });
}

/** @throws UserError when there is no folder that can be read. */
export async function refuseUnreadable(root: string): Promise<void> {
  const problem = await problemOf(root);
  if (problem === undefined) return;
  throw new UserError(`The lake \`${root}\` ${problem}.`, {
    hint: 'Give the folder that holds `AWSLogs` with `--lake <folder>` or `FLOWLOG_LAKE`.',
  });
}

async function problemOf(root: string): Promise<string | undefined> {
  try {
    if (!(await stat(root)).isDirectory()) return 'is not a folder';
    await access(root, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'is not there' : 'cannot be read';
  }
}
