import { UserError } from '../../core/errors.ts';
import type { SlotRange } from '../../core/flow-log/slots.ts';
import type { Lake } from '../../core/lake/lake.ts';
import type { FlowLogRead } from '../../core/lake/scan.ts';
import type { Sources } from '../../core/lake/sources.ts';
import type { Scope } from '../../core/line/standard-arguments.ts';
import { slotRangeOf } from '../../core/time/window.ts';
import type { FindFlowLogs, FoundFlowLogs } from './find-flow-logs.ts';
import type { Inspect } from './inspector.ts';
import { mayBeInScope } from './owned-records.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { scanOf } from './scan-of.ts';

/** What finding files in a folder needs. */
export interface LocalSourcesParts {
  readonly root: string;
  /** How the lake is called in answers. */
  readonly name: string;
  readonly lake: Lake;
  readonly inspect: Inspect;
  readonly findFlowLogs: FindFlowLogs;
}

/** Finds flow logs in one folder: everything under it is one source, cut down by account and region where they are said. */
export function createLocalSources({ root, name, lake, inspect, findFlowLogs }: LocalSourcesParts): Sources {
  return {
    async scanFor({ window, scope }, signal) {
      await refuseUnreadable(root);
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
function flowLogsOf(
  found: FoundFlowLogs,
  { toSeconds }: SlotRange,
  { account, region }: Scope,
): readonly FlowLogRead[] {
  return [...found]
    .filter(([fileNames, storedRange]) => {
      const [ofAccount, ofRegion] = fileNames.split('_vpcflowlogs_');
      const isOf = (wanted: string | undefined, is: string | undefined) =>
        wanted === undefined || is === undefined || is.startsWith(wanted);
      return storedRange.fromSeconds < toSeconds && isOf(account, ofAccount) && isOf(region, ofRegion);
    })
    .map(([fileNames, storedRange]) => ({ name: fileNames, eni: undefined, fileNames, storedRange }));
}

/** A folder knows neither VPCs nor names of sources. */
function refuseScope({ in: source, vpc }: Scope, name: string): void {
  const said = source === undefined ? vpc && `vpc=${vpc}` : `in=${source}`;
  if (said === undefined) return;
  throw new UserError(`\`${said}\` means nothing for ${name}: a folder tells accounts and regions alone.`, {
    hint: 'Leave it out, or say `account=` or `region=`.',
  });
}
